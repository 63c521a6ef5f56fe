"""No secret reaches a log, and no value ends its line (SEC-43, SEC-49)."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kit import logs
from marketplace.kit.redaction import GONE, is_secret_key, mask_email, mask_ip, redact, redact_text
from marketplace.kit.sealing import seal
from marketplace.kit.tokens import new_token

TOKEN = "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE"
CARD = "4242 4242 4242 4242"


@pytest.fixture
def lines() -> Iterator[Any]:
    """Everything this process logs inside the test, one parsed object per line."""
    stream = io.StringIO()
    root = logging.getLogger()
    before = root.handlers[:], root.level
    logs.set_up("debug", "json", stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:], _ = before[0], root.setLevel(before[1])
    structlog.reset_defaults()


@pytest.mark.parametrize(
    "key",
    ["password", "current_password", "csrfToken", "Authorization", "set-cookie", "secret_key", "totp", "API_KEY",
     "card", "iban", "phone"],
)  # fmt: skip
def test_a_value_under_a_secret_key_is_gone(key: str) -> None:
    assert redact({key: {"deep": "value"}}) == {key: GONE}


@pytest.mark.parametrize("key", ["tokenizer", "status_code", "pinned", "name", "keyword", "seal"])
def test_an_innocent_key_is_not_secret(key: str) -> None:
    assert not is_secret_key(key)


@pytest.mark.parametrize(
    "text",
    [
        f"GET /_event/?EIO=4&token={TOKEN}",
        f"token={TOKEN[:8]} rest",
        f"Cookie: sid={TOKEN}",
        f"link /reset-password?token={TOKEN}",
        f"Authorization: Bearer {TOKEN}",
        f"just {TOKEN} alone",
        '{"password": "hunter2hunter2"}',
        "password=hunter2hunter2",
        "redis://default:hunter2hunter2@redis:6379/0",
        f"paid with {CARD}",
        "4242424242424242",
        "sk_test_4eC39HqLyjWDarjtT1zdp7dc",
        "whsec_abcdefghijklmnop",
        "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$hash",
        "IntegrityError [SQL: INSERT] [parameters: ('Ada', 'hunter2hunter2')]",
    ],
)
def test_a_secret_in_a_sentence_is_gone(text: str) -> None:
    clean = redact_text(text)

    for secret in (
        TOKEN,
        TOKEN[:8],
        "hunter2",
        CARD,
        "4242424242424242",
        "4eC39",
        "abcdefghijklmnop",
        "c29tZX",
    ):
        assert secret not in clean


def test_what_we_seal_and_issue_is_recognised() -> None:
    sealed, token = seal(b"key", "purpose", "text"), new_token()

    assert redact_text(f"a {sealed} b {token} c") == f"a {GONE} b {GONE} c"


def test_addresses_are_masked() -> None:
    assert redact_text("to ada.lovelace@example.com") == "to a…@example.com"
    assert mask_email("ada@example.com") == "a…@example.com"
    assert mask_ip("203.0.113.7") == "203.0.113.…"
    assert mask_ip("2001:db8:1::7") == "2001:db8:…"


@pytest.mark.parametrize(
    "text",
    ["2026-03-02T08:00:00", "order JS-4K7Q-92MX-TD", "12.50", "1234567890123", "status_code=500"],
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert redact_text(text) == text


@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.text()),
        lambda c: st.lists(c) | st.dictionaries(st.text(), c),
    )
)
def test_anything_becomes_plain_json(value: Any) -> None:
    json.dumps(redact(value)).encode()


@pytest.mark.parametrize(
    "text",
    [
        "a\nb",
        "a\r\nb",
        "\x1b[31mred",
        '"}\n{"event": "forged"',
        "\u2028",
        "\x00",
        "\ud800",
        "\u202e",
    ],
)
def test_no_value_ends_or_paints_its_line(lines: Any, text: str) -> None:
    structlog.get_logger("x").info("said", text=text, k=text)
    logging.getLogger("reflex").warning("said %s", text)

    found = lines()
    assert len(found) == 2
    assert all("\x1b" not in json.dumps(line, ensure_ascii=False) for line in found)


def test_the_standard_librarys_loggers_are_redacted_too(lines: Any) -> None:
    logging.getLogger("reflex_base.something").error(
        "failed for %s token=%s", "ada@example.com", TOKEN
    )

    [line] = lines()
    assert TOKEN not in line["event"] and "ada@" not in line["event"]
    assert (line["level"], line["logger"]) == ("error", "reflex_base.something")


def test_a_trace_shows_no_secret(lines: Any) -> None:
    try:
        raise RuntimeError(f"password=hunter2hunter2 {TOKEN}")
    except RuntimeError:
        structlog.get_logger("x").exception("broken")

    [line] = lines()
    assert "RuntimeError" in line["exception"]
    assert "hunter2" not in line["exception"] and TOKEN not in line["exception"]


def test_a_line_says_who_and_which_request(lines: Any) -> None:
    with structlog.contextvars.bound_contextvars(request_id="req_1", actor_id="per_1"):
        structlog.get_logger("x").info("order.placed", amount=5)

    [line] = lines()
    assert (line["request_id"], line["actor_id"], line["event"], line["amount"]) == (
        "req_1",
        "per_1",
        "order.placed",
        5,
    )
