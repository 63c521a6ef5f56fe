"""The middle of the desk: what differs, side by side; or an appeal, or what readers reported."""

from typing import Any

import reflex as rx

from marketplace.flows.review_rows import PaperRow, Piece, PropertyRow, TextRow
from marketplace.kit.languages import N_
from marketplace.web.admin.moderation.level import level_name
from marketplace.web.admin.moderation.opened_claims import appeal_opened, reported_opened
from marketplace.web.admin.moderation.opened_variants import variants
from marketplace.web.admin.moderation.queue import PAGE
from marketplace.web.i18n import locale, t, tn
from marketplace.web.ui.button import button
from marketplace.web.ui.feedback import alert, empty_state
from marketplace.web.ui.icon import icon
from marketplace.web.ui.layout import card
from marketplace.web.ui.media import document_link, picture
from marketplace.web.ui.status import status
from marketplace.web.ui.tabs import Tab, segmented
from marketplace.web.ui.values import moment

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


def opened(state: Any) -> rx.Component:
    return rx.cond(
        state.review,
        _review(state),
        rx.cond(
            state.appeal,
            appeal_opened(state),
            rx.cond(
                (state.tab == "reported") & (state.key != ""),
                reported_opened(state),
                rx.cond(
                    state.is_loaded,
                    rx.el.div(
                        empty_state(
                            "inbox",
                            N_("Nothing is open"),
                            N_(
                                "What sellers hand in, readers report and sellers appeal opens here."
                            ),
                        ),
                        class_name="card",
                    ),
                ),
            ),
        ),
    )


def _review(state: Any) -> rx.Component:
    review = state.review
    return rx.el.article(
        _head(state),
        rx.cond(review.needs_rebase, _rebase(state)),
        rx.cond(
            review.is_open,
            rx.fragment(),
            rx.cond(review.needs_look, rx.fragment(), _decided(state)),
        ),
        rx.cond(
            review.texts.length() > 0,
            card(
                rx.foreach(review.texts, lambda row: _text(review, row)),
                title=N_("Text"),
                subtitle=N_("word by word"),
                is_flush=True,
            ),
        ),
        rx.cond(review.properties.length() > 0, _properties(state)),
        rx.cond(
            review.pictures_changed | (review.kind == "new"),
            card(
                rx.el.div(
                    rx.cond(
                        review.pictures_before.length() > 0,
                        _pictures(N_("On sale now"), review.pictures_before),
                    ),
                    _pictures(N_("Proposed"), review.pictures_after),
                    class_name="grid gap-4 sm:grid-cols-[repeat(auto-fit,minmax(220px,1fr))]",
                ),
                title=N_("Pictures"),
            ),
        ),
        rx.cond(review.papers.length() > 0, _papers(review.papers)),
        variants(state),
        class_name="stack",
        aria_label=t("What is to be decided"),
    )


def _head(state: Any) -> rx.Component:
    review = state.review
    title = rx.cond(locale() == "zh-CN", review.title_zh, review.title).to(str)
    return rx.el.header(
        rx.el.a(
            icon("chevron-left", 14),
            t("Queue"),
            href=PAGE + "?tab=" + state.tab.to(str),
            class_name="link text-[13px] inline-flex items-center gap-1 lg:hidden mb-2",
        ),
        rx.el.div(
            picture(review.cover, "", size=56),
            rx.el.div(
                rx.el.div(
                    rx.el.h2(title, class_name="h2"),
                    rx.cond(
                        review.kind == "new",
                        status(N_("New listing"), "accent", icon="sparkles"),
                        status(N_("Edit of a live listing"), "info", icon="pencil"),
                    ),
                    rx.cond(
                        review.needs_look,
                        status(N_("On sale already"), "warn", icon="eye"),
                    ),
                    class_name="title-line",
                ),
                rx.el.p(
                    rx.cond(
                        (locale() == "zh-CN") & (review.seller.name_zh != ""),
                        review.seller.name_zh,
                        review.seller.name,
                    ),
                    " · ",
                    t("level {level}", level=level_name(review)),
                    " · ",
                    t("sent"),
                    " ",
                    moment(review.submitted_at, "short"),
                    rx.cond(review.submitted_by != "", " · " + review.submitted_by.to(str), ""),
                    class_name="meta",
                ),
                class_name="min-w-0",
            ),
            class_name="flex gap-3 items-start",
        ),
    )


def _rebase(state: Any) -> rx.Component:
    review = state.review
    return rx.cond(
        review.overlaps != "",
        alert(
            t("Both changed: {fields}. Ask the seller to edit again.", fields=review.overlaps),
            level="bad",
            title=N_("What is on sale changed since, in the same places"),
        ),
        alert(
            N_("Bring the edit up to date first; nothing of either is lost."),
            level="warn",
            title=N_("What is on sale changed since this was sent"),
            action=button(
                N_("Bring up to date"),
                is_small=True,
                on_click=state.rebase(review.id, review.version),
            ),
        ),
    )


def _decided(state: Any) -> rx.Component:
    review = state.review
    return alert(
        rx.el.span(review.note),
        title=rx.cond(
            review.decided_by != "",
            t("Decided by {name}", name=review.decided_by),
            t("No longer waiting"),
        ),
        level="info",
    )


def _text(review: Any, row: rx.vars.ObjectVar[TextRow]) -> rx.Component:
    """On a phone one below the other; a new listing has no left side."""
    return rx.el.section(
        rx.el.h3(t(row.label), class_name="meta px-4 pt-3"),
        rx.el.div(
            rx.cond(
                review.kind == "edit",
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


def _properties(state: Any) -> rx.Component:
    review = state.review
    return card(
        rx.el.div(
            rx.el.table(
                rx.el.thead(
                    rx.el.tr(
                        rx.el.th(t("Attribute"), scope="col"),
                        rx.el.th(t("On sale now"), scope="col"),
                        rx.el.th(t("Proposed"), scope="col"),
                    )
                ),
                rx.el.tbody(
                    rx.foreach(
                        review.properties,
                        lambda row: rx.cond(
                            state.shows_all | row.is_changed | (review.kind == "new"),
                            _property(row),
                        ),
                    )
                ),
                class_name="table",
            ),
            class_name="table-wrap relative",
            tab_index=0,
            role="region",
            aria_label=t("Attributes"),
        ),
        title=N_("Attributes"),
        subtitle=t(
            "{n} of {all} changed", n=review.properties_changed, all=review.properties.length()
        ),
        actions=(
            segmented(
                Tab(N_("Changed only"), is_on=~state.shows_all, on_click=state.show_all(False)),
                Tab(N_("All"), is_on=state.shows_all, on_click=state.show_all(True)),
                label=N_("Which attributes are shown"),
            ),
        ),
        is_flush=True,
    )


def _property(row: rx.vars.ObjectVar[PropertyRow]) -> rx.Component:
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
        rx.el.td(rx.cond(row.before != "", before, nothing)),
        rx.el.td(rx.cond(row.after != "", after, nothing)),
        key=row.name,
    )


def _pictures(title: str, pictures: Any) -> rx.Component:
    return rx.el.section(
        rx.el.h3(
            t(title), " · ", tn("{n} picture", "{n} pictures", pictures.length()), class_name="meta"
        ),
        rx.el.ul(rx.foreach(pictures, _picture), class_name="flex flex-wrap gap-2 mt-2"),
    )


def _papers(papers: Any) -> rx.Component:
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
