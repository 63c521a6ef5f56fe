"""The questions asked before something is taken from a seller: each says what follows."""

from typing import Any

import reflex as rx

from marketplace.domain.sellers.rules.standing import (
    APPEAL_DAYS,
    BY_HAND,
    SUSPENSION_REASONS,
    SWITCH_REASONS,
)
from marketplace.domain.sellers.rules.viewing import LASTS, LONGEST
from marketplace.kit.languages import N_
from marketplace.web.admin.sellers.words import SWITCHES, named
from marketplace.web.i18n import t
from marketplace.web.ui.button import button
from marketplace.web.ui.dialog import closes, dialog
from marketplace.web.ui.fields import field_error, select_field, text_field, textarea_field
from marketplace.web.ui.wording import Text

MINUTES = int(LASTS.total_seconds()) // 60


def all_of(state: Any) -> rx.Component:
    seller = state.detail.row
    return rx.fragment(
        _restrict(state),
        _suspend(state),
        _ask(
            state,
            "reinstate",
            t("Open {name} again?", name=named(seller)),
            t("Buyers find the shop again and can buy. Other restrictions stay."),
            N_("Open again"),
            lambda data: state.reinstate(seller.id, data),
            _note(),
        ),
        _ask(
            state,
            "grant",
            N_("Grant the appeal?"),
            t("The suspension ends at once and the seller reads your answer."),
            N_("Grant"),
            lambda data: state.decide_appeal(seller.id, True, data),
            _answer(),
        ),
        _ask(
            state,
            "refuse",
            N_("Turn the appeal down?"),
            t("The suspension stays, and the seller cannot appeal again."),
            N_("Turn down"),
            lambda data: state.decide_appeal(seller.id, False, data),
            _answer(),
            is_danger=True,
        ),
        _ask(
            state,
            "close",
            t("Close {name}?", name=named(seller)),
            t(
                "New orders stop at once. The shop closes once its last order, return and "
                "payout is done. Until then this can be taken back."
            ),
            N_("Begin closing"),
            lambda data: state.begin_closing(seller.id, data),
            _note(),
            is_danger=True,
        ),
        _ask(
            state,
            "terminate",
            t("Terminate {name}?", name=named(seller)),
            t("Nobody can open this shop again, and its members lose the portal."),
            N_("Terminate"),
            lambda data: state.terminate(seller.id, data),
            _note(),
            _typed(seller),
            is_danger=True,
        ),
        _level(state),
        _view(state),
        _ask(
            state,
            "reject",
            N_("Refuse the document?"),
            t("The seller is told why and asked for another. What the old one costs stays off."),
            N_("Refuse"),
            lambda data: state.refuse(state.paper, data),
            _note(),
            is_danger=True,
        ),
    )


def _ask(
    state: Any,
    kind: str,
    title: Text,
    consequence: Text,
    verb: str,
    on_submit: Any,
    *fields: rx.Component,
    is_danger: bool = False,
) -> rx.Component:
    form_id = f"seller-{kind}"
    return dialog(
        title,
        rx.el.form(*fields, id=form_id, on_submit=on_submit, class_name="stack"),
        description=consequence,
        footer=(
            closes(button(N_("Cancel"))),
            button(
                verb,
                variant="danger-primary" if is_danger else "primary",
                type="submit",
                form=form_id,
            ),
        ),
        is_open=state.dialog == kind,
        on_open_change=state.close,
    )


def _restrict(state: Any) -> rx.Component:
    seller = state.detail.row
    ticks = [
        rx.el.label(
            rx.el.input(type="checkbox", name="switches", value=key),
            rx.el.span(t(label)),
            class_name="check",
        )
        for key, label in SWITCHES.items()
    ]
    return _ask(
        state,
        "restrict",
        t("Restrict {name}", name=named(seller)),
        t("What you tick is switched off at once, and the seller is told why."),
        N_("Switch off"),
        lambda data: state.restrict(seller.id, data),
        rx.el.fieldset(
            rx.el.legend(t("Switch off"), class_name="label"),
            *ticks,
            field_error("switches"),
            class_name="stack border-0 p-0 m-0",
        ),
        select_field(
            N_("Reason"), "reason", tuple((code, SWITCH_REASONS[code]) for code in BY_HAND)
        ),
        textarea_field(
            N_("Message to the seller"), "note", is_required=False, max_length=1000, rows="3"
        ),
        text_field(
            N_("Until"),
            "until",
            kind="date",
            is_required=False,
            hint=N_("Empty: until somebody switches it on again."),
        ),
        is_danger=True,
    )


def _suspend(state: Any) -> rx.Component:
    seller = state.detail.row
    consequences = (
        t("Its listings are hidden, and nothing of it can be bought."),
        t("Open orders keep shipping; the portal can only be read."),
        t("Payouts are held."),
        t("The seller may appeal for {n} days; somebody else than you decides.", n=APPEAL_DAYS),
    )
    return _ask(
        state,
        "suspend",
        t("Suspend {name}?", name=named(seller)),
        t("This stops the whole shop at once."),
        N_("Suspend"),
        lambda data: state.suspend(seller.id, data),
        rx.el.ul(*[rx.el.li(line) for line in consequences], class_name="list-disc pl-5"),
        select_field(N_("Reason"), "reason", tuple(SUSPENSION_REASONS.items())),
        _note(),
        _typed(seller),
        is_danger=True,
    )


def _level(state: Any) -> rx.Component:
    detail = state.detail
    return _ask(
        state,
        "level",
        t("Level of {name}", name=named(detail.row)),
        t("The level decides which changes go live without review."),
        N_("Save level"),
        lambda data: state.set_level(detail.row.id, data),
        select_field(
            N_("Level"),
            "level",
            rx.fragment(
                rx.foreach(detail.levels, lambda one: rx.el.option(named(one), value=one.code))
            ),
            value=detail.row.level,
        ),
    )


def _view(state: Any) -> rx.Component:
    seller = state.detail.row
    consequences = (
        t("You see the portal as its members do, for {n} minutes at most.", n=MINUTES),
        t("Nothing can be changed meanwhile: neither in the shop nor in the back office."),
        t("The shop sees in its activity that you looked."),
    )
    return _ask(
        state,
        "view",
        t("View {name} as its members see it?", name=named(seller)),
        t("This is for questions that only their own pages answer."),
        N_("Begin viewing"),
        lambda data: state.view_as(seller.id, data),
        rx.el.ul(*[rx.el.li(line) for line in consequences], class_name="list-disc pl-5"),
        textarea_field(
            N_("Reason"),
            "reason",
            hint=N_("Such as the ticket it is about. It stays in the audit log."),
            max_length=LONGEST,
            rows="2",
        ),
    )


def _note() -> rx.Component:
    return textarea_field(N_("Message to the seller"), "note", max_length=1000, rows="3")


def _answer() -> rx.Component:
    return textarea_field(N_("Answer to the seller"), "answer", max_length=4000, rows="4")


def _typed(seller: Any) -> rx.Component:
    return text_field(t("Type {name} to confirm", name=named(seller)), "typed", auto_complete="off")
