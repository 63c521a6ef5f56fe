"""Orders to choose from and the way to the next page, as searches and shops have them."""

from typing import Any

import reflex as rx

from marketplace.web.i18n import t
from marketplace.web.storefront.wording import at


def sorting(sorts: Any) -> rx.Component:
    return rx.el.nav(
        rx.foreach(
            sorts,
            lambda sort: rx.el.a(
                t(sort.label),
                href=at(sort.href),
                aria_current=rx.cond(sort.is_on, "true", "false"),
                class_name=rx.cond(
                    sort.is_on,
                    "px-2 py-1 font-semibold underline underline-offset-4",
                    "px-2 py-1 text-[var(--ink-2)] hover:underline",
                ),
            ),
        ),
        aria_label=t("Sort by"),
        class_name="flex flex-wrap text-[13px] md:ml-auto",
    )


def pager(page: Any, pages: Any, previous_href: Any, next_href: Any) -> rx.Component:
    return rx.cond(
        pages.to(int) > 1,
        rx.el.nav(
            rx.cond(
                previous_href != "",
                rx.el.a(t("Previous"), href=at(previous_href), class_name="btn"),
            ),
            rx.el.span(
                t("Page {page} of {pages}", page=page, pages=pages), class_name="num text-[13px]"
            ),
            rx.cond(next_href != "", rx.el.a(t("Next"), href=at(next_href), class_name="btn")),
            aria_label=t("Pages"),
            class_name="flex items-center justify-center gap-4 mt-10",
        ),
    )
