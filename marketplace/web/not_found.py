"""Pages for an address that leads nowhere, and for one somebody may not open."""

import reflex as rx

from marketplace.web.i18n import t
from marketplace.web.ui.icon import icon


def missing() -> rx.Component:
    return _dead_end(
        "compass",
        t("There is no such page"),
        t("The address may have a typing mistake, or the page has moved."),
    )


def forbidden() -> rx.Component:
    return _dead_end(
        "lock",
        t("This page is not open to you"),
        t(
            "It needs a right your account does not have here. The owner of the shop, or whoever "
            "manages staff and roles, can give it to you."
        ),
    )


def _dead_end(symbol: str, title: rx.Var[str], text: rx.Var[str]) -> rx.Component:
    return rx.el.div(
        rx.el.span(icon(symbol, 22), class_name="avatar avatar-lg"),
        rx.el.h1(title, class_name="h1 mt-4"),
        rx.el.p(text, class_name="lead mt-2 max-w-[46ch]"),
        rx.el.a(t("Go to the home page"), href="/", class_name="btn mt-6"),
        class_name="mx-auto max-w-[1280px] px-4 py-24 flex flex-col items-center text-center",
    )
