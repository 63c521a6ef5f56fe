"""Which kind it is to be: its price, whether it is there, and being told when it is back."""

from collections.abc import Callable

import reflex as rx

from marketplace.flows.shown_listing import Choice, ListingView, Option, ShownVariant
from marketplace.web import i18n
from marketplace.web.i18n import locale, money, t, tn
from marketplace.web.shell import ShellState
from marketplace.web.storefront.listing.state import ListingPageState
from marketplace.web.storefront.wording import in_language
from marketplace.web.ui.button import button
from marketplace.web.ui.fields import text_field
from marketplace.web.ui.form import form
from marketplace.web.ui.icon import icon
from marketplace.web.ui.native_form import native_form


def choosing(view: rx.vars.ObjectVar[ListingView]) -> rx.Component:
    return rx.fragment(
        _prices(view),
        rx.foreach(view.options, _option),
        _stock(view),
        rx.cond(view.is_buyable, rx.fragment(), _no_sale(view)),
    )


def _prices(view: rx.vars.ObjectVar[ListingView]) -> rx.Component:
    return rx.el.div(
        _of_chosen(
            view,
            lambda kind: rx.fragment(
                rx.el.span(
                    money(kind.price, view.currency),
                    class_name="num !text-left text-[28px] font-bold text-[var(--accent)]",
                ),
                rx.cond(
                    kind.reference_price.to(int) > 0,
                    rx.el.s(
                        money(kind.reference_price, view.currency),
                        class_name="num ml-3 text-[var(--ink-3)]",
                    ),
                ),
            ),
        ),
        class_name="mt-4",
        role="status",
    )


def _option(option: rx.vars.ObjectVar[Option], place: rx.Var[int]) -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(in_language(option.name, option.name_zh), class_name="h3 mb-2"),
        rx.el.div(
            rx.foreach(option.choices, lambda value: _value(value, place)),
            class_name="flex flex-wrap gap-2",
        ),
        class_name="mt-5",
    )


def _value(value: rx.vars.ObjectVar[Choice], place: rx.Var[int]) -> rx.Component:
    is_on = ListingPageState.chosen[place.to(int)] == value.name
    return rx.el.button(
        rx.cond(
            value.swatch != "",
            rx.el.span(
                aria_hidden="true",
                style={"background": value.swatch},
                class_name="inline-block w-4 h-4 rounded-full border border-[var(--line)]",
            ),
        ),
        in_language(value.name, value.name_zh),
        type="button",
        aria_pressed=is_on,
        on_click=ListingPageState.choose(place, value.name),
        class_name=rx.cond(is_on, "btn !border-[var(--accent)] !font-semibold", "btn"),
    )


def _stock(view: rx.vars.ObjectVar[ListingView]) -> rx.Component:
    return rx.el.div(
        _of_chosen(
            view,
            lambda kind: rx.cond(
                kind.is_in_stock,
                rx.fragment(
                    rx.el.p(
                        icon("circle-check", 16),
                        rx.cond(
                            kind.left.to(int) > 0,
                            tn("Only {n} left", "Only {n} left", kind.left),
                            t("In stock"),
                        ),
                        class_name="flex items-center gap-2 text-[var(--good)]",
                    ),
                    rx.cond(view.is_buyable, _into_cart(kind)),
                ),
                rx.cond(view.is_buyable, _when_back(kind), _sold_out()),
            ),
        ),
        class_name="mt-6",
    )


def _into_cart(kind: rx.vars.ObjectVar[ShownVariant]) -> rx.Component:
    """A plain form: it works before any script does, and gives a browser its first cookie."""
    return native_form(
        rx.el.label(
            rx.el.span(t("Quantity"), class_name="label block mb-1"),
            rx.el.input(
                type="number",
                name="quantity",
                default_value="1",
                min=1,
                max=9999,
                required=True,
                input_mode="numeric",
                class_name="input w-[96px]",
            ),
        ),
        rx.el.button(
            icon("shopping-bag", 18),
            t("Add to cart"),
            type="submit",
            class_name="btn btn-primary grow",
        ),
        action="/cart/lines",
        proof=ShellState.proof,
        fields={"variant": kind.id, "locale": locale()},
        class_name="flex flex-wrap items-end gap-3 mt-5",
    )


def _no_sale(view: rx.vars.ObjectVar[ListingView]) -> rx.Component:
    """Why nothing can be ordered though it is there; nobody is asked to wait for it."""
    until = i18n.moment(view.paused_until, "day")
    return rx.el.p(
        icon("store", 16),
        rx.el.span(
            rx.cond(
                ~view.is_paused,
                t("This shop sells nothing at the moment."),
                rx.cond(
                    view.paused_until != "",
                    t("This shop takes a break until {day}.", day=until),
                    t("This shop takes a break."),
                ),
            )
        ),
        class_name="flex items-center gap-2 mt-5 rounded-[10px] bg-[var(--warn-soft)] "
        "text-[var(--warn-ink)] px-4 py-3 text-[13.5px]",
    )


def _sold_out() -> rx.Component:
    return rx.el.p(
        icon("circle-pause", 16),
        t("Sold out"),
        class_name="flex items-center gap-2 font-semibold",
    )


def _when_back(kind: rx.vars.ObjectVar[ShownVariant]) -> rx.Component:
    return form(
        _sold_out(),
        rx.el.input(type="hidden", name="variant", value=kind.id, read_only=True),
        rx.cond(
            ShellState.is_signed_in,
            rx.fragment(),
            text_field(t("E-mail"), "email", kind="email", auto_complete="email"),
        ),
        button(t("Tell me when it is back"), type="submit", icon="bell"),
        on_submit=lambda sent: ListingPageState.wait_for(sent),  # noqa: PLW0108  Reflex refuses a model there
    )


def _of_chosen(
    view: rx.vars.ObjectVar[ListingView],
    show: Callable[[rx.vars.ObjectVar[ShownVariant]], rx.Component],
) -> rx.Component:
    """What `show` makes of the kind that is chosen; choosing asks nothing of the server twice."""
    return rx.foreach(
        view.variants, lambda kind: rx.cond(kind.key == ListingPageState.key, show(kind))
    )
