"""Storefront / Listing: what it is, which kinds there are, what each costs and whether it is there.

`http/listing_page.py` writes the same content into the HTML for readers without scripts.
"""

from collections.abc import Callable

import reflex as rx

from marketplace.flows.show_listing import (
    Choice,
    Fact,
    ListingView,
    Named,
    Option,
    Passage,
    ShownVariant,
)
from marketplace.web.i18n import locale, money, t, tn
from marketplace.web.shell import ShellState
from marketplace.web.ssr import handover
from marketplace.web.storefront.listing.state import ListingPageState
from marketplace.web.ui.button import button
from marketplace.web.ui.fields import select_field, text_field, textarea_field
from marketplace.web.ui.form import form
from marketplace.web.ui.icon import icon
from marketplace.web.ui.prose import prose


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
            _gallery(view),
            rx.el.div(
                rx.el.h1(
                    _in(view.title, view.title_zh),
                    class_name="text-[24px] md:text-[30px] leading-[1.25] font-bold tracking-[-.01em]",
                ),
                rx.el.p(
                    t("Sold by {shop}", shop=_in(view.seller, view.seller_zh)),
                    class_name="lead mt-2",
                ),
                _prices(view),
                rx.foreach(view.options, _option),
                _stock(view),
                _promises(view),
                _complaint(view),
                class_name="min-w-0",
            ),
            class_name="grid gap-8 lg:gap-12 mt-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,440px)]",
        ),
        rx.el.div(
            rx.el.section(
                rx.el.h2(t("Description"), class_name="text-[20px] font-semibold mb-4"),
                rx.foreach(view.passages, _passage),
                class_name="min-w-0 max-w-[68ch]",
            ),
            rx.cond(view.facts.length() > 0, _facts(view)),
            class_name="grid gap-10 mt-14 lg:grid-cols-[minmax(0,1fr)_minmax(0,440px)]",
        ),
    )


def _crumbs(view: rx.vars.ObjectVar[ListingView]) -> rx.Component:
    prefix = rx.cond(locale() == "zh-CN", "/zh", "").to(str)
    return rx.el.nav(
        rx.el.a(t("Everything"), href=prefix + "/search", class_name="hover:underline"),
        rx.foreach(
            view.crumbs,
            lambda crumb: rx.fragment(
                rx.el.span("/", aria_hidden="true", class_name="px-2"),
                rx.el.a(
                    _named(crumb), href=prefix + crumb.href.to(str), class_name="hover:underline"
                ),
            ),
        ),
        aria_label=t("Breadcrumb"),
        class_name="mt-6 text-[13px] text-[var(--ink-2)] flex flex-wrap items-center",
    )


def _gallery(view: rx.vars.ObjectVar[ListingView]) -> rx.Component:
    """Pictures side by side to swipe or scroll; the small ones are links to them."""
    return rx.el.div(
        rx.el.ul(
            rx.foreach(
                view.images,
                lambda image: rx.el.li(
                    rx.el.img(
                        src=image.large,
                        alt=_in(image.alt, image.alt_zh),
                        width=960,
                        height=960,
                        class_name="block w-full h-auto aspect-square object-cover",
                    ),
                    id=image.id,
                    class_name="shrink-0 w-full snap-start bg-[var(--sunken)]",
                ),
            ),
            tab_index=0,
            aria_label=t("Pictures"),
            class_name="flex overflow-x-auto snap-x snap-mandatory rounded-[14px]",
        ),
        rx.el.ul(
            rx.foreach(
                view.images,
                lambda image: rx.el.li(
                    rx.el.a(
                        rx.el.img(
                            src=image.small,
                            alt=_in(image.alt, image.alt_zh),
                            width=64,
                            height=64,
                            class_name="rounded-[8px]",
                        ),
                        href="#" + image.id.to(str),
                    )
                ),
            ),
            class_name="flex flex-wrap gap-2 mt-3",
        ),
        class_name="min-w-0",
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
        rx.el.legend(_in(option.name, option.name_zh), class_name="h3 mb-2"),
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
        _in(value.name, value.name_zh),
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
                rx.el.p(
                    icon("circle-check", 16),
                    rx.cond(
                        kind.left.to(int) > 0,
                        tn("Only {n} left", "Only {n} left", kind.left),
                        t("In stock"),
                    ),
                    class_name="flex items-center gap-2 text-[var(--good)]",
                ),
                _when_back(kind),
            ),
        ),
        class_name="mt-6",
    )


def _when_back(kind: rx.vars.ObjectVar[ShownVariant]) -> rx.Component:
    return form(
        rx.el.p(
            icon("circle-pause", 16),
            t("Sold out"),
            class_name="flex items-center gap-2 font-semibold",
        ),
        rx.el.input(type="hidden", name="variant", value=kind.id, read_only=True),
        rx.cond(
            ShellState.is_signed_in,
            rx.fragment(),
            text_field(t("E-mail"), "email", kind="email", auto_complete="email"),
        ),
        button(t("Tell me when it is back"), type="submit", icon="bell"),
        on_submit=lambda sent: ListingPageState.wait_for(sent),  # noqa: PLW0108  Reflex refuses a model there
    )


def _promises(view: rx.vars.ObjectVar[ListingView]) -> rx.Component:
    def line(symbol: str, text: rx.Var[str]) -> rx.Component:
        return rx.el.li(icon(symbol, 16), text, class_name="flex items-center gap-2 py-1")

    return rx.el.ul(
        line("truck", tn("Leaves within a day", "Leaves within {n} days", view.handling_days)),
        rx.cond(
            view.return_days.to(int) > 0,
            line("undo-2", tn("Returns for a day", "Returns for {n} days", view.return_days)),
        ),
        rx.cond(
            view.warranty_months.to(int) > 0,
            line(
                "shield-check",
                tn("Guarantee for a month", "Guarantee for {n} months", view.warranty_months),
            ),
        ),
        class_name="mt-6 pt-4 border-t border-[var(--line)] text-[14px]",
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
                            _in(reason.name, reason.name_zh), value=reason.code
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


def _passage(passage: rx.vars.ObjectVar[Passage]) -> rx.Component:
    return rx.el.div(
        prose(_in(passage.html, passage.html_zh)),
        rx.cond(
            passage.images.length() > 0,
            rx.el.div(
                rx.foreach(
                    passage.images,
                    lambda image: rx.el.img(
                        src=image.large,
                        alt=_in(image.alt, image.alt_zh),
                        width=480,
                        height=480,
                        loading="lazy",
                        class_name="rounded-[10px] w-full h-auto",
                    ),
                ),
                class_name="grid grid-cols-2 gap-3 mt-4",
            ),
        ),
        rx.cond(
            passage.rows.length() > 0,
            rx.el.table(
                rx.el.tbody(
                    rx.foreach(
                        passage.rows,
                        lambda row: rx.el.tr(
                            rx.foreach(row, lambda cell: rx.el.td(cell, class_name="py-1 pr-4")),
                            class_name="border-b border-[var(--line)]",
                        ),
                    )
                ),
                class_name="mt-4 text-[14px]",
            ),
        ),
        class_name="mb-5",
    )


def _facts(view: rx.vars.ObjectVar[ListingView]) -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("Details"), class_name="text-[20px] font-semibold mb-4"),
        rx.el.dl(rx.foreach(view.facts, _fact), class_name="text-[14px]"),
    )


def _fact(fact: rx.vars.ObjectVar[Fact]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(_named(fact), class_name="text-[var(--ink-2)]"),
        rx.el.dd(_in(fact.value, fact.value_zh)),
        class_name="grid grid-cols-[140px_minmax(0,1fr)] gap-3 py-2 border-b border-[var(--line)]",
    )


def _of_chosen(
    view: rx.vars.ObjectVar[ListingView],
    show: Callable[[rx.vars.ObjectVar[ShownVariant]], rx.Component],
) -> rx.Component:
    """What `show` makes of the kind that is chosen; choosing asks nothing of the server twice."""
    return rx.foreach(
        view.variants, lambda kind: rx.cond(kind.key == ListingPageState.key, show(kind))
    )


def _gone() -> rx.Component:
    return rx.el.div(
        icon("package-x", 32),
        rx.el.h1(t("This listing is not on sale"), class_name="h2 mt-4"),
        rx.el.p(
            t("It was sold out, taken off the shelf, or never existed."), class_name="lead mt-1"
        ),
        rx.el.a(t("See everything"), href="/search", class_name="btn mt-5"),
        class_name="flex flex-col items-center text-center py-24 text-[var(--ink-2)]",
    )


def _waiting() -> rx.Component:
    return rx.el.div(
        rx.el.div(class_name="aspect-square rounded-[14px] bg-[var(--sunken)] animate-pulse"),
        class_name="mt-16 max-w-[600px]",
        aria_hidden="true",
    )


def _named(one: rx.vars.ObjectVar[Named] | rx.vars.ObjectVar[Fact]) -> rx.Var[str]:
    return _in(one.label, one.label_zh)


def _in(english: object, chinese: object) -> rx.Var[str]:
    """The one in the reader's language."""
    return rx.cond(locale() == "zh-CN", chinese, english).to(str)
