"""An address of the storefront that has nothing: what happened, a field to search with, a way on.

`http/templates/error.html` offers the same where the server answers with 404.
"""

import reflex as rx

from marketplace.web.i18n import t
from marketplace.web.storefront.wording import at
from marketplace.web.ui.icon import icon
from marketplace.web.ui.native_form import asking_form


def dead_end(symbol: str, title: rx.Var[str], text: rx.Var[str]) -> rx.Component:
    return rx.el.div(
        icon(symbol, 32),
        rx.el.h1(title, class_name="h2 mt-4 text-[var(--ink)]"),
        rx.el.p(text, class_name="lead mt-1"),
        asking_form(
            rx.el.input(
                type="search",
                name="q",
                max_length=200,
                required=True,
                aria_label=t("What are you looking for?"),
                placeholder=t("Search listings"),
                class_name="input w-full",
            ),
            rx.el.button(t("Search"), type="submit", class_name="btn btn-primary shrink-0"),
            action=at("/search"),
            role="search",
            aria_label=t("What are you looking for?"),
            class_name="flex gap-2 mt-6 w-full max-w-[420px]",
        ),
        rx.el.a(t("See everything"), href=at("/search"), class_name="btn mt-4"),
        class_name="flex flex-col items-center text-center py-20 text-[var(--ink-2)]",
    )
