"""Text as people may send it: one set of strict types for every handler, form and route.

Strict, bounded, NFC, without control characters, lone surrogates or text-direction
overrides (reference/security.md SEC-08).
"""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from marketplace.kit.ids import ID_PATTERN

_DIRECTION = {chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
_LINE_BREAKS = {"\n", "\t"}


class Payload(BaseModel):
    """Base of everything that arrives from outside: exact types, no extra fields, immutable."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        allow_inf_nan=False,
        hide_input_in_errors=True,
    )


def one_line(text: str) -> str:
    """NFC without control characters; raises ValueError if there are any, tabs included."""
    return _clean(text, allowed=frozenset())


def several_lines(text: str) -> str:
    """NFC; line breaks and tabs stay, every other control character is refused."""
    return _clean(text.replace("\r\n", "\n"), allowed=frozenset(_LINE_BREAKS))


def _clean(text: str, *, allowed: frozenset[str]) -> str:
    for character in text:
        kind = unicodedata.category(character)
        if (kind in ("Cc", "Cs") and character not in allowed) or character in _DIRECTION:
            raise ValueError("unreadable character")
    return unicodedata.normalize("NFC", text)


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=40)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_.:-]{0,79}$")]
Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=80),
    AfterValidator(one_line),
]
Line = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=200), AfterValidator(one_line)
]
Prose = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=4000), AfterValidator(several_lines)
]
Document = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=40_000), AfterValidator(several_lines)
]
"""Pages of text, such as a contract."""
Query = Annotated[str, StringConstraints(max_length=2000), AfterValidator(one_line)]
Email = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=254), AfterValidator(one_line)
]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]
