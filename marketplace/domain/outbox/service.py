"""What can be done with owed effects: put, claim, record how it went, retry or drop.

The steps of a worker: claim in one transaction, perform outside of any, record in another.
A crash in between ends the lease, and the same effect is performed again under the same key
(reference/money.md 4.2), so whoever performs it must be safe to repeat.
"""

from collections.abc import Mapping
from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col, or_, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.audit import service as audit
from marketplace.domain.outbox import rules
from marketplace.domain.outbox.models import MessageStatus, OutboxMessage
from marketplace.domain.outbox.rules import Claimed
from marketplace.kit import ids
from marketplace.kit.errors import NotFound
from marketplace.kit.rows import insert_if_absent


def put(
    session: Session,
    topic: str,
    key: str,
    payload: Mapping[str, Any],
    *,
    at: datetime,
    due_at: datetime | None = None,
) -> bool:
    """Owe one effect from the moment this transaction commits.

    One `key`, one effect: a second put under it changes nothing and returns False.
    """
    return insert_if_absent(
        session,
        OutboxMessage,
        id=ids.new_id("msg"),
        topic=topic,
        key=key,
        payload=dict(payload),
        status=MessageStatus.WAITING,
        created_at=at,
        due_at=due_at or at,
        attempts=0,
        leased_by="",
        last_error="",
    )


def put_many(
    session: Session, topic: str, payloads: Mapping[str, Mapping[str, Any]], *, at: datetime
) -> None:
    """Owe an effect per key at once. The keys are new: one that is taken fails the transaction."""
    session.add_all(
        OutboxMessage(
            id=ids.new_id("msg"),
            topic=topic,
            key=key,
            payload=dict(payload),
            status=MessageStatus.WAITING,
            created_at=at,
            due_at=at,
        )
        for key, payload in payloads.items()
    )
    session.flush()


def take_back(session: Session, key: str) -> bool:
    """Owe it no more; False if a worker has begun, or it is done. Another put under the key may
    follow."""
    message = session.exec(
        select(OutboxMessage).where(OutboxMessage.key == key).with_for_update()
    ).first()
    if message is None or message.attempts or message.status is not MessageStatus.WAITING:
        return False
    session.delete(message)
    session.flush()
    return True


def claim(session: Session, worker: str, *, at: datetime, limit: int = 20) -> list[Claimed]:
    """Take up to `limit` due messages for two minutes; no two workers get the same one."""
    due = session.exec(
        select(OutboxMessage)
        .where(
            OutboxMessage.status == MessageStatus.WAITING,
            OutboxMessage.due_at <= at,
            or_(col(OutboxMessage.leased_until).is_(None), col(OutboxMessage.leased_until) <= at),
        )
        .order_by(col(OutboxMessage.due_at), col(OutboxMessage.id))
        .limit(limit)
        .with_for_update(skip_locked=True)  # SQLite needs none: its writers come one by one
    ).all()
    claimed = []
    for message in due:
        if rules.is_exhausted(message.attempts):  # its workers died each time and told nobody
            _end(message, MessageStatus.DEAD, message.last_error or "every worker died of it")
            continue
        message.attempts += 1
        message.leased_by = worker
        message.leased_until = at + rules.LEASE
        claimed.append(
            Claimed(message.id, message.topic, message.key, message.payload, message.attempts)
        )
    session.flush()
    return claimed


def mark_delivered(session: Session, worker: str, message_id: str, *, at: datetime) -> bool:
    """False if the lease went to another worker meanwhile; that one will record it."""
    message = _leased(session, worker, message_id)
    if message is None:
        return False
    _end(message, MessageStatus.DELIVERED, "")
    message.delivered_at = at
    return True


def mark_failed(
    session: Session,
    worker: str,
    message_id: str,
    reason: str,
    *,
    at: datetime,
    rng: Random,
    is_final: bool = False,
) -> MessageStatus | None:
    """Try again later, or give up if that cannot help or twelve tries are used up.

    Returns the new status, None if the lease went to another worker meanwhile.
    """
    message = _leased(session, worker, message_id)
    if message is None:
        return None
    if is_final or rules.is_exhausted(message.attempts):
        _end(message, MessageStatus.DEAD, reason)
    else:
        message.due_at = at + rules.wait_before_next(message.attempts, rng)
        _release(message, reason)
    return message.status


def retry(session: Session, staff: Staff, message_id: str, *, at: datetime) -> None:
    """Give a dead message twelve new tries. Raises `NotFound`, `MoveNotAllowed`."""
    staff.require(Permission.JOBS_MANAGE)
    message = _revived(session, staff, message_id, MessageStatus.WAITING, "outbox.retried", at)
    message.attempts, message.due_at = 0, at


def drop(session: Session, staff: Staff, message_id: str, *, at: datetime) -> None:
    """Give a dead message up for good; its key stays taken. Raises `NotFound`, `MoveNotAllowed`."""
    staff.require(Permission.JOBS_MANAGE)
    _revived(session, staff, message_id, MessageStatus.DROPPED, "outbox.dropped", at)


def forget_delivered(session: Session, *, at: datetime) -> int:
    """Delete what was delivered over thirty days ago; returns how many."""
    gone = session.exec(
        delete(OutboxMessage).where(
            col(OutboxMessage.status) == MessageStatus.DELIVERED,
            col(OutboxMessage.delivered_at) < at - rules.KEPT_AFTER_DELIVERY,
        )
    )
    return gone.rowcount


def hand_back(session: Session, worker: str) -> None:
    """End this worker's leases, for a worker that stops in good order."""
    session.exec(
        update(OutboxMessage)
        .where(
            col(OutboxMessage.leased_by) == worker,
            col(OutboxMessage.status) == MessageStatus.WAITING,
        )
        .values(leased_by="", leased_until=None)
    )


def _leased(session: Session, worker: str, message_id: str) -> OutboxMessage | None:
    return session.exec(
        select(OutboxMessage)
        .where(
            OutboxMessage.id == message_id,
            OutboxMessage.status == MessageStatus.WAITING,
            OutboxMessage.leased_by == worker,
        )
        .with_for_update()
    ).first()


def _revived(
    session: Session, staff: Staff, message_id: str, then: MessageStatus, action: str, at: datetime
) -> OutboxMessage:
    message = session.exec(
        select(OutboxMessage).where(OutboxMessage.id == message_id).with_for_update()
    ).first()
    if message is None:
        raise NotFound
    rules.MACHINE.check(message.status, then)
    before = {"status": message.status, "attempts": message.attempts}
    message.status = then
    audit.record(
        session,
        staff,
        action,
        "message",
        message.id,
        at=at,
        before=before,
        after={"status": then, "topic": message.topic},
    )
    return message


def _end(message: OutboxMessage, status: MessageStatus, error: str) -> None:
    rules.MACHINE.check(message.status, status)
    message.status = status
    _release(message, error)


def _release(message: OutboxMessage, error: str) -> None:
    message.leased_by, message.leased_until, message.last_error = "", None, error[:500]
