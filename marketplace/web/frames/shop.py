"""The frame of the storefront: header, footer, and a bottom bar on phones."""

import reflex as rx

from marketplace.kit.languages import N_
from marketplace.web.frames.common import TAB, common, tab
from marketplace.web.frames.menus import avatar_menu, language_menu
from marketplace.web.i18n import t, tn
from marketplace.web.shell import ShellState
from marketplace.web.ui.bell import bell
from marketplace.web.ui.icon import icon
from marketplace.web.ui.search_field import search_field


def storefront(view: rx.Component, route: str) -> rx.Component:
    return rx.el.div(
        common(),
        _shop_header(),
        rx.el.main(view, id="content", tab_index=-1, class_name="outline-none"),
        _shop_footer(),
        _shop_tabs(route),
        class_name="storefront min-h-dvh flex flex-col bg-[var(--paper)]",
    )


def _shop_header() -> rx.Component:
    return rx.el.header(
        rx.el.div(
            rx.el.a(
                rx.el.span("集", aria_hidden="true", class_name="brand-mark"),
                rx.el.span("Jishi", class_name="text-[17px]"),
                href="/",
                class_name="brand",
            ),
            rx.el.nav(
                rx.el.a(t("Everything on sale"), href="/search", class_name="btn btn-quiet"),
                rx.el.a(t("Shops"), href="/#shops", class_name="btn btn-quiet"),
                rx.el.a(t("How it works"), href="/#how", class_name="btn btn-quiet"),
                rx.el.a(t("Sell with us"), href="/sell", class_name="btn btn-quiet"),
                aria_label=t("Main"),
                class_name="hidden lg:flex items-center gap-1 ml-6",
            ),
            search_field(),
            rx.el.div(
                language_menu(),
                _cart_link(),
                rx.cond(
                    ShellState.is_signed_in,
                    rx.fragment(bell(), avatar_menu("storefront")),
                    _sign_in_link(),
                ),
                class_name="flex items-center gap-1 ml-auto",
            ),
            class_name="mx-auto max-w-[1280px] px-4 py-2 md:py-0 md:h-[76px] flex flex-wrap "
            "md:flex-nowrap items-center gap-y-2",
        ),
        class_name="sticky top-0 z-20 border-b border-[var(--line)] bg-[var(--paper)]",
    )


def _cart_link() -> rx.Component:
    return rx.el.a(
        icon("shopping-bag", 18),
        rx.el.span(t("Cart"), class_name="hidden md:inline"),
        rx.cond(ShellState.cart > 0, rx.el.span(ShellState.cart, class_name="count")),
        href="/cart",
        aria_label=tn("Cart, {n} item", "Cart, {n} items", ShellState.cart),
        class_name="btn btn-quiet",
    )


def _sign_in_link() -> rx.Component:
    return rx.el.a(
        icon("user-round", 18),
        rx.el.span(t("Sign in")),
        href="/sign-in",
        reload_document=True,
        class_name="btn btn-quiet",
    )


def _shop_footer() -> rx.Component:
    return rx.el.footer(
        rx.el.div(
            rx.el.div(
                rx.el.span(
                    rx.el.span("集", aria_hidden="true", class_name="brand-mark"),
                    rx.el.span("Jishi"),
                    class_name="brand",
                ),
                rx.el.p(t("Independent shops, one basket."), class_name="lead mt-3"),
                class_name="max-w-[280px]",
            ),
            rx.el.nav(
                rx.el.h2(t("Buy"), class_name="h3 mb-2"),
                rx.el.a(t("Shops"), href="/#shops", class_name="block py-1 lead hover:underline"),
                rx.el.a(
                    t("How it works"), href="/#how", class_name="block py-1 lead hover:underline"
                ),
                aria_label=t("Buy"),
            ),
            rx.el.nav(
                rx.el.h2(t("Sell"), class_name="h3 mb-2"),
                rx.el.a(
                    t("Sell with us"),
                    href="/sell",
                    class_name="block py-1 lead hover:underline",
                ),
                rx.el.a(
                    t("Seller portal"), href="/seller", class_name="block py-1 lead hover:underline"
                ),
                aria_label=t("Sell"),
            ),
            rx.el.nav(
                rx.el.h2(t("Account"), class_name="h3 mb-2"),
                rx.el.a(
                    t("Sign in"),
                    href="/sign-in",
                    reload_document=True,
                    class_name="block py-1 lead hover:underline",
                ),
                rx.el.a(
                    t("Create an account"),
                    href="/register",
                    reload_document=True,
                    class_name="block py-1 lead hover:underline",
                ),
                aria_label=t("Account"),
            ),
            class_name="mx-auto max-w-[1280px] px-4 py-12 grid gap-8 grid-cols-2 md:grid-cols-[2fr_1fr_1fr_1fr]",
        ),
        rx.el.p(
            "© 2026 Jishi 集市 · ",
            t("Demo data: people and shops are fictional."),
            class_name="mx-auto max-w-[1280px] px-4 py-5 meta border-t border-[var(--line)]",
        ),
        class_name="mt-auto bg-[var(--ground)] pb-[72px] md:pb-0",
    )


def _shop_tabs(route: str) -> rx.Component:
    me = rx.cond(
        ShellState.is_signed_in,
        rx.el.a(
            icon("user-round", 20),
            rx.el.span(t("Me")),
            href="/account",
            reload_document=True,
            class_name=TAB,
        ),
        rx.el.a(
            icon("user-round", 20),
            rx.el.span(t("Sign in")),
            href="/sign-in",
            reload_document=True,
            class_name=TAB,
        ),
    )
    return rx.el.nav(
        tab("/", N_("Home"), "house", is_active=route in ("/", "/zh")),
        tab(
            "/search", N_("Everything"), "layout-grid", is_active=route in ("/search", "/c/[slug]")
        ),
        tab("/cart", N_("Cart"), "shopping-bag", is_active=route == "/cart"),
        me,
        aria_label=t("Sections"),
        class_name="md:hidden fixed bottom-0 inset-x-0 z-20 flex border-t border-[var(--line)] "
        "bg-[var(--paper)] pb-[env(safe-area-inset-bottom)]",
    )
