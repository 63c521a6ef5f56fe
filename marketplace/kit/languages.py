"""Two languages from one gettext catalogue: English is the message id (DESIGN D9).

The server translates with `translate`; the browser gets the same catalogue as JSON
(`web/i18n.py`). `N_` marks a message where it is written down, not where it is shown.
"""

import re
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Literal

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

Locale = Literal["en", "zh-CN"]
LOCALES: tuple[Locale, ...] = ("en", "zh-CN")
OWN_NAMES: dict[Locale, str] = {"en": "English", "zh-CN": "中文"}
CATALOGUES = Path(__file__).parent.parent / "locale"
DOMAIN = "jishi"
PLACE = re.compile(r"\{(\w+)\}")
OFFICE_ONLY = (
    "marketplace/web/admin/",
    "marketplace/web/seller/",
    "marketplace/http/",
    "marketplace/domain/notifications/",
)


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
    """Put `words` in their `{places}`; a place without a word stays as it is, never a crash.

    In one pass, so that a word that looks like a place (somebody named `{link}`) stays a word.
    """
    return PLACE.sub(lambda place: str(words.get(place[1], place[0])), text)


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


def messages_for(locale: Locale, *, is_office: bool) -> dict[str, str | list[str]]:
    """The catalogue as the browser needs it: message to text, or to its plural forms.

    Shoppers do not load the words that only the seller portal and the back office use.
    """
    return {
        _first(message.id): list(message.string) if message.pluralizable else str(message.string)
        for message in _po(locale)
        if message.id and message.string and (is_office or not _is_office_only(message))
    }


@cache
def catalogue(locale: Locale) -> NullTranslations:
    """The messages of `locale`. The `.po` file is read as it is: nothing to compile, or to forget."""
    if locale == "en":
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, _po(locale))
    compiled.seek(0)
    return GNUTranslations(compiled)


def _po(locale: Locale) -> Catalog:
    path = CATALOGUES / locale.replace("-", "_") / "LC_MESSAGES" / f"{DOMAIN}.po"
    with path.open("rb") as file:
        return read_po(file, locale=locale.replace("-", "_"))


def _is_office_only(message: Message) -> bool:
    places = [place for place, _line in message.locations]
    return bool(places) and all(place.startswith(OFFICE_ONLY) for place in places)


def _first(message: str | tuple[str, ...] | list[str]) -> str:
    return message if isinstance(message, str) else message[0]
