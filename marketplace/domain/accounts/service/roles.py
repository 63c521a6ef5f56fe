"""Roles as data, and who on the staff holds them. Every change needs a fresh proof of identity."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from marketplace.domain.access.models import PRESETS, Actor, Audience, Permission, Staff
from marketplace.domain.accounts import rules
from marketplace.domain.accounts.models import (
    PersonAccount,
    Role,
    RolePermission,
    StaffRole,
)
from marketplace.domain.accounts.service.sessions import end_sessions_of
from marketplace.domain.audit import service as audit
from marketplace.kit.errors import DomainError, Invalid, NotAllowed, NotFound, Stale
from marketplace.kit.ids import new_id
from marketplace.kit.languages import N_


class PresetIsFixed(DomainError):
    message = N_("Built-in roles cannot be changed. Copy the role instead.")


class RoleInUse(DomainError):
    message = N_("Somebody still has this role. Give them another one first.")


def ensure_presets(session: Session) -> None:
    """Make the built-in roles, and bring their permissions up to the code's. Safe to repeat."""
    for preset in PRESETS:
        role = role_by_code(session, preset.audience, preset.code)
        if role is None:
            role = Role(
                id=new_id("rol"),
                audience=preset.audience,
                code=preset.code,
                name=preset.name,
                purpose=preset.purpose,
                is_preset=True,
            )
            session.add(role)
            session.flush()
        _set_permissions(session, role.id, [p.value for p in preset.permissions])


def create_role(
    session: Session,
    staff: Staff,
    *,
    name: str,
    purpose: str,
    permissions: frozenset[Permission],
    at: datetime,
) -> str:
    """A staff role of the platform's own. Returns its id. Raises `Invalid`, `NotAllowed`."""
    staff.require(Permission.ROLES_MANAGE)
    staff.require_fresh_proof(at)
    _check_permissions(staff, permissions)
    role = Role(
        id=new_id("rol"), audience=Audience.STAFF, code=new_id("own"), name=name, purpose=purpose
    )
    session.add(role)
    session.flush()
    _set_permissions(session, role.id, [p.value for p in permissions])
    audit.record(
        session,
        staff,
        "accounts.role_created",
        "role",
        role.id,
        at=at,
        after={"name": name, "permissions": sorted(permissions)},
    )
    return role.id


def edit_role(
    session: Session,
    staff: Staff,
    role_id: str,
    *,
    name: str,
    purpose: str,
    permissions: frozenset[Permission],
    version: int,
    at: datetime,
) -> None:
    """Raises `PresetIsFixed`, `Stale`, `Invalid`, `NotAllowed`, `NotFound`."""
    staff.require(Permission.ROLES_MANAGE)
    staff.require_fresh_proof(at)
    role = _own_staff_role(session, role_id)
    if role.is_preset:
        raise PresetIsFixed
    if role.version != version:
        raise Stale
    _check_permissions(staff, permissions)
    if _holds(session, staff.id, role_id):
        raise rules.NotToYourself
    before = {"name": role.name, "permissions": sorted(permissions_of(session, [role_id]))}
    role.name, role.purpose, role.version = name, purpose, role.version + 1
    session.add(role)
    _set_permissions(session, role_id, [p.value for p in permissions])
    audit.record(
        session,
        staff,
        "accounts.role_edited",
        "role",
        role_id,
        at=at,
        before=before,
        after={"name": name, "permissions": sorted(permissions)},
    )


def archive_role(session: Session, staff: Staff, role_id: str, *, at: datetime) -> None:
    """Take a role out of use. Raises `RoleInUse`, `PresetIsFixed`, `NotFound`."""
    staff.require(Permission.ROLES_MANAGE)
    staff.require_fresh_proof(at)
    role = _own_staff_role(session, role_id)
    if role.is_preset:
        raise PresetIsFixed
    if session.exec(select(StaffRole).where(StaffRole.role_id == role_id)).first():
        raise RoleInUse
    role.archived_at = at
    session.add(role)
    audit.record(session, staff, "accounts.role_archived", "role", role_id, at=at)


def set_staff_roles(
    session: Session, staff: Staff, person_id: str, role_ids: Iterable[str], *, at: datetime
) -> None:
    """Give a member of staff exactly these roles; none ends their being staff.

    Nobody changes their own, nobody grants what they lack, and somebody who can manage roles
    always remains. Raises `NotToYourself`, `LastOwner`, `NotAllowed`, `NotFound`.
    """
    staff.require(Permission.STAFF_MANAGE)
    staff.require_fresh_proof(at)
    if person_id == staff.id:
        raise rules.NotToYourself
    lock_roles(session)
    wanted = {_own_staff_role(session, role_id).id for role_id in role_ids}
    held = set(_held_roles(session, person_id))
    if not held:
        raise NotFound
    if not rules.may_grant(staff.permissions, permissions_of(session, wanted | held)):
        raise NotAllowed(Permission.STAFF_MANAGE.value)
    for role_id in wanted - held:
        grant(session, staff, person_id, role_id, at=at)
    for row in session.exec(select(StaffRole).where(StaffRole.person_id == person_id)):
        if row.role_id not in wanted:
            session.delete(row)
    session.flush()
    if wanted != held:
        end_sessions_of(session, person_id, at=at)  # other rights, another session (SEC-14)
    check_somebody_manages_roles(session)
    audit.record(
        session,
        staff,
        "accounts.staff_roles_set",
        "person",
        person_id,
        at=at,
        before={"roles": sorted(held)},
        after={"roles": sorted(wanted)},
    )


def lock_roles(session: Session) -> None:
    """One change of rights at a time, or two managers could take each other's away."""
    rows = select(Role.id).where(Role.audience == Audience.STAFF).order_by(col(Role.id))
    session.exec(rows.with_for_update()).all()


def check_somebody_manages_roles(session: Session) -> None:
    """Raises `LastOwner` unless somebody whose account is open can still hand out roles."""
    holders = (
        select(StaffRole.person_id)
        .join(RolePermission, col(RolePermission.role_id) == col(StaffRole.role_id))
        .join(PersonAccount, col(PersonAccount.id) == col(StaffRole.person_id))
        .where(
            RolePermission.permission == Permission.ROLES_MANAGE.value,
            col(PersonAccount.disabled_at).is_(None),
        )
    )
    if session.exec(holders).first() is None:
        raise rules.LastOwner


def grant(session: Session, actor: Actor, person_id: str, role_id: str, *, at: datetime) -> None:
    """Add one staff role; the caller decided who may. Having it already is no error."""
    if not _holds(session, person_id, role_id):
        session.add(
            StaffRole(person_id=person_id, role_id=role_id, granted_by=actor.id, granted_at=at)
        )
        session.flush()


def role_by_code(session: Session, audience: Audience, code: str) -> Role | None:
    return session.exec(select(Role).where(Role.audience == audience, Role.code == code)).first()


def rights_of_person(session: Session, person_id: str) -> set[str]:
    """What somebody's staff roles permit; empty for people who are not on the staff."""
    return permissions_of(session, _held_roles(session, person_id))


def permissions_of(session: Session, role_ids: Iterable[str]) -> set[str]:
    rows = select(RolePermission.permission).where(col(RolePermission.role_id).in_(list(role_ids)))
    return set(session.exec(rows))


def _check_permissions(staff: Staff, permissions: frozenset[Permission]) -> None:
    if not permissions:
        raise Invalid({"permissions": N_("Choose at least one permission.")})
    if any(p.audience is not Audience.STAFF for p in permissions):
        raise Invalid({"permissions": N_("This permission belongs to sellers.")})
    if not rules.may_grant(staff.permissions, [p.value for p in permissions]):
        raise NotAllowed(Permission.ROLES_MANAGE.value)


def _own_staff_role(session: Session, role_id: str) -> Role:
    role = session.get(Role, role_id)
    if role is None or role.audience is not Audience.STAFF or role.archived_at is not None:
        raise NotFound
    return role


def _held_roles(session: Session, person_id: str) -> list[str]:
    return list(session.exec(select(StaffRole.role_id).where(StaffRole.person_id == person_id)))


def _holds(session: Session, person_id: str, role_id: str) -> bool:
    return session.get(StaffRole, (person_id, role_id)) is not None


def _set_permissions(session: Session, role_id: str, permissions: Iterable[str]) -> None:
    wanted = set(permissions)
    for row in session.exec(select(RolePermission).where(RolePermission.role_id == role_id)):
        if row.permission in wanted:
            wanted.discard(row.permission)
        else:
            session.delete(row)
    for permission in sorted(wanted):
        session.add(RolePermission(role_id=role_id, permission=permission))
    session.flush()
