"""Staff, roles and open invitations, for the page *Staff & roles*."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_
from sqlmodel import Session, col, func, select

from marketplace.domain.access.models import Audience, Permission, Staff
from marketplace.domain.accounts.models import (
    AuthSession,
    Invitation,
    PersonAccount,
    Role,
    RolePermission,
    StaffRole,
    TwoStepReset,
)
from marketplace.kit.errors import NotFound
from marketplace.kit.paging import ListQuery, Page

SORTS = {
    "name": PersonAccount.name,
    "email": PersonAccount.email,
    "joined": PersonAccount.created_at,
}


@dataclass(frozen=True, slots=True)
class StaffRow:
    id: str
    name: str
    email: str
    roles: list[str]
    role_ids: list[str]
    has_second_factor: bool
    is_disabled: bool
    last_seen_at: str
    """ISO 8601, UTC; empty if never."""
    reset_id: str
    reset_is_approved: bool
    is_self: bool


@dataclass(frozen=True, slots=True)
class RoleRow:
    id: str
    name: str
    purpose: str
    is_preset: bool
    permissions: list[str]
    people: int
    version: int


@dataclass(frozen=True, slots=True)
class InvitationRow:
    id: str
    email: str
    role: str
    invited_by: str
    invited_at: str
    expires_at: str
    is_expired: bool


def list_staff(session: Session, staff: Staff, query: ListQuery) -> Page[StaffRow]:
    """Members of staff. Filters: `role` (ids), `state` (active, disabled, no_second_factor)."""
    staff.require(Permission.STAFF_READ)
    people = select(PersonAccount).where(col(PersonAccount.id).in_(select(StaffRole.person_id)))
    if query.search:
        pattern = f"%{_escaped(query.search.casefold())}%"
        people = people.where(
            or_(
                func.lower(PersonAccount.name).like(pattern, escape="\\"),
                col(PersonAccount.email_key).like(pattern, escape="\\"),
            )
        )
    if roles := query.filters.get("role"):
        people = people.where(
            col(PersonAccount.id).in_(
                select(StaffRole.person_id).where(col(StaffRole.role_id).in_(roles))
            )
        )
    conditions = {
        "active": col(PersonAccount.disabled_at).is_(None),
        "disabled": col(PersonAccount.disabled_at).is_not(None),
        "no_second_factor": col(PersonAccount.totp_enrolled_at).is_(None),
    }
    if states := query.filters.get("state"):
        people = people.where(or_(*[conditions[state] for state in states]))
    total = session.exec(select(func.count()).select_from(people.subquery())).one()
    order = col(SORTS.get(query.sort, PersonAccount.name))
    people = people.order_by(order.desc() if query.is_descending else order, col(PersonAccount.id))
    rows = session.exec(people.offset(query.offset).limit(query.size)).all()
    return Page([_staff_row(session, staff, row) for row in rows], total)


def staff_member(session: Session, staff: Staff, person_id: str) -> StaffRow:
    """Raises `NotFound` for people who are not on the staff."""
    staff.require(Permission.STAFF_READ)
    row = session.get(PersonAccount, person_id)
    if row is None or not _roles_of(session, person_id):
        raise NotFound
    return _staff_row(session, staff, row)


def list_roles(session: Session, staff: Staff) -> list[RoleRow]:
    """Roles for the staff that are in use, built-in ones first."""
    staff.require(Permission.STAFF_READ)
    rows = session.exec(
        select(Role)
        .where(Role.audience == Audience.STAFF, col(Role.archived_at).is_(None))
        .order_by(col(Role.is_preset).desc(), col(Role.id))
    ).all()
    return [_role_row(session, role) for role in rows]


def list_staff_invitations(session: Session, staff: Staff, *, at: datetime) -> list[InvitationRow]:
    """Invitations to the staff nobody has accepted yet, newest first; at most 50."""
    staff.require(Permission.STAFF_READ)
    return open_invitations(session, "", at=at)


def open_invitations(session: Session, seller_id: str, *, at: datetime) -> list[InvitationRow]:
    """Open invitations to a seller, or with an empty id to the staff. The caller checked rights."""
    rows = session.exec(
        select(Invitation, Role, PersonAccount)
        .join(Role, col(Role.id) == col(Invitation.role_id))
        .join(PersonAccount, col(PersonAccount.id) == col(Invitation.invited_by))
        .where(
            Invitation.seller_id == seller_id,
            col(Invitation.accepted_at).is_(None),
            col(Invitation.revoked_at).is_(None),
        )
        .order_by(col(Invitation.invited_at).desc())
        .limit(50)
    )
    return [
        InvitationRow(
            row.id,
            row.email,
            role.name,
            inviter.name,
            row.invited_at.isoformat(),
            row.expires_at.isoformat(),
            row.expires_at <= at,
        )
        for row, role, inviter in rows
    ]


def _staff_row(session: Session, staff: Staff, row: PersonAccount) -> StaffRow:
    roles = _roles_of(session, row.id)
    seen = session.exec(
        select(func.max(AuthSession.last_seen_at)).where(AuthSession.person_id == row.id)
    ).one()
    reset = session.exec(
        select(TwoStepReset).where(
            TwoStepReset.person_id == row.id,
            col(TwoStepReset.done_at).is_(None),
            col(TwoStepReset.cancelled_at).is_(None),
        )
    ).first()
    return StaffRow(
        row.id,
        row.name,
        row.email,
        [role.name for role in roles],
        [role.id for role in roles],
        row.totp_enrolled_at is not None,
        row.disabled_at is not None,
        seen.isoformat() if seen else "",
        reset.id if reset else "",
        reset is not None and reset.approved_at is not None,
        row.id == staff.id,
    )


def _roles_of(session: Session, person_id: str) -> list[Role]:
    held = select(StaffRole.role_id).where(StaffRole.person_id == person_id)
    return list(session.exec(select(Role).where(col(Role.id).in_(held)).order_by(col(Role.name))))


def _role_row(session: Session, role: Role) -> RoleRow:
    permissions = session.exec(
        select(RolePermission.permission).where(RolePermission.role_id == role.id)
    ).all()
    people = session.exec(select(func.count()).where(StaffRole.role_id == role.id)).one()
    return RoleRow(
        role.id, role.name, role.purpose, role.is_preset, sorted(permissions), people, role.version
    )


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
