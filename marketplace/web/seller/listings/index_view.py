"""How a listing is shown in the list, and what its row offers."""

from typing import Any

import reflex as rx

from marketplace.domain.access.models import Permission
from marketplace.kit.languages import N_
from marketplace.web import i18n
from marketplace.web.i18n import t
from marketplace.web.seller.listings.wording import STATUSES, in_language, spoken
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import icon_button
from marketplace.web.ui.media import picture
from marketplace.web.ui.menu import menu, menu_item
from marketplace.web.ui.status import status_of
from marketplace.web.ui.values import moment

Row = Any


def name(row: Row) -> rx.Var[str]:
    title = spoken(row.title, row.title_zh)
    return rx.cond(title != "", title, t("Untitled listing"))


def title(row: Row) -> rx.Component:
    return rx.el.span(
        picture(row.cover_url, "", size=40),
        rx.el.span(
            rx.el.span(name(row), class_name="block truncate"),
            rx.el.span(row.handle, class_name="meta block truncate"),
            class_name="min-w-0",
        ),
        class_name="flex items-center gap-3 max-w-[320px]",
    )


def status(row: Row) -> rx.Component:
    return status_of(row.shown_as, STATUSES)


def price(row: Row) -> rx.Component:
    low = i18n.money(row.price_low, row.currency)
    return rx.el.span(
        rx.cond(
            row.price_low == row.price_high,
            low,
            t("{low} – {high}", low=low, high=i18n.money(row.price_high, row.currency)),
        ),
        class_name="num whitespace-nowrap",
    )


def stock(row: Row) -> rx.Component:
    is_short = (row.low > 0) | (row.available <= 0)
    return rx.el.span(
        i18n.number(row.available),
        rx.cond(row.low > 0, rx.el.span(t("low"), class_name="pill pill-bad ml-2")),
        class_name=rx.cond(
            is_short,
            "num whitespace-nowrap text-[var(--bad)] font-medium",
            "num whitespace-nowrap",
        ),
    )


def quality(row: Row) -> rx.Component:
    """A ring that fills; the number says the same."""
    tone = rx.cond(row.quality >= 80, "good", rx.cond(row.quality >= 50, "warn", "bad"))
    return rx.el.span(
        rx.el.span(
            class_name="quality-ring",
            style={"background": f"conic-gradient(var(--{tone}) {row.quality}%, var(--line) 0)"},
            aria_hidden="true",
        ),
        rx.el.span(i18n.number(row.quality), class_name="tabular-nums"),
        class_name="inline-flex items-center gap-2 align-middle",
    )


def category(row: Row) -> rx.Component:
    return rx.el.span(spoken(row.category, row.category_zh), class_name="whitespace-nowrap")


def count(value: Any) -> rx.Component:
    return rx.el.span(i18n.number(value), class_name="num")


def rate(row: Row) -> rx.Component:
    """A dash where nobody looked: none of none is no rate."""
    sold = t("{n}%", n=i18n.number(row.conversion_bps / 100))
    return rx.el.span(rx.cond(row.views_30d > 0, sold, "–"), class_name="num")


def updated(row: Row) -> rx.Component:
    return moment(row.updated_at)


def actions(state: Any, row: Row, share: Any) -> list[rx.Component]:
    """`share` is the event that shows a listing's link."""
    edit = ShellState.permissions.contains(Permission.SHOP_LISTINGS_EDIT.value)
    see = rx.fragment(
        menu_item(
            N_("View in store"), icon="store", href=in_language(f"/p/{row.slug}"), server=True
        ),
        menu_item(N_("Share…"), icon="share-2", on_select=share(row.id)),
    )
    address = f"/seller/listings/{row.id}"
    return [
        menu(
            icon_button("ellipsis", t("More for {name}", name=name(row))),
            rx.cond(row.status == "live", see),
            menu_item(N_("Versions"), icon="history", href=f"{address}/versions"),
            rx.cond(edit, rx.fragment(*_changes(state, row, address))),
            align="end",
        )
    ]


def _changes(state: Any, row: Row, address: str) -> list[rx.Component]:
    return [
        menu_item(N_("Edit"), icon="pencil", href=address),
        menu_item(N_("Duplicate"), icon="copy", on_select=state.duplicate(row.id)),
        rx.cond(
            row.status == "live",
            menu_item(
                N_("Pause"),
                icon="circle-pause",
                on_select=state.pause(row.id),
            ),
        ),
        rx.cond(
            row.status == "off_shelf",
            menu_item(
                N_("Resume"),
                icon="circle-play",
                on_select=state.resume(row.id),
            ),
        ),
        rx.cond(
            row.status == "archived",
            menu_item(
                N_("Take out of the archive"),
                icon="archive-restore",
                on_select=state.unarchive(row.id),
            ),
        ),
    ]
