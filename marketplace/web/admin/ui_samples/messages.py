"""Samples of messages, and of pages without content."""

import reflex as rx

from marketplace.kit.languages import N_
from marketplace.web.messages import say
from marketplace.web.ui.button import button
from marketplace.web.ui.feedback import (
    alert,
    empty_state,
    failure,
    skeleton_card,
    skeleton_rows,
    spinner,
)
from marketplace.web.ui.layout import card
from marketplace.web.ui.locks import changed_elsewhere

CHANGED_AT = "2026-11-22T05:05:00+00:00"


def messages() -> rx.Component:
    return rx.el.div(
        alert(N_("Prices include tax from 1 December."), level="info"),
        alert(N_("All books tie out."), level="good"),
        alert(
            N_("Listings stay hidden until it is renewed."),
            level="warn",
            title=N_("Food licence expires on 26 November"),
            action=button(N_("Renew"), is_small=True),
        ),
        alert(N_("Payout batch PB-1124 waits."), level="bad", title=N_("1 of 12 checks fails")),
        changed_elsewhere(
            rx.Var.create("黄静"),
            rx.Var.create(CHANGED_AT),
            on_reload=say(N_("Done.")),
            on_overwrite=say(N_("Done.")),
        ),
        rx.el.div(
            button(N_("Say it worked"), on_click=say(N_("Saved."))),
            button(N_("Say it failed"), on_click=say(N_("That did not work."), "error")),
            button(N_("Say something"), on_click=say(N_("Export is being written."), "info")),
            class_name="row",
        ),
        class_name="stack",
    )


def waiting() -> rx.Component:
    return rx.el.div(
        card(
            empty_state(
                "store",
                N_("No stores yet"),
                N_("Stores appear here when their application is approved."),
                button(N_("Invite a seller"), variant="primary"),
            ),
            is_flush=True,
        ),
        card(skeleton_rows(3), is_flush=True),
        skeleton_card(),
        card(spinner(N_("Checking the books…"))),
        card(failure("01JD5K7M", button(N_("Try again"), icon="rotate-cw")), is_flush=True),
        class_name="stack",
    )
