"""How a difference is shown: words struck out and added, attributes, pictures, papers."""

from typing import Any

import reflex as rx

from marketplace.flows.review_rows import PaperRow, Piece, PropertyRow, TextRow
from marketplace.kit.languages import N_
from marketplace.web.i18n import locale, t, tn
from marketplace.web.ui.layout import card
from marketplace.web.ui.media import document_link, picture

PIECES = {
    "same": "",
    "removed": "bg-[var(--bad-soft)] text-[var(--bad-ink)] line-through rounded-[3px] px-[2px]",
    "added": "bg-[var(--good-soft)] text-[var(--good-ink)] rounded-[3px] px-[2px]",
}
HIT = (
    "bg-[var(--warn-soft)] text-[var(--warn-ink)] font-semibold underline decoration-2 "
    "underline-offset-2 rounded-[3px] px-[2px]"
)
MARKS = {
    "added": ("border-[var(--good)]", N_("added")),
    "removed": ("border-[var(--bad)]", N_("removed")),
    "moved": ("border-[var(--info)]", N_("moved")),
    "described": ("border-[var(--warn)]", N_("alt text or crop changed")),
}


def text_row(kind: Any, row: rx.vars.ObjectVar[TextRow]) -> rx.Component:
    """On a phone one below the other; a new listing has no left side."""
    return rx.el.section(
        rx.el.h3(t(row.label), class_name="meta px-4 pt-3"),
        rx.el.div(
            rx.cond(
                kind == "edit",
                rx.el.p(
                    rx.el.span(t("Now:"), class_name="visually-hidden"),
                    rx.cond(
                        row.before.length() > 0,
                        rx.foreach(row.before, _piece),
                        rx.el.span(t("Empty"), class_name="meta"),
                    ),
                    class_name="whitespace-pre-wrap wrap-anywhere",
                ),
            ),
            rx.el.p(
                rx.el.span(t("Proposed:"), class_name="visually-hidden"),
                rx.cond(
                    row.after.length() > 0,
                    rx.foreach(row.after, _piece),
                    rx.el.span(t("Empty"), class_name="meta"),
                ),
                class_name="whitespace-pre-wrap wrap-anywhere",
            ),
            class_name="grid gap-x-6 gap-y-2 sm:grid-cols-[repeat(auto-fit,minmax(200px,1fr))] "
            "px-4 pt-1 pb-3 text-[13px] leading-[1.75] max-h-[420px] overflow-y-auto",
        ),
        class_name="border-b border-[var(--line)] last:border-b-0",
        key=row.field,
    )


def _piece(piece: rx.vars.ObjectVar[Piece]) -> rx.Component:
    return rx.cond(
        piece.is_hit,
        rx.el.mark(piece.text, class_name=HIT),
        rx.match(
            piece.kind,
            ("removed", rx.el.del_(piece.text, class_name=PIECES["removed"])),
            ("added", rx.el.ins(piece.text, class_name=PIECES["added"] + " no-underline")),
            rx.el.span(piece.text),
        ),
    )


def property_row(row: rx.vars.ObjectVar[PropertyRow], has_before: Any = True) -> rx.Component:
    nothing = rx.el.span("–", class_name="meta")
    before = rx.cond(
        row.is_changed, rx.el.del_(row.before, class_name=PIECES["removed"]), rx.el.span(row.before)
    )
    after = rx.cond(
        row.is_changed,
        rx.el.ins(row.after, class_name=PIECES["added"] + " no-underline"),
        rx.el.span(row.after),
    )
    return rx.el.tr(
        rx.el.th(
            rx.cond(locale() == "zh-CN", row.name_zh, row.name),
            scope="row",
            class_name="font-normal",
        ),
        rx.cond(has_before, rx.el.td(rx.cond(row.before != "", before, nothing))),
        rx.el.td(rx.cond(row.after != "", after, nothing)),
        key=row.name,
    )


def pictures_of(title: str, pictures: Any) -> rx.Component:
    return rx.el.section(
        rx.el.h3(
            t(title), " · ", tn("{n} picture", "{n} pictures", pictures.length()), class_name="meta"
        ),
        rx.el.ul(rx.foreach(pictures, _picture), class_name="flex flex-wrap gap-2 mt-2"),
    )


def papers_of(papers: Any) -> rx.Component:
    return card(
        rx.el.ul(rx.foreach(papers, _paper), class_name="grid gap-2 text-[13px]"),
        title=N_("Compliance documents"),
        subtitle=N_("each opening is recorded"),
    )


def _paper(paper: rx.vars.ObjectVar[PaperRow]) -> rx.Component:
    return rx.el.li(
        rx.match(
            paper.status,
            ("ready", document_link(paper.id, paper.name)),
            ("refused", rx.fragment(paper.name, " · ", t("This file was refused."))),
            rx.fragment(paper.name, " · ", t("This file is still being checked.")),
        ),
        " ",
        rx.match(
            paper.mark,
            ("added", rx.el.span(t("added"), class_name="meta")),
            ("removed", rx.el.span(t("removed"), class_name="meta")),
            rx.fragment(),
        ),
        key=paper.id,
    )


def _picture(one: Any) -> rx.Component:
    frame = rx.match(
        one.mark,
        *[(mark, f"border-2 rounded-[8px] p-[2px] {line}") for mark, (line, _) in MARKS.items()],
        "border-2 border-transparent rounded-[8px] p-[2px]",
    )
    words = rx.match(one.mark, *[(mark, t(text)) for mark, (_, text) in MARKS.items()], "")
    return rx.el.li(
        rx.el.div(picture(one.url, t("Picture {n}", n=one.place), size=84), class_name=frame),
        rx.el.span(
            one.place.to(str),
            " ",
            rx.cond(one.place == 1, t("cover"), ""),
            " ",
            words,
            rx.cond((one.mark == "moved") & (one.was > 0), t(" (was {n})", n=one.was), ""),
            class_name="meta block text-center max-w-[92px]",
        ),
        key=one.id,
    )
