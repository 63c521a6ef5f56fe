"""Whose cookie is this? Asked before every event and every page."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission
from marketplace.domain.accounts.models import (
    AuthSession,
    OneTimeToken,
    PersonAccount,
    Role,
    RolePermission,
    StaffRole,
    TokenPurpose,
)
from marketplace.domain.accounts.rules import LinkExpired, email_key, is_alive
from marketplace.kit.tokens import hash_token


@dataclass(frozen=True, slots=True)
class Credentials:
    """What signing in needs to check; never leaves the server."""

    person_id: str
    name: str
    password_hash: str
    is_disabled: bool
    is_verified: bool
    has_second_factor: bool


@dataclass(frozen=True, slots=True)
class LiveSession:
    """A session that counts right now, with its person."""

    id: str
    seller_id: str | None
    mfa_at: datetime | None
    proved_at: datetime | None
    last_seen_at: datetime
    person: PersonAccount


def credentials(session: Session, email: str) -> Credentials | None:
    """For the address as typed; None if nobody has it."""
    key = email_key(email)
    row = session.exec(select(PersonAccount).where(PersonAccount.email_key == key)).first()
    if row is None:
        return None
    return _credentials(row)


def own_credentials(session: Session, person_id: str) -> Credentials:
    return _credentials(session.get_one(PersonAccount, person_id))


def words_of_link(
    session: Session, token: str, purpose: TokenPurpose, *, at: datetime
) -> list[str]:
    """Name and address of whom a link was sent to; it stays unused. Raises `LinkExpired`."""
    row = session.exec(
        select(OneTimeToken).where(
            OneTimeToken.token_hash == hash_token(token),
            OneTimeToken.purpose == purpose,
            col(OneTimeToken.used_at).is_(None),
            OneTimeToken.expires_at > at,
        )
    ).first()
    if row is None:
        raise LinkExpired
    person = session.get_one(PersonAccount, row.person_id)
    return [person.name, person.email]


def live_session(session: Session, cookie: str, *, at: datetime) -> LiveSession | None:
    """The live session behind a cookie; None if it ended, idled out, or its person is disabled."""
    row = session.exec(
        select(AuthSession).where(AuthSession.token_hash == hash_token(cookie))
    ).first()
    if row is None or not is_alive(
        row.expires_at, row.last_seen_at, row.idle_seconds, row.revoked_at, at
    ):
        return None
    person = session.get_one(PersonAccount, row.person_id)
    if person.disabled_at is not None:
        return None
    return LiveSession(row.id, row.seller_id, row.mfa_at, row.proved_at, row.last_seen_at, person)


def staff_rights(session: Session, person_id: str) -> tuple[tuple[str, ...], frozenset[Permission]]:
    """Names of the staff roles somebody holds, and all they permit. Empty: not on the staff."""
    held = session.exec(
        select(Role)
        .join(StaffRole, col(StaffRole.role_id) == col(Role.id))
        .where(StaffRole.person_id == person_id, col(Role.archived_at).is_(None))
        .order_by(col(Role.name))
    ).all()
    return tuple(role.name for role in held), role_rights(session, [role.id for role in held])


def role_rights(session: Session, role_ids: list[str]) -> frozenset[Permission]:
    """All that these roles permit. A permission the code no longer knows counts for nothing."""
    known = {permission.value for permission in Permission}
    rows = session.exec(
        select(RolePermission.permission).where(col(RolePermission.role_id).in_(role_ids))
    )
    return frozenset(Permission(value) for value in rows if value in known)


def _credentials(row: PersonAccount) -> Credentials:
    return Credentials(
        row.id,
        row.name,
        row.password_hash,
        row.disabled_at is not None,
        row.verified_at is not None,
        row.totp_enrolled_at is not None,
    )
