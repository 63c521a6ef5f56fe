"""Step 5: what buyers see of the shop, and where parcels leave and return."""

import reflex as rx

from marketplace.flows.apply_page import CategoryChoice
from marketplace.kit.languages import N_
from marketplace.web.i18n import locale, t
from marketplace.web.seller.apply.asking import ask, ask_choice, pair, part, section
from marketplace.web.seller.apply.layout import step_form, step_page
from marketplace.web.seller.apply.state import ApplyState
from marketplace.web.seller.apply.words import COUNTRIES
from marketplace.web.ui.fields import checkbox_field, field_error, select_field, textarea_field
from marketplace.web.ui.icon import icon
from marketplace.web.ui.media import drop


def shop() -> rx.Component:
    return step_page(
        "shop",
        step_form(
            "shop",
            lambda data: ApplyState.save_shop(ApplyState.app.id, ApplyState.app.version, data),
            _face(),
            _wares(),
            section(N_("Where you ship from"), *_address("ship")),
            _returns(),
        ),
    )


def _face() -> rx.Component:
    return section(
        N_("Name and face"),
        pair(
            ask(
                "shop",
                N_("Name of the shop"),
                "shop_name",
                max_length=80,
                on_blur=ApplyState.look_up_name,
            ),
            ask("shop", N_("Name in Chinese"), "shop_name_zh", is_required=False, max_length=80),
        ),
        _is_free(),
        ask(
            "shop",
            N_("Web address"),
            "slug",
            hint=N_("Small letters, digits and hyphens. It stays the same for ever."),
            auto_capitalize="none",
            auto_complete="off",
        ),
        pair(
            ask("shop", N_("About the shop"), "about", textarea_field, is_required=False),
            ask(
                "shop",
                N_("About the shop in Chinese"),
                "about_zh",
                textarea_field,
                is_required=False,
            ),
        ),
        part(
            "shop",
            "logo_id",
            drop(
                N_("Logo"),
                hat="person",
                file=ApplyState.logo,
                name="logo_id",
                hint=N_("Square, at least 400 pixels. You can add it later."),
            ),
        ),
    )


def _wares() -> rx.Component:
    return section(
        N_("What you will sell"),
        part(
            "shop",
            "category_ids",
            rx.el.fieldset(
                rx.el.legend(t("Categories"), class_name="visually-hidden"),
                rx.el.ul(
                    rx.foreach(ApplyState.categories, _category),
                    class_name="grid sm:grid-cols-2 gap-x-8",
                ),
                field_error("category_ids"),
                class_name="border-0 p-0 m-0",
            ),
        ),
        text=N_("Up to eight. The share is our commission; some ask for a permit."),
    )


def _category(row: rx.vars.ObjectVar[CategoryChoice]) -> rx.Component:
    return rx.el.li(
        rx.el.label(
            rx.el.input(
                type="checkbox", name="category_ids", value=row.id, default_checked=row.is_chosen
            ),
            rx.el.span(
                rx.cond(locale() == "zh-CN", row.name_zh, row.name),
                class_name=rx.cond(row.is_top, "flex-1 font-semibold", "flex-1"),
            ),
            rx.el.span(row.rate, class_name="meta num"),
            class_name="check py-2 border-b border-[var(--line)] min-h-[40px]",
        ),
    )


def _address(prefix: str) -> list[rx.Component]:
    """Fields of one address, named `prefix_city` and so on."""
    return [
        ask("shop", N_("Street and number"), f"{prefix}_street"),
        pair(
            ask("shop", N_("City"), f"{prefix}_city"),
            ask("shop", N_("Province or state"), f"{prefix}_region", is_required=False),
        ),
        pair(
            ask("shop", N_("Postcode"), f"{prefix}_postcode", is_required=False),
            ask_choice(
                "shop", N_("Country or region"), f"{prefix}_country", select_field, COUNTRIES
            ),
        ),
        ask(
            "shop",
            N_("Phone for the parcel service"),
            f"{prefix}_phone",
            kind="tel",
        ),
    ]


def _returns() -> rx.Component:
    """The second address opens only if it is another one (redundant entry, WCAG 3.3.7)."""
    return rx.el.div(
        section(
            N_("Where parcels come back to"),
            part(
                "shop",
                "return_same",
                checkbox_field(
                    N_("The same address"), "return_same", is_on=ApplyState.returns_to_same
                ),
            ),
            rx.el.div(*_address("return"), class_name="return-address stack"),
        ),
        class_name="return-choice",
    )


def _is_free() -> rx.Component:
    """Answers while one goes on writing; the save decides."""
    look = "inline-flex items-center gap-1.5"
    return rx.el.p(
        rx.match(
            ApplyState.name_is,
            (
                "free",
                rx.el.span(
                    icon("circle-check", 14),
                    t("This name is free."),
                    class_name=f"{look} text-[var(--good-ink)]",
                ),
            ),
            (
                "taken",
                rx.el.span(
                    icon("circle-x", 14),
                    t("Another shop has this name."),
                    class_name=f"{look} text-[var(--bad)]",
                ),
            ),
            rx.fragment(),
        ),
        role="status",
        class_name="text-[12px] font-medium empty:hidden",
    )
