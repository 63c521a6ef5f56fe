"""Versions of the seller agreement: the one that counts, and all of them as staff see them."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.sellers.models import Agreement, ApplicationStatus, SellerApplication
from marketplace.kit import clock
from marketplace.kit.clock import iso
from marketplace.kit.errors import NotFound

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class AgreementRow:
    version: int = 0
    text: str = ""
    text_zh: str = ""
    published_at: str = ""


@dataclass(frozen=True, slots=True)
class VersionRow:
    """`state`: to_come, current, past. `accepted`: applications that agreed to it, drafts
    included; `shops`: those that were approved with it."""

    version: int
    published_at: str
    state: str
    accepted: int
    shops: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What the next version means: `drafts` agreed already and must agree anew; `waiting`
    applications and `shops` keep what they agreed to."""

    begins_at: str
    is_at_once: bool
    drafts: int
    waiting: int
    shops: int


def agreement(session: Session, at: datetime | None = None) -> AgreementRow:
    """The version that counts now. Public."""
    row = _current(session, at or clock.now())
    return _row(row) if row else AgreementRow()


def versions(session: Session, staff: Staff) -> list[VersionRow]:
    """Newest first."""
    staff.require(Permission.SELLERS_READ)
    at = clock.now()
    current = _current(session, at)
    accepted = _agreed(session)
    approved = _agreed(session, ApplicationStatus.APPROVED)
    rows = session.exec(
        select(Agreement.version, Agreement.published_at)
        .order_by(col(Agreement.version).desc())
        .limit(MOST_SHOWN)
    )
    return [
        VersionRow(
            number,
            iso(begins),
            _state(number, begins, current.version if current else 0, at),
            accepted.get(number, 0),
            approved.get(number, 0),
        )
        for number, begins in rows
    ]


def version(session: Session, staff: Staff, number: int) -> AgreementRow:
    """Raises `NotFound`."""
    staff.require(Permission.SELLERS_READ)
    row = session.get(Agreement, number)
    if row is None:
        raise NotFound
    return _row(row)


def effect_of(session: Session, staff: Staff, begins: datetime, *, at: datetime) -> Effect:
    """Whom a version that begins then would concern."""
    staff.require(Permission.SELLERS_READ)
    return Effect(
        iso(begins),
        begins <= at,
        sum(_agreed(session, ApplicationStatus.DRAFT).values()),
        sum(
            _agreed(
                session,
                ApplicationStatus.SUBMITTED,
                ApplicationStatus.IN_REVIEW,
                ApplicationStatus.CHANGES_REQUESTED,
            ).values()
        ),
        sum(_agreed(session, ApplicationStatus.APPROVED).values()),
    )


def _current(session: Session, at: datetime) -> Agreement | None:
    """The newest that has begun; before any has, the first."""
    newest = select(Agreement).order_by(col(Agreement.version).desc()).limit(1)
    begun = session.exec(newest.where(col(Agreement.published_at) <= at)).first()
    return begun or session.exec(select(Agreement).order_by(col(Agreement.version))).first()


def _agreed(session: Session, *states: ApplicationStatus) -> dict[int, int]:
    """How many applications agreed to which version."""
    found = select(SellerApplication.agreement, func.count()).where(SellerApplication.agreement > 0)
    if states:
        found = found.where(col(SellerApplication.status).in_(states))
    return dict(session.exec(found.group_by(col(SellerApplication.agreement))).all())


def _state(number: int, begins: datetime, current: int, at: datetime) -> str:
    if number == current:
        return "current"
    return "to_come" if begins > at and number > current else "past"


def _row(row: Agreement) -> AgreementRow:
    return AgreementRow(row.version, row.text, row.text_zh, iso(row.published_at))
