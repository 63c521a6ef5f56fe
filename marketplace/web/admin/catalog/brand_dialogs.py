"""The dialogs of the brands: one to edit or add, one to merge into another."""

from typing import Any

import reflex as rx

from marketplace.kit.languages import N_
from marketplace.web.admin.catalog.pieces import named, other_name
from marketplace.web.i18n import t, tn
from marketplace.web.ui.button import button
from marketplace.web.ui.dialog import closes, dialog
from marketplace.web.ui.fields import checkbox_field, text_field

FORM = "brand"


def edit_dialog(state: Any, may: rx.Var[bool]) -> rx.Component:
    chosen = state.chosen
    return dialog(
        rx.cond(chosen, t("Brand {name}", name=named(chosen)), t("New brand")),
        rx.el.form(
            text_field(N_("Name"), "name", value=rx.cond(chosen, chosen.name, ""), max_length=80),
            text_field(
                N_("Chinese name"),
                "name_zh",
                value=rx.cond(chosen, chosen.name_zh, ""),
                is_required=False,
                max_length=80,
            ),
            checkbox_field(
                N_("Only for sellers with an authorisation"),
                "needs_authorisation",
                is_on=rx.cond(chosen, chosen.needs_authorisation, False),
                hint=N_("A listing without the paper is flagged for the reviewer."),
            ),
            id=FORM,
            on_submit=lambda data: state.save(
                rx.cond(chosen, chosen.id, ""), rx.cond(chosen, chosen.version, 0), data
            ),
            class_name="stack",
        ),
        footer=(
            closes(button(N_("Cancel"))),
            rx.cond(may, button(N_("Save brand"), variant="primary", type="submit", form=FORM)),
        ),
        is_open=state.dialog == "edit",
        on_open_change=state.close,
    )


def merge_dialog(state: Any) -> rx.Component:
    """Nothing moves before a brand of the list is pressed."""
    chosen = state.chosen
    return dialog(
        t("Merge {name} into", name=named(chosen)),
        rx.el.input(
            type="search",
            placeholder=t("Search brand"),
            aria_label=t("Search brand"),
            max_length=80,
            on_change=state.find_other.debounce(300),
            class_name="input",
        ),
        rx.el.ul(
            rx.foreach(
                state.others,
                lambda row: rx.el.li(
                    rx.el.span(named(row), class_name="font-medium"),
                    rx.el.span(other_name(row), class_name="meta"),
                    button(
                        N_("Merge"),
                        is_small=True,
                        class_name="ml-auto",
                        on_click=state.merge(chosen.id, chosen.version, row.id),
                        aria_label=t("Merge into {name}", name=named(row)),
                    ),
                    class_name="list-row",
                    key=row.id,
                ),
            ),
            aria_live="polite",
        ),
        description=tn(
            "{n} listing gets the other brand; this one is retired.",
            "{n} listings get the other brand; this one is retired.",
            chosen.listing_count,
        ),
        footer=(closes(button(N_("Cancel"))),),
        is_open=state.dialog == "merge",
        on_open_change=state.close,
    )
