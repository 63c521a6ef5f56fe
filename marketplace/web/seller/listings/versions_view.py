"""How versions of a listing and their differences are shown."""

from typing import Any

import reflex as rx

from marketplace.domain.access.models import Permission
from marketplace.kit.languages import N_
from marketplace.web.i18n import number, t
from marketplace.web.seller.listings.difference import difference
from marketplace.web.seller.listings.wording import HOW, spoken
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button
from marketplace.web.ui.feedback import empty_state
from marketplace.web.ui.layout import card, page_header
from marketplace.web.ui.status import badge
from marketplace.web.ui.values import moment


def versions(state: Any) -> rx.Component:
    title = spoken(state.title, state.title_zh)
    nothing = empty_state(
        "history",
        N_("Nothing has been on sale yet"),
        N_("Each time the listing goes on sale, what it said then is kept here."),
    )
    rows = card(
        rx.el.ol(rx.foreach(state.rows, lambda row: _row(state, row)), class_name="list"),
        is_flush=True,
    )
    return rx.el.div(
        page_header(
            N_("Versions"),
            subtitle=title,
            crumbs=(
                (N_("Listings"), "/seller/listings"),
                (rx.cond(title != "", title, t("Listing")), f"/seller/listings/{state.listing_id}"),
            ),
        ),
        rx.cond(
            state.is_loaded,
            rx.cond(state.rows.length() > 0, rows, nothing),
            rx.el.div(class_name="skeleton h-40"),
        ),
        class_name="stack",
    )


def _row(state: Any, row: Any) -> rx.Component:
    is_chosen = state.chosen == row.id
    may = ShellState.permissions.contains(Permission.SHOP_LISTINGS_EDIT.value)
    how = rx.match(row.how, *[(key, t(text)) for key, text in HOW.items()], row.how)
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.strong(t("Version {n}", n=number(row.number))),
                rx.cond(row.is_live, badge(N_("on sale"), "good")),
                rx.el.span(moment(row.at, "short"), class_name="meta"),
                rx.el.span(how, class_name="meta"),
                rx.cond(row.by != "", rx.el.span(row.by, class_name="meta")),
                class_name="row",
            ),
            rx.el.div(
                button(
                    N_("What changed since"),
                    is_small=True,
                    aria_expanded=is_chosen,
                    on_click=state.compare(state.listing_id, row.id),
                ),
                rx.cond(
                    may,
                    button(
                        N_("Restore"),
                        is_small=True,
                        icon="undo-2",
                        on_click=state.restore(state.listing_id, row.id, state.lock),
                    ),
                ),
                class_name="row",
            ),
            class_name="row-between",
        ),
        rx.cond(is_chosen, difference(state.difference, N_("Your working copy says the same."))),
        class_name="list-row block",
        key=row.id,
    )
