"""What is said to the applicant with a decision, and the level a new shop starts at."""

from typing import Any

import reflex as rx

from marketplace.domain.sellers.rules.applications import REASONS
from marketplace.kit.languages import N_
from marketplace.web.admin.catalog.pieces import named
from marketplace.web.admin.sellers.application_reading import Said
from marketplace.web.i18n import t, tn
from marketplace.web.ui.button import button
from marketplace.web.ui.dialog import closes, dialog
from marketplace.web.ui.feedback import alert
from marketplace.web.ui.fields import field_error, select_field, textarea_field
from marketplace.web.ui.wording import Text

FIRST_OF_TWO = N_("It opens once a second person agrees: restricted categories need two.")
MESSAGE = N_("Message to the applicant")


def dialogs(state: Any) -> rx.Component:
    """Always there, so that none is lost while it closes."""
    review = state.review
    of = (review.row.id, review.row.version)
    return rx.fragment(
        _asked(
            state,
            "approve",
            N_("Approve the application"),
            _unjudged(review),
            _restricted(state),
            *(field_error(name) for name in ("shop_name", "shop_name_zh", "slug")),
            select_field(
                N_("Level of the shop"), "level", _levels(state), value=review.first_yes_level
            ),
            text=rx.cond(_is_first_of_two(state), t(FIRST_OF_TWO), t("The shop opens at once.")),
            verb=N_("Approve and go on"),
            on_submit=lambda data: state.approve(*of, data),
        ),
        _asked(
            state,
            "changes",
            N_("Request changes"),
            textarea_field(MESSAGE, "note", is_required=False, max_length=2000, rows="4"),
            text=N_("Only what you marked as not right opens for the applicant again."),
            verb=N_("Send back and go on"),
            on_submit=lambda data: state.request_changes(*of, data),
        ),
        _asked(
            state,
            "reject",
            N_("Reject the application"),
            select_field(N_("Reason"), "reason", tuple(REASONS.items())),
            textarea_field(MESSAGE, "note", is_required=False, max_length=2000, rows="4"),
            text=N_("They may appeal within 14 days, and apply again after 30."),
            verb=N_("Reject and go on"),
            on_submit=lambda data: state.reject(*of, data),
            is_danger=True,
        ),
        _answer(state, "grant", N_("Grant the appeal"), True),
        _answer(state, "deny", N_("Turn the appeal down"), False),
        rx.cond(state.chosen, _wrong(state)),
    )


def _asked(
    state: Any,
    kind: str,
    title: Text,
    *fields: rx.Component,
    verb: str,
    on_submit: Any,
    text: Text = "",
    is_danger: bool = False,
) -> rx.Component:
    form_id = f"{kind}-application"
    return dialog(
        title,
        rx.el.form(*fields, id=form_id, on_submit=on_submit, class_name="stack"),
        description=text,
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


def _is_first_of_two(state: Any) -> Any:
    return (state.restricted.length() > 0) & (state.review.row.first_yes == "")


def _restricted(state: Any) -> rx.Component:
    """Why one yes is not enough."""
    return rx.cond(
        _is_first_of_two(state),
        rx.el.p(
            t("Restricted:"),
            " ",
            rx.foreach(
                state.restricted,
                lambda one: rx.el.span(named(one), class_name="pill pill-warn mr-1"),
            ),
            class_name="text-[13px]",
        ),
    )


def _unjudged(review: Any) -> rx.Component:
    """How much of it nobody said yes or no to."""
    n = review.unjudged.to(int)
    return rx.cond(
        n > 0,
        alert(
            tn(
                "{n} item was not looked at: it counts as accepted.",
                "{n} items were not looked at: they count as accepted.",
                n,
            ),
            level="warn",
        ),
    )


def _levels(state: Any) -> rx.Component:
    return rx.fragment(
        rx.foreach(state.review.levels, lambda one: rx.el.option(named(one), value=one.code))
    )


def _answer(state: Any, kind: str, title: str, is_granted: bool) -> rx.Component:
    return _asked(
        state,
        kind,
        title,
        textarea_field(N_("Answer to the applicant"), "answer", max_length=2000, rows="4"),
        verb=title,
        on_submit=lambda data: state.decide_appeal(state.review.row.id, is_granted, data),
    )


def _wrong(state: Any) -> rx.Component:
    """What is not right about one requirement; one that is missing is asked for at once."""
    row = state.chosen.row
    note = textarea_field(
        MESSAGE,
        "note",
        hint=N_("What is wrong, and what you need instead."),
        is_required=False,
        max_length=2000,
        rows="3",
    )
    return rx.cond(
        row.submission_id != "",
        _asked(
            state,
            "wrong",
            named(row),
            note,
            rx.foreach(state.chosen.said, _comment),
            verb=N_("Mark as not right"),
            on_submit=lambda data: state.find_wrong(
                row.submission_id, state.review.row.version, data
            ),
        ),
        _asked(
            state,
            "wrong",
            named(row),
            note,
            text=N_("The application goes back to the applicant until it is handed in."),
            verb=N_("Send back and go on"),
            on_submit=lambda data: state.ask_for(state.review.row.id, row.id, data),
        ),
    )


def _comment(said: rx.vars.ObjectVar[Said]) -> rx.Component:
    return rx.el.label(
        rx.el.span(t(said.label), class_name="label"),
        rx.el.span(said.value, class_name="hint"),
        rx.el.input(type="hidden", name="fields", value=said.name, read_only=True),
        rx.el.input(name="comments", default_value=said.note, max_length=200, class_name="input"),
        class_name="field",
        key=said.name,
    )
