"""One content of a listing as staff read it, or what it says otherwise than another one."""

from dataclasses import dataclass, field

from sqlmodel import Session

from marketplace.domain.catalog.rules.diff import ContentDiff
from marketplace.domain.media.queries import pictures
from marketplace.flows.review_rows import PictureSide, PropertyRow, TextRow
from marketplace.flows.review_texts import picture_sides, property_rows, text_rows
from marketplace.flows.review_words import COLUMNS
from marketplace.kit.money import exponent

IN_MINOR_UNITS = frozenset({"price", "reference_price", "cost"})


@dataclass(frozen=True, slots=True)
class CellLine:
    """One cell of the grid that differs. `label` is a message id."""

    variant: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ContentView:
    """One content (`kind` new), or what it says otherwise than the one before (`kind` edit)."""

    kind: str = "new"
    texts: list[TextRow] = field(default_factory=list)
    properties: list[PropertyRow] = field(default_factory=list)
    pictures_before: list[PictureSide] = field(default_factory=list)
    pictures_after: list[PictureSide] = field(default_factory=list)
    pictures_changed: bool = False
    cells: list[CellLine] = field(default_factory=list)


def content_view(
    session: Session, diff: ContentDiff, *, is_new: bool, currency: str
) -> ContentView:
    """The caller has checked who may see both."""
    shown = {*diff.pictures.before, *diff.pictures.after}
    urls = {id_: row.url_160 for id_, row in pictures(session, list(shown)).items()}
    properties = property_rows(session, diff.attributes, is_new=is_new)
    return ContentView(
        kind="new" if is_new else "edit",
        texts=text_rows(session, diff, (), is_new=is_new),
        properties=properties if is_new else [row for row in properties if row.is_changed],
        pictures_before=picture_sides(diff, urls, of_new=False),
        pictures_after=picture_sides(diff, urls, of_new=True),
        pictures_changed=diff.pictures.is_changed,
        cells=[] if is_new else _cells(diff, exponent(currency)),
    )


def _cells(diff: ContentDiff, digits: int) -> list[CellLine]:
    found = []
    for row in diff.variants:
        if row.kind in ("added", "removed"):
            sides = ("", row.label) if row.kind == "added" else (row.label, "")
            found.append(CellLine(row.label, COLUMNS["values"], *sides))
            continue
        for cell in row.cells:
            is_money = cell.column in IN_MINOR_UNITS
            sides = (
                (amount(cell.before, digits), amount(cell.after, digits))
                if is_money
                else (cell.before, cell.after)
            )
            found.append(CellLine(row.label, COLUMNS.get(cell.column, cell.column), *sides))
    return found


def amount(text: str, digits: int) -> str:
    """Minor units as a decimal, without a float in between."""
    if not text.isdigit() or not digits:
        return text
    padded = text.rjust(digits + 1, "0")
    return f"{padded[:-digits]}.{padded[-digits:]}"
