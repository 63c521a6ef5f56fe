"""Samples of states and values."""

import reflex as rx

from marketplace.kit.languages import N_
from marketplace.web.ui.layout import card
from marketplace.web.ui.status import badge, status
from marketplace.web.ui.values import copyable, facts, moment, money, number, progress

LATELY = "2026-11-22T05:05:00+00:00"


def statuses() -> rx.Component:
    return card(
        rx.el.div(
            status(N_("Draft")),
            status(N_("Active"), "good"),
            status(N_("Due in 2 h"), "warn"),
            status(N_("Suspended"), "bad", icon="ban"),
            status(N_("In review"), "info", icon="eye"),
            status(N_("New"), "accent"),
            class_name="row",
        ),
        rx.el.div(
            badge("EN"),
            badge(N_("Owner"), "accent"),
            badge(N_("Test mode"), "warn"),
            class_name="row",
        ),
    )


def values() -> rx.Component:
    return card(
        facts(
            (N_("Net of statements"), money(854597218, "CNY")),
            (N_("Adjustment"), money(-128690, "CNY", is_signed=True)),
            (N_("Orders"), number(41877)),
            (N_("Opened"), moment(LATELY)),
            (N_("Closed"), moment(LATELY, "full")),
            (N_("Statement"), copyable("ST-2026-11C-0420")),
        ),
        progress(59, 68, label=N_("Target of November"), is_labelled=True),
        progress(92, label=N_("Time used"), tone="warn"),
        progress(100, label=N_("Time used"), tone="bad"),
        facts(
            (N_("Store"), rx.Var.create("Yunnan Origin Foods")),
            (N_("Plan"), N_("Standard")),
            (N_("Sells since"), moment(LATELY, "day")),
            is_wide=True,
        ),
    )
