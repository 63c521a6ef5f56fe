"""Storefront / Listing: what it is, which kinds there are, what each costs and whether it is there.

`http/listing_page.py` writes the same content into the HTML for readers without scripts.
"""

from typing import Any

import reflex as rx

from marketplace.flows.shown_listing import ListingView, Shipping
from marketplace.web.i18n import money, t, tn
from marketplace.web.ssr import handover
from marketplace.web.storefront.cards import card_grid
from marketplace.web.storefront.dead_end import dead_end
from marketplace.web.storefront.listing.choosing import choosing
from marketplace.web.storefront.listing.state import ListingPageState
from marketplace.web.storefront.listing.telling import facts, gallery, passage
from marketplace.web.storefront.wording import at, in_language, named
from marketplace.web.ui.button import button
from marketplace.web.ui.fields import select_field, textarea_field
from marketplace.web.ui.form import form
from marketplace.web.ui.icon import icon


def page() -> rx.Component:
    return rx.el.div(
        handover(ListingPageState.is_loaded),
        rx.cond(
            ListingPageState.view,
            _listing(ListingPageState.view.to(ListingView)),
            rx.cond(ListingPageState.is_loaded, _gone(), _waiting()),
        ),
        class_name="mx-auto max-w-[1280px] px-4 pb-16",
    )


def _listing(view: rx.vars.ObjectVar[ListingView]) -> rx.Component:
    return rx.fragment(
        _crumbs(view),
        rx.el.div(
            gallery(view),
            rx.el.div(
                rx.el.h1(
                    in_language(view.title, view.title_zh),
                    class_name="text-[24px] md:text-[30px] leading-[1.25] font-bold tracking-[-.01em]",
                ),
                rx.el.p(
                    rx.el.a(
                        t("Sold by {shop}", shop=in_language(view.seller, view.seller_zh)),
                        href=at("/s/") + view.seller_slug.to(str),
                        class_name="hover:underline",
                    ),
                    class_name="lead mt-2",
                ),
                choosing(view),
                _promises(view),
                _complaint(view),
                class_name="min-w-0",
            ),
            class_name="grid gap-8 lg:gap-12 mt-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,440px)]",
        ),
        rx.el.div(
            rx.el.section(
                rx.el.h2(t("Description"), class_name="text-[20px] font-semibold mb-4"),
                rx.foreach(view.passages, passage),
                class_name="min-w-0 max-w-[68ch]",
            ),
            rx.cond(view.facts.length() > 0, facts(view)),
            class_name="grid gap-10 mt-14 lg:grid-cols-[minmax(0,1fr)_minmax(0,440px)]",
        ),
        rx.cond(
            view.similar.length() > 0,
            rx.el.section(
                rx.el.h2(t("More like this"), class_name="text-[20px] font-semibold mb-4"),
                card_grid(view.similar, is_wide=True),
                class_name="mt-14",
            ),
        ),
    )


def _crumbs(view: rx.vars.ObjectVar[ListingView]) -> rx.Component:
    return rx.el.nav(
        rx.el.a(t("Everything"), href=at("/search"), class_name="hover:underline"),
        rx.foreach(
            view.crumbs,
            lambda crumb: rx.fragment(
                rx.el.span("/", aria_hidden="true", class_name="px-2"),
                rx.el.a(named(crumb), href=at(crumb.href), class_name="hover:underline"),
            ),
        ),
        aria_label=t("Breadcrumb"),
        class_name="mt-6 text-[13px] text-[var(--ink-2)] flex flex-wrap items-center",
    )


def _promises(view: rx.vars.ObjectVar[ListingView]) -> rx.Component:
    return rx.el.ul(
        _line(
            icon("truck", 16),
            tn("Leaves within a day", "Leaves within {n} days", view.handling_days),
        ),
        rx.cond(view.shipping, _shipping(view.shipping.to(Shipping), view.currency)),
        rx.cond(
            view.return_days.to(int) > 0,
            _line(
                icon("undo-2", 16),
                tn("Returns for a day", "Returns for {n} days", view.return_days),
            ),
        ),
        rx.cond(
            view.warranty_months.to(int) > 0,
            _line(
                icon("shield-check", 16),
                tn("Guarantee for a month", "Guarantee for {n} months", view.warranty_months),
            ),
        ),
        rx.cond(
            view.protection_days.to(int) > 0,
            _line(
                icon("badge-percent", 16),
                t(
                    "Price protection: pays back what the price falls within {n} days",
                    n=view.protection_days,
                ),
            ),
        ),
        class_name="mt-6 pt-4 border-t border-[var(--line)] text-[14px]",
    )


def _line(symbol: rx.Component, *words: Any) -> rx.Component:
    return rx.el.li(symbol, rx.el.span(*words), class_name="flex items-center gap-2 py-1")


def _shipping(shipping: rx.vars.ObjectVar[Shipping], currency: rx.Var[str]) -> rx.Component:
    return _line(
        icon("package", 16),
        rx.cond(
            shipping.fee.to(int) > 0,
            t("Shipping {price} per order", price=money(shipping.fee, currency)),
            t("Free shipping"),
        ),
        rx.cond(
            (shipping.fee.to(int) > 0) & (shipping.free_from.to(int) > 0),
            t(", free from {price}", price=money(shipping.free_from, currency)),
            "",
        ),
    )


def _complaint(view: rx.vars.ObjectVar[ListingView]) -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            t("Report this listing"),
            on_click=ListingPageState.ask_reasons,
            class_name="cursor-pointer text-[13px] text-[var(--ink-2)] hover:underline w-fit",
        ),
        rx.el.div(
            form(
                rx.el.input(type="hidden", name="listing", value=view.id, read_only=True),
                select_field(
                    t("What is wrong?"),
                    "code",
                    rx.foreach(
                        ListingPageState.reasons,
                        lambda reason: rx.el.option(
                            in_language(reason.name, reason.name_zh), value=reason.code
                        ),
                    ),
                ),
                textarea_field(t("Tell us more"), "note", is_required=False, max_length=200),
                button(t("Send"), type="submit"),
                on_submit=lambda sent: ListingPageState.complain(sent),  # noqa: PLW0108  the same
            ),
            class_name="mt-3",
        ),
        class_name="mt-6",
    )


def _gone() -> rx.Component:
    return dead_end(
        "package-x",
        t("This listing is not on sale"),
        t("It was sold out, taken off the shelf, or never existed."),
    )


def _waiting() -> rx.Component:
    return rx.el.div(
        rx.el.div(class_name="aspect-square rounded-[14px] bg-[var(--sunken)] animate-pulse"),
        class_name="mt-16 max-w-[600px]",
        aria_hidden="true",
    )
