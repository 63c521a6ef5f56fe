"""The cart: by shop, what changed, what is missing to free shipping, and the sum."""

from typing import Any

import reflex as rx

from marketplace.flows.show_cart import CartGroup, CartView
from marketplace.web.i18n import money, t, tn
from marketplace.web.storefront.cart.lines import line, unavailable_line
from marketplace.web.storefront.cart.state import CartState
from marketplace.web.storefront.dead_end import dead_end
from marketplace.web.storefront.wording import at, in_language
from marketplace.web.ui.button import button
from marketplace.web.ui.icon import icon


def page() -> rx.Component:
    view = CartState.view.to(CartView)
    return rx.el.div(
        rx.cond(
            CartState.is_loaded,
            rx.fragment(
                _removed(),
                rx.cond(_is_empty(view), _empty(), _filled(view)),
            ),
            _waiting(),
        ),
        class_name="mx-auto max-w-[1280px] px-4 pb-16",
    )


def _is_empty(view: Any) -> Any:
    return (
        (view.groups.length() == 0) & (view.unavailable.length() == 0) & (view.saved.length() == 0)
    )


def _empty() -> rx.Component:
    return dead_end(
        "shopping-bag",
        t("Your cart is empty"),
        t("What you put into it stays here, also on another day."),
    )


def _waiting() -> rx.Component:
    return rx.el.div(
        rx.el.div(class_name="skeleton h-8 w-40"),
        rx.el.div(class_name="skeleton h-64 mt-6"),
        aria_hidden="true",
        class_name="mt-8",
    )


def _filled(view: rx.vars.ObjectVar[CartView]) -> rx.Component:
    return rx.fragment(
        rx.el.h1(t("Cart"), class_name="text-[26px] font-bold mt-8"),
        rx.el.div(
            rx.el.div(
                rx.foreach(view.groups, lambda one: _group(one, view.currency)),
                rx.cond(
                    view.unavailable.length() > 0,
                    rx.el.section(
                        rx.el.h2(
                            tn(
                                "{n} item cannot be ordered now",
                                "{n} items cannot be ordered now",
                                view.unavailable.length(),
                            ),
                            class_name="h2 mb-3",
                        ),
                        rx.el.ul(
                            rx.foreach(view.unavailable, unavailable_line),
                            class_name="card !p-0 !bg-[var(--sunken)]",
                        ),
                    ),
                ),
                rx.cond(
                    view.saved.length() > 0,
                    rx.el.section(
                        rx.el.h2(t("Put aside for later"), class_name="h2 mb-3"),
                        rx.el.ul(
                            rx.foreach(
                                view.saved, lambda row: line(row, view.currency, is_saved=True)
                            ),
                            class_name="card !p-0",
                        ),
                    ),
                ),
                class_name="grid gap-6 min-w-0",
            ),
            _sum(view),
            class_name="grid gap-8 mt-5 items-start lg:grid-cols-[minmax(0,1fr)_340px]",
        ),
    )


def _group(one: rx.vars.ObjectVar[CartGroup], currency: rx.Var[str]) -> rx.Component:
    name = in_language(one.seller, one.seller_zh)
    return rx.el.section(
        rx.el.header(
            rx.el.input(
                type="checkbox",
                checked=one.is_chosen,
                on_change=CartState.choose(one.rows.foreach(lambda row: row.id), ~one.is_chosen),
                aria_label=t("Everything of {shop}", shop=name),
                class_name="accent-[var(--accent)] w-[18px] h-[18px]",
            ),
            icon("store", 16),
            rx.el.h2(
                rx.el.a(
                    name, href=at("/s/") + one.seller_slug.to(str), class_name="hover:underline"
                ),
                class_name="font-semibold truncate",
            ),
            class_name="flex items-center gap-3 px-4 py-3 border-b border-[var(--line)]",
        ),
        rx.cond(one.free_gap.to(int) > 0, _gap(one, currency)),
        rx.el.ul(rx.foreach(one.rows, lambda row: line(row, currency))),
        rx.el.footer(
            rx.el.span(
                rx.cond(
                    one.shipping.to(int) > 0,
                    t("Shipping about {price}", price=money(one.shipping, currency)),
                    t("Free shipping"),
                ),
                class_name="lead",
            ),
            rx.el.span(
                t("Goods"),
                " ",
                rx.el.strong(money(one.goods, currency), class_name="num"),
            ),
            class_name="flex flex-wrap justify-between gap-2 px-4 py-3 border-t border-[var(--line)]",
        ),
        aria_label=name,
        class_name="card !p-0",
    )


def _gap(one: rx.vars.ObjectVar[CartGroup], currency: rx.Var[str]) -> rx.Component:
    return rx.el.div(
        rx.el.p(
            icon("truck", 16),
            t("Add {price} more for free shipping", price=money(one.free_gap, currency)),
            class_name="flex items-center gap-2 text-[13.5px]",
        ),
        rx.el.progress(
            value=one.free_share,
            max=100,
            aria_label=t("On the way to free shipping"),
            class_name="progress progress-accent mt-2",
        ),
        class_name="px-4 py-3 bg-[var(--sunken)] border-b border-[var(--line)]",
    )


def _sum(view: rx.vars.ObjectVar[CartView]) -> rx.Component:
    return rx.el.aside(
        rx.el.h2(t("Summary"), class_name="h2"),
        rx.el.dl(
            _amount(tn("Goods ({n} piece)", "Goods ({n} pieces)", view.count), view.goods, view),
            _amount(t("Shipping, estimated"), view.shipping, view),
            class_name="grid gap-2 mt-4",
        ),
        rx.el.p(
            rx.el.span(t("Total")),
            rx.el.strong(money(view.total, view.currency), class_name="num text-[22px]"),
            class_name="flex items-baseline justify-between mt-4 pt-4 border-t border-[var(--line)]",
            role="status",
        ),
        rx.el.p(
            icon("info", 16),
            t("Payment is not open yet. Your cart is kept until it is."),
            class_name="flex items-start gap-2 mt-4 rounded-[10px] bg-[var(--sunken)] px-4 py-3 text-[13.5px]",
        ),
        aria_label=t("Summary"),
        class_name="card p-5 lg:sticky lg:top-[96px]",
    )


def _amount(label: rx.Var[str], amount: Any, view: Any) -> rx.Component:
    return rx.el.div(
        rx.el.dt(label, class_name="text-[var(--ink-2)]"),
        rx.el.dd(money(amount, view.currency), class_name="num"),
        class_name="flex justify-between gap-4",
    )


def _removed() -> rx.Component:
    row = CartState.removed
    return rx.el.div(
        rx.cond(
            row,
            rx.el.div(
                rx.el.span(
                    t("Removed: {title}", title=in_language(row.title, row.title_zh)),
                    class_name="truncate",
                ),
                button(t("Undo"), icon="undo-2", is_small=True, on_click=CartState.put_back),
                class_name="flex items-center justify-between gap-3 mt-6 rounded-[10px] "
                "bg-[var(--sunken)] px-4 py-2",
            ),
        ),
        role="status",
    )
