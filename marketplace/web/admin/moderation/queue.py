"""The left of the desk: tabs with counts and the age of the oldest, and the queue of one."""

from typing import Any

import reflex as rx

from marketplace.flows.moderation_desk import TabRow
from marketplace.kit.languages import N_
from marketplace.web.admin.moderation.narrowing import narrowing
from marketplace.web.i18n import locale, moment, number, t, tn
from marketplace.web.ui.button import button
from marketplace.web.ui.confirm import confirm
from marketplace.web.ui.feedback import empty_state, skeleton_rows
from marketplace.web.ui.icon import icon
from marketplace.web.ui.media import picture

NAMES = {
    "new": N_("New listings"),
    "edits": N_("Edits"),
    "looks": N_("To look at"),
    "reported": N_("Reported"),
    "appeals": N_("Appeals"),
}
PAGE = "/admin/moderation"


def tabs_of(state: Any) -> rx.Component:
    return rx.el.nav(
        rx.foreach(state.tabs, lambda tab: _tab(state, tab)),
        aria_label=t("Queues"),
        class_name="tabs",
    )


def _tab(state: Any, tab: rx.vars.ObjectVar[TabRow]) -> rx.Component:
    return rx.el.a(
        rx.match(tab.key, *[(key, t(name)) for key, name in NAMES.items()], tab.key),
        rx.el.span(number(tab.count), class_name="count"),
        rx.cond(
            tab.oldest != "",
            rx.el.span(
                moment(tab.oldest), title=t("The oldest waits since then"), class_name="meta"
            ),
        ),
        href=PAGE + "?tab=" + tab.key.to(str),
        aria_current=rx.cond(state.tab == tab.key, "page", "false"),
        class_name="tab",
    )


def queue(state: Any) -> rx.Component:
    """On a phone it makes way for what is open."""
    return rx.el.section(
        rx.el.div(
            rx.el.div(
                icon("search", 15),
                rx.el.input(
                    type="search",
                    default_value=state.search,
                    key=state.tab + state.search,
                    placeholder=t("Title, SKU, seller"),
                    aria_label=t("Search this queue"),
                    max_length=80,
                    on_change=state.find.debounce(300),
                    class_name="input",
                ),
                class_name="index-search",
                style={"flex": "none"},
            ),
            narrowing(state),
            _safe(state),
            class_name="p-3 stack-sm border-b border-[var(--line)]",
        ),
        rx.cond(
            state.is_loaded,
            rx.cond(
                state.rows.length() > 0,
                rx.el.ul(
                    rx.foreach(state.rows, lambda row: _row(state, row)),
                    class_name="lg:max-h-[calc(100vh-250px)] overflow-y-auto",
                ),
                _nothing(state),
            ),
            rx.el.div(skeleton_rows(6, 1), class_name="p-3"),
        ),
        rx.cond(state.pages > 1, _pager(state)),
        aria_label=t("Queue"),
        class_name=rx.cond(
            state.is_chosen,
            "card overflow-hidden hidden lg:block lg:sticky lg:top-18",
            "card overflow-hidden lg:sticky lg:top-18",
        ),
    )


def _pager(state: Any) -> rx.Component:
    return rx.el.nav(
        _turn(state, state.page - 1, state.page > 1, N_("Previous page"), "chevron-left"),
        rx.el.span(
            t("Page {page} of {pages}", page=number(state.page), pages=number(state.pages)),
            class_name="meta mx-auto",
        ),
        _turn(state, state.page + 1, state.page < state.pages, N_("Next page"), "chevron-right"),
        aria_label=t("Pages of the queue"),
        class_name="row p-2 border-t border-[var(--line)]",
    )


def _turn(state: Any, page: Any, is_there: Any, label: str, sign: str) -> rx.Component:
    return rx.cond(
        is_there,
        rx.el.a(
            icon(sign, 16),
            href=_at_page(state, page),
            aria_label=t(label),
            class_name="btn btn-icon",
        ),
        rx.el.span(class_name="w-9"),
    )


def _at_page(state: Any, page: Any, rest: Any = "") -> rx.Var[str]:
    return (PAGE + state.address.to(str) + "&page=" + page.to_string() + rest).to(str)


def _safe(state: Any) -> rx.Component:
    """Approving at once what no rule speaks against; the service has the last word on each."""
    ids = rx.Var(
        f"{state.rows!s}.filter((row) => row.flags === 0).map((row) => row.id)",
        _var_data=state.rows._get_all_var_data(),
    ).to(list[str])
    return rx.cond(
        ((state.tab == "new") | (state.tab == "edits")) & (ids.length() > 0),
        confirm(
            button(
                tn("Approve {n} without hints…", "Approve {n} without hints…", ids.length()),
                is_small=True,
                icon="check-check",
            ),
            title=N_("Approve all without hints?"),
            consequence=N_(
                "They go on sale at once, if their seller is of level 3 or above; the others stay. "
                "One in twenty is shown to a colleague afterwards."
            ),
            verb=N_("Approve them"),
            on_confirm=state.approve_many(ids),
            is_danger=False,
        ),
    )


def _row(state: Any, row: Any) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            picture(row.cover, "", size=44),
            rx.el.span(
                rx.el.span(
                    rx.el.span(_title(row), class_name="truncate font-medium"),
                    rx.el.span(moment(row.submitted_at), class_name="meta ml-auto shrink-0"),
                    class_name="flex gap-2",
                ),
                rx.el.span(
                    rx.cond(locale() == "zh-CN", row.seller_zh, row.seller),
                    class_name="meta block truncate",
                ),
                rx.el.span(
                    rx.el.span(_category(row), class_name="meta truncate"),
                    rx.cond(
                        row.flags > 0,
                        rx.el.span(
                            icon("flag", 12),
                            tn("{n} hint", "{n} hints", row.flags),
                            class_name="inline-flex shrink-0 items-center gap-1 text-[12px] font-medium "
                            "text-[var(--warn-ink)]",
                        ),
                    ),
                    rx.cond(
                        row.reports > 0,
                        rx.el.span(
                            icon("megaphone", 12),
                            tn("{n} report", "{n} reports", row.reports),
                            class_name="inline-flex shrink-0 items-center gap-1 text-[12px] font-medium "
                            "text-[var(--bad)]",
                        ),
                    ),
                    rx.cond(
                        row.assignee != "",
                        rx.el.span(
                            icon("user-check", 12), row.assignee, class_name="meta row gap-1"
                        ),
                    ),
                    class_name="flex gap-2 items-center min-w-0",
                ),
                class_name="min-w-0 flex-1 text-[13px]",
            ),
            href=_at_page(state, state.page, "&id=" + row.id.to(str)),
            aria_current=rx.cond(row.is_here, "page", "false"),
            custom_attrs={"data-desk-row": rx.cond(row.is_here, "here", "there")},
            class_name=rx.cond(row.is_here, _ROW + _HERE, _ROW + _THERE),
        ),
        key=row.id,
        class_name="border-b border-[var(--line)] last:border-b-0",
    )


_ROW = "flex gap-3 p-3 border-l-[3px] "
_HERE = "bg-[var(--accent-soft)] border-[var(--accent)]"
_THERE = "border-transparent hover:bg-[var(--sunken)]"


def _title(row: Any) -> rx.Var[str]:
    return rx.cond(locale() == "zh-CN", row.title_zh, row.title).to(str)


def _category(row: Any) -> rx.Var[str]:
    return rx.cond(locale() == "zh-CN", row.category_zh, row.category).to(str)


def _nothing(state: Any) -> rx.Component:
    return rx.cond(
        (state.search != "") | (state.narrowed > 0),
        empty_state("search-x", N_("Nothing matches these filters")),
        empty_state("party-popper", N_("This queue is empty"), N_("Nothing waits for you here.")),
    )
