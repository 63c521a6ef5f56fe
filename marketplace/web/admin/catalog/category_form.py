"""What the open category is called, takes and allows, and what searches say of it."""

from typing import Any

import reflex as rx

from marketplace.kit.languages import N_
from marketplace.web.admin.catalog.pieces import named, percent, percent_typed
from marketplace.web.i18n import t
from marketplace.web.ui.fields import (
    checkbox_field,
    number_field,
    select_field,
    text_field,
    textarea_field,
)
from marketplace.web.ui.form import form, save_bar
from marketplace.web.ui.layout import card

ICONS = {
    "": N_("As its parent"),
    "shirt": N_("Shirt"),
    "footprints": N_("Footprints"),
    "sparkles": N_("Sparkles"),
    "headphones": N_("Headphones"),
    "lamp": N_("Lamp"),
    "coffee": N_("Cup"),
    "toy-brick": N_("Toy brick"),
    "mountain": N_("Mountain"),
    "book-open": N_("Book"),
    "gem": N_("Gem"),
    "sprout": N_("Sprout"),
    "paw-print": N_("Paw print"),
    "wrench": N_("Wrench"),
    "gift": N_("Gift"),
}


def category_form(state: Any, may: rx.Var[bool]) -> rx.Component:
    chosen, node = state.chosen, state.chosen.node
    return rx.el.fieldset(
        rx.el.legend(t("Category"), class_name="visually-hidden"),
        form(
            card(
                rx.el.div(
                    text_field(N_("English name"), "name", value=node.name, max_length=80),
                    text_field(N_("Chinese name"), "name_zh", value=node.name_zh, max_length=80),
                    text_field(
                        N_("Address"),
                        "slug",
                        value=node.slug,
                        hint=N_("The old address goes on working if you change it."),
                        max_length=80,
                    ),
                    select_field(
                        N_("Icon"),
                        "icon",
                        list(ICONS.items()),
                        value=chosen.icon,
                        is_required=False,
                    ),
                    class_name="grid gap-4 sm:grid-cols-2",
                ),
                title=N_("Names and address"),
            ),
            card(
                rx.el.div(
                    text_field(
                        N_("Commission"),
                        "commission",
                        value=percent_typed(chosen.own_commission_bps),
                        unit=rx.Var.create("%"),
                        hint=_commission_hint(chosen),
                        is_required=False,
                        input_mode="decimal",
                        max_length=8,
                    ),
                    number_field(
                        N_("Days to return"), "return_days", value=node.return_days, min=0, max=365
                    ),
                    class_name="grid gap-4 sm:grid-cols-2",
                ),
                checkbox_field(
                    N_("Every new listing and edit waits for a review"),
                    "is_restricted",
                    is_on=chosen.is_restricted_itself,
                    hint=rx.cond(
                        chosen.restricted_by.id != "",
                        t("It does already, because of {name}.", name=named(chosen.restricted_by)),
                        t("Also for everything below, whatever the seller's level."),
                    ),
                ),
                title=N_("Commission and rules"),
            ),
            card(
                rx.el.div(
                    textarea_field(
                        N_("Text for search engines, English"),
                        "about",
                        value=chosen.about,
                        is_required=False,
                        max_length=400,
                    ),
                    textarea_field(
                        N_("Text for search engines, Chinese"),
                        "about_zh",
                        value=chosen.about_zh,
                        is_required=False,
                        max_length=400,
                    ),
                    class_name="grid gap-4 sm:grid-cols-2",
                ),
                text_field(
                    N_("Google product category"),
                    "google_category",
                    value=chosen.google_category,
                    hint=N_("Such as Home & Garden > Kitchen & Dining > Tableware"),
                    is_required=False,
                    max_length=200,
                ),
                rx.cond(
                    chosen.earlier_slugs.length() > 0,
                    rx.el.p(
                        t("Earlier addresses: {list}", list=chosen.earlier_slugs.join(", ")),
                        class_name="hint",
                    ),
                ),
                title=N_("Found in searches"),
            ),
            rx.cond(may, save_bar(node.id + ":" + chosen.version.to_string())),
            on_submit=lambda data: state.save(node.id, chosen.version, data),
            key=node.id,
        ),
        disabled=~may,
        class_name="border-0 p-0 m-0 min-w-0",
    )


def _commission_hint(chosen: Any) -> rx.Var[str]:
    return rx.cond(
        chosen.commission_from.id != "",
        t(
            "In effect: {rate}, from {name}. Empty leaves it so.",
            rate=percent(chosen.node.commission_bps),
            name=named(chosen.commission_from),
        ),
        t("Applies to everything below that has no rate of its own."),
    )
