"""Storefront / Search: what answers a question, narrowed by filters that the address holds.

`http/search_page.py` writes the same content into the HTML for readers without scripts.
"""

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience
from marketplace.domain.search.service.asked import note_question
from marketplace.flows.find_listings import (
    Card,
    Crumb,
    Filter,
    Option,
    Results,
    asked_by,
    find,
)
from marketplace.kit import clock
from marketplace.web.guard.policy import allows
from marketplace.web.i18n import locale, money, t, tn
from marketplace.web.session import current_visitor
from marketplace.web.ssr import handover
from marketplace.web.ui.icon import icon
from marketplace.web.ui.native_form import asking_form


class SearchState(rx.State):
    """The results that the address asks for."""

    is_loaded: rx.Field[bool] = rx.field(False)
    results: rx.Field[Results | None] = rx.field(None)

    @rx.event(supersedes=True)
    @allows(Audience.PUBLIC)
    async def load(self):
        question, at = asked_by(dict(self.router.url.query_parameters)), clock.now()
        self.results, self.is_loaded = await db.read(find, question), True
        if question.text and question.page == 1:
            speaks = (await current_visitor(self)).locale
            await db.run(note_question, question.text, speaks, self.results.total, at=at)


def page() -> rx.Component:
    return rx.el.div(
        handover(SearchState.is_loaded),
        rx.cond(SearchState.results, _page(SearchState.results.to(Results)), _waiting()),
        class_name="mx-auto max-w-[1280px] px-4 pb-16",
    )


def _page(results: rx.vars.ObjectVar[Results]) -> rx.Component:
    return rx.fragment(
        _crumbs(results),
        _heading(results),
        rx.el.div(
            _filters(results),
            rx.el.div(
                _toolbar(results),
                rx.cond(results.total.to(int) > 0, _cards(results), _nothing(results)),
                _pager(results),
                class_name="min-w-0 flex-1",
            ),
            class_name="flex flex-col lg:flex-row gap-8 mt-6",
        ),
    )


def _crumbs(results: rx.vars.ObjectVar[Results]) -> rx.Component:
    return rx.el.nav(
        rx.el.a(t("Everything"), href="?", class_name="hover:underline"),
        rx.foreach(
            results.crumbs,
            lambda crumb: rx.fragment(
                rx.el.span("/", aria_hidden="true", class_name="px-2"),
                rx.el.a(_named(crumb), href=crumb.href, class_name="hover:underline"),
            ),
        ),
        aria_label=t("Breadcrumb"),
        class_name="mt-6 text-[13px] text-[var(--ink-2)] flex flex-wrap items-center",
    )


def _heading(results: rx.vars.ObjectVar[Results]) -> rx.Component:
    named = rx.cond(locale() == "zh-CN", results.title_zh, results.title)
    return rx.el.div(
        rx.el.h1(
            rx.cond(
                results.text != "",
                t("Results for “{text}”", text=results.text),
                rx.cond(results.title != "", named, t("Everything on sale")),
            ),
            class_name="text-[26px] md:text-[32px] font-bold tracking-[-.02em]",
        ),
        rx.el.p(
            tn("{n} listing", "{n} listings", results.total),
            role="status",
            class_name="lead mt-1",
        ),
        rx.cond(
            results.read_as != "",
            rx.el.p(
                t("Nothing much under that spelling. Showing “{text}”.", text=results.read_as),
                class_name="mt-2",
            ),
        ),
        rx.cond(
            results.is_relaxed & (results.total.to(int) > 0),
            rx.el.p(
                t("Nothing has all of these words. These have most of them."), class_name="mt-2"
            ),
        ),
        class_name="mt-3",
    )


def _filters(results: rx.vars.ObjectVar[Results]) -> rx.Component:
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
            href=results.stock_href,
            class_name="flex items-center gap-2 py-2 min-h-[24px]",
        ),
        class_name=look,
    )


def _filter(one: rx.vars.ObjectVar[Filter]) -> rx.Component:
    heading = rx.cond(
        one.label_zh != "",
        rx.cond(locale() == "zh-CN", one.label_zh, one.label),
        t(one.label),
    )
    return rx.el.section(
        rx.el.h2(heading, class_name="h3 mb-1"),
        rx.el.ul(
            rx.foreach(
                one.options,
                lambda option: rx.el.li(
                    rx.el.a(
                        rx.cond(
                            option.is_on,
                            icon("square-check", 16),
                            icon("square", 16),
                        ),
                        rx.el.span(_named(option), class_name="truncate"),
                        rx.el.span(option.count, class_name="num ml-auto text-[var(--ink-3)]"),
                        href=option.href,
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
            _price("from", t("From"), results.price_from),
            rx.el.span("–", aria_hidden="true"),
            _price("to", t("To"), results.price_to),
            rx.el.button(t("Apply"), type="submit", class_name="btn"),
            class_name="flex items-center gap-2",
        ),
    )


def _price(name: str, label: rx.Var[str], value: rx.Var[str]) -> rx.Component:
    return rx.el.input(
        name=name,
        default_value=value,
        aria_label=label,
        placeholder=label,
        input_mode="decimal",
        class_name="input num w-[72px]",
    )


def _toolbar(results: rx.vars.ObjectVar[Results]) -> rx.Component:
    return rx.el.div(
        rx.el.ul(
            rx.foreach(
                results.on,
                lambda option: rx.el.li(
                    rx.el.a(
                        _named(option),
                        icon("x", 14),
                        href=option.href,
                        aria_label=t("Remove this filter"),
                        class_name="pill flex items-center gap-1",
                    )
                ),
            ),
            class_name="flex flex-wrap gap-2",
        ),
        rx.el.nav(
            rx.foreach(
                results.sorts,
                lambda sort: rx.el.a(
                    t(sort.label),
                    href=sort.href,
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
        ),
        class_name="flex flex-wrap items-center gap-3 mb-5",
    )


def _cards(results: rx.vars.ObjectVar[Results]) -> rx.Component:
    return rx.el.ul(
        rx.foreach(results.cards, card),
        class_name="grid gap-x-4 gap-y-6 grid-cols-2 md:grid-cols-3 xl:grid-cols-4",
    )


def card(one: rx.vars.ObjectVar[Card]) -> rx.Component:
    is_chinese = locale() == "zh-CN"
    title = rx.cond(is_chinese, one.title_zh, one.title)
    return rx.el.li(
        rx.el.a(
            rx.el.div(
                rx.cond(
                    one.image != "",
                    rx.el.img(
                        src=one.image,
                        alt="",
                        width=480,
                        height=480,
                        loading="lazy",
                        class_name="block w-full h-auto aspect-square object-cover",
                    ),
                    rx.el.span(icon("image", 32), class_name="text-[var(--ink-3)]"),
                ),
                class_name="aspect-square rounded-[10px] overflow-hidden bg-[var(--sunken)] "
                "flex items-center justify-center",
            ),
            rx.el.h2(title, class_name="mt-3 text-[14px] leading-[1.4] line-clamp-2"),
            rx.el.p(
                money(one.price_low, one.currency),
                rx.cond(
                    one.price_high.to(int) > one.price_low.to(int),
                    rx.el.span("+", class_name="text-[var(--ink-3)]"),
                ),
                class_name="num !text-left mt-1 text-[16px] font-semibold",
            ),
            rx.el.p(
                rx.cond(is_chinese, one.seller_zh, one.seller),
                class_name="mt-1 text-[12.5px] text-[var(--ink-2)] truncate",
            ),
            rx.cond(
                ~one.is_in_stock,
                rx.el.span(t("Sold out"), class_name="pill pill-warn mt-2"),
            ),
            href=rx.cond(is_chinese, "/zh/p/", "/p/").to(str) + one.slug.to(str),
            class_name="block min-w-0",
        )
    )


def _nothing(results: rx.vars.ObjectVar[Results]) -> rx.Component:
    return rx.el.div(
        icon("search-x", 32),
        rx.el.p(t("Nothing found"), class_name="h2 mt-4"),
        rx.el.p(
            t("Try fewer words or another spelling, or take filters away."), class_name="lead mt-1"
        ),
        rx.el.a(t("See everything"), href="?", class_name="btn mt-5"),
        class_name="flex flex-col items-center text-center py-20 text-[var(--ink-2)]",
    )


def _pager(results: rx.vars.ObjectVar[Results]) -> rx.Component:
    return rx.cond(
        results.pages.to(int) > 1,
        rx.el.nav(
            rx.cond(
                results.previous_href != "",
                rx.el.a(t("Previous"), href=results.previous_href, class_name="btn"),
            ),
            rx.el.span(
                t("Page {page} of {pages}", page=results.page, pages=results.pages),
                class_name="num text-[13px]",
            ),
            rx.cond(
                results.next_href != "",
                rx.el.a(t("Next"), href=results.next_href, class_name="btn"),
            ),
            aria_label=t("Pages"),
            class_name="flex items-center justify-center gap-4 mt-10",
        ),
    )


def _named(one: rx.vars.ObjectVar[Option] | rx.vars.ObjectVar[Crumb]) -> rx.Var:
    return rx.cond(locale() == "zh-CN", one.label_zh, one.label)


def _waiting() -> rx.Component:
    return rx.el.div(
        *[
            rx.el.div(class_name="aspect-square rounded-[10px] bg-[var(--sunken)] animate-pulse")
            for _ in range(8)
        ],
        class_name="grid gap-4 mt-24 grid-cols-2 md:grid-cols-4",
        aria_hidden="true",
    )
