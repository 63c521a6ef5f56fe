"""The versions of a listing, and what each of them changed."""

from typing import Any

import reflex as rx

from marketplace.flows.content_view import CellLine
from marketplace.kit.languages import N_
from marketplace.web.admin.catalog.listing_words import HOW
from marketplace.web.admin.moderation.differences import pictures_of, property_row, text_row
from marketplace.web.i18n import number, t
from marketplace.web.ui.button import button
from marketplace.web.ui.layout import card
from marketplace.web.ui.status import badge
from marketplace.web.ui.values import moment


def versions(state: Any) -> rx.Component:
    rows = state.found.versions
    return card(
        rx.cond(
            rows.length() > 0,
            rx.el.ol(rx.foreach(rows, lambda row: _version(state, row)), class_name="list"),
            rx.el.p(t("Nothing has been on sale yet."), class_name="lead p-4"),
        ),
        title=N_("Versions"),
        subtitle=N_("what was on sale, newest first"),
        is_flush=True,
    )


def _version(state: Any, row: Any) -> rx.Component:
    is_chosen = state.chosen == row.id
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.strong(t("Version {n}", n=number(row.number))),
                rx.cond(row.is_live, badge(N_("on sale"), "good")),
                rx.el.span(moment(row.at, "short"), class_name="meta"),
                rx.el.span(
                    rx.match(row.how, *[(key, t(text)) for key, text in HOW.items()], row.how),
                    class_name="meta",
                ),
                rx.cond(row.by != "", rx.el.span(row.by, class_name="meta")),
                class_name="row",
            ),
            button(
                N_("What it changed"),
                is_small=True,
                aria_expanded=is_chosen,
                on_click=state.compare(state.found.id, row.id),
            ),
            class_name="row-between",
        ),
        rx.cond(is_chosen, _change(state.change)),
        class_name="list-row block",
        key=row.id,
    )


def _change(change: Any) -> rx.Component:
    return rx.el.div(
        rx.foreach(change.texts, lambda row: text_row(change.kind, row)),
        rx.cond(change.properties.length() > 0, properties(change)),
        rx.cond(
            change.pictures_changed,
            rx.el.div(
                rx.cond(
                    change.pictures_before.length() > 0,
                    pictures_of(N_("Before"), change.pictures_before),
                ),
                pictures_of(N_("After"), change.pictures_after),
                class_name="grid gap-4",
            ),
        ),
        rx.cond(
            change.cells.length() > 0,
            rx.el.ul(rx.foreach(change.cells, _cell), class_name="stack-sm"),
        ),
        rx.cond(
            (change.texts.length() == 0)
            & (change.properties.length() == 0)
            & (change.cells.length() == 0)
            & ~change.pictures_changed,
            rx.el.p(t("It says the same as the version before."), class_name="lead"),
        ),
        class_name="stack mt-3",
    )


def _cell(cell: rx.vars.ObjectVar[CellLine]) -> rx.Component:
    return rx.el.li(
        rx.el.span(cell.variant, " · ", t(cell.label), ": ", class_name="meta"),
        rx.cond(
            cell.before != "",
            rx.el.del_(cell.before, class_name="bg-[var(--bad-soft)] text-[var(--bad-ink)]"),
        ),
        " ",
        rx.cond(
            cell.after != "",
            rx.el.ins(
                cell.after, class_name="bg-[var(--good-soft)] text-[var(--good-ink)] no-underline"
            ),
        ),
        class_name="text-[13px]",
    )


def properties(content: Any) -> rx.Component:
    return rx.el.div(
        rx.el.table(
            rx.el.thead(
                rx.el.tr(
                    rx.el.th(t("Attribute"), scope="col"),
                    rx.cond(content.kind == "edit", rx.el.th(t("Before"), scope="col")),
                    rx.el.th(t("Value"), scope="col"),
                )
            ),
            rx.el.tbody(
                rx.foreach(
                    content.properties, lambda row: property_row(row, content.kind == "edit")
                )
            ),
            class_name="table",
        ),
        class_name="table-wrap relative",
        tab_index=0,
        role="region",
        aria_label=t("Attributes"),
    )
