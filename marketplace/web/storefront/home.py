"""Storefront / Home: where to look, what is on sale, who sells, and how buying here works.

`http/public_pages.py` writes the same content into the HTML for readers without scripts; the two
are kept in step by a test.
"""

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience
from marketplace.domain.sellers.queries import ShopCard
from marketplace.flows.shop_window import Place, Window, window
from marketplace.kit.languages import N_
from marketplace.web.guard.policy import allows
from marketplace.web.i18n import t, tn
from marketplace.web.ssr import handover
from marketplace.web.storefront.cards import card_grid
from marketplace.web.storefront.pictures import picture
from marketplace.web.storefront.wording import at, in_language, named
from marketplace.web.ui.icon import icon

# icons that no other page has: each of the others would be a request of its own
STEPS = (
    (
        "store",
        N_("Independent shops"),
        N_("Each shop is run by its maker. You see who sells, and who answers."),
    ),
    (
        "shopping-basket",
        N_("One basket"),
        N_("Buy from several shops and pay once. Each sends its own parcel."),
    ),
    (
        "receipt-text",
        N_("Prices that explain themselves"),
        N_("Every amount opens to the rule, the base and who pays for it."),
    ),
    (
        "hand-coins",
        N_("Money held safely"),
        N_("Sellers are paid after you have received the goods."),
    ),
)


class StorefrontHomeState(rx.State):
    """What is shown in the window."""

    is_loaded: rx.Field[bool] = rx.field(False)
    window: rx.Field[Window] = rx.field(default_factory=lambda: Window([], [], []))

    @rx.event(supersedes=True)
    @allows(Audience.PUBLIC)
    async def load(self):
        self.window, self.is_loaded = await db.read(window), True


def page() -> rx.Component:
    shown = StorefrontHomeState.window
    return rx.el.div(
        handover(StorefrontHomeState.is_loaded),
        _hero(),
        rx.cond(shown.places.length() > 0, _places()),
        rx.cond(shown.picks.length() > 0, _picks()),
        _shops(),
        _how(),
        class_name="mx-auto max-w-[1280px] px-4 pb-16",
    )


def _hero() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h1(
                t("A market of independent shops"),
                class_name="text-[30px] md:text-[44px] leading-[1.12] font-bold tracking-[-.02em] max-w-[18ch]",
            ),
            rx.el.p(
                t("Makers and small brands, one basket, and a price you can take apart."),
                class_name="mt-4 text-[16px] max-w-[46ch] opacity-90",
            ),
            rx.el.a(
                t("See everything"),
                href=at("/search"),
                class_name="btn !bg-white !text-[#1c1b19] !border-white mt-7 !min-h-[44px] !px-6 !text-[14px]",
            ),
            class_name="relative z-10 p-8 md:p-14",
        ),
        rx.el.img(
            src="/art/hero.svg",
            alt="",
            width=520,
            height=400,
            class_name="absolute right-0 bottom-0 h-full w-auto max-w-none hidden md:block",
        ),
        class_name="relative overflow-hidden rounded-[14px] mt-6 text-white bg-[#1f3d36] "
        "min-h-[300px] md:min-h-[400px] flex items-center",
    )


def _places() -> rx.Component:
    return rx.el.nav(
        rx.el.ul(
            rx.foreach(StorefrontHomeState.window.places, _place),
            class_name="grid gap-x-3 gap-y-5 grid-cols-4 lg:grid-cols-8",
        ),
        aria_label=t("Categories"),
        class_name="mt-8",
    )


def _place(place: rx.vars.ObjectVar[Place]) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            rx.el.div(
                rx.cond(
                    place.image != "",
                    picture(place.image, "", 160, "block w-full h-full object-cover"),
                ),
                class_name="aspect-square rounded-[14px] overflow-hidden bg-[var(--sunken)]",
            ),
            rx.el.span(named(place), class_name="block mt-2 text-[13px] font-medium leading-tight"),
            rx.el.span(
                tn("{n} listing", "{n} listings", place.count),
                class_name="hidden sm:block text-[12px] text-[var(--ink-2)]",
            ),
            href=at(place.href),
            class_name="block text-center hover:underline",
        )
    )


def _picks() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2(t("On sale now"), class_name="text-[22px] font-semibold"),
            rx.el.a(t("See everything"), href=at("/search"), class_name="link"),
            class_name="flex items-baseline justify-between gap-4",
        ),
        rx.el.p(
            t("Looking comes first: ordering opens once baskets and payment are ready."),
            class_name="lead mt-1 mb-6",
        ),
        card_grid(StorefrontHomeState.window.picks, is_wide=True),
        class_name="mt-14",
    )


def _shops() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("Open shops"), class_name="text-[22px] font-semibold"),
        rx.el.p(
            t("Newest first."),
            class_name="lead mt-1",
        ),
        rx.cond(
            StorefrontHomeState.is_loaded,
            rx.cond(
                StorefrontHomeState.window.shops.length() > 0,
                rx.el.ul(
                    rx.foreach(StorefrontHomeState.window.shops, _shop),
                    class_name="grid gap-5 mt-6 sm:grid-cols-2 lg:grid-cols-4",
                ),
                rx.el.div(
                    icon("store", 28),
                    rx.el.p(t("No shop is open yet. Come back soon."), class_name="lead mt-3"),
                    class_name="flex flex-col items-center py-16 text-[var(--ink-3)]",
                ),
            ),
            rx.el.div(
                *[
                    rx.el.div(
                        class_name="h-[228px] rounded-[10px] bg-[var(--sunken)] animate-pulse"
                    )
                    for _ in range(2)
                ],
                class_name="grid gap-5 mt-6 sm:grid-cols-2 lg:grid-cols-4",
                aria_hidden="true",
            ),
        ),
        id="shops",
        class_name="mt-16 scroll-mt-24",
    )


def _shop(shop: rx.vars.ObjectVar[ShopCard]) -> rx.Component:
    name = in_language(shop.name, shop.name_zh)
    return rx.el.li(
        rx.el.div(
            rx.el.span(
                name[:1],
                aria_hidden="true",
                class_name="text-[44px] font-bold text-[var(--accent)]",
            ),
            class_name="h-[132px] rounded-t-[10px] bg-[var(--accent-soft)] flex items-center justify-center",
        ),
        rx.el.div(
            rx.el.div(
                rx.el.h3(
                    rx.el.a(name, href=at("/s/") + shop.slug.to(str), class_name="hover:underline"),
                    class_name="h2",
                ),
                rx.cond(
                    shop.is_paused,
                    rx.el.span(t("Taking a break"), class_name="pill pill-warn"),
                ),
                class_name="flex items-center gap-2",
            ),
            rx.el.p(in_language(shop.about, shop.about_zh), class_name="lead mt-1"),
            class_name="p-4",
        ),
        class_name="card",
    )


def _how() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("How it works"), class_name="text-[22px] font-semibold"),
        rx.el.ul(
            *[
                rx.el.li(
                    rx.el.span(icon(symbol, 20), class_name="avatar avatar-lg"),
                    rx.el.h3(t(title), class_name="h2 mt-4"),
                    rx.el.p(t(text), class_name="lead mt-1"),
                )
                for symbol, title, text in STEPS
            ],
            class_name="grid gap-8 mt-6 sm:grid-cols-2 lg:grid-cols-4",
        ),
        id="how",
        class_name="mt-16 scroll-mt-24",
    )
