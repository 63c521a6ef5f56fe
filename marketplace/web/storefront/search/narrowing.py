"""Filters, prices and orders of results: links and a plain form, so that the address holds them."""

import reflex as rx

from marketplace.domain.search.queries.found import CATEGORY
from marketplace.flows.find_listings.filters import Filter
from marketplace.flows.find_listings.results import Results
from marketplace.web.i18n import t
from marketplace.web.storefront.paging import sorting
from marketplace.web.storefront.wording import at, named
from marketplace.web.ui.icon import icon
from marketplace.web.ui.native_form import asking_form


def filters(results: rx.vars.ObjectVar[Results]) -> rx.Component:
    """Beside the results where there is room; folded above them on a phone."""
    return rx.el.aside(
        rx.el.details(
            rx.el.summary(
                icon("sliders-horizontal", 16),
                t("Filters"),
                class_name="btn cursor-pointer w-fit",
            ),
            _all_filters(results, "mt-4 grid gap-6"),
            class_name="lg:hidden",
        ),
        _all_filters(results, "hidden lg:grid gap-6"),
        aria_label=t("Filters"),
        class_name="lg:w-[232px] shrink-0",
    )


def _all_filters(results: rx.vars.ObjectVar[Results], look: str) -> rx.Component:
    return rx.el.div(
        rx.foreach(results.filters, _filter),
        _prices(results),
        rx.el.a(
            rx.cond(results.is_in_stock, icon("square-check", 16), icon("square", 16)),
            t("In stock only"),
            href=at(results.stock_href),
            class_name="flex items-center gap-2 py-2 min-h-[24px]",
        ),
        class_name=look,
    )


def _filter(one: rx.vars.ObjectVar[Filter]) -> rx.Component:
    heading = rx.cond(one.label_zh != "", named(one), t(one.label))
    return rx.el.section(
        rx.el.h2(heading, class_name="h3 mb-1"),
        rx.el.ul(
            rx.foreach(
                one.options,
                lambda option: rx.el.li(
                    rx.el.a(
                        rx.cond(
                            one.code == CATEGORY,
                            rx.fragment(),
                            rx.cond(option.is_on, icon("square-check", 16), icon("square", 16)),
                        ),
                        rx.el.span(named(option), class_name="truncate"),
                        rx.el.span(option.count, class_name="num ml-auto text-[var(--ink-3)]"),
                        href=at(option.href),
                        aria_current=rx.cond(option.is_on, "true", "false"),
                        class_name="flex items-center gap-2 py-1 min-h-[28px] hover:underline",
                    )
                ),
            ),
        ),
    )


def _prices(results: rx.vars.ObjectVar[Results]) -> rx.Component:
    return asking_form(
        rx.el.h2(t("Price"), class_name="h3 mb-2"),
        rx.foreach(
            results.kept,
            lambda kept: rx.el.input(type="hidden", name=kept.name, value=kept.value),
        ),
        rx.el.div(
            _price("from", t("Lowest price"), t("Lowest"), results.price_from),
            rx.el.span("–", aria_hidden="true"),
            _price("to", t("Highest price"), t("Highest"), results.price_to),
            rx.el.button(t("Apply"), type="submit", class_name="btn"),
            class_name="flex items-center gap-2",
        ),
        action=at(results.path),
    )


def _price(name: str, label: rx.Var[str], short: rx.Var[str], value: rx.Var[str]) -> rx.Component:
    return rx.el.input(
        name=name,
        default_value=value,
        aria_label=label,
        placeholder=short,
        input_mode="decimal",
        class_name="input num !text-left w-[78px]",
    )


def toolbar(results: rx.vars.ObjectVar[Results]) -> rx.Component:
    return rx.el.div(
        rx.el.ul(
            rx.foreach(
                results.on,
                lambda option: rx.el.li(
                    rx.el.a(
                        named(option),
                        icon("x", 14),
                        href=at(option.href),
                        aria_label=t("Remove this filter"),
                        class_name="pill flex items-center gap-1",
                    )
                ),
            ),
            class_name="flex flex-wrap gap-2",
        ),
        sorting(results.sorts),
        class_name="flex flex-wrap items-center gap-3 mb-5",
    )
