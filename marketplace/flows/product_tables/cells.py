"""How single values are written in a cell and read from one: amounts, numbers, yes and no.

Readers raise `BadCell` with a message id; nothing here is a float.
"""

import re
from decimal import Decimal

from marketplace.kit.errors import Words
from marketplace.kit.languages import N_
from marketplace.kit.money import MAX_MINOR, exponent

NUMBER = re.compile(r"(-?)([0-9]{1,30})(?:\.([0-9]{0,30}))?")
YES = frozenset({"true", "yes", "1", "y", "是"})
NO = frozenset({"false", "no", "0", "n", "否"})
SEVERAL = "|"


class BadCell(Exception):
    """One cell cannot be read; `message` is a message id with `{places}`."""

    def __init__(self, message: str, /, **words: Words) -> None:
        self.message, self.words = message, words
        super().__init__(message)


def read_amount(text: str, currency: str) -> int:
    """Minor units of `currency`. Zeros beyond its digits are no digits."""
    found = NUMBER.fullmatch(text.strip())
    if found is None:
        raise BadCell(N_("Write an amount such as 12.50, without a currency sign or separators."))
    sign, whole, part = found[1], found[2], found[3] or ""
    digits = exponent(currency)
    if len(part.rstrip("0")) > digits:
        raise BadCell(
            N_("{currency} has {n} digits after the point, not more."), currency=currency, n=digits
        )
    minor = int(whole + part[:digits].ljust(digits, "0"))
    if sign and minor:
        raise BadCell(N_("An amount cannot be below zero."))
    if minor > MAX_MINOR:
        raise BadCell(N_("This amount is larger than we can book."))
    return minor


def write_amount(minor: int | None, currency: str) -> str:
    if minor is None:
        return ""
    digits = exponent(currency)
    whole, part = divmod(minor, 10**digits)
    return f"{whole}.{part:0{digits}d}" if digits else str(whole)


def read_whole(text: str, *, most: int) -> int:
    """A whole number from 0 to `most`."""
    found = NUMBER.fullmatch(text.strip())
    if found is None or (found[3] or "").strip("0"):
        raise BadCell(N_("Write a whole number."))
    if found[1] and int(found[2]):
        raise BadCell(N_("This cannot be below zero."))
    if int(found[2]) > most:
        raise BadCell(N_("This is more than {most}."), most=most)
    return int(found[2])


def read_grams(text: str) -> int:
    """Grams, rounded half up: some systems export fractions of a gram."""
    found = NUMBER.fullmatch(text.strip())
    if found is None or found[1]:
        raise BadCell(N_("Write the weight in grams, as a number."))
    grams = int(Decimal(f"{found[2]}.{found[3] or 0}") + Decimal("0.5"))
    if grams > 10**9:
        raise BadCell(N_("This is more than {most}."), most=10**9)
    return grams


def read_yes(text: str) -> bool:
    plain = text.strip().casefold()
    if plain in YES:
        return True
    if plain in NO:
        return False
    raise BadCell(N_("Write true or false."))


def write_yes(is_so: bool) -> str:
    return "true" if is_so else "false"


def read_tags(text: str) -> list[str]:
    """Separated by commas, each once."""
    return list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def write_tags(tags: list[str]) -> str:
    return ", ".join(tags)


def read_several(text: str) -> list[str]:
    return [part.strip() for part in text.split(SEVERAL) if part.strip()]


def write_several(values: list[str]) -> str:
    return f" {SEVERAL} ".join(values)
