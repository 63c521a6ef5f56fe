"""Admin / Staff and roles / Invitations: whom we asked to join, until they do."""

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.accounts.queries import staff as queries
from marketplace.domain.accounts.queries.staff import InvitationRow, RoleRow
from marketplace.domain.accounts.service import invitations
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.kit.text import Email, Id
from marketplace.web.admin.staff.frame import framed
from marketplace.web.guard.forms import Form
from marketplace.web.guard.policy import allows
from marketplace.web.messages import clear_errors, say
from marketplace.web.session import current_staff
from marketplace.web.shell import ShellState
from marketplace.web.ui import invitations as ui
from marketplace.web.ui.button import button


class Invite(Form):
    email: Email
    role_id: Id


class StaffInvitationsState(rx.State):
    """Open invitations to the staff, and the dialog that sends one."""

    is_loaded: rx.Field[bool] = rx.field(False)
    rows: rx.Field[list[InvitationRow]] = rx.field(default_factory=list)
    is_open: rx.Field[bool] = rx.field(False)
    roles: rx.Field[list[RoleRow]] = rx.field(default_factory=list)

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.STAFF_READ)
    async def load(self):
        at = clock.now()
        self.rows = await db.read(queries.list_staff_invitations, await current_staff(self), at=at)
        self.is_loaded = True

    @rx.event
    @allows(Audience.STAFF, Permission.STAFF_MANAGE)
    async def show(self, is_open: bool):
        self.roles = await db.read(queries.list_roles, await current_staff(self))
        self.is_open = is_open
        return clear_errors()

    @rx.event
    @allows(Audience.STAFF, Permission.STAFF_MANAGE, is_change=True)
    async def send(self, form_data: Invite):
        form = {"email": form_data.email, "role_id": form_data.role_id}
        await db.run(invitations.invite_staff, await current_staff(self), **form, at=clock.now())
        self.is_open = False
        return [
            StaffInvitationsState.load,
            say(N_("Invitation sent to {email}."), email=form["email"]),
        ]

    @rx.event
    @allows(Audience.STAFF, Permission.STAFF_MANAGE, is_change=True)
    async def again(self, invitation_id: Id):
        at = clock.now()
        await db.run(
            invitations.invite_staff_again, await current_staff(self), invitation_id, at=at
        )
        return [
            StaffInvitationsState.load,
            say(N_("Sent again. The earlier link no longer works.")),
        ]

    @rx.event
    @allows(Audience.STAFF, Permission.STAFF_MANAGE, is_change=True)
    async def revoke(self, invitation_id: Id):
        at = clock.now()
        await db.run(
            invitations.revoke_staff_invitation, await current_staff(self), invitation_id, at=at
        )
        return [StaffInvitationsState.load, say(N_("Invitation revoked."))]


def page() -> rx.Component:
    return framed(
        "/admin/staff/invitations",
        ui.invitation_list(
            StaffInvitationsState,
            may_change=ShellState.permissions.contains(Permission.STAFF_MANAGE.value),
            invite=invite_button(),
        ),
        invite_dialog(),
        action=invite_button(),
    )


def invite_button() -> rx.Component:
    return rx.cond(
        ShellState.permissions.contains(Permission.STAFF_MANAGE.value),
        button(
            N_("Invite"),
            variant="primary",
            icon="user-plus",
            on_click=StaffInvitationsState.show(True),
        ),
    )


def invite_dialog() -> rx.Component:
    return ui.invite_dialog(StaffInvitationsState, N_("Invite to the staff"))
