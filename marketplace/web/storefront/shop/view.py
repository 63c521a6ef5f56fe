"""Storefront / Shop: who it is, whether it sells, and everything it has.

`http/shop_page.py` writes the same content into the HTML for readers without scripts.
"""

import reflex as rx

from marketplace.flows.show_shop import ShopView
from marketplace.web import i18n
from marketplace.web.i18n import t, tn
from marketplace.web.ssr import handover
from marketplace.web.storefront.cards import card_grid
from marketplace.web.storefront.dead_end import dead_end
from marketplace.web.storefront.paging import pager, sorting
from marketplace.web.storefront.shop.state import ShopPageState
from marketplace.web.storefront.wording import at, in_language
from marketplace.web.ui.icon import icon
from marketplace.web.ui.native_form import asking_form

View = rx.vars.ObjectVar[ShopView]


def page() -> rx.Component:
    return rx.el.div(
        handover(ShopPageState.is_loaded),
        rx.cond(
            ShopPageState.view,
            _shop(ShopPageState.view.to(ShopView)),
            rx.cond(ShopPageState.is_loaded, _gone(), _waiting()),
        ),
        class_name="mx-auto max-w-[1280px] px-4 pb-16",
    )


def _shop(view: View) -> rx.Component:
    return rx.fragment(
        _sign(view),
        rx.cond(view.is_buyable, rx.fragment(), _no_sale(view)),
        _toolbar(view),
        rx.el.h2(t("Listings"), class_name="visually-hidden"),
        rx.cond(
            view.cards.length() > 0,
            rx.el.div(card_grid(view.cards, is_wide=True), class_name="mt-5"),
            _nothing(view),
        ),
        pager(view.page, view.pages, view.previous_href, view.next_href),
    )


def _sign(view: View) -> rx.Component:
    name = in_language(view.name, view.name_zh)
    return rx.el.header(
        rx.cond(
            view.logo != "",
            rx.el.img(
                src=view.logo,
                alt="",
                custom_attrs={"width": "72", "height": "72"},
                class_name="w-[72px] h-[72px] rounded-[14px] object-cover",
            ),
            rx.el.span(
                name[:1],
                aria_hidden="true",
                class_name="w-[72px] h-[72px] rounded-[14px] grid place-items-center "
                "bg-[var(--paper)] text-[32px] font-bold text-[var(--accent)]",
            ),
        ),
        rx.el.div(
            rx.el.h1(name, class_name="text-[26px] md:text-[32px] font-bold tracking-[-.02em]"),
            rx.el.p(in_language(view.about, view.about_zh), class_name="mt-1 max-w-[68ch]"),
            rx.el.p(
                t("Here since {day}", day=i18n.moment(view.since, "day")), class_name="lead mt-1"
            ),
            class_name="min-w-0",
        ),
        class_name="flex flex-wrap items-center gap-5 mt-8 rounded-[14px] "
        "bg-[var(--accent-soft)] px-5 py-6",
    )


def _no_sale(view: View) -> rx.Component:
    until = i18n.moment(view.paused_until, "day")
    return rx.el.p(
        rx.cond(
            ~view.is_paused,
            t("This shop sells nothing at the moment."),
            rx.cond(
                view.paused_until != "",
                t("This shop takes a break until {day}.", day=until),
                t("This shop takes a break."),
            ),
        ),
        class_name="mt-5 rounded-[10px] bg-[var(--warn-soft)] text-[var(--warn-ink)] px-4 py-3 "
        "text-[13.5px]",
    )


def _toolbar(view: View) -> rx.Component:
    return rx.el.div(
        asking_form(
            rx.el.input(
                type="search",
                name="q",
                default_value=view.text,
                max_length=200,
                aria_label=t("Search in this shop"),
                placeholder=t("Search in this shop"),
                class_name="input w-full",
            ),
            rx.el.button(t("Search"), type="submit", class_name="btn"),
            action=at(view.path),
            role="search",
            aria_label=t("Search in this shop"),
            class_name="flex gap-2 w-full md:w-[320px]",
        ),
        rx.el.p(tn("{n} listing", "{n} listings", view.total), role="status", class_name="lead"),
        sorting(view.sorts),
        class_name="flex flex-wrap items-center gap-3 mt-6",
    )


def _nothing(view: View) -> rx.Component:
    return rx.el.div(
        icon("search-x", 32),
        rx.el.p(
            rx.cond(view.text != "", t("Nothing found"), t("Nothing is on sale here yet")),
            class_name="h2 mt-4 text-[var(--ink)]",
        ),
        rx.cond(
            view.text != "",
            rx.el.a(t("Everything of this shop"), href=at(view.path), class_name="btn mt-5"),
            rx.el.a(t("See everything"), href=at("/search"), class_name="btn mt-5"),
        ),
        class_name="flex flex-col items-center text-center py-20 text-[var(--ink-2)]",
    )


def _gone() -> rx.Component:
    return dead_end(
        "store", t("There is no such shop"), t("It may have closed, or have another address now.")
    )


def _waiting() -> rx.Component:
    return rx.el.div(
        rx.el.div(class_name="skeleton h-[120px]"),
        rx.el.div(class_name="skeleton h-[320px] mt-6"),
        aria_hidden="true",
        class_name="mt-8",
    )
