"""Two languages from one gettext catalogue: English is the message id (DESIGN D9).

The server translates with `translate`; the browser gets the same catalogue as JSON
(`web/i18n.py`). `N_` marks a message where it is written down, not where it is shown.
"""

from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path
from typing import Literal

Locale = Literal["en", "zh-CN"]
LOCALES: tuple[Locale, ...] = ("en", "zh-CN")
OWN_NAMES: dict[Locale, str] = {"en": "English", "zh-CN": "中文"}
CATALOGUES = Path(__file__).parent.parent / "locale"
DOMAIN = "jishi"


def N_(message: str) -> str:  # noqa: N802  the name Babel's extractor and every gettext user knows
    """`message`, marked for extraction."""
    return message


def translate(locale: Locale, message: str, **words: str | int) -> str:
    """`message` in `locale`, with `{name}` places filled from `words`."""
    return fill(catalogue(locale).gettext(message), words)


def translate_count(locale: Locale, one: str, many: str, count: int, **words: str | int) -> str:
    """The form of the message for `count` things, with `{n}` and `words` filled in."""
    return fill(catalogue(locale).ngettext(one, many, count), {"n": count, **words})


def fill(text: str, words: dict[str, str | int]) -> str:
    """Put `words` in their `{places}`; a place without a word stays as it is, never a crash."""
    for name, word in words.items():
        text = text.replace("{" + name + "}", str(word))
    return text


def best_locale(accept_language: str) -> Locale:
    """The first of our languages that an `Accept-Language` header asks for; English if none."""
    for part in accept_language.split(",")[:20]:
        tag = part.split(";")[0].strip().lower()
        if tag.startswith("zh"):
            return "zh-CN"
        if tag.startswith("en"):
            return "en"
    return "en"


def as_locale(text: str | None) -> Locale | None:
    """`text` as one of our locales, or None: for cookies and other untrusted input."""
    return next((locale for locale in LOCALES if locale == text), None)


@cache
def catalogue(locale: Locale) -> NullTranslations:
    """The compiled messages of `locale` (`make translations` compiles them)."""
    return translation(DOMAIN, CATALOGUES, [locale.replace("-", "_")], fallback=locale == "en")
