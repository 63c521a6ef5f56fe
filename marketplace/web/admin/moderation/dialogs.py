"""What is said to the seller with a decision: the rule, a message, a word about single fields."""

from typing import Any

import reflex as rx

from marketplace.flows.review_rows import TextRow
from marketplace.kit.languages import N_
from marketplace.web.i18n import locale, t, tn
from marketplace.web.ui.button import button
from marketplace.web.ui.dialog import closes, dialog
from marketplace.web.ui.fields import field_error, textarea_field

DOWN, ANSWER = "down-form", "answer-form"


def dialogs(state: Any) -> rx.Component:
    return rx.fragment(
        _refusal(
            state,
            "reject",
            N_("Reject"),
            N_("What is on sale stays; this change does not reach buyers. The seller may appeal."),
            N_("Reject and go on"),
            on_submit=lambda data: state.reject(state.review.id, state.review.version, data),
        ),
        _refusal(
            state,
            "changes",
            N_("Request changes"),
            N_("Say what shall be different; the seller edits and sends it again."),
            N_("Send back and go on"),
            on_submit=lambda data: state.request_changes(
                state.review.id, state.review.version, data
            ),
        ),
        _take_down(state),
        _answer(state, "grant", N_("Take the decision back"), True),
        _answer(state, "uphold", N_("Let the decision stand"), False),
    )


def _refusal(
    state: Any, kind: str, title: str, text: str, verb: str, *, on_submit: Any
) -> rx.Component:
    form_id = f"{kind}-form"
    return dialog(
        title,
        rx.el.form(
            _codes(state, is_required=kind == "reject"),
            textarea_field(
                N_("Message to the seller"),
                "note",
                hint=N_("The rule's own advice is added, in the seller's language."),
                is_required=False,
                max_length=4000,
                rows="3",
            ),
            rx.cond(state.review, _comments(state)),
            id=form_id,
            on_submit=on_submit,
            class_name="stack",
        ),
        description=text,
        footer=(
            closes(button(N_("Cancel"))),
            button(
                verb,
                variant="danger-primary" if kind == "reject" else "primary",
                type="submit",
                form=form_id,
            ),
        ),
        is_open=state.dialog == kind,
        on_open_change=state.close,
        is_wide=True,
    )


def _codes(state: Any, *, is_required: bool) -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(
            t("Rule"),
            *([] if is_required else [rx.el.span(t("optional"), class_name="hint ml-2")]),
            class_name="label mb-2",
        ),
        rx.el.div(
            rx.foreach(state.codes, lambda code: _code(code, is_required)),
            class_name="grid gap-2 sm:grid-cols-2 max-h-[240px] overflow-y-auto",
        ),
        field_error("reason"),
        class_name="border-0 p-0 m-0",
    )


def _code(code: Any, is_required: bool) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name="reason", value=code.code, required=is_required),
        rx.el.span(
            rx.el.span(
                rx.cond(locale() == "zh-CN", code.name_zh, code.name),
                class_name="block font-medium",
            ),
            rx.el.span(
                rx.cond(
                    code.points > 0,
                    tn("{n} point if live", "{n} points if live", code.points),
                    t("No points"),
                ),
                class_name="meta",
            ),
        ),
        title=rx.cond(locale() == "zh-CN", code.advice_zh, code.advice),
        class_name="check",
        key=code.code,
    )


def _comments(state: Any) -> rx.Component:
    return rx.cond(
        state.review.texts.length() > 0,
        rx.el.details(
            rx.el.summary(t("Comment on single fields"), class_name="link text-[13px]"),
            rx.el.div(rx.foreach(state.review.texts, _comment), class_name="grid gap-2 mt-2"),
        ),
    )


def _comment(row: rx.vars.ObjectVar[TextRow]) -> rx.Component:
    return rx.el.label(
        rx.el.span(t(row.label), class_name="meta"),
        rx.el.input(type="hidden", name="fields", value=row.field, read_only=True),
        rx.el.input(name="comments", max_length=200, class_name="input"),
        class_name="field",
        key=row.field,
    )


def _take_down(state: Any) -> rx.Component:
    listing = rx.cond(state.review, state.review.listing_id, state.key).to(str)
    return dialog(
        N_("Take the listing down"),
        rx.el.form(
            _codes(state, is_required=True),
            textarea_field(
                N_("Message to the seller"), "note", is_required=False, max_length=1000, rows="3"
            ),
            id=DOWN,
            on_submit=lambda data: state.take_down(listing, data),
            class_name="stack",
        ),
        description=t(
            "Buyers no longer see it, the seller gets the rule's points and may appeal. Open "
            "orders go on."
        ),
        footer=(
            closes(button(N_("Cancel"))),
            button(N_("Take down"), variant="danger-primary", type="submit", form=DOWN),
        ),
        is_open=state.dialog == "take_down",
        on_open_change=state.close,
        is_wide=True,
    )


def _answer(state: Any, kind: str, title: str, is_granted: bool) -> rx.Component:
    form_id = f"{ANSWER}-{kind}"
    return dialog(
        title,
        rx.el.form(
            textarea_field(N_("Answer to the seller"), "answer", max_length=4000, rows="4"),
            id=form_id,
            on_submit=lambda data: state.decide_appeal(
                state.appeal.id, state.appeal.version, is_granted, data
            ),
            class_name="stack",
        ),
        footer=(
            closes(button(N_("Cancel"))),
            button(title, variant="primary", type="submit", form=form_id),
        ),
        is_open=state.dialog == kind,
        on_open_change=state.close,
    )
