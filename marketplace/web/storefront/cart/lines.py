"""One line of the cart: what it is, what changed, how many, and what can be done with it."""

from typing import Any

import reflex as rx

from marketplace.flows.show_cart import CartRow
from marketplace.web.i18n import money, t, tn
from marketplace.web.storefront.cart.state import CartState
from marketplace.web.storefront.wording import at, in_language
from marketplace.web.ui.icon import icon

Row = rx.vars.ObjectVar[CartRow]


def line(row: Row, currency: rx.Var[str], *, is_saved: bool = False) -> rx.Component:
    return rx.el.li(
        rx.fragment() if is_saved else _chosen(row),
        _picture(row),
        rx.el.div(
            _name(row),
            _notes(row, currency),
            _deeds(row, is_saved=is_saved),
            class_name="min-w-0 flex-1 basis-[150px]",
        ),
        rx.el.div(
            rx.el.span(money(row.price, currency), class_name="num text-[var(--ink-2)]"),
            rx.fragment() if is_saved else _stepper(row),
            rx.el.strong(money(row.total, currency), class_name="num"),
            class_name="flex sm:flex-col items-center sm:items-end justify-between gap-3 "
            "w-full sm:w-auto",
        ),
        key=row.id,
        class_name="flex flex-wrap sm:flex-nowrap items-start gap-3 px-4 py-4 "
        "border-b border-[var(--line)] last:border-0",
    )


def unavailable_line(row: Row) -> rx.Component:
    return rx.el.li(
        _picture(row),
        rx.el.div(
            _name(row),
            rx.el.p(
                rx.cond(
                    row.trouble == "sold_out",
                    t("Sold out"),
                    t("Not for sale at the moment"),
                ),
                class_name="lead text-[13px]",
            ),
            class_name="min-w-0 grow",
        ),
        _deed(t("Remove"), row, CartState.remove(row.id)),
        key=row.id,
        class_name="flex items-center gap-3 px-4 py-3 border-b border-[var(--line)] last:border-0",
    )


def _chosen(row: Row) -> rx.Component:
    return rx.el.input(
        type="checkbox",
        checked=row.is_chosen,
        disabled=row.trouble != "",
        on_change=CartState.choose(rx.Var.create([row.id]).to(list[str]), ~row.is_chosen),
        aria_label=t("Order {title}", title=in_language(row.title, row.title_zh)),
        class_name="accent-[var(--accent)] w-[18px] h-[18px] mt-6 shrink-0",
    )


def _picture(row: Row) -> rx.Component:
    return rx.el.a(
        rx.cond(
            row.thumb != "",
            rx.el.img(src=row.thumb, alt="", width="72", height="72", loading="lazy",
                      class_name="w-[72px] h-[72px] object-cover"),
            icon("image", 24),
        ),
        href=at("/p/") + row.slug.to(str),
        tab_index=-1,
        aria_hidden="true",
        class_name="shrink-0 w-[72px] h-[72px] grid place-items-center rounded-[10px] "
        "overflow-hidden bg-[var(--sunken)]",
    )  # fmt: skip


def _name(row: Row) -> rx.Component:
    return rx.fragment(
        rx.el.a(
            in_language(row.title, row.title_zh),
            href=at("/p/") + row.slug.to(str),
            class_name="block font-medium leading-[1.4] hover:underline",
        ),
        rx.cond(
            row.kind != "",
            rx.el.p(in_language(row.kind, row.kind_zh), class_name="lead text-[13px]"),
        ),
    )


def _notes(row: Row, currency: rx.Var[str]) -> rx.Component:
    before, now = row.price_before.to(int), row.price.to(int)
    return rx.el.div(
        rx.cond(
            before > now,
            rx.el.span(
                t("{price} cheaper than when you added it", price=money(before - now, currency)),
                class_name="pill pill-good",
            ),
        ),
        rx.cond(
            (before > 0) & (before < now),
            rx.el.span(
                t("{price} dearer than when you added it", price=money(now - before, currency)),
                class_name="pill pill-warn",
            ),
        ),
        rx.cond(
            row.left.to(int) > 0,
            rx.el.span(tn("Only {n} left", "Only {n} left", row.left), class_name="pill pill-warn"),
        ),
        class_name="flex flex-wrap gap-2 mt-1 empty:hidden",
    )


def _deeds(row: Row, *, is_saved: bool) -> rx.Component:
    back, aside = t("Move to the cart"), t("Put aside")
    take = rx.cond(
        row.trouble == "fewer",
        _deed(t("Take {n}", n=row.left), row, CartState.set_quantity(row.id, row.left)),
    )
    return rx.el.div(
        rx.fragment() if is_saved else take,
        _deed(back if is_saved else aside, row, CartState.put_aside(row.id, not is_saved)),
        _deed(t("Remove"), row, CartState.remove(row.id)),
        class_name="flex flex-wrap gap-4 mt-2",
    )


def _deed(label: rx.Var[str], row: Row, event: Any) -> rx.Component:
    """Named with its line for who hears the buttons one by one."""
    return rx.el.button(
        label,
        type="button",
        aria_label=label.to(str) + ": " + in_language(row.title, row.title_zh),
        on_click=event,
        class_name="min-h-[32px] text-[13px] text-[var(--ink-2)] hover:underline",
    )


def _stepper(row: Row) -> rx.Component:
    many = row.quantity.to(int)
    title = in_language(row.title, row.title_zh)
    return rx.el.div(
        rx.el.button(
            icon("minus", 14),
            type="button",
            disabled=many <= 1,
            aria_label=t("One less of {title}", title=title),
            on_click=CartState.set_quantity(row.id, (many - 1).to(int)),
            class_name="btn btn-icon",
        ),
        rx.el.span(many, role="status", class_name="num min-w-[28px] text-center"),
        rx.el.button(
            icon("plus", 14),
            type="button",
            disabled=many >= 9999,
            aria_label=t("One more of {title}", title=title),
            on_click=CartState.set_quantity(row.id, (many + 1).to(int)),
            class_name="btn btn-icon",
        ),
        class_name="flex items-center gap-1 border border-[var(--line)] rounded-[10px]",
    )
