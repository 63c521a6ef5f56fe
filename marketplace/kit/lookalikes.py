"""Signs that a reader takes for others: what hides a word from a search and not from an eye."""

import unicodedata
from functools import cache

from confusable_homoglyphs.confusables import confusables_data
from opencc import OpenCC

_DIGITS = ("01345789@$", ("oieastbgas", "oleastbgas"))


def shown(text: str) -> str:
    """Without what nobody sees: zero-width signs, soft hyphens, marks of direction.

    >>> shown("fa\\u200bke")
    'fake'
    """
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf")


def simplified(text: str) -> str:
    """Traditional Chinese in simplified characters; everything else stays.

    >>> simplified("假貨")
    '假货'
    """
    return text if text.isascii() else _to_simplified().convert(text)


def latin(text: str) -> str:
    """Letters without accents, and those of other alphabets as the Latin ones they look like.

    >>> latin("f\u0430ké")
    'fake'
    """
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKD", text.translate(_latin_letters()))
    return "".join(sign for sign in plain if unicodedata.category(sign) != "Mn")


def without_digits(word: str) -> set[str]:
    """Digits and signs within letters, as the letters they are written for.

    >>> sorted(without_digits("f4k3")), without_digits("2024")
    (['fake'], set())
    """
    signs, readings = _DIGITS
    if not any(map(str.isalpha, word)) or not any(sign in signs for sign in word):
        return set()
    return {word.translate(str.maketrans(signs, letters)) for letters in readings}


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


@cache
def _latin_letters() -> dict[int, str]:
    """From Unicode's table of confusables: single letters alone, none of ASCII, none of Chinese."""
    letters: dict[int, str] = {}
    for sign, others in confusables_data.items():
        if len(sign) > 1 or sign.isascii() or not sign.isalpha():
            continue
        likes = [one["c"] for one in others if one["c"].isascii() and one["c"].isalpha()]
        if likes and not unicodedata.name(sign, "").startswith("CJK"):
            letters[ord(sign)] = likes[0].casefold()
    return letters
