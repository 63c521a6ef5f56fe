"""What two contents of a listing say differently, as rows and as a view."""

from dataclasses import dataclass, field
from typing import Any

import reflex as rx
from sqlmodel import Session

from marketplace.domain.catalog.rules.diff import ContentDiff, TextPart
from marketplace.domain.media.queries import pictures
from marketplace.kit.languages import N_
from marketplace.kit.money import exponent
from marketplace.web.i18n import t
from marketplace.web.seller.listings.wording import CELLS, field_name
from marketplace.web.ui.media import picture

MOST_SHOWN = 50
IN_MINOR_UNITS = {"price", "reference_price", "cost"}


@dataclass(frozen=True, slots=True)
class ChangedText:
    label: str
    parts: list[TextPart]


@dataclass(frozen=True, slots=True)
class ChangedCell:
    variant: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedPicture:
    url: str
    is_added: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """Two contents of one listing against each other."""

    texts: list[ChangedText] = field(default_factory=list)
    cells: list[ChangedCell] = field(default_factory=list)
    pictures: list[ChangedPicture] = field(default_factory=list)
    is_reordered: bool = False
    is_same: bool = True


def shown_difference(session: Session, diff: ContentDiff, currency: str) -> Difference:
    """The caller has checked who may see both."""
    faces = pictures(session, (*diff.pictures.added, *diff.pictures.removed))
    shown = [
        ChangedPicture(faces[id_].url_160, is_added)
        for ids, is_added in ((diff.pictures.removed, False), (diff.pictures.added, True))
        for id_ in ids
        if id_ in faces
    ]
    return Difference(
        _texts(diff)[:MOST_SHOWN],
        _cells(diff, exponent(currency))[:MOST_SHOWN],
        shown,
        diff.pictures.is_reordered,
        not diff.changed,
    )


def difference(
    diff: Any, same: str, *, before: str = N_("Then"), after: str = N_("Now")
) -> rx.Component:
    """Texts word by word, pictures, cells of the grid; `same` is said if nothing differs."""
    pictures = rx.el.div(
        rx.foreach(
            diff.pictures,
            lambda each: rx.el.figure(
                picture(each.url, "", size=72),
                rx.el.figcaption(
                    rx.cond(each.is_added, t("added"), t("taken away")), class_name="meta"
                ),
            ),
        ),
        class_name="row",
    )
    return rx.cond(
        diff.is_same,
        rx.el.p(t(same), class_name="lead mt-3"),
        rx.el.div(
            rx.foreach(
                diff.texts,
                lambda each: rx.el.div(
                    rx.el.h3(t(each.label), class_name="label"),
                    rx.el.p(
                        rx.foreach(each.parts, _part), class_name="whitespace-pre-wrap break-words"
                    ),
                ),
            ),
            rx.cond(diff.is_reordered, rx.el.p(t("The pictures have another order."))),
            rx.cond(diff.pictures.length() > 0, pictures),
            rx.cond(diff.cells.length() > 0, _cell_table(diff, before, after)),
            class_name="stack mt-3",
        ),
    )


def _part(part: Any) -> rx.Component:
    shown = rx.match(
        part.kind,
        ("removed", rx.el.del_(part.text, class_name="bg-[var(--bad-soft)] text-[var(--bad-ink)]")),
        ("added", rx.el.ins(part.text, class_name="bg-[var(--good-soft)] text-[var(--good-ink)]")),
        rx.el.span(part.text),
    )
    return rx.fragment(shown)


def _cell_table(diff: Any, before: str, after: str) -> rx.Component:
    return rx.el.div(
        rx.el.table(
            rx.el.thead(
                rx.el.tr(
                    rx.el.th(t("Variant")),
                    rx.el.th(t("Column")),
                    rx.el.th(t(before)),
                    rx.el.th(t(after)),
                )
            ),
            rx.el.tbody(
                rx.foreach(
                    diff.cells,
                    lambda cell: rx.el.tr(
                        rx.el.td(cell.variant),
                        rx.el.td(t(cell.column)),
                        rx.el.td(t(cell.before)),
                        rx.el.td(t(cell.after)),
                    ),
                )
            ),
            class_name="table",
        ),
        class_name="table-wrap",
        tab_index=0,
    )


def _texts(diff: ContentDiff) -> list[ChangedText]:
    found = [ChangedText(field_name(each.field), list(each.parts)) for each in diff.fields]
    for each in diff.attributes:
        if each.is_changed:
            before, after = ", ".join(each.before), ", ".join(each.after)
            parts = [TextPart("removed", before), TextPart("added", after)]
            found.append(ChangedText(each.code, [part for part in parts if part.text]))
    return found


def _cells(diff: ContentDiff, digits: int) -> list[ChangedCell]:
    found = []
    for row in diff.variants:
        if row.kind in ("added", "removed"):
            words = N_("not there"), N_("there")
            before, after = words if row.kind == "added" else words[::-1]
            found.append(ChangedCell(row.label, N_("Variant"), before, after))
        for cell in row.cells:
            is_money = cell.column in IN_MINOR_UNITS
            before, after = (
                _amount(text, digits) if is_money else text for text in (cell.before, cell.after)
            )
            column = CELLS.get(cell.column, N_("Variant"))
            found.append(ChangedCell(row.label, column, before or "–", after or "–"))
    return found


def _amount(text: str, digits: int) -> str:
    if not text or not digits:
        return text
    padded = text.rjust(digits + 1, "0")
    return f"{padded[:-digits]}.{padded[-digits:]}"
