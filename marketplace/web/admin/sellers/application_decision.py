"""The right of a review: the buttons with their keys, who reviews it, and what is odd about it."""

from typing import Any

import reflex as rx

from marketplace.domain.sellers.queries.applications import RiskMatch, RiskRow
from marketplace.kit.languages import N_
from marketplace.web.admin.moderation.scripts import KEYS
from marketplace.web.admin.sellers.application_words import reason_name, risk_name
from marketplace.web.admin.sellers.applications import PAGE
from marketplace.web.i18n import t
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button
from marketplace.web.ui.feedback import alert
from marketplace.web.ui.icon import icon
from marketplace.web.ui.layout import card
from marketplace.web.ui.values import moment, progress


class _Keys(rx.Component):
    library = KEYS
    tag = "DeskKeys"
    is_enabled: rx.Var[bool]


def decision(state: Any) -> rx.Component:
    review = state.review
    return rx.el.aside(
        _Keys.create(is_enabled=ShellState.has_shortcuts),
        rx.cond(
            review.can_decide,
            _decide(state),
            rx.cond(review.can_decide_appeal, _appeal(state), _no_decision(state)),
        ),
        _odd(state),
        class_name="stack xl:sticky xl:top-18",
        aria_label=t("Decision"),
    )


def _deed(text: str, key: str, **props: Any) -> rx.Component:
    """A button that its key presses, too."""
    return button(
        text,
        kbd=key.upper(),
        custom_attrs={"data-desk-key": key, "aria-keyshortcuts": key.upper()},
        class_name="btn-block",
        **props,
    )


def _decide(state: Any) -> rx.Component:
    row = state.review.row
    return card(
        rx.el.div(
            progress(row.completeness, label=N_("Completeness"), is_labelled=True),
            _two_people(state),
            rx.cond(
                ~row.is_my_yes,
                _deed(
                    N_("Approve…"),
                    "a",
                    variant="primary",
                    icon="check",
                    on_click=state.ask("approve"),
                ),
            ),
            _deed(
                N_("Request changes…"), "c", icon="message-square", on_click=state.ask("changes")
            ),
            _deed(N_("Reject…"), "r", variant="danger", icon="x", on_click=state.ask("reject")),
            class_name="stack-sm",
        ),
        rx.el.div(
            rx.cond(
                row.is_mine,
                rx.el.span(t("You review this one."), class_name="meta"),
                rx.fragment(
                    rx.cond(
                        row.reviewer != "",
                        rx.el.span(
                            t("{name} reviews this one.", name=row.reviewer), class_name="meta"
                        ),
                    ),
                    button(
                        N_("Assign to me"),
                        icon="user-check",
                        is_small=True,
                        on_click=state.take(row.id),
                    ),
                ),
            ),
            class_name="row flex-wrap",
        ),
        title=N_("Decision"),
    )


def _two_people(state: Any) -> rx.Component:
    """Restricted categories need the yes of two: who gave the first, and who is asked."""
    review = state.review
    return rx.cond(
        review.row.first_yes != "",
        alert(
            rx.cond(
                review.row.is_my_yes,
                t("You agreed already. Somebody else has to agree, too."),
                t("{name} agreed. Yours is the second yes.", name=review.row.first_yes),
            ),
            rx.el.div(moment(review.first_yes_at), class_name="meta"),
        ),
        rx.cond(
            state.restricted.length() > 0,
            rx.el.p(t("Restricted categories: two people have to agree."), class_name="hint"),
        ),
    )


def _appeal(state: Any) -> rx.Component:
    return card(
        _refused(state),
        rx.el.div(
            _deed(N_("Grant the appeal…"), "a", variant="primary", on_click=state.ask("grant")),
            _deed(N_("Turn it down…"), "r", on_click=state.ask("deny")),
            class_name="stack-sm",
        ),
        rx.el.p(
            t("Granted: it is reviewed again, by you. The applicant is told either way."),
            class_name="hint",
        ),
        title=N_("Decision about the appeal"),
    )


def _no_decision(state: Any) -> rx.Component:
    review = state.review
    return card(
        rx.fragment(
            rx.match(
                review.row.status,
                (
                    "approved",
                    rx.el.p(t("Approved. The shop is open."), class_name="text-[13px]"),
                ),
                ("rejected", _refused(state)),
                (
                    "changes_requested",
                    rx.el.p(
                        t("It waits for the applicant, who has been asked for changes."),
                        class_name="text-[13px]",
                    ),
                ),
                rx.el.p(
                    t("Your role reads applications and does not decide."), class_name="text-[13px]"
                ),
            )
        ),
        rx.cond(
            review.row.is_appeal,
            rx.el.p(
                t("An appeal is decided by somebody else than who rejected."), class_name="hint"
            ),
        ),
        title=N_("Decision"),
    )


def _refused(state: Any) -> rx.Component:
    review = state.review
    return rx.el.div(
        rx.el.p(reason_name(review.reason), class_name="font-medium"),
        rx.cond(review.note != "", rx.el.p(review.note, class_name="whitespace-pre-line")),
        rx.cond(
            review.again_from != "",
            rx.el.p(
                t("May apply again from"), " ", moment(review.again_from, "day"), class_name="meta"
            ),
        ),
        class_name="stack-sm text-[13px]",
    )


def _odd(state: Any) -> rx.Component:
    risks = state.review.risks
    return card(
        rx.cond(
            risks.length() > 0,
            rx.el.ul(rx.foreach(risks, _risk), class_name="stack-sm"),
            rx.el.p(
                icon("circle-check", 15, class_name="text-[var(--good)]"),
                t("Nothing odd was found."),
                class_name="flex items-center gap-2 text-[13px]",
            ),
        ),
        title=N_("Hints"),
        subtitle=N_("not decisions"),
    )


def _risk(risk: rx.vars.ObjectVar[RiskRow]) -> rx.Component:
    return rx.el.li(
        icon("flag", 14, class_name="mt-[3px] text-[var(--warn)]"),
        rx.el.span(
            rx.el.span(risk_name(risk.code), class_name="font-medium block"),
            rx.foreach(risk.others, _match),
        ),
        class_name="flex gap-2 text-[13px]",
        key=risk.code,
    )


def _match(other: rx.vars.ObjectVar[RiskMatch]) -> rx.Component:
    return rx.cond(
        other.kind == "application",
        rx.el.a(other.name, href=PAGE + "/" + other.id.to(str), class_name="link block"),
        rx.el.span(t("{name} (open shop)", name=other.name), class_name="block"),
    )
