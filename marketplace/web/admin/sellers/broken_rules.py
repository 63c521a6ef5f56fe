"""The rules a shop broke: points that staff may cancel, and what their sum suggests."""

from typing import Any

import reflex as rx

from marketplace.domain.access.models import Permission
from marketplace.domain.moderation.queries import ViolationRow
from marketplace.kit.languages import N_
from marketplace.web.admin.sellers.cards import LINE
from marketplace.web.admin.sellers.words import SWITCHES, said
from marketplace.web.i18n import locale, t, tn
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button
from marketplace.web.ui.confirm import confirm
from marketplace.web.ui.feedback import alert
from marketplace.web.ui.layout import card
from marketplace.web.ui.status import badge
from marketplace.web.ui.values import moment


def violations(state: Any) -> rx.Component:
    return card(
        rx.cond(state.penalty.switches.length() > 0, _suggested(state)),
        rx.cond(
            state.violations.length() > 0,
            rx.el.ul(
                rx.foreach(state.violations, lambda row: _violation(state, row)),
                class_name="list-none p-0 m-0",
            ),
            rx.el.p(t("No rule was broken so far."), class_name="lead"),
        ),
        title=N_("Violations"),
        subtitle=tn("{n} point counts", "{n} points count", state.penalty.points),
    )


def _suggested(state: Any) -> rx.Component:
    """A person decides; the ladder only says what such points usually mean."""
    return alert(
        rx.el.ul(
            rx.foreach(
                state.penalty.switches,
                lambda one: rx.el.li(said(one.to(str), SWITCHES), key=one.to(str)),
            )
        ),
        level="warn",
        title=t("Suggested: {step}", step=t(state.penalty.label)),
        action=rx.cond(
            state.detail.can_manage,
            confirm(
                button(N_("Impose what is suggested…"), is_small=True, icon="shield-alert"),
                title=N_("Impose what is suggested?"),
                consequence=N_(
                    "What is listed is switched off until somebody lifts it. The shop is told."
                ),
                verb=N_("Impose it"),
                reason=N_("What the shop is told"),
                on_confirm=lambda note: state.impose(state.detail.row.id, note),
            ),
        ),
    )


def _violation(state: Any, row: rx.vars.ObjectVar[ViolationRow]) -> rx.Component:
    title = rx.cond(locale() == "zh-CN", row.title_zh, row.title).to(str)
    decides = ShellState.permissions.contains(Permission.MODERATION_DECIDE.value)
    reads = ShellState.permissions.contains(Permission.CATALOG_READ.value)
    return rx.el.li(
        rx.el.div(
            rx.el.p(
                rx.cond(
                    reads & (row.listing_id != ""),
                    rx.el.a(
                        title, href="/admin/listings/" + row.listing_id.to(str), class_name="link"
                    ),
                    title,
                ),
                " · ",
                rx.cond(locale() == "zh-CN", row.rule_zh, row.rule),
            ),
            rx.cond(row.note != "", rx.el.p(row.note, class_name="meta")),
            rx.el.p(moment(row.at), class_name="meta"),
        ),
        rx.cond(
            row.is_cancelled,
            badge(N_("Taken back")),
            rx.cond(
                row.is_counted,
                rx.el.div(
                    rx.el.span(
                        tn("{n} point", "{n} points", row.points), class_name="pill pill-warn"
                    ),
                    rx.cond(decides, _cancel(state, row)),
                    class_name="row",
                ),
                badge(N_("Decayed")),
            ),
        ),
        class_name=LINE,
        key=row.id,
    )


def _cancel(state: Any, row: Any) -> rx.Component:
    return confirm(
        button(N_("Cancel points…"), is_small=True),
        title=N_("Cancel these points?"),
        consequence=N_("They no longer count against the shop. The listing stays as it is."),
        verb=N_("Cancel points"),
        reason=N_("Why, for colleagues"),
        on_confirm=lambda note: state.cancel_points(row.id, note),
        is_danger=False,
    )
