"""Listings as cards."""

from typing import Any

import reflex as rx

from marketplace.flows.listing_cards import Card
from marketplace.web.i18n import money, t
from marketplace.web.storefront.pictures import picture
from marketplace.web.storefront.wording import at, in_language
from marketplace.web.ui.icon import icon


def card_grid(cards: Any, *, is_wide: bool = False) -> rx.Component:
    """`is_wide`: over the whole page, without filters beside it."""
    columns = "lg:grid-cols-5" if is_wide else "xl:grid-cols-4"
    return rx.el.ul(
        rx.foreach(cards, card),
        class_name=f"grid gap-x-4 gap-y-6 grid-cols-2 md:grid-cols-3 {columns}",
    )


def card(one: rx.vars.ObjectVar[Card]) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            _picture(one),
            rx.el.h3(
                in_language(one.title, one.title_zh),
                class_name="mt-3 text-[14px] leading-[1.4] line-clamp-2",
            ),
            rx.el.p(
                money(one.price_low, one.currency),
                rx.cond(
                    one.price_high.to(int) > one.price_low.to(int),
                    rx.el.span("+", class_name="text-[var(--ink-3)]"),
                ),
                class_name="num !text-left mt-1 text-[16px] font-semibold",
            ),
            rx.el.p(
                in_language(one.seller, one.seller_zh),
                class_name="mt-1 text-[12.5px] text-[var(--ink-2)] truncate",
            ),
            rx.cond(
                ~one.is_in_stock,
                rx.el.span(t("Sold out"), class_name="pill pill-warn mt-2"),
            ),
            href=at("/p/") + one.slug.to(str),
            class_name="block min-w-0 group",
        )
    )


def _picture(one: rx.vars.ObjectVar[Card]) -> rx.Component:
    return rx.el.div(
        rx.cond(
            one.image != "",
            picture(
                one.image,
                "",
                480,
                "block w-full h-full object-cover transition-transform duration-200 "
                "group-hover:scale-[1.03] motion-reduce:transform-none",
                focus=one.focus,
                is_late=True,
            ),
            rx.el.span(icon("image", 32), class_name="text-[var(--ink-3)]"),
        ),
        class_name="aspect-square rounded-[10px] overflow-hidden bg-[var(--sunken)] "
        "flex items-center justify-center",
    )
