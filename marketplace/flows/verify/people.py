"""Invariants of people, sessions, roles and sellers."""

from sqlmodel import Session, col, or_, select

from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.accounts.models import (
    AuthSession,
    PersonAccount,
    Role,
    RolePermission,
    StaffRole,
)
from marketplace.domain.sellers.models import Seller, SellerMembership, SellerStatus
from marketplace.flows.verify.kinds import Invariant, Moment, Offender
from marketplace.kit.languages import N_

KNOWN = [permission.value for permission in Permission]


def sessions_of_disabled_people(session: Session, moment: Moment) -> list[Offender]:
    found = session.exec(
        select(AuthSession.id, AuthSession.person_id)
        .join(PersonAccount, col(PersonAccount.id) == col(AuthSession.person_id))
        .where(
            col(PersonAccount.disabled_at).is_not(None),
            col(AuthSession.revoked_at).is_(None),
            col(AuthSession.expires_at) > moment.at,
        )
    )
    return [
        Offender("auth_session", id_, f"of {person_id}, who is disabled")
        for id_, person_id in found
    ]


def second_factor_from_nowhere(session: Session, moment: Moment) -> list[Offender]:
    """`mfa_at` is what lets staff rights in, so it must come from a factor the person has."""
    found = session.exec(
        select(AuthSession.id, AuthSession.person_id)
        .join(PersonAccount, col(PersonAccount.id) == col(AuthSession.person_id))
        .where(
            col(AuthSession.mfa_at).is_not(None),
            or_(
                col(PersonAccount.totp_enrolled_at).is_(None),
                col(AuthSession.mfa_at) < col(AuthSession.created_at),
            ),
            col(AuthSession.revoked_at).is_(None),
            col(AuthSession.expires_at) > moment.at,
        )
    )
    return [
        Offender("auth_session", id_, f"of {person_id}, no second factor")
        for id_, person_id in found
    ]


def unknown_permissions(session: Session, _moment: Moment) -> list[Offender]:
    found = session.exec(select(RolePermission).where(col(RolePermission.permission).not_in(KNOWN)))
    return [
        Offender("role", row.role_id, f"permits unknown {row.permission[:60]}") for row in found
    ]


def permissions_of_another_audience(session: Session, _moment: Moment) -> list[Offender]:
    """A seller's role with a staff permission would open the back office to the seller."""
    found = session.exec(
        select(Role.id, Role.audience, RolePermission.permission)
        .join(RolePermission, col(RolePermission.role_id) == col(Role.id))
        .where(col(RolePermission.permission).in_(KNOWN))
    )
    return [
        Offender("role", id_, f"{Audience(audience)} role permits {permission}")
        for id_, audience, permission in found
        if Permission(permission).audience is not audience
    ]


def roles_worn_by_the_wrong_people(session: Session, _moment: Moment) -> list[Offender]:
    staff = session.exec(
        select(StaffRole.person_id, StaffRole.role_id)
        .join(Role, col(Role.id) == col(StaffRole.role_id))
        .where(Role.audience != Audience.STAFF)
    )
    members = session.exec(
        select(SellerMembership.person_id, SellerMembership.role_id)
        .join(Role, col(Role.id) == col(SellerMembership.role_id))
        .where(Role.audience != Audience.SELLER)
    )
    return [Offender("person", person, f"holds {role}") for person, role in [*staff, *members]]


def sellers_without_owner(session: Session, _moment: Moment) -> list[Offender]:
    owned = (
        select(SellerMembership.seller_id)
        .join(Role, col(Role.id) == col(SellerMembership.role_id))
        .where(Role.code == "owner", Role.audience == Audience.SELLER)
    )
    found = session.exec(
        select(Seller.id, Seller.name).where(
            col(Seller.id).not_in(owned), Seller.status != SellerStatus.TERMINATED
        )
    )
    return [Offender("seller", id_, f"{name} has no owner") for id_, name in found]


def nobody_manages_roles(session: Session, _moment: Moment) -> list[Offender]:
    """Only where there is staff at all: a fresh installation has none yet."""
    if session.exec(select(StaffRole.person_id).limit(1)).first() is None:
        return []
    managing = session.exec(
        select(StaffRole.person_id)
        .join(RolePermission, col(RolePermission.role_id) == col(StaffRole.role_id))
        .join(PersonAccount, col(PersonAccount.id) == col(StaffRole.person_id))
        .where(
            RolePermission.permission == Permission.ROLES_MANAGE.value,
            col(PersonAccount.disabled_at).is_(None),
        )
        .limit(1)
    ).first()
    return [] if managing else [Offender("role", "roles.manage", "nobody active holds it")]


INVARIANTS = (
    Invariant(
        "INV-19a", N_("No session of a disabled person is alive"), sessions_of_disabled_people
    ),
    Invariant(
        "INV-19b",
        N_("No session has staff rights without a second factor"),
        second_factor_from_nowhere,
    ),
    Invariant("INV-A1", N_("Every permission of every role exists"), unknown_permissions),
    Invariant(
        "INV-A2", N_("Roles permit only what fits their audience"), permissions_of_another_audience
    ),
    Invariant(
        "INV-A3",
        N_("Staff hold staff roles, members hold seller roles"),
        roles_worn_by_the_wrong_people,
    ),
    Invariant("INV-A4", N_("Somebody active can manage roles"), nobody_manages_roles),
    Invariant("INV-S1", N_("Every seller has an owner"), sellers_without_owner),
)
