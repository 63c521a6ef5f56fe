"""Empties the outbox: claims what is due, performs it outside any transaction, records the end.

What each topic means is in `EFFECTS`. Performing twice must be harmless, because a crash
between performing and recording repeats it (reference/money.md 4.2).
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from sqlmodel import Session

from marketplace import db
from marketplace.domain.inventory import service as stock
from marketplace.domain.outbox import queries, service
from marketplace.domain.outbox.models import MessageStatus
from marketplace.domain.outbox.rules import Claimed
from marketplace.flows import reactions, send_letters
from marketplace.integrations import mailer, storage
from marketplace.jobs import media
from marketplace.kit import clock
from marketplace.ports import DeliveryFailed

BATCH = 20

log = structlog.get_logger("jobs.deliver")
jitter = random.SystemRandom()


@dataclass(frozen=True, slots=True)
class Effect:
    """How one topic is performed; the first and the last step run in a transaction."""

    prepare: Callable[[Session, dict[str, Any]], Any]
    """Returns what to perform, None if there is nothing left to do."""
    perform: Callable[[Any], None]
    """Raises `DeliveryFailed`; anything else is tried again, too."""
    record: Callable[[Session, Any], None]
    give_up: Callable[[Session, dict[str, Any], str], None]


def deliver(worker: str) -> dict[str, int]:
    """Perform everything due now; returns how much was delivered and how much failed."""
    counts = {"delivered": 0, "failed": 0}
    while db.call_reading(queries.has_due, at=clock.now()):
        claimed = db.call(service.claim, worker, at=clock.now(), limit=BATCH)
        for message in claimed:
            counts["delivered" if _perform(worker, message) else "failed"] += 1
        if not claimed:  # another worker was quicker
            break
    return {name: count for name, count in counts.items() if count}


def _perform(worker: str, message: Claimed) -> bool:
    with structlog.contextvars.bound_contextvars(message_id=message.id, topic=message.topic):
        try:
            effect = EFFECTS.get(message.topic)
            if effect is None:
                raise DeliveryFailed(f"nobody performs {message.topic}", is_final=True)
            thing = db.call_reading(effect.prepare, message.payload)
            if thing is not None:
                effect.perform(thing)
        except DeliveryFailed as failed:
            _fail(worker, message, str(failed), is_final=failed.is_final)
            return False
        except Exception as broken:
            log.error("delivery.broken", exc_info=broken)
            _fail(worker, message, type(broken).__name__, is_final=False)
            return False
        db.call(_record, worker, message, effect, thing)
        return True


def _record(session: Session, worker: str, message: Claimed, effect: Effect, thing: Any) -> None:
    if service.mark_delivered(session, worker, message.id, at=clock.now()) and thing is not None:
        effect.record(session, thing)


def _fail(worker: str, message: Claimed, reason: str, *, is_final: bool) -> None:
    status = db.call(_record_failure, worker, message, reason, is_final=is_final)
    level = log.error if status is MessageStatus.DEAD else log.warning
    level("delivery.failed", reason=reason, attempts=message.attempts, status=status)


def _record_failure(
    session: Session, worker: str, message: Claimed, reason: str, *, is_final: bool
) -> MessageStatus | None:
    status = service.mark_failed(
        session, worker, message.id, reason, at=clock.now(), rng=jitter, is_final=is_final
    )
    if status is MessageStatus.DEAD and (effect := EFFECTS.get(message.topic)):
        effect.give_up(session, message.payload, reason)
    return status


def _tell_back_in_stock(session: Session, variant_id: str) -> None:
    stock.tell_back_in_stock(session, variant_id, at=clock.now())


def _nothing(*_anything: object) -> None:
    """Some topics have nothing to note."""


def _reaction(topic: str) -> Effect:
    """Reactions have a transaction of their own, so that one that fails is tried again alone."""
    return Effect(
        prepare=lambda _session, payload: reactions.READERS[topic](payload),
        perform=lambda event: db.call(reactions.react, event, at=clock.now()),
        record=_nothing,
        give_up=_nothing,
    )


EFFECTS: dict[str, Effect] = {
    "mail.send": Effect(
        prepare=lambda session, payload: send_letters.prepare(session, payload["mail_id"]),
        perform=lambda letter: mailer().send(letter),
        record=lambda session, letter: send_letters.record(session, letter, at=clock.now()),
        give_up=lambda session, payload, why: send_letters.give_up(
            session, payload["mail_id"], why
        ),
    ),
    "stock.back": Effect(
        prepare=lambda _session, payload: str(payload["variant_id"]),
        perform=_nothing,
        record=_tell_back_in_stock,
        give_up=_nothing,
    ),
    "media.process": Effect(
        prepare=media.prepare,
        perform=media.perform,
        record=media.record,
        give_up=media.give_up,
    ),
    "storage.delete": Effect(
        prepare=lambda _session, payload: str(payload["key"]),
        perform=lambda key: storage().delete(key),
        record=_nothing,
        give_up=_nothing,
    ),
    **{topic: _reaction(topic) for topic in reactions.READERS},
}
