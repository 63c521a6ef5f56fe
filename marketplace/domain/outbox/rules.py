"""How often and how patiently the outside is asked again. Pure."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from marketplace.domain.outbox.models import MessageStatus
from marketplace.kit.states import Machine

MAX_ATTEMPTS = 12
LEASE = timedelta(minutes=2)
FIRST_WAIT = 15  # seconds
LONGEST_WAIT = 6 * 60 * 60  # seconds
LATE_AFTER = timedelta(minutes=15)
KEPT_AFTER_DELIVERY = timedelta(days=30)

MACHINE = Machine(
    MessageStatus,
    {
        MessageStatus.WAITING: frozenset({MessageStatus.DELIVERED, MessageStatus.DEAD}),
        MessageStatus.DEAD: frozenset({MessageStatus.WAITING, MessageStatus.DROPPED}),
    },
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message this worker may now perform; `key` makes repeating it harmless."""

    id: str
    topic: str
    key: str
    payload: dict[str, Any]
    attempts: int


def wait_before_next(attempts: int, rng: Random) -> timedelta:
    """Twice as long each time up to six hours, with a fifth of jitter to either side."""
    seconds = min(FIRST_WAIT * 2 ** max(attempts - 1, 0), LONGEST_WAIT)
    return timedelta(seconds=seconds + rng.randint(-seconds // 5, seconds // 5))


def is_exhausted(attempts: int) -> bool:
    return attempts >= MAX_ATTEMPTS
