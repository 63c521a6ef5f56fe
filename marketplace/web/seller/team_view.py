"""How members of a team are shown, and the questions asked before one's role changes or ends."""

from typing import Any

import reflex as rx

from marketplace.domain.access.models import Permission
from marketplace.domain.sellers.queries import MemberRow, RoleChoice
from marketplace.kit.languages import N_
from marketplace.web.i18n import t
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button, icon_button
from marketplace.web.ui.dialog import closes, dialog
from marketplace.web.ui.menu import menu, menu_item
from marketplace.web.ui.person import person
from marketplace.web.ui.values import moment

Row = rx.vars.ObjectVar[MemberRow]
FORM = "member-role"


def name(row: Row) -> rx.Component:
    return rx.fragment(
        person(row.name), rx.cond(row.is_self, rx.el.span(t("You"), class_name="pill"))
    )


def role(row: Row) -> rx.Component:
    look = rx.cond(row.is_owner, "pill pill-accent", "pill")
    return rx.el.span(t(row.role), class_name=look)


def joined(row: Row) -> rx.Component:
    return moment(row.joined_at, "day")


def last_seen(row: Row) -> rx.Component:
    return rx.cond(row.last_seen_at != "", moment(row.last_seen_at), t("Never"))


def actions(state: Any, row: Row) -> list[rx.Component]:
    """Nobody changes their own role; a colleague does."""
    can = ShellState.permissions.contains(Permission.SHOP_MEMBERS.value) & ~row.is_self
    return [
        rx.cond(
            can,
            rx.fragment(
                button(N_("Change role"), is_small=True, on_click=state.ask("role", row.id)),
                menu(
                    icon_button("ellipsis", t("More for {name}", name=row.name)),
                    menu_item(
                        N_("Remove from the team…"),
                        icon="user-minus",
                        danger=True,
                        on_select=state.ask("remove", row.id),
                    ),
                    align="end",
                ),
            ),
        )
    ]


def role_dialog(state: Any) -> rx.Component:
    return dialog(
        t("Role of {name}", name=state.chosen.name),
        rx.el.form(
            rx.el.fieldset(
                rx.el.legend(t("Role"), class_name="visually-hidden"),
                rx.foreach(state.roles, lambda choice: _choice(state, choice)),
                class_name="stack border-0 p-0 m-0",
            ),
            id=FORM,
            on_submit=lambda form: state.set_role(state.chosen.id, state.chosen.version, form),
        ),
        footer=(
            closes(button(N_("Cancel"))),
            button(N_("Save role"), variant="primary", type="submit", form=FORM),
        ),
        is_open=state.dialog == "role",
        on_open_change=state.close,
    )


def _choice(state: Any, choice: rx.vars.ObjectVar[RoleChoice]) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="radio",
            name="role_id",
            value=choice.id,
            required=True,
            default_checked=state.chosen.role_id == choice.id,
        ),
        rx.el.span(
            rx.el.span(t(choice.name), class_name="block font-medium"),
            rx.el.span(t(choice.purpose), class_name="meta"),
        ),
        class_name="check",
        key=choice.id,
    )


def remove_dialog(state: Any) -> rx.Component:
    return dialog(
        t("Remove {name} from the team?", name=state.chosen.name),
        description=N_(
            "They can no longer open the shop, from now on and on pages already open. Their "
            "account and what they did stay."
        ),
        footer=(
            closes(button(N_("Cancel"))),
            button(
                N_("Remove from the team"),
                variant="danger-primary",
                on_click=state.remove(state.chosen.id),
            ),
        ),
        is_open=state.dialog == "remove",
        on_open_change=state.close,
    )
