"""A frame without navigation, for one long errand: applying to sell."""

import reflex as rx

from marketplace.web.frames.common import common
from marketplace.web.frames.menus import avatar_menu, language_menu
from marketplace.web.i18n import t
from marketplace.web.ui.bell import bell


def applicant(view: rx.Component, route: str) -> rx.Component:
    """The way home, the language, who is here; the accent of the portal to come."""
    return rx.el.div(
        common(),
        rx.el.header(
            rx.el.div(
                rx.el.a(
                    rx.el.span("集", aria_hidden="true", class_name="brand-mark"),
                    rx.el.span("Jishi"),
                    href="/",
                    reload_document=True,
                    class_name="brand",
                ),
                rx.el.span(t("Sell with us"), class_name="meta hidden sm:inline"),
                rx.el.div(
                    bell(),
                    language_menu(),
                    avatar_menu("storefront"),
                    class_name="flex items-center gap-1 ml-auto",
                ),
                class_name="mx-auto max-w-[1080px] h-[52px] px-4 flex items-center gap-3",
            ),
            class_name="sticky top-0 z-20 border-b border-[var(--line)] bg-[var(--paper)]",
        ),
        rx.el.main(
            view,
            id="content",
            tab_index=-1,
            class_name="outline-none mx-auto w-full max-w-[1080px] px-4 pt-6 pb-28",
        ),
        class_name="seller min-h-dvh flex flex-col bg-[var(--ground)]",
    )
