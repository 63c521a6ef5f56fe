"""Admin / Staff and roles / Staff: who works here, with which roles, and whether they can."""

from typing import Annotated, Literal

import reflex as rx
from pydantic import Field

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.accounts.queries import staff as queries
from marketplace.domain.accounts.queries.staff import RoleRow, StaffRow
from marketplace.domain.accounts.service import people, roles, second_factor
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.kit.text import Id
from marketplace.web.admin.staff import dialogs
from marketplace.web.admin.staff.frame import framed
from marketplace.web.admin.staff.invitations import invite_button, invite_dialog
from marketplace.web.guard.forms import Form
from marketplace.web.guard.policy import allows
from marketplace.web.i18n import t
from marketplace.web.messages import say
from marketplace.web.session import current_staff
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button, icon_button
from marketplace.web.ui.index_page import (
    BuiltIn,
    Bulk,
    Choice,
    Column,
    Empty,
    Index,
    Listing,
    Option,
    index_page,
)
from marketplace.web.ui.index_page.bulk import Ids, each, say_outcome
from marketplace.web.ui.menu import menu, menu_item, menu_separator
from marketplace.web.ui.person import person
from marketplace.web.ui.status import status
from marketplace.web.ui.values import moment

Kind = Literal["roles", "disable", "reset"]


class RolesOf(Form):
    roles: Annotated[list[Id], Field(max_length=50)]


class StaffState(rx.State):
    """Members of staff as the URL asks for them, and the dialog that is open."""

    rows: rx.Field[list[StaffRow]] = rx.field(default_factory=list)
    listing: rx.Field[Listing] = rx.field(default_factory=Listing)
    role_options: rx.Field[list[Option]] = rx.field(default_factory=list)
    roles: rx.Field[list[RoleRow]] = rx.field(default_factory=list)
    chosen: rx.Field[StaffRow | None] = rx.field(None)
    dialog: rx.Field[str] = rx.field("")

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.STAFF_READ)
    async def load(self):
        self.rows, self.listing = await STAFF.answer(
            self, queries.list_staff, await current_staff(self)
        )
        self.roles = await db.read(queries.list_roles, await current_staff(self))
        self.role_options = [Option(role.id, role.name) for role in self.roles]

    @rx.event
    @allows(Audience.STAFF, Permission.STAFF_READ)
    async def ask(self, kind: Kind, person_id: Id):
        self.chosen = await db.read(queries.staff_member, await current_staff(self), person_id)
        self.dialog = kind

    @rx.event
    @allows(Audience.STAFF, Permission.STAFF_READ)
    async def close(self, is_open: bool):
        self.dialog = ""

    @rx.event
    @allows(Audience.STAFF, Permission.STAFF_MANAGE, is_change=True)
    async def set_roles(self, person_id: Id, form_data: RolesOf):
        at = clock.now()
        await db.run(
            roles.set_staff_roles, await current_staff(self), person_id, form_data.roles, at=at
        )
        return [StaffState.close(False), StaffState.load, say(N_("Roles saved."))]

    @rx.event
    @allows(Audience.STAFF, Permission.STAFF_MANAGE, is_change=True)
    async def disable(self, person_id: Id):
        await db.run(people.disable, await current_staff(self), person_id, at=clock.now())
        return [StaffState.close(False), StaffState.load, say(N_("Account disabled."))]

    @rx.event
    @allows(Audience.STAFF, Permission.STAFF_MANAGE, is_change=True)
    async def enable(self, person_id: Id):
        await db.run(people.enable, await current_staff(self), person_id, at=clock.now())
        return [StaffState.load, say(N_("Account enabled."))]

    @rx.event
    @allows(Audience.STAFF, Permission.STAFF_MANAGE, is_change=True)
    async def disable_many(self, ids: Ids):
        done = await each(people.disable, await current_staff(self), ids, at=clock.now())
        return [StaffState.load, say_outcome(done)]

    @rx.event
    @allows(Audience.STAFF, Permission.STAFF_MANAGE, is_change=True)
    async def enable_many(self, ids: Ids):
        done = await each(people.enable, await current_staff(self), ids, at=clock.now())
        return [StaffState.load, say_outcome(done)]

    @rx.event
    @allows(Audience.STAFF, Permission.STAFF_MANAGE, is_change=True)
    async def ask_reset(self, person_id: Id):
        at = clock.now()
        await db.run(second_factor.request_reset, await current_staff(self), person_id, at=at)
        done = say(N_("Asked. A colleague must approve it."))
        return [StaffState.close(False), StaffState.load, done]

    @rx.event
    @allows(Audience.STAFF, Permission.STAFF_MANAGE, is_change=True)
    async def approve_reset(self, reset_id: Id):
        await db.run(
            second_factor.approve_reset, await current_staff(self), reset_id, at=clock.now()
        )
        return [StaffState.load, say(N_("Approved. It takes effect in 24 hours."))]

    @rx.event
    @allows(Audience.STAFF, Permission.STAFF_MANAGE, is_change=True)
    async def cancel_reset(self, reset_id: Id):
        await db.run(
            second_factor.cancel_reset, await current_staff(self), reset_id, at=clock.now()
        )
        return [StaffState.load, say(N_("The two-step reset is cancelled."))]


def _name(row: rx.vars.ObjectVar[StaffRow]) -> rx.Component:
    return rx.fragment(
        person(row.name),
        rx.cond(row.is_self, rx.el.span(t("You"), class_name="pill")),
    )


def _roles(row: rx.vars.ObjectVar[StaffRow]) -> rx.Component:
    return rx.el.span(
        rx.foreach(row.roles, lambda role: rx.el.span(t(role), class_name="pill")),
        class_name="inline-flex flex-wrap gap-1",
    )


def _two_step(row: rx.vars.ObjectVar[StaffRow]) -> rx.Component:
    return rx.cond(
        row.reset_id != "",
        rx.cond(
            row.reset_is_approved,
            status(N_("Reset approved"), "warn", icon="timer"),
            status(N_("Reset asked for"), "info", icon="hourglass"),
        ),
        rx.cond(
            row.has_second_factor,
            status(N_("On"), "good", icon="shield-check"),
            status(N_("Not set up"), "warn", icon="shield-alert"),
        ),
    )


def _state(row: rx.vars.ObjectVar[StaffRow]) -> rx.Component:
    return rx.cond(
        row.is_disabled,
        status(N_("Disabled"), "bad", icon="ban"),
        status(N_("Active"), "good", icon="circle-check"),
    )


def _last_seen(row: rx.vars.ObjectVar[StaffRow]) -> rx.Component:
    return rx.cond(row.last_seen_at != "", moment(row.last_seen_at), t("Never"))


STAFF = Index(
    page="/admin/staff",
    audience=Audience.STAFF,
    permission=Permission.STAFF_READ,
    title=N_("Staff"),
    columns=(
        Column("name", N_("Name"), _name, sort="name"),
        Column("email", N_("E-mail"), lambda row: row.email, sort="email"),
        Column("roles", N_("Roles"), _roles),
        Column("two_step", N_("Two-step sign-in"), _two_step),
        Column("seen", N_("Last seen"), _last_seen),
        Column("state", N_("State"), _state, on_phone="status"),
    ),
    sorts=("name", "email", "joined"),
    filters=(
        Choice("role", N_("Role"), StaffState.role_options),
        Choice(
            "state",
            N_("State"),
            {
                "active": N_("Active"),
                "disabled": N_("Disabled"),
                "no_second_factor": N_("Two-step sign-in not set up"),
            },
        ),
    ),
    built_in=(
        BuiltIn("disabled", N_("Disabled"), "state=disabled"),
        BuiltIn("unprotected", N_("Without two-step sign-in"), "state=no_second_factor"),
    ),
    searches=N_("Search name or e-mail"),
)


def page() -> rx.Component:
    return framed(
        "/admin/staff",
        index_page(
            STAFF,
            StaffState,
            StaffState.rows,
            name=lambda row: row.name,
            on_open=lambda row: StaffState.ask("roles", row.id),
            actions=_actions,
            bulk=(
                Bulk(
                    N_("Disable accounts"),
                    StaffState.disable_many,
                    Permission.STAFF_MANAGE,
                    confirm=N_("They are signed out at once and cannot come back. Accounts: {n}."),
                    is_danger=True,
                ),
                Bulk(N_("Enable accounts"), StaffState.enable_many, Permission.STAFF_MANAGE),
            ),
            empty=Empty(
                N_("Nobody works here yet"),
                N_("Invite colleagues and give each the roles they need, no more."),
            ),
            has_heading=False,
        ),
        dialogs.roles_dialog(StaffState),
        dialogs.disable_dialog(StaffState),
        dialogs.reset_dialog(StaffState),
        invite_dialog(),
        action=invite_button(),
    )


def _actions(row: rx.vars.ObjectVar[StaffRow]) -> list[rx.Component]:
    """Nobody changes their own account here; a colleague does."""
    can = ShellState.permissions.contains(Permission.STAFF_MANAGE.value) & ~row.is_self
    return [
        rx.cond(
            can,
            rx.fragment(
                button(N_("Edit roles"), is_small=True, on_click=StaffState.ask("roles", row.id)),
                menu(
                    icon_button("ellipsis", t("More for {name}", name=row.name)),
                    *_two_step_items(row),
                    menu_separator(),
                    _account_item(row),
                    align="end",
                ),
            ),
        )
    ]


def _two_step_items(row: rx.vars.ObjectVar[StaffRow]) -> list[rx.Component]:
    asks = menu_item(
        N_("Reset two-step sign-in…"),
        icon="shield-off",
        on_select=StaffState.ask("reset", row.id),
        disabled=~row.has_second_factor,
    )
    approves = menu_item(
        N_("Approve the two-step reset"),
        icon="shield-check",
        on_select=StaffState.approve_reset(row.reset_id),
    )
    cancels = menu_item(
        N_("Cancel the two-step reset"), icon="x", on_select=StaffState.cancel_reset(row.reset_id)
    )
    is_asked = row.reset_id != ""
    return [
        rx.cond(is_asked, rx.fragment(), asks),
        rx.cond(is_asked & ~row.reset_is_approved, approves),
        rx.cond(is_asked, cancels),
    ]


def _account_item(row: rx.vars.ObjectVar[StaffRow]) -> rx.Component:
    return rx.cond(
        row.is_disabled,
        menu_item(N_("Enable account"), icon="user-check", on_select=StaffState.enable(row.id)),
        menu_item(
            N_("Disable account…"),
            icon="ban",
            danger=True,
            on_select=StaffState.ask("disable", row.id),
        ),
    )
