"""How long leases last, how tasks move, and what a worker is told. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from marketplace.domain.access.models import Actor, SellerMember
from marketplace.domain.jobs.models import Task, TaskStatus
from marketplace.kit.errors import DomainError
from marketplace.kit.languages import N_
from marketplace.kit.states import Machine

JOB_LEASE = timedelta(minutes=10)
TASK_LEASE = timedelta(minutes=2)
TASK_STARTS = 3
RESULT_KEPT = timedelta(days=7)
RUNS_KEPT = timedelta(days=30)
TASKS_KEPT = timedelta(days=30)
QUEUE_PER_PERSON = 10
LOG_LINES = 50

STARTED = "started"

TASK_MOVES = Machine(
    TaskStatus,
    {
        TaskStatus.QUEUED: frozenset({TaskStatus.RUNNING, TaskStatus.CANCELLED, TaskStatus.FAILED}),
        TaskStatus.RUNNING: frozenset(
            {TaskStatus.RUNNING, TaskStatus.DONE, TaskStatus.FAILED, TaskStatus.CANCELLED}
        ),
    },
)


class TooManyTasks(DomainError):
    message = N_("You have too many tasks waiting. Let some of them finish first.")


class TaskCancelled(Exception):
    """The owner asked to stop; the worker ends the task and leaves nothing half done."""


class LeaseLost(Exception):
    """Another worker took over; this one stops and touches nothing more."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A task this worker may now perform; it may have been begun before."""

    id: str
    kind: str
    owner_id: str
    audience: str
    seller_id: str
    parameters: dict[str, Any]


def owns(person: Actor, task: Task) -> bool:
    """The same person in the same hat: who left a shop no longer gets at its exports (SEC-63)."""
    return bool(person.id) and (person.id, person.kind, seller_of(person)) == (
        task.owner_id,
        task.audience,
        task.seller_id,
    )


def seller_of(person: Actor) -> str:
    return person.seller_id if isinstance(person, SellerMember) else ""


def percent(task: Task) -> int | None:
    """How far the task is, 0 to 100; None while nobody knows how much there is."""
    if task.status is TaskStatus.DONE:
        return 100
    return min(99, 100 * task.done // task.total) if task.total > 0 else None


def starts(task: Task) -> int:
    """How often a worker began it; one that died left its line."""
    return sum(1 for line in task.log if line.get("text") == STARTED)


def has_result(task: Task, at: datetime) -> bool:
    return bool(task.result_key) and task.result_until is not None and at < task.result_until


def milliseconds(start: datetime, end: datetime) -> int:
    return (end - start) // timedelta(milliseconds=1)
