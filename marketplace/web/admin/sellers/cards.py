"""The parts of one seller's page: standing, documents, violations, history, who and where."""

from typing import Any

import reflex as rx

from marketplace.domain.moves.queries import MoveRow
from marketplace.domain.sellers.queries.directory import PersonRow
from marketplace.domain.sellers.queries.shop import DocumentRow, SwitchRow
from marketplace.domain.sellers.rules.standing import SUSPENSION_REASONS
from marketplace.kit.languages import N_
from marketplace.web import i18n
from marketplace.web.admin.sellers.words import (
    DOCUMENT_STATES,
    REASONS,
    STATES,
    SWITCHES,
    named,
    said,
)
from marketplace.web.i18n import locale, t
from marketplace.web.ui.button import button, link
from marketplace.web.ui.feedback import alert
from marketplace.web.ui.layout import card
from marketplace.web.ui.person import person
from marketplace.web.ui.status import badge, status, status_of
from marketplace.web.ui.timeline import event, timeline
from marketplace.web.ui.values import copyable, facts, moment

LINE = "flex flex-wrap items-start justify-between gap-3 py-3 border-b border-[var(--line)] last:border-b-0"
BUSINESS = {
    "individual": N_("Individual"),
    "sole_trader": N_("Sole trader"),
    "company": N_("Company"),
    "cross_border": N_("Cross-border company"),
}


def appeal(state: Any) -> rx.Component:
    detail = state.detail
    decide = rx.el.div(
        button(N_("Grant…"), variant="primary", on_click=state.ask("grant")),
        button(N_("Turn down…"), on_click=state.ask("refuse")),
        class_name="row",
    )
    yours = alert(t("You made this decision, so somebody else must decide on the appeal."))
    return rx.cond(
        detail.appeal != "",
        card(
            rx.el.p(detail.appeal, class_name="whitespace-pre-line"),
            rx.cond(
                detail.appeal_answer != "",
                alert(detail.appeal_answer, title=N_("Our answer")),
                rx.cond(detail.can_decide_appeal, decide, rx.cond(detail.can_manage, yours)),
            ),
            title=N_("Appeal"),
            subtitle=moment(detail.appealed_at),
        ),
    )


def standing(state: Any) -> rx.Component:
    detail = state.detail
    why = said(detail.suspended_for, SUSPENSION_REASONS)
    suspended = alert(
        rx.el.p(detail.note),
        rx.cond(
            detail.suspended_by != "",
            rx.el.p(t("Decided by {name}", name=detail.suspended_by), class_name="meta"),
        ),
        level="bad",
        title=why,
    )
    return card(
        rx.cond(detail.row.status == "suspended", suspended),
        rx.cond(
            detail.switch_rows.length() > 0,
            rx.el.ul(
                rx.foreach(detail.switch_rows, lambda row: _switch(state, row)),
                class_name="list-none p-0 m-0",
            ),
            rx.el.p(t("Nothing is switched off by a decision."), class_name="lead"),
        ),
        title=N_("Switched off"),
    )


def _switch(state: Any, row: rx.vars.ObjectVar[SwitchRow]) -> rx.Component:
    """Those of a suspension are told by its alert, all at once."""
    line = rx.el.li(
        rx.el.div(
            rx.el.p(said(row.switch, SWITCHES), class_name="font-medium"),
            rx.el.p(said(row.reason, REASONS)),
            rx.cond(row.note != "", rx.el.p(row.note, class_name="meta")),
            rx.el.p(
                rx.cond(row.off_by != "", rx.fragment(row.off_by, " · ")),
                moment(row.off_at),
                rx.cond(
                    row.until != "",
                    rx.fragment(" · ", t("Until {day}", day=i18n.moment(row.until, "day"))),
                ),
                class_name="meta",
            ),
        ),
        rx.cond(
            state.detail.can_manage,
            button(
                N_("Switch on"),
                is_small=True,
                on_click=state.lift(state.detail.row.id, row.id),
            ),
        ),
        class_name=LINE,
        key=row.id,
    )
    return rx.cond(row.reason != "suspended", line)


def documents(state: Any) -> rx.Component:
    return rx.el.div(
        card(
            rx.cond(
                state.detail.documents.length() > 0,
                rx.el.ul(
                    rx.foreach(state.detail.documents, lambda row: _document(state, row)),
                    class_name="list-none p-0 m-0",
                ),
                rx.el.p(t("Nothing is asked of this shop."), class_name="lead"),
            ),
            title=N_("Documents"),
        ),
        id="documents",
    )


def _document(state: Any, row: rx.vars.ObjectVar[DocumentRow]) -> rx.Component:
    has_new = row.renewal_verdict == "pending"
    waiting = rx.cond(has_new, row.renewal_id, row.submission_id).to(str)
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.span(named(row), class_name="font-medium"),
                status_of(row.state, DOCUMENT_STATES),
                rx.cond(has_new, status(N_("A new one waits"), "info", icon="hourglass")),
                rx.cond(row.is_required, rx.fragment(), badge(N_("Optional"))),
                class_name="row",
            ),
            rx.el.p(
                rx.cond(
                    row.expires_on != "",
                    rx.fragment(t("Ends {day}", day=i18n.moment(row.expires_on, "day"))),
                ),
                rx.cond(
                    row.due_at != "",
                    rx.fragment(" ", t("Due {day}", day=i18n.moment(row.due_at, "day"))),
                ),
                class_name="meta",
            ),
            rx.cond(row.note != "", rx.el.p(row.note, class_name="meta")),
            rx.cond(
                row.media_id != "",
                link("/files/document/" + row.media_id.to(str), row.file_name, server=True),
            ),
        ),
        rx.cond(has_new | (row.state == "pending"), _verdict(state, waiting)),
        class_name=LINE,
        key=row.requirement_id,
    )


def _verdict(state: Any, submission_id: rx.Var[str]) -> rx.Component:
    return rx.el.div(
        button(N_("Accept"), is_small=True, on_click=state.accept(submission_id)),
        button(N_("Refuse…"), is_small=True, on_click=state.ask_refusal(submission_id)),
        class_name="row",
    )


def history(state: Any) -> rx.Component:
    return card(
        timeline(rx.foreach(state.detail.history, _move)),
        title=N_("History"),
    )


def _move(row: rx.vars.ObjectVar[MoveRow]) -> rx.Component:
    return event(
        rx.cond(row.actor != "", row.actor, t("The platform")).to(str),
        status_of(row.to_state, STATES),
        row.at,
        is_system=row.actor == "",
        detail=rx.el.p(
            rx.cond(row.reason != "", said(row.reason, REASONS), ""),
            rx.cond((row.reason != "") & (row.note != ""), " · ", ""),
            row.note,
            class_name="meta",
        ),
    )


def overview(state: Any) -> rx.Component:
    row = state.detail.row
    return card(
        facts(
            (N_("State"), status_of(row.status, STATES)),
            (N_("Level"), rx.cond(locale() == "zh-CN", row.level_name_zh, row.level_name)),
            (N_("Owner"), row.owner),
            (N_("E-mail"), row.owner_email),
            (N_("Shop address"), rx.el.span("/" + row.slug.to(str), class_name="mono")),
            (N_("Joined"), moment(row.joined_at, "day")),
            (N_("Id"), copyable(row.id)),
        ),
        rx.cond(
            state.detail.application_id != "",
            link(
                "/admin/applications/" + state.detail.application_id.to(str),
                N_("See the application"),
            ),
        ),
        title=N_("Overview"),
    )


def business(state: Any) -> rx.Component:
    detail = state.detail
    return rx.cond(
        detail.application_id != "",
        card(
            facts(
                (N_("Business type"), said(detail.business_type, BUSINESS)),
                (N_("Legal name"), detail.legal["legal_name"]),
                (N_("Registration number"), detail.legal["registration_number"]),
                (N_("Contact"), detail.contact["contact_name"]),
                (N_("Phone"), detail.contact["phone"]),
                (N_("Bank"), detail.bank["bank_name"]),
                (N_("Account ends in"), detail.bank["bank_last"]),
            ),
            rx.cond(
                detail.is_masked,
                rx.el.p(t("Personal details are masked for your role."), class_name="hint"),
            ),
            title=N_("Business"),
        ),
    )


def team(state: Any) -> rx.Component:
    return card(
        rx.el.ul(rx.foreach(state.detail.members, _member), class_name="list-none p-0 m-0 stack"),
        title=N_("Team"),
    )


def _member(row: rx.vars.ObjectVar[PersonRow]) -> rx.Component:
    return rx.el.li(
        person(row.name), rx.el.span(t(row.role), class_name="pill"), class_name="row", key=row.id
    )
