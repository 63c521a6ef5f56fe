"""What can be asked of owed effects: what waits, what is late, what was given up."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Select, func
from sqlmodel import Session, col, or_, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.outbox import rules
from marketplace.domain.outbox.models import MessageStatus, OutboxMessage
from marketplace.kit.clock import iso
from marketplace.kit.paging import ListQuery, Page

S = TypeVar("S", bound=Select[Any])

FILTERS: dict[str, tuple[str, ...] | None] = {"status": tuple(MessageStatus), "topic": None}
SORTS = ("-created_at", "created_at")


@dataclass(frozen=True, slots=True)
class MessageRow:
    """Moments are ISO 8601, UTC; empty for none."""

    id: str
    topic: str
    key: str
    status: MessageStatus
    attempts: int
    created_at: str
    due_at: str
    delivered_at: str
    last_error: str
    can_retry: bool


def list_messages(session: Session, staff: Staff, query: ListQuery) -> Page[MessageRow]:
    """Filters: `status`, `topic`; the dead letters are `status=dead`."""
    staff.require(Permission.JOBS_READ)
    total = session.exec(_matching(select(func.count()).select_from(OutboxMessage), query)).one()
    order = col(OutboxMessage.created_at)
    page = _matching(select(OutboxMessage), query).order_by(
        order.desc() if query.is_descending else order, col(OutboxMessage.id)
    )
    messages = session.exec(page.offset(query.offset).limit(query.size)).all()
    return Page([_row(message) for message in messages], total)


def has_due(session: Session, *, at: datetime) -> bool:
    """Whether a worker would find something; asked first, for it needs no lock."""
    due = select(OutboxMessage.id).where(
        OutboxMessage.status == MessageStatus.WAITING,
        OutboxMessage.due_at <= at,
        or_(col(OutboxMessage.leased_until).is_(None), col(OutboxMessage.leased_until) <= at),
    )
    return session.exec(due.limit(1)).first() is not None


def late_messages(session: Session, *, at: datetime, limit: int = 50) -> list[MessageRow]:
    """Waiting over fifteen minutes past due: nobody works, or the outside is down (INV-14)."""
    late = session.exec(
        select(OutboxMessage)
        .where(
            OutboxMessage.status == MessageStatus.WAITING,
            OutboxMessage.due_at < at - rules.LATE_AFTER,
        )
        .order_by(col(OutboxMessage.due_at))
        .limit(limit)
    ).all()
    return [_row(message) for message in late]


def dead_messages(session: Session, *, limit: int = 50) -> list[MessageRow]:
    """Given up and not yet looked at by anybody."""
    dead = session.exec(
        select(OutboxMessage)
        .where(OutboxMessage.status == MessageStatus.DEAD)
        .order_by(col(OutboxMessage.created_at))
        .limit(limit)
    ).all()
    return [_row(message) for message in dead]


def _counts(session: Session) -> dict[MessageStatus, int]:
    counted = select(OutboxMessage.status, func.count()).group_by(col(OutboxMessage.status))
    return {MessageStatus(status): count for status, count in session.exec(counted)}


def _matching(statement: S, query: ListQuery) -> S:
    if chosen := query.filters.get("status"):
        statement = statement.where(col(OutboxMessage.status).in_(chosen))
    if chosen := query.filters.get("topic"):
        statement = statement.where(col(OutboxMessage.topic).in_(chosen))
    if query.search:
        searched = (col(OutboxMessage.key), col(OutboxMessage.last_error))
        statement = statement.where(
            or_(*(column.icontains(query.search, autoescape=True) for column in searched))
        )
    return statement


def _row(message: OutboxMessage) -> MessageRow:
    return MessageRow(
        id=message.id,
        topic=message.topic,
        key=message.key,
        status=message.status,
        attempts=message.attempts,
        created_at=iso(message.created_at),
        due_at=iso(message.due_at),
        delivered_at=iso(message.delivered_at),
        last_error=message.last_error,
        can_retry=rules.MACHINE.allows(message.status, MessageStatus.WAITING),
    )
