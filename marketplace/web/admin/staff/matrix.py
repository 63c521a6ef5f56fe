"""Roles and what each permits, as one table; and the form that copies or edits a role."""

from typing import Any

import reflex as rx

from marketplace.domain.access.models import LABELS, Permission
from marketplace.domain.accounts.queries.staff import RoleRow
from marketplace.kit.languages import N_
from marketplace.web.i18n import t, tn
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button, icon_button
from marketplace.web.ui.dialog import closes, dialog
from marketplace.web.ui.feedback import skeleton_rows
from marketplace.web.ui.fields import field_error, text_field
from marketplace.web.ui.icon import icon
from marketplace.web.ui.menu import menu, menu_item

P = Permission
FORM = "role"
GROUPS: tuple[tuple[str, tuple[Permission, ...]], ...] = (
    (N_("Sellers"), (P.SELLERS_READ, P.SELLERS_REVIEW, P.SELLERS_MANAGE, P.SELLERS_VIEW_AS)),
    (N_("Catalog"), (P.CATALOG_READ, P.CATALOG_MANAGE, P.MODERATION_DECIDE)),
    (N_("Orders"), (P.ORDERS_READ, P.ORDERS_MANAGE, P.REFUNDS_DECIDE)),
    (N_("Marketing"), (P.MARKETING_MANAGE,)),
    (
        N_("Money"),
        (
            P.COMMISSION_PROPOSE,
            P.COMMISSION_PUBLISH,
            P.SETTLEMENT_MAKE,
            P.SETTLEMENT_CHECK,
            P.BOOKS_READ,
        ),
    ),
    (N_("Insights"), (P.INSIGHTS_READ,)),
    (N_("Content"), (P.CONTENT_MANAGE,)),
    (N_("Service"), (P.SUPPORT_ANSWER,)),
    (N_("Strategy"), (P.STRATEGY_MANAGE,)),
    (
        N_("System"),
        (
            P.BACK_OFFICE,
            P.STAFF_READ,
            P.STAFF_MANAGE,
            P.ROLES_MANAGE,
            P.AUDIT_READ,
            P.AUDIT_EXPORT,
            P.JOBS_READ,
            P.JOBS_MANAGE,
            P.MAIL_READ,
            P.MAIL_MANAGE,
            P.SETTINGS_MANAGE,
            P.PII_READ,
        ),
    ),
)


def matrix(state: Any) -> rx.Component:
    """Permissions down, roles across; built-in roles are locked, copies have a menu."""
    return rx.cond(
        state.is_loaded,
        rx.el.div(
            rx.el.div(
                rx.el.table(
                    rx.el.caption(t("What each role may do"), class_name="visually-hidden"),
                    rx.el.thead(
                        rx.el.tr(
                            rx.el.th(t("Permission"), scope="col", class_name="roles-first"),
                            rx.foreach(state.roles, lambda role: _head(state, role)),
                        )
                    ),
                    *[_group(state, label, permissions) for label, permissions in GROUPS],
                    class_name="table roles-table",
                ),
                class_name="table-wrap relative",  # what is hidden visually must scroll with it
                tab_index=0,
                role="region",
                aria_label=t("What each role may do"),
            ),
            class_name="card overflow-hidden",
        ),
        skeleton_rows(),
    )


def _head(state: Any, role: rx.vars.ObjectVar[RoleRow]) -> rx.Component:
    may = ShellState.permissions.contains(P.ROLES_MANAGE.value)
    return rx.el.th(
        rx.el.div(
            rx.el.div(
                rx.el.span(t(role.name), title=t(role.purpose), class_name="font-semibold"),
                rx.cond(
                    may,
                    menu(
                        icon_button("ellipsis", t("More for {name}", name=t(role.name)), size=16),
                        *_role_items(state, role),
                        align="end",
                    ),
                ),
                class_name="flex items-start justify-between gap-1",
            ),
            rx.el.span(
                rx.cond(
                    role.is_preset,
                    rx.el.span(
                        icon("lock", 11),
                        rx.el.span(t("Built-in"), class_name="visually-hidden"),
                        title=t("Built-in"),
                    ),
                ),
                tn("{n} person", "{n} people", role.people),
                class_name="meta inline-flex items-center gap-1",
            ),
        ),
        scope="col",
        key=role.id,
    )


def _role_items(state: Any, role: rx.vars.ObjectVar[RoleRow]) -> list[rx.Component]:
    return [
        menu_item(N_("Copy role…"), icon="copy", on_select=state.ask("copy", role.id)),
        rx.cond(
            role.is_preset,
            rx.fragment(),
            rx.fragment(
                menu_item(N_("Edit role…"), icon="pencil", on_select=state.ask("edit", role.id)),
                menu_item(
                    N_("Archive role…"),
                    icon="archive",
                    danger=True,
                    on_select=state.ask("archive", role.id),
                ),
            ),
        ),
    ]


def _group(state: Any, label: str, permissions: tuple[Permission, ...]) -> rx.Component:
    return rx.el.tbody(
        rx.el.tr(
            rx.el.th(t(label), scope="rowgroup", col_span=50, class_name="roles-group"),
        ),
        *[_line(state, permission) for permission in permissions],
    )


def _line(state: Any, permission: Permission) -> rx.Component:
    return rx.el.tr(
        rx.el.th(t(LABELS[permission]), scope="row", class_name="roles-first"),
        rx.foreach(state.roles, lambda role: _cell(role, permission)),
    )


def _cell(role: rx.vars.ObjectVar[RoleRow], permission: Permission) -> rx.Component:
    return rx.el.td(
        rx.cond(
            role.permissions.contains(permission.value),
            rx.fragment(
                icon("check", 16, class_name="text-[var(--good)] inline"),
                rx.el.span(t("yes"), class_name="visually-hidden"),
            ),
            rx.fragment(
                rx.el.span("–", aria_hidden="true", class_name="text-[var(--line-strong)]"),
                rx.el.span(t("no"), class_name="visually-hidden"),
            ),
        ),
        key=role.id,
    )


def editor(state: Any) -> rx.Component:
    """A copy starts with the chosen role's permissions; an edit fails if somebody was faster."""
    chosen, is_copy = state.chosen, state.dialog == "copy"
    return dialog(
        rx.cond(is_copy, t("Copy of {name}", name=t(chosen.name)), t("Edit role")),
        rx.cond(
            is_copy,
            _form(state, "", "", lambda form: state.create(form)),  # noqa: PLW0108  as below
            _form(
                state,
                chosen.name,
                chosen.purpose,
                lambda form: state.save(chosen.id, chosen.version, form),
            ),
        ),
        description=N_("You can give only permissions you have yourself."),
        footer=(
            closes(button(N_("Cancel"))),
            button(N_("Save role"), variant="primary", type="submit", form=FORM),
        ),
        is_open=is_copy | (state.dialog == "edit"),
        on_open_change=state.close,
        kind="right",
    )


def _form(state: Any, name: Any, purpose: Any, on_submit: Any) -> rx.Component:
    """`on_submit` is a lambda: Reflex refuses a handler that takes a model of the form."""
    return rx.el.form(
        text_field(N_("Role name"), "name", value=name, max_length=80, auto_complete="off"),
        text_field(
            N_("Purpose"),
            "purpose",
            value=purpose,
            is_required=False,
            max_length=200,
            auto_complete="off",
            hint=N_("One sentence colleagues read when they hand out roles."),
        ),
        field_error("permissions"),
        *[_ticks(state, label, permissions) for label, permissions in GROUPS],
        id=FORM,
        on_submit=on_submit,
        class_name="stack",
    )


def _ticks(state: Any, label: str, permissions: tuple[Permission, ...]) -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(t(label), class_name="h3 mb-2"),
        *[
            rx.el.label(
                rx.el.input(
                    type="checkbox",
                    name="permissions",
                    value=permission.value,
                    default_checked=state.chosen.permissions.contains(permission.value),
                ),
                t(LABELS[permission]),
                class_name="check",
            )
            for permission in permissions
        ],
        class_name="stack-sm border-0 p-0 m-0",
    )


def archive_dialog(state: Any) -> rx.Component:
    return dialog(
        t("Archive the role {name}?", name=state.chosen.name),
        description=N_("Nobody can be given it any more. Roles somebody still has stay."),
        footer=(
            closes(button(N_("Cancel"))),
            button(
                N_("Archive role"),
                variant="danger-primary",
                on_click=state.archive(state.chosen.id),
            ),
        ),
        is_open=state.dialog == "archive",
        on_open_change=state.close,
    )
