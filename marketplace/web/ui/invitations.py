"""Invitations of a team: the dialog that sends one, and the list of those still open."""

from typing import Any

import reflex as rx

from marketplace.kit.languages import N_
from marketplace.web.i18n import t
from marketplace.web.messages import MessageState
from marketplace.web.ui.button import button
from marketplace.web.ui.dialog import closes, dialog
from marketplace.web.ui.feedback import empty_state
from marketplace.web.ui.status import status
from marketplace.web.ui.values import moment
from marketplace.web.ui.wording import worded

FORM = "invite"


def invite_dialog(state: Any, title: str) -> rx.Component:
    """`state` has `is_open`, `roles` (each with id, name, purpose), `show(bool)` and `send`."""
    wrong = MessageState.errors["email"]
    return dialog(
        title,
        rx.el.form(
            rx.el.label(
                rx.el.span(t("E-mail"), class_name="label"),
                rx.el.input(
                    name="email",
                    type="email",
                    required=True,
                    max_length=254,
                    auto_complete="off",
                    aria_invalid=rx.cond(wrong, "true", "false"),
                    aria_describedby="invite-wrong",
                    class_name="input",
                ),
                rx.el.span(rx.cond(wrong, t(wrong), ""), id="invite-wrong", class_name="error"),
                class_name="field",
            ),
            rx.el.fieldset(
                rx.el.legend(t("Role"), class_name="label mb-2"),
                rx.foreach(state.roles, _role),
                class_name="stack border-0 p-0 m-0",
            ),
            id=FORM,
            on_submit=lambda form: state.send(form),  # noqa: PLW0108  Reflex refuses a model there
            class_name="stack",
        ),
        description=N_("They get a link by mail that works for seven days."),
        footer=(
            closes(button(N_("Cancel"))),
            button(N_("Send invitation"), variant="primary", type="submit", form=FORM),
        ),
        is_open=state.is_open,
        on_open_change=state.show,
    )


def _role(role: Any) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name="role_id", value=role.id, required=True),
        rx.el.span(
            rx.el.span(t(role.name), class_name="block font-medium"),
            rx.el.span(t(role.purpose), class_name="meta"),
        ),
        class_name="check",
        key=role.id,
    )


def invitation_list(state: Any, *, may_change: rx.Var[bool], invite: rx.Component) -> rx.Component:
    """`state` has `is_loaded`, `rows`, `again(id)` and `revoke(id)`."""
    return rx.cond(
        state.rows.length() > 0,
        rx.el.ul(
            rx.foreach(state.rows, lambda row: _line(state, row, may_change)), class_name="card"
        ),
        rx.cond(
            state.is_loaded,
            empty_state(
                "mail-plus",
                N_("No open invitations"),
                N_("Whom you invite is listed here until they accept."),
                invite,
            ),
        ),
    )


def _line(state: Any, row: Any, may_change: rx.Var[bool]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(row.email, class_name="font-medium break-words"),
            rx.el.div(
                rx.el.span(t(row.role)),
                rx.el.span(t("invited by {name}", name=row.invited_by)),
                moment(row.invited_at),
                class_name="meta flex flex-wrap gap-x-3",
            ),
            class_name="flex-1 min-w-[200px]",
        ),
        rx.cond(
            row.is_expired,
            status(N_("Expired"), "warn", icon="clock-alert"),
            rx.el.span(worded(N_("Waiting")), class_name="pill pill-info"),
        ),
        rx.cond(
            may_change,
            rx.el.div(
                button(N_("Send again"), is_small=True, on_click=state.again(row.id)),
                button(
                    N_("Revoke"), variant="danger", is_small=True, on_click=state.revoke(row.id)
                ),
                class_name="flex gap-2",
            ),
        ),
        class_name="list-row flex-wrap",
        key=row.id,
    )
