"""Samples of people, what they did, and a whole detail page."""

import reflex as rx

from marketplace.kit.languages import N_
from marketplace.web.admin.ui_samples.data import LATELY
from marketplace.web.i18n import t
from marketplace.web.ui.button import button
from marketplace.web.ui.layout import card, detail_page
from marketplace.web.ui.person import avatar, person, system_avatar
from marketplace.web.ui.status import status
from marketplace.web.ui.timeline import event, timeline
from marketplace.web.ui.values import copyable, facts, money


def people() -> rx.Component:
    return card(
        rx.el.div(
            person("Lin Na", N_("Operations")),
            person("黄静", N_("Finance")),
            avatar("Zhao Yi", is_large=True),
            system_avatar(),
            class_name="row gap-6",
        ),
        _timeline(),
    )


def detail() -> rx.Component:
    header = rx.el.div(
        rx.el.div(
            rx.el.p("ST-2026-11C", class_name="h1"),
            copyable("ST-2026-11C"),
            status(N_("7 exceptions open"), "warn"),
            class_name="title-line",
        ),
        button(N_("Resolve next"), variant="primary", icon="arrow-right"),
        class_name="page-head",
    )
    return detail_page(
        header,
        (
            card(
                rx.el.p(t("The main thing, two thirds wide.")),
                title=N_("Exceptions"),
                subtitle=N_("worst first"),
            ),
            card(_timeline(), title=N_("Timeline")),
        ),
        (
            card(
                facts(
                    (N_("Paid by buyers"), money(988421040, "CNY")),
                    (N_("Commission"), money(-81266415, "CNY", is_signed=True)),
                ),
                title=N_("Tie-out"),
            ),
        ),
    )


def _timeline() -> rx.Component:
    return timeline(
        event("Huang Jing", N_("released Tea House 88, licence renewed"), LATELY, is_system=False),
        event(
            "Zhao Yi",
            N_("asked for the licence"),
            LATELY,
            is_system=False,
            detail=rx.el.p(t("“Please send the page with the stamp.”"), class_name="lead"),
        ),
        event("Jishi", N_("found 16 exceptions in 1,204 statements"), LATELY, is_system=True),
    )
