"""Admin / Staff and roles / Roles: which role may do what; copies of roles can be edited."""

from typing import Annotated, Any, Literal

import reflex as rx
from pydantic import Field

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.accounts.queries import staff as queries
from marketplace.domain.accounts.queries.staff import RoleRow
from marketplace.domain.accounts.service import roles as service
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.kit.text import Id, Line, Name, Version
from marketplace.web.admin.staff.frame import framed
from marketplace.web.admin.staff.matrix import archive_dialog, editor, matrix
from marketplace.web.guard.forms import Form
from marketplace.web.guard.policy import allows
from marketplace.web.messages import clear_errors, say
from marketplace.web.session import current_staff

Kind = Literal["copy", "edit", "archive"]


class RoleForm(Form):
    name: Name
    purpose: Line
    # a form sends text, so not strict here
    permissions: Annotated[
        list[Annotated[Permission, Field(strict=False)]], Field(max_length=len(Permission))
    ]

    @property
    def fields(self) -> dict[str, Any]:
        return {**dict(self), "permissions": frozenset(self.permissions)}


class RolesState(rx.State):
    """All roles of the staff, and the one being copied, edited or archived."""

    is_loaded: rx.Field[bool] = rx.field(False)
    roles: rx.Field[list[RoleRow]] = rx.field(default_factory=list)
    chosen: rx.Field[RoleRow | None] = rx.field(None)
    dialog: rx.Field[str] = rx.field("")

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.STAFF_READ)
    async def load(self):
        self.roles = await db.read(queries.list_roles, await current_staff(self))
        self.is_loaded = True

    @rx.event
    @allows(Audience.STAFF, Permission.ROLES_MANAGE)
    async def ask(self, kind: Kind, role_id: Id):
        self.roles = await db.read(queries.list_roles, await current_staff(self))
        self.chosen = next((role for role in self.roles if role.id == role_id), None)
        self.dialog = kind if self.chosen else ""
        return clear_errors()

    @rx.event
    @allows(Audience.STAFF, Permission.STAFF_READ)
    async def close(self, is_open: bool):
        self.dialog = ""

    @rx.event
    @allows(Audience.STAFF, Permission.ROLES_MANAGE, is_change=True)
    async def create(self, form_data: RoleForm):
        form = form_data.fields
        await db.run(service.create_role, await current_staff(self), **form, at=clock.now())
        return [RolesState.close(False), RolesState.load, say(N_("Role created."))]

    @rx.event
    @allows(Audience.STAFF, Permission.ROLES_MANAGE, is_change=True)
    async def save(self, role_id: Id, version: Version, form_data: RoleForm):
        form = {**form_data.fields, "version": version, "at": clock.now()}
        await db.run(service.edit_role, await current_staff(self), role_id, **form)
        return [RolesState.close(False), RolesState.load, say(N_("Role saved."))]

    @rx.event
    @allows(Audience.STAFF, Permission.ROLES_MANAGE, is_change=True)
    async def archive(self, role_id: Id):
        await db.run(service.archive_role, await current_staff(self), role_id, at=clock.now())
        return [RolesState.close(False), RolesState.load, say(N_("Role archived."))]


def page() -> rx.Component:
    return framed(
        "/admin/staff/roles",
        matrix(RolesState),
        editor(RolesState),
        archive_dialog(RolesState),
    )
