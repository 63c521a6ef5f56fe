"""What never leaves the process: secrets by the name of their key, and by the look of their value.

Pure; the log set-up (`kit.logs`) and the audit log both ask here.
"""

import re
from collections.abc import Mapping
from typing import Any

GONE = "[redacted]"
LONGEST = 2000  # characters of one logged value
DEEPEST = 6

_SECRET_WORDS = frozenset(
    [
        "password",
        "passwd",
        "passphrase",
        "secret",
        "token",
        "tokens",
        "cookie",
        "cookies",
        "authorization",
        "csrf",
        "otp",
        "totp",
        "pin",
        "cvc",
        "cvv",
        "card",
        "iban",
        "signature",
        "apikey",
        "credential",
        "credentials",
        "sealed",
        "phone",
        "mobile",
        "passport",
    ]
)
_SECRET_PAIRS = (
    "api_key",
    "secret_key",
    "private_key",
    "set_cookie",
    "recovery_code",
    "account_number",
    "code_hash",
)

_WORD_BREAK = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+")
_E_MAIL = re.compile(
    r"([A-Za-z0-9_+-])[A-Za-z0-9._%+-]{0,63}@([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8})"
)
_PAIR = re.compile(
    r"(?i)\b([a-z_-]{0,24}(?:password|passwd|secret|token|sid|csrf|cookie|authorization|api[_-]?key|signature|otp|recovery[_-]?code))"
    r"(\"?'?\s{0,3}[=:]\s{0,3}\"?'?)((?:bearer|basic)\s{1,3})?([^\s&;,\"'}\]]{1,2000})"
)
_BEARER = re.compile(r"(?i)\b(bearer|basic)\s{1,3}[A-Za-z0-9._~+/=-]{8,2000}")
_KNOWN = re.compile(
    r"\b(?:sk|pk|rk|whsec)_[A-Za-z0-9_]{8,200}"  # gateway keys
    r"|\beyJ[A-Za-z0-9_-]{10,2000}\.[A-Za-z0-9_.-]{10,2000}"  # signed web tokens
    r"|\bgAAAA[A-Za-z0-9_-]{20,4000}={0,2}"  # what kit.sealing made
    r"|\$argon2[a-z]{1,2}\$[^\s\"']{10,300}"
)
_LONG_SECRET = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])")  # kit.tokens
_USER_INFO = re.compile(r"(?i)\b([a-z][a-z0-9+.-]{1,20}://)[^\s/@:]{0,100}:[^\s/@]{1,200}@")
_CARD = re.compile(r"(?<![\d.])(?:\d[ -]?){12,18}\d(?![\d.])")
_PARAMETERS = re.compile(r"\[parameters: .{0,4000}", re.DOTALL)  # the values of a failed statement
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def is_secret_key(key: str) -> bool:
    """Whether a value under this key is a secret whatever it looks like.

    Words are told apart at `_`, `-` and capitals: `csrfToken` is secret, `tokenizer` is not.
    """
    words = [word.lower() for word in _WORD_BREAK.split(key) if word]
    joined = "_".join(words)
    return not _SECRET_WORDS.isdisjoint(words) or any(pair in joined for pair in _SECRET_PAIRS)


def redact(value: Any, key: str = "", *, depth: int = 0) -> Any:
    """`value` as it may be written to a log: plain JSON types, no secrets, no control characters."""
    if key and is_secret_key(key):
        return GONE
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if depth >= DEEPEST:
        return "…"
    if isinstance(value, Mapping):
        return {
            redact_text(str(name)): redact(item, str(name), depth=depth + 1)
            for name, item in list(value.items())[:100]
        }
    if isinstance(value, (list, tuple, set, frozenset)):
        return [redact(item, depth=depth + 1) for item in list(value)[:100]]
    return redact_text(str(value))


def redact_text(text: str) -> str:
    """`text` without tokens, cookies, passwords, card numbers and control characters.

    E-mail addresses are masked. Line breaks stay: JSON spells them, `on_one_line` for the rest.
    """
    text = _PARAMETERS.sub("[parameters hidden]", text[: 4 * LONGEST])
    text = _USER_INFO.sub(rf"\1{GONE}@", text)
    text = _PAIR.sub(rf"\1\2{GONE}", text)
    text = _BEARER.sub(rf"\1 {GONE}", text)
    text = _KNOWN.sub(GONE, text)
    text = _LONG_SECRET.sub(GONE, text)
    text = _CARD.sub(_without_card, text)
    text = _E_MAIL.sub(lambda found: f"{found[1]}…@{found[2]}", text)
    text = _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def on_one_line(text: str) -> str:
    """`text` with its line breaks spelt out, so that it cannot pass for two log lines."""
    return text.replace("\n", "\\n").replace("\t", "\\t")


def mask_email(email: str) -> str:
    """`ada@example.com` as `a…@example.com`."""
    return _E_MAIL.sub(lambda found: f"{found[1]}…@{found[2]}", email)


def mask_ip(ip: str) -> str:
    """The network without the host: `203.0.113.…`, or the first two groups of an IPv6 address."""
    if ":" in ip:
        return ":".join(ip.split(":")[:2]) + ":…"
    return ip.rpartition(".")[0] + ".…" if "." in ip else ip


def _without_card(found: re.Match[str]) -> str:
    return GONE if _is_card_number([int(c) for c in found[0] if c.isdigit()]) else found[0]


def _is_card_number(digits: list[int]) -> bool:
    """Luhn's sum: every second digit from the right doubled, its digits added."""
    doubled = [
        digit if place % 2 == 0 else sum(divmod(2 * digit, 10))
        for place, digit in enumerate(reversed(digits))
    ]
    return len(digits) >= 13 and sum(doubled) % 10 == 0
