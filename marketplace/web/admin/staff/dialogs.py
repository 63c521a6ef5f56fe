"""The questions asked before somebody's rights or account change."""

from typing import Any

import reflex as rx

from marketplace.domain.access.models import Permission
from marketplace.domain.accounts.queries.staff import RoleRow
from marketplace.kit.languages import N_
from marketplace.web.i18n import t
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button
from marketplace.web.ui.dialog import closes, dialog

FORM = "staff-roles"


def roles_dialog(state: Any) -> rx.Component:
    """Which roles somebody has; for those who may, a form. Nobody changes their own."""
    can = ShellState.permissions.contains(Permission.STAFF_MANAGE.value) & ~state.chosen.is_self
    return dialog(
        t("Roles of {name}", name=state.chosen.name),
        rx.el.form(
            rx.cond(
                state.chosen.is_self,
                rx.el.p(
                    t("You cannot change your own rights. Ask a colleague."), class_name="alert"
                ),
            ),
            rx.el.fieldset(
                rx.el.legend(t("Roles"), class_name="visually-hidden"),
                rx.foreach(state.roles, lambda role: _role_tick(state, role)),
                class_name="stack border-0 p-0 m-0",
                disabled=~can,
            ),
            id=FORM,
            on_submit=lambda form: state.set_roles(state.chosen.id, form),
        ),
        description=t(
            "Without any role {name} no longer belongs to the staff. A change signs them out.",
            name=state.chosen.name,
        ),
        footer=(
            closes(button(N_("Cancel"))),
            rx.cond(can, button(N_("Save roles"), variant="primary", type="submit", form=FORM)),
        ),
        is_open=state.dialog == "roles",
        on_open_change=state.close,
    )


def _role_tick(state: Any, role: rx.vars.ObjectVar[RoleRow]) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            name="roles",
            value=role.id,
            default_checked=state.chosen.role_ids.contains(role.id),
        ),
        rx.el.span(
            rx.el.span(t(role.name), class_name="block font-medium"),
            rx.el.span(t(role.purpose), class_name="meta"),
        ),
        class_name="check",
        key=role.id,
    )


def disable_dialog(state: Any) -> rx.Component:
    return dialog(
        t("Disable the account of {name}?", name=state.chosen.name),
        description=t(
            "They are signed out everywhere at once and cannot sign in until somebody enables the "
            "account again. What they did stays in the audit log."
        ),
        footer=(
            closes(button(N_("Cancel"))),
            button(
                N_("Disable account"),
                variant="danger-primary",
                on_click=state.disable(state.chosen.id),
            ),
        ),
        is_open=state.dialog == "disable",
        on_open_change=state.close,
    )


def reset_dialog(state: Any) -> rx.Component:
    return dialog(
        t("Reset two-step sign-in of {name}?", name=state.chosen.name),
        description=t(
            "For a lost phone. A second colleague must approve, then it takes 24 hours, and "
            "{name} is told by mail and can stop it.",
            name=state.chosen.name,
        ),
        footer=(
            closes(button(N_("Cancel"))),
            button(
                N_("Ask for the reset"),
                variant="primary",
                on_click=state.ask_reset(state.chosen.id),
            ),
        ),
        is_open=state.dialog == "reset",
        on_open_change=state.close,
    )
