"""Collect every message of the code and templates into the Chinese catalogue (`make translations`).

python tools/translations.py            update the catalogue
python tools/translations.py --check    fail if a message is missing, unused or fuzzy
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "marketplace" / "locale" / "zh_CN" / "LC_MESSAGES" / "jishi.po"
METHODS = [
    ("**/templates/**.html", "jinja2.ext.babel_extract"),
    ("**/letters/**.html", "jinja2.ext.babel_extract"),
    ("**/letters/**.txt", "jinja2.ext.babel_extract"),
    ("**.py", "python"),
    ("**.js", "javascript"),
    ("**.jsx", "javascript"),
]
STARTED = datetime(2026, 11, 22, tzinfo=UTC)
KEYWORDS = {
    "t": None,
    "tn": (1, 2),
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "translate": (2,),
    "translate_count": (2, 3),
}
OPTIONS = {"**.html": {"silent": "false"}}


def extracted() -> Catalog:
    """All messages in the code as it stands, with the files they are in (no line numbers: they
    would change with every edit)."""
    catalog = Catalog(locale="zh_CN", project="Jishi", charset="utf-8", fuzzy=False)
    found = extract_from_dir(ROOT / "marketplace", METHODS, OPTIONS, KEYWORDS, ("i18n:",))
    for file, _line, message, comments, _context in sorted(found, key=lambda item: item[0]):
        catalog.add(message, None, [(f"marketplace/{file}", None)], auto_comments=comments)
    return catalog


def kept() -> Catalog:
    if not CATALOGUE.exists():
        return Catalog(locale="zh_CN", project="Jishi", charset="utf-8", fuzzy=False)
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_CN")


def update() -> None:
    catalog = kept()
    catalog.update(extracted(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.header_comment = "# Jishi: every message of the project in simplified Chinese."
    catalog.creation_date = catalog.revision_date = STARTED  # or each run would change the file
    catalog.version = "1"
    catalog.last_translator = catalog.language_team = "Jishi"
    catalog.msgid_bugs_address = ""
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(
            file, catalog, width=100, sort_output=True, omit_header=False, include_previous=False
        )
    print(f"{len(catalog)} messages, {len(untranslated(catalog))} without Chinese")


def untranslated(catalog: Catalog) -> list[str]:
    return [
        str(message.id)
        for message in catalog
        if message.id and (message.fuzzy or not _is_full(message.string))
    ]


def faults() -> list[str]:
    """What keeps the catalogue from being complete and no larger than the code."""
    in_code = {_key(message.id) for message in extracted() if message.id}
    catalog = kept()
    in_catalogue = {_key(message.id) for message in catalog if message.id}
    return [
        *(f"missing: {message}" for message in sorted(in_code - in_catalogue)),
        *(f"unused: {message}" for message in sorted(in_catalogue - in_code)),
        *(f"untranslated: {message}" for message in untranslated(catalog)),
    ]


def _key(message: object) -> str:
    return message if isinstance(message, str) else str(message[0])  # type: ignore[index]


def _is_full(text: object) -> bool:
    return bool(text) if isinstance(text, str) else bool(text) and all(text)  # type: ignore[arg-type]


if __name__ == "__main__":
    if "--check" in sys.argv:
        found = faults()
        print("\n".join(found) or "The catalogue is complete.")
        sys.exit(1 if found else 0)
    update()
