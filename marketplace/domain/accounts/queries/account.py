"""What somebody sees of their own account."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from marketplace.domain.access.models import Person
from marketplace.domain.accounts.models import (
    AuthSession,
    PersonAccount,
    RecoveryCode,
    TwoStepReset,
)
from marketplace.domain.accounts.rules import is_alive


@dataclass(frozen=True, slots=True)
class AccountRow:
    name: str
    email: str
    is_verified: bool
    has_second_factor: bool
    recovery_codes_left: int
    locale: str
    theme: str
    has_shortcuts: bool
    is_compact: bool
    version: int
    open_reset_id: str
    """A request by staff to take the second factor away, to be stopped if it is not wanted."""


@dataclass(frozen=True, slots=True)
class SessionRow:
    id: str
    user_agent: str
    ip: str
    created_at: datetime
    last_seen_at: datetime
    is_this: bool


def own_account(session: Session, person: Person) -> AccountRow:
    row = session.get_one(PersonAccount, person.id)
    left = select(func.count()).where(
        RecoveryCode.person_id == person.id, col(RecoveryCode.used_at).is_(None)
    )
    reset = select(TwoStepReset.id).where(
        TwoStepReset.person_id == person.id,
        col(TwoStepReset.done_at).is_(None),
        col(TwoStepReset.cancelled_at).is_(None),
    )
    return AccountRow(
        row.name,
        row.email,
        row.verified_at is not None,
        row.totp_enrolled_at is not None,
        session.exec(left).one(),
        row.locale,
        row.theme,
        row.has_shortcuts,
        row.is_compact,
        row.version,
        session.exec(reset).first() or "",
    )


def own_sessions(session: Session, person: Person, *, at: datetime) -> list[SessionRow]:
    """The person's live sessions, this one first, then by last use; at most 50."""
    rows = session.exec(
        select(AuthSession)
        .where(AuthSession.person_id == person.id, col(AuthSession.revoked_at).is_(None))
        .order_by(col(AuthSession.last_seen_at).desc())
        .limit(200)
    )
    live = [
        SessionRow(
            row.id,
            row.user_agent,
            row.ip,
            row.created_at,
            row.last_seen_at,
            row.id == person.session_id,
        )
        for row in rows
        if is_alive(row.expires_at, row.last_seen_at, row.idle_seconds, row.revoked_at, at)
    ]
    return sorted(live, key=lambda row: not row.is_this)[:50]
