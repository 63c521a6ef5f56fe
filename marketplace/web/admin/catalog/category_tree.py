"""The tree at the left of the categories' page: search, counts, a link per category."""

from typing import Any

import reflex as rx

from marketplace.domain.catalog.queries.taxonomy import TreeRow
from marketplace.kit.languages import N_
from marketplace.web.admin.catalog.pieces import named, other_name
from marketplace.web.i18n import number, t
from marketplace.web.ui.feedback import empty_state, skeleton_rows
from marketplace.web.ui.icon import icon
from marketplace.web.ui.status import badge

INDENT = {2: "pl-8", 3: "pl-13", 4: "pl-18", 5: "pl-23"}


def tree(state: Any) -> rx.Component:
    return rx.el.section(
        rx.el.form(
            rx.el.div(
                icon("search", 15),
                rx.el.input(
                    type="search",
                    name="search",
                    default_value=state.search,
                    key=state.search,
                    placeholder=t("Name or address"),
                    aria_label=t("Search categories"),
                    max_length=80,
                    on_change=state.find.debounce(300),
                    class_name="input",
                ),
                class_name="index-search w-full",
                style={"flex": "none"},
            ),
            class_name="p-3 border-b border-[var(--line)]",
        ),
        rx.cond(
            state.is_loaded,
            rx.cond(
                state.rows.length() > 0,
                rx.el.nav(
                    rx.el.ul(rx.foreach(state.rows, lambda row: _line(state, row))),
                    aria_label=t("Categories"),
                    class_name="py-1 max-h-[70vh] overflow-y-auto",
                ),
                rx.cond(
                    state.search != "",
                    empty_state("search-x", N_("No category is called that")),
                    empty_state(
                        "folder-tree",
                        N_("No categories yet"),
                        N_("Start with the departments of the marketplace, then their shelves."),
                    ),
                ),
            ),
            rx.el.div(skeleton_rows(8, 2), class_name="p-4"),
        ),
        rx.cond(
            state.is_cut,
            rx.el.p(
                t("Only the first 50 are shown. Search to narrow down."), class_name="hint p-3"
            ),
        ),
        aria_label=t("Tree of categories"),
        class_name=rx.cond(state.chosen, "card hidden lg:block lg:sticky lg:top-20", "card"),
    )


def _line(state: Any, row: rx.vars.ObjectVar[TreeRow]) -> rx.Component:
    matched: Any = rx.match(row.depth, *INDENT.items(), "pl-3")
    indent = matched.to(str)
    return rx.el.li(
        rx.el.a(
            rx.cond(
                row.has_children,
                icon_of_branch(row),
                rx.el.span(class_name="w-[14px] shrink-0"),
            ),
            rx.el.span(
                named(row),
                title=other_name(row),
                class_name=rx.cond(
                    row.is_active,
                    rx.cond(row.depth == 1, "truncate font-semibold", "truncate"),
                    "truncate line-through text-[var(--ink-3)]",
                ),
            ),
            rx.cond(
                row.is_restricted & (row.depth == 1),
                rx.el.span(
                    icon("shield-check", 13),
                    rx.el.span(t("Always reviewed"), class_name="visually-hidden"),
                    title=t("Always reviewed"),
                    class_name="text-[var(--ink-3)]",
                ),
            ),
            rx.cond(row.is_active, rx.fragment(), badge(N_("Retired"))),
            rx.el.span(number(row.listing_count), class_name="count ml-auto"),
            href=_href(state, row.id),
            aria_current=rx.cond(row.is_here, "page", "false"),
            class_name=rx.cond(row.is_here, _ROW + _HERE, _ROW + _THERE).to(str) + indent,
        ),
        key=row.id,
    )


_ROW = "flex items-center gap-2 min-h-[36px] pr-3 text-[13px] border-l-2 "
_HERE = "bg-[var(--accent-soft)] border-[var(--accent)] text-[var(--accent-strong)] "
_THERE = "border-transparent hover:bg-[var(--sunken)] "


def icon_of_branch(row: rx.vars.ObjectVar[TreeRow]) -> rx.Component:
    return rx.el.span(
        rx.cond(row.is_open, icon("chevron-down", 14), icon("chevron-right", 14)),
        class_name="text-[var(--ink-3)] shrink-0",
    )


def _href(state: Any, category_id: Any) -> Any:
    base = "/admin/categories?id=" + category_id.to(str)
    return rx.cond(state.search == "", base, base + "&q=" + state.search.to(str))
