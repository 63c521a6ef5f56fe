"""Seller / Team: who works for the shop, in which role, and who is invited."""

from typing import Literal

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.accounts.queries.staff import InvitationRow
from marketplace.domain.accounts.service import invitations
from marketplace.domain.sellers import queries, service
from marketplace.domain.sellers.queries import MemberRow, RoleChoice
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.kit.text import Email, Id, Version
from marketplace.web.guard.forms import Form
from marketplace.web.guard.policy import allows
from marketplace.web.i18n import t
from marketplace.web.messages import clear_errors, say
from marketplace.web.seller import team_view as view
from marketplace.web.session import current_member
from marketplace.web.shell import ShellState
from marketplace.web.ui import invitations as ui
from marketplace.web.ui.button import button
from marketplace.web.ui.index_page import (
    Choice,
    Column,
    Empty,
    Index,
    Listing,
    Option,
    index_page,
)
from marketplace.web.ui.layout import page_header

Kind = Literal["role", "remove"]


class NewRole(Form):
    role_id: Id


class Invite(Form):
    email: Email
    role_id: Id


class TeamState(rx.State):
    """Members of the shop as the URL asks for them, and the dialog that is open."""

    rows: rx.Field[list[MemberRow]] = rx.field(default_factory=list)
    listing: rx.Field[Listing] = rx.field(default_factory=Listing)
    roles: rx.Field[list[RoleChoice]] = rx.field(default_factory=list)
    role_options: rx.Field[list[Option]] = rx.field(default_factory=list)
    chosen: rx.Field[MemberRow | None] = rx.field(None)
    dialog: rx.Field[str] = rx.field("")

    @rx.event(supersedes=True)
    @allows(Audience.SELLER, Permission.SHOP_READ)
    async def load(self):
        self.rows, self.listing = await TEAM.answer(
            self, queries.list_members, await current_member(self)
        )
        self.roles = await db.read(queries.role_choices, await current_member(self))
        self.role_options = [Option(role.id, role.name) for role in self.roles]
        may_invite = (await current_member(self)).can(Permission.SHOP_MEMBERS)
        return TeamInvitationsState.load if may_invite else None

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_MEMBERS)
    async def ask(self, kind: Kind, person_id: Id):
        self.chosen = await db.read(queries.colleague, await current_member(self), person_id)
        self.dialog = kind

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_READ)
    async def close(self, is_open: bool):
        self.dialog = ""

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_MEMBERS, is_change=True)
    async def set_role(self, person_id: Id, version: Version, form_data: NewRole):
        await db.run(
            service.change_member_role, await current_member(self), person_id, form_data.role_id,
            version=version, at=clock.now(),
        )  # fmt: skip
        return [TeamState.close(False), TeamState.load, say(N_("Role saved."))]

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_MEMBERS, is_change=True)
    async def remove(self, person_id: Id):
        await db.run(service.remove_member, await current_member(self), person_id, at=clock.now())
        return [TeamState.close(False), TeamState.load, say(N_("Removed from the team."))]


class TeamInvitationsState(rx.State):
    """Open invitations to the shop, and the dialog that sends one."""

    is_loaded: rx.Field[bool] = rx.field(False)
    rows: rx.Field[list[InvitationRow]] = rx.field(default_factory=list)
    is_open: rx.Field[bool] = rx.field(False)
    roles: rx.Field[list[RoleChoice]] = rx.field(default_factory=list)

    @rx.event(supersedes=True)
    @allows(Audience.SELLER, Permission.SHOP_MEMBERS)
    async def load(self):
        at = clock.now()
        self.rows = await db.read(
            queries.list_member_invitations, await current_member(self), at=at
        )
        self.is_loaded = True

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_MEMBERS)
    async def show(self, is_open: bool):
        self.roles = await db.read(queries.role_choices, await current_member(self))
        self.is_open = is_open
        return clear_errors()

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_MEMBERS, is_change=True)
    async def send(self, form_data: Invite):
        form = dict(form_data)
        await db.run(invitations.invite_member, await current_member(self), **form, at=clock.now())
        self.is_open = False
        return [
            TeamInvitationsState.load,
            say(N_("Invitation sent to {email}."), email=form_data.email),
        ]

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_MEMBERS, is_change=True)
    async def again(self, invitation_id: Id):
        at = clock.now()
        await db.run(
            invitations.invite_member_again, await current_member(self), invitation_id, at=at
        )
        return [
            TeamInvitationsState.load,
            say(N_("Sent again. The earlier link no longer works.")),
        ]

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_MEMBERS, is_change=True)
    async def revoke(self, invitation_id: Id):
        at = clock.now()
        await db.run(
            invitations.revoke_member_invitation, await current_member(self), invitation_id, at=at
        )
        return [TeamInvitationsState.load, say(N_("Invitation revoked."))]


TEAM = Index(
    page="/seller/team",
    audience=Audience.SELLER,
    permission=Permission.SHOP_READ,
    title=N_("Members"),
    columns=(
        Column("name", N_("Name"), view.name, sort="name"),
        Column("email", N_("E-mail"), lambda row: row.email, sort="email"),
        Column("role", N_("Role"), view.role, on_phone="status"),
        Column("joined", N_("Joined"), view.joined, sort="joined"),
        Column("seen", N_("Last seen"), view.last_seen),
    ),
    sorts=("name", "email", "joined"),
    filters=(Choice("role", N_("Role"), TeamState.role_options),),
    searches=N_("Search name or e-mail"),
)


def page() -> rx.Component:
    may = ShellState.permissions.contains(Permission.SHOP_MEMBERS.value)
    invite = rx.cond(
        may,
        button(
            N_("Invite"),
            variant="primary",
            icon="user-plus",
            on_click=TeamInvitationsState.show(True),
        ),
    )
    return rx.el.div(
        page_header(N_("Team"), invite),
        index_page(
            TEAM,
            TeamState,
            TeamState.rows,
            name=lambda row: row.name,
            actions=lambda row: view.actions(TeamState, row),
            empty=Empty(
                N_("Nobody works here yet"), N_("Invite the people you run the shop with.")
            ),
            has_heading=False,
        ),
        rx.cond(
            may,
            rx.el.section(
                rx.el.h2(t("Open invitations"), class_name="h2 mb-3"),
                ui.invitation_list(TeamInvitationsState, may_change=may, invite=rx.fragment()),
                class_name="mt-4",
            ),
        ),
        view.role_dialog(TeamState),
        view.remove_dialog(TeamState),
        ui.invite_dialog(TeamInvitationsState, N_("Invite to the team")),
        class_name="stack",
    )
