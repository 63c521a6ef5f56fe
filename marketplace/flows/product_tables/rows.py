"""Rows of a table from a listing's cells: the shape it was imported in, in any dialect."""

from collections.abc import Iterable, Sequence

from marketplace.domain.catalog.rules.content import MOST_OPTIONS
from marketplace.flows.product_tables.columns import (
    BY_KEY,
    FIELDS,
    UNKNOWN,
    Dialect,
)
from marketplace.flows.product_tables.pictures import Source
from marketplace.flows.product_tables.written import Cells, Written

USUAL = {
    "handling_days": "2",
    "return_days": "7",
    "warranty_months": "0",
    "protects_price": "false",
    "parcel_length": "0",
    "parcel_width": "0",
    "parcel_height": "0",
    "low_at": "0",
    "is_active": "true",
}
"""What another system need not be told, because it says nothing."""
TWICE = {Dialect.OWN: frozenset({"description"})}
"""Keys that this dialect says under another name."""
ONCE = frozenset({"text"})
"""Keys of our own dialect that Shopify's dialects say under another name."""


def rows_of(shown: Written) -> list[Cells]:
    """The first row has the product's cells; pictures stand beside variants, or alone below."""
    pictures = _placed(shown.pictures)
    alone = {source.at for source in shown.pictures if source.is_alone}
    rows: dict[int, Cells] = {}
    at = 0
    for cells in shown.variants:
        while at in alone:
            at += 1
        rows.setdefault(at, {}).update(cells)
        at += 1
    for place, source in pictures.items():
        rows.setdefault(place, {}).update(_picture_cells(source))
    rows.setdefault(0, {}).update(shown.product)
    handle = shown.product.get("handle", "")
    return [{**rows[place], "handle": handle} for place in sorted(rows)]


def header_of(dialect: Dialect, extra_keys: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of key and column name: the dialect's own columns, then what else there is to say."""
    own = [(field.key, field.name_in(dialect)) for field in FIELDS if field.name_in(dialect)]
    known = {key for key, _name in own}
    taken = {name.casefold() for _key, name in own}
    more: list[tuple[str, str]] = []
    for key in sorted(set(extra_keys) - known):
        name = name_of(key)
        while name.casefold() in taken:  # a column kept although we know its name
            name += " (kept)"
        taken.add(name.casefold())
        more.append((key, name))
    return [*own, *more]


def name_of(key: str) -> str:
    """The column name of a key that the dialect has no name for."""
    if key in BY_KEY:
        return BY_KEY[key].any_name
    return key.removeprefix(UNKNOWN)


def telling_keys(dialect: Dialect, rows: Iterable[Cells]) -> set[str]:
    """Keys with something to say that `dialect` has no column of its own for."""
    silent = TWICE.get(dialect, ONCE)
    return {
        key
        for cells in rows
        for key, text in cells.items()
        if text and key not in silent and text != USUAL.get(key)
    }


def for_dialect(dialect: Dialect, rows: Sequence[Cells]) -> Sequence[Cells]:
    """Shopify writes an option where there is none."""
    first = rows[0]
    has_options = any(first.get(f"option{n}_name") for n in range(1, MOST_OPTIONS + 1))
    has_values = any(cells.get("option1_value") for cells in rows)
    if dialect is Dialect.OWN or has_options or has_values:
        return rows
    return [{**first, "option1_name": "Title", "option1_value": "Default Title"}, *rows[1:]]


def _placed(sources: Sequence[Source]) -> dict[int, Source]:
    """By row: where they stood, or else in the first row that is free."""
    placed: dict[int, Source] = {}
    for source in sources:
        at = source.at
        while at in placed:
            at += 1
        placed[at] = source
    return placed


def _picture_cells(source: Source) -> Cells:
    return {
        **source.more,
        "picture": source.url,
        "picture_alt": source.alt,
        "picture_alt_zh": source.alt_zh,
        "picture_position": source.position,
    }
