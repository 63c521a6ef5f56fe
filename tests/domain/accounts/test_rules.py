"""Addresses, passwords, codes and sessions: the pure rules."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.domain.accounts import rules
from marketplace.domain.accounts.rules import WrongCode
from marketplace.kit.errors import Invalid

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
STEP = int(NOON.timestamp()) // 30


@pytest.mark.parametrize(
    "text",
    ["", "ada", "ada@", "@example.com", "ada@example", "a b@example.com", "ada@exa mple.com",
     "ada@example.com\r\nBcc: eve@example.com", "ada@example.com,eve@example.com"],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        rules.checked_email(text)

    assert set(refused.value.fields) == {"email"}


def test_an_address_is_written_as_typed_but_for_its_domain() -> None:
    assert rules.checked_email(" Ada.King@EXAMPLE.com ") == "Ada.King@example.com"


@pytest.mark.parametrize("other", ["ADA@example.com", "ada@EXAMPLE.COM", "ａda@example.com"])  # noqa: RUF001
def test_spellings_of_one_address_are_one(other: str) -> None:
    assert rules.email_key(other) == rules.email_key("ada@example.com")


@pytest.mark.parametrize("password", ["adalovelace", "jishi2026", "abcdefgh", "11111111"])
def test_a_password_of_known_words_is_refused(password: str) -> None:
    with pytest.raises(Invalid):
        rules.check_password(password, ["Ada Lovelace", "ada@example.com", "Jishi"])


@pytest.mark.parametrize(
    "password", ["paper-lantern-river", "kVt9#qLw2", "红灯笼在河边亮着", "x" * 4 + "Qz8!kM2v" * 15]
)
def test_a_password_nobody_guesses_is_taken(password: str) -> None:
    rules.check_password(password, ["Ada Lovelace"])


@pytest.mark.parametrize(
    ("typed", "code"),
    [("123456", "123456"), ("123 456", "123456"), ("123-456\n", "123456"), ("１２３４５６", ""),  # noqa: RUF001
     ("٠١٢٣٤٥", ""), ("12345", ""), ("1234567", ""), ("12345a", ""), ("", "")],
)  # fmt: skip
def test_only_six_ascii_digits_are_a_code(typed: str, code: str) -> None:
    assert rules.normal_code(typed) == code


@pytest.mark.parametrize("offset", [-1, 0, 1])
def test_a_code_of_this_or_a_neighbouring_half_minute_names_its_step(offset: int) -> None:
    code = pyotp.TOTP(SECRET).generate_otp(STEP + offset)

    assert rules.accepted_step(SECRET, code, 0, NOON) == STEP + offset


@pytest.mark.parametrize("offset", [-3, -2, 2, 3])
def test_a_code_further_off_is_refused(offset: int) -> None:
    with pytest.raises(WrongCode):
        rules.accepted_step(SECRET, pyotp.TOTP(SECRET).generate_otp(STEP + offset), 0, NOON)


@pytest.mark.parametrize("last", [STEP, STEP + 1])
def test_a_code_no_newer_than_the_last_is_refused(last: int) -> None:
    with pytest.raises(WrongCode):
        rules.accepted_step(SECRET, pyotp.TOTP(SECRET).generate_otp(STEP), last, NOON)


@given(st.binary(min_size=16, max_size=16))
def test_a_recovery_code_survives_being_typed(entropy: bytes) -> None:
    code = rules.recovery_code(entropy)
    typed = f" {code.upper().replace('-', ' ')} "

    assert rules.normal_recovery_code(typed) == code.replace("-", "")
    assert len(code.replace("-", "")) == 25


def test_recovery_codes_hold_more_than_112_bits() -> None:
    """31 letters, 25 of them; the entropy has 128 bits."""
    assert 31**25 > 2**112


@pytest.mark.parametrize(
    ("expires", "seen", "revoked", "alive"),
    [
        pytest.param(1, 0, None, True, id="in use"),
        pytest.param(0, 0, None, False, id="too old, to the second"),
        pytest.param(1, -60, None, False, id="idle too long, to the second"),
        pytest.param(1, -59, None, True, id="idle nearly too long"),
        pytest.param(1, 0, NOON, False, id="revoked"),
    ],
)
def test_when_a_session_is_alive(
    expires: int, seen: int, revoked: datetime | None, alive: bool
) -> None:
    at = timedelta(seconds=1)

    assert rules.is_alive(NOON + expires * at, NOON + seen * at, 60, revoked, NOON) is alive
