"""Codes and whole numbers as staff type them into a form."""

import re

from marketplace.kit.errors import Invalid
from marketplace.kit.languages import N_

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
LETTERS = N_("Begin with a letter; small letters, digits and underscores only.")
WHOLE = N_("Write a whole number.")


def code_of(typed: str) -> str:
    """Raises `Invalid` for the field `code`."""
    if not CODE.fullmatch(typed):
        raise Invalid({"code": LETTERS})
    return typed


def whole(field: str, typed: str, *, least: int = 0, most: int) -> int:
    """Raises `Invalid` for the field; `most` has up to eight digits."""
    typed = typed.strip()
    if not (typed.isascii() and typed.isdigit()) or not least <= int(typed[:9]) <= most:
        raise Invalid({field: WHOLE})
    return int(typed[:9])
