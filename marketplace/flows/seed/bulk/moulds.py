"""A mould: every row of one listing in one price step, made by the code that makes single ones.

Making a row costs a hundred times what filling one in costs, and a million listings are a few
hundred things in a few price steps: so each is made once, with marks where listings differ.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from marketplace.domain.catalog.models import Listing
from marketplace.domain.inventory.models import StockLevel
from marketplace.domain.search.queries import dialects
from marketplace.domain.search.rules.documents import Document, indexed
from marketplace.domain.search.service import index
from marketplace.flows import index_listing
from marketplace.flows.seed import catalogue
from marketplace.flows.seed.bulk import marks
from marketplace.flows.seed.bulk.shops import BulkLine
from marketplace.flows.seed.shelves import series_of
from marketplace.kit.bulk_rows import BulkWriter

INDEX = ("search_document", "search_facet", "search_words")
TABLES = (*(str(table.__tablename__) for table in catalogue.TABLES), *INDEX)
"""In the order they must be written."""

OWN = frozenset(("lst", "ver", "var", "prc", "stm", "mov"))
"""Prefixes of ids that belong to one listing alone."""


@dataclass(frozen=True, slots=True)
class Template:
    """The rows of one table, cut at the marks: every second part is one."""

    table: str
    columns: tuple[str, ...]
    parts: tuple[str, ...]

    def filled(self, values: Mapping[str, str]) -> str:
        parts = list(self.parts)
        for place in range(1, len(parts), 2):
            parts[place] = values[parts[place]]
        return "".join(parts)


@dataclass(frozen=True, slots=True)
class Mould:
    templates: tuple[Template, ...]
    ids: tuple[str, ...]
    """Marks that want a new id."""
    moments: tuple[str, ...]


def mould(
    session: Session,
    writer: BulkWriter,
    line: BulkLine,
    step: int,
    *,
    rng: random.Random,
    at: datetime,
) -> Mould:
    """The mould of a line, which holds marks for whatever belongs to a shop. `step` is the place
    of a series in the steps of prices, `at` the moment of the seed."""
    rows: catalogue.Rows = {table: [] for table in catalogue.TABLES}
    series = replace(marks.SERIES, dearer=series_of(step).dearer)
    _, content = catalogue.add_rows(
        rows, line.line, series, rng, at=at, new_id=marks.numbered_ids()
    )
    [listing] = rows[Listing]
    document = index_listing.document_of(
        Listing(**listing),
        content,
        line.line.setting.fields,
        category_path=line.path,
        names=f"{line.names} {marks.SHOP_NAME} {marks.SHOP_NAME_ZH}",
        is_in_stock=any(row["on_hand"] for row in rows[StockLevel]),
    )
    by_table: dict[str, list[dict[str, Any]]] = {
        **{str(table.__tablename__): listed for table, listed in rows.items()},
        **_entry(session, document, at=at),
    }
    templates = tuple(
        _template(writer, table, listed, listing["published_at"], at)
        for table, listed in by_table.items()
        if listed
    )
    used = sorted({part for template in templates for part in template.parts[1::2]})
    return Mould(
        templates,
        ids=tuple(mark for mark in used if mark.startswith("xqo") and mark[3:6] in OWN),
        moments=tuple(mark for mark in used if mark.startswith(marks.MOMENT)),
    )


def _entry(
    session: Session, document: Document, *, at: datetime
) -> dict[str, list[dict[str, Any]]]:
    """What the index writes of a document, by table."""
    row = index.row_of(document, at=at) | {"number": marks.NUMBER, "boost": marks.BOOST}
    facets = [
        {"number": marks.NUMBER, "code": code, "value": value}
        for code, value in index.facet_values(document)
    ]
    key = {dialects.words_key(session): marks.NUMBER}
    words = key | dialects.words_row(session, indexed(document))
    return dict(zip(INDEX, ([row], facets, [words]), strict=True))


def _template(
    writer: BulkWriter,
    table: str,
    rows: Sequence[Mapping[str, Any]],
    published: datetime,
    at: datetime,
) -> Template:
    def cells(row: Mapping[str, Any]) -> Iterable[str]:
        for value in row.values():
            is_own = isinstance(value, datetime) and value != at
            yield marks.moment(published - value) if is_own else writer.cell(value)

    text = "".join(writer.between.join(cells(row)) + writer.end for row in rows)
    return Template(table, tuple(rows[0]), tuple(marks.MARK.split(text)))
