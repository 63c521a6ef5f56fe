"""Samples of form fields, errors and the bar that saves."""

import reflex as rx

from marketplace.kit.languages import N_
from marketplace.web.messages import clear_errors, say, show_errors
from marketplace.web.ui.button import button
from marketplace.web.ui.fields import (
    checkbox_field,
    money_field,
    number_field,
    select_field,
    text_field,
    textarea_field,
)
from marketplace.web.ui.form import form, form_section, save_bar

MISTAKES = {"store_name": N_("Please fill this in."), "hold_days": N_("At most 30.")}


def forms() -> rx.Component:
    return form(
        form_section(
            N_("Store"),
            text_field(
                N_("Store name"), "store_name", value="Tea House 88", hint=N_("As buyers see it.")
            ),
            select_field(
                N_("Category"), "category", [("tea", N_("Tea")), ("home", N_("Home"))], value="tea"
            ),
            textarea_field(N_("About the store"), "about", is_required=False),
            text=N_("What buyers see on the store’s page."),
        ),
        form_section(
            N_("Payment"),
            money_field(N_("Smallest payout"), "smallest_payout", currency="CNY", value="100.00"),
            number_field(N_("Held after delivery"), "hold_days", value="7", unit=N_("days")),
            checkbox_field(
                N_("Write to me before each payout"),
                "letters",
                is_on=True,
                hint=N_("One letter for each batch."),
            ),
            text_field(N_("Bank"), "bank", value="ICBC", is_required=False, disabled=True),
        ),
        rx.el.div(
            button(N_("Show errors"), on_click=show_errors(MISTAKES)),
            button(N_("Clear errors"), on_click=clear_errors()),
            class_name="row",
        ),
        save_bar(rx.Var.create(1)),
        on_submit=say(N_("Saved.")),
    )
