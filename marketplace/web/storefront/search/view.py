"""Storefront / Search and categories: what answers a question, with filters the address holds.

`http/search_page.py` writes the same content into the HTML for readers without scripts.
"""

import reflex as rx

from marketplace.flows.find_listings.results import Results
from marketplace.web.i18n import t, tn
from marketplace.web.ssr import handover
from marketplace.web.storefront.cards import card_grid
from marketplace.web.storefront.dead_end import dead_end
from marketplace.web.storefront.paging import pager
from marketplace.web.storefront.search.narrowing import filters, toolbar
from marketplace.web.storefront.search.state import SearchState
from marketplace.web.storefront.wording import at, in_language, named
from marketplace.web.ui.icon import icon


def page() -> rx.Component:
    return rx.el.div(
        handover(SearchState.is_loaded),
        rx.cond(
            SearchState.results,
            _page(SearchState.results.to(Results)),
            rx.cond(SearchState.is_loaded, _gone(), _waiting()),
        ),
        class_name="mx-auto max-w-[1280px] px-4 pb-16",
    )


def _page(results: rx.vars.ObjectVar[Results]) -> rx.Component:
    return rx.fragment(
        _crumbs(results),
        _heading(results),
        rx.el.div(
            filters(results),
            rx.el.div(
                toolbar(results),
                rx.cond(
                    results.total.to(int) > 0,
                    rx.fragment(
                        rx.el.h2(t("Results"), class_name="visually-hidden"),
                        card_grid(results.cards),
                    ),
                    _nothing(results),
                ),
                pager(results.page, results.pages, results.previous_href, results.next_href),
                class_name="min-w-0 flex-1",
            ),
            class_name="flex flex-col lg:flex-row gap-8 mt-6",
        ),
    )


def _crumbs(results: rx.vars.ObjectVar[Results]) -> rx.Component:
    return rx.el.nav(
        rx.el.a(t("Everything"), href=at("/search"), class_name="hover:underline"),
        rx.foreach(
            results.crumbs,
            lambda crumb: rx.fragment(
                rx.el.span("/", aria_hidden="true", class_name="px-2"),
                rx.el.a(named(crumb), href=at(crumb.href), class_name="hover:underline"),
            ),
        ),
        aria_label=t("Breadcrumb"),
        class_name="mt-6 text-[13px] text-[var(--ink-2)] flex flex-wrap items-center",
    )


def _heading(results: rx.vars.ObjectVar[Results]) -> rx.Component:
    title = in_language(results.title, results.title_zh)
    return rx.el.div(
        rx.el.h1(
            rx.cond(
                results.text != "",
                t("Results for “{text}”", text=results.text),
                rx.cond(results.title != "", title, t("Everything on sale")),
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


def _nothing(results: rx.vars.ObjectVar[Results]) -> rx.Component:
    """What to do instead, and what sells best there."""
    return rx.fragment(
        rx.el.div(
            icon("search-x", 32),
            rx.el.p(t("Nothing found"), class_name="h2 mt-4 text-[var(--ink)]"),
            rx.el.p(
                t("Try fewer words or another spelling, or take filters away."),
                class_name="lead mt-1",
            ),
            rx.el.a(t("See everything"), href=at("/search"), class_name="btn mt-5"),
            class_name="flex flex-col items-center text-center py-14 text-[var(--ink-2)]",
        ),
        rx.cond(
            results.instead.length() > 0,
            rx.el.section(
                rx.el.h2(t("Selling well now"), class_name="text-[20px] font-semibold mb-4"),
                card_grid(results.instead),
            ),
        ),
    )


def _gone() -> rx.Component:
    return dead_end(
        "folder-x", t("There is no such category"), t("It may have been renamed or closed.")
    )


def _waiting() -> rx.Component:
    return rx.el.div(
        *[
            rx.el.div(class_name="aspect-square rounded-[10px] bg-[var(--sunken)] animate-pulse")
            for _ in range(8)
        ],
        class_name="grid gap-4 mt-24 grid-cols-2 md:grid-cols-4",
        aria_hidden="true",
    )
