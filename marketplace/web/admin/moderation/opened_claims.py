"""The middle of the desk for an appeal, and for what readers reported."""

from typing import Any

import reflex as rx

from marketplace.domain.moderation.queries import ReportRow
from marketplace.kit.languages import N_
from marketplace.web.i18n import locale, t
from marketplace.web.ui.button import link
from marketplace.web.ui.feedback import alert
from marketplace.web.ui.layout import card
from marketplace.web.ui.status import status
from marketplace.web.ui.values import facts, moment


def appeal_opened(state: Any) -> rx.Component:
    appeal = state.appeal
    title = rx.cond(locale() == "zh-CN", appeal.title_zh, appeal.title).to(str)
    return rx.el.article(
        rx.el.header(
            rx.el.div(
                rx.el.h2(title, class_name="h2"),
                status(N_("Appeal"), "warn", icon="gavel"),
                class_name="title-line",
            ),
            rx.el.p(appeal.by, " · ", moment(appeal.at, "short"), class_name="meta"),
        ),
        rx.cond(
            appeal.may_decide,
            rx.fragment(),
            alert(
                N_("Somebody else than the one who decided answers an appeal."),
                level="warn",
                title=N_("You cannot decide this one"),
            ),
        ),
        card(
            facts(
                (N_("Decided by"), appeal.against),
                (N_("Rule"), _rule(state, appeal.reason)),
                (N_("Told to the seller"), appeal.decision),
                (
                    N_("Listing"),
                    link(
                        "/admin/listings/" + appeal.listing_id.to(str),
                        N_("The listing and its history"),
                    ),
                ),
            ),
            title=N_("The decision"),
        ),
        card(
            rx.el.p(appeal.text, class_name="whitespace-pre-wrap text-[14px]"),
            title=N_("What the seller says"),
        ),
        class_name="stack",
    )


def _rule(state: Any, code: Any) -> rx.Component:
    return rx.el.span(
        rx.foreach(
            state.codes,
            lambda each: rx.cond(
                each.code == code, rx.cond(locale() == "zh-CN", each.name_zh, each.name), ""
            ),
        )
    )


def reported_opened(state: Any) -> rx.Component:
    return rx.el.article(
        rx.el.header(
            rx.el.div(
                rx.foreach(
                    state.rows,
                    lambda row: rx.cond(
                        row.is_here,
                        rx.el.h2(
                            rx.cond(locale() == "zh-CN", row.title_zh, row.title), class_name="h2"
                        ),
                    ),
                ),
                status(N_("Reported"), "bad", icon="megaphone"),
                class_name="title-line",
            ),
            rx.el.p(
                link("/admin/listings/" + state.key.to(str), N_("The listing and its history")),
                class_name="text-[13px]",
            ),
        ),
        card(
            rx.el.ul(rx.foreach(state.reports, lambda row: _report(state, row))),
            title=N_("What readers say"),
            is_flush=True,
        ),
        class_name="stack",
    )


def _report(state: Any, row: rx.vars.ObjectVar[ReportRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(
                _rule(state, row.code),
                rx.cond(row.is_closed, rx.el.span(t("closed"), class_name="pill ml-2")),
                class_name="font-medium",
            ),
            rx.el.p(row.note, class_name="whitespace-pre-wrap"),
            class_name="min-w-0 flex-1 text-[13px]",
        ),
        rx.el.span(
            rx.cond(row.is_guest, t("a guest"), t("a buyer")),
            " · ",
            moment(row.at),
            class_name="meta shrink-0",
        ),
        class_name="list-row items-start",
        key=row.id,
    )
