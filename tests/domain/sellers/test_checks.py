"""Check digits: known good numbers pass, and no single wrong sign does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.domain.sellers.rules import checks

GOOD_CODES = ("91350100M000100Y43", "91110000802100433B", "91440300708461136T")
GOOD_IDENTITIES = ("11010519491231002X", "440524188001010014")
GOOD_CARDS = ("6222021234567890128", "4111111111111111")
GOOD_IBANS = ("DE89370400440532013000", "GB82WEST12345698765432", "NO9386011117947")


@pytest.mark.parametrize("code", GOOD_CODES)
def test_a_real_credit_code_passes(code: str) -> None:
    assert checks.is_credit_code(code)


@given(st.sampled_from(GOOD_CODES), st.integers(0, 17), st.sampled_from(checks.USCC))
def test_one_wrong_sign_in_a_credit_code_is_seen(code: str, place: int, sign: str) -> None:
    changed = code[:place] + sign + code[place + 1 :]

    assert checks.is_credit_code(changed) is (changed == code)


@pytest.mark.parametrize("code", ["", "91350100M000100Y4", "91350100M000100Y4I", "\uff19" * 18])
def test_what_is_no_credit_code_fails(code: str) -> None:
    assert not checks.is_credit_code(code)


@pytest.mark.parametrize("number", GOOD_IDENTITIES)
def test_a_real_identity_number_passes(number: str) -> None:
    assert checks.is_identity_number(number)


@given(st.sampled_from(GOOD_IDENTITIES), st.integers(0, 16), st.sampled_from("0123456789"))
def test_one_wrong_digit_in_an_identity_number_is_seen(number: str, place: int, sign: str) -> None:
    changed = number[:place] + sign + number[place + 1 :]

    assert checks.is_identity_number(changed) is (changed == number)


@given(st.sampled_from(GOOD_CARDS), st.integers(0, 15), st.sampled_from("0123456789"))
def test_one_wrong_digit_of_a_card_is_seen(number: str, place: int, sign: str) -> None:
    changed = number[:place] + sign + number[place + 1 :]

    assert checks.is_card_number(changed) is (changed == number)


@pytest.mark.parametrize("number", GOOD_IBANS)
def test_a_real_iban_passes_and_one_digit_more_does_not(number: str) -> None:
    assert checks.is_iban(number)
    assert not checks.is_iban(number[:-1] + str((int(number[-1]) + 1) % 10))


@pytest.mark.parametrize(
    ("number", "country", "is_personal", "is_fit"),
    [
        ("6222021234567890128", "CN", True, True),
        ("6222021234567890129", "CN", True, False),
        ("6222021234567890129", "CN", False, True),
        ("1234567", "CN", False, False),
        ("DE89370400440532013000", "DE", False, True),
        ("DE89370400440532013001", "DE", False, False),
        ("021000021", "US", True, True),
        ("12-34", "US", True, False),
    ],
)
def test_an_account_is_checked_as_far_as_its_kind_can_be(
    number: str, country: str, is_personal: bool, is_fit: bool
) -> None:
    found = checks.is_account_number(number, country=country, is_personal=is_personal)

    assert found is is_fit


@given(st.text(max_size=40))
def test_any_text_is_answered_with_yes_or_no(text: str) -> None:
    number = checks.bare(text)

    answers = (
        checks.is_credit_code(number),
        checks.is_identity_number(number),
        checks.is_card_number(number),
        checks.is_iban(number),
        checks.is_plain_number(number),
    )

    assert all(isinstance(answer, bool) for answer in answers)
