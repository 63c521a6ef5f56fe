"""How long leases last, how tasks move, and what a worker is told. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

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
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
"""Where intervals are counted from, so that every timer finds the same slots."""

TASK_MOVES = Machine(
    TaskStatus,
    {
        TaskStatus.QUEUED: frozenset({TaskStatus.RUNNING, TaskStatus.CANCELLED, TaskStatus.FAILED}),
        TaskStatus.RUNNING: frozenset(
            {TaskStatus.RUNNING, TaskStatus.DONE, TaskStatus.FAILED, TaskStatus.CANCELLED}
        ),
    },
)


@dataclass(frozen=True, slots=True)
class Timing:
    """When a job runs. `every` so long, or else daily at `daily_at` in the market's zone."""

    name: str
    title: str
    every: timedelta | None = None
    daily_at: time = time(3, 0)
    lease: timedelta = JOB_LEASE
    is_constant: bool = False
    """Looks for work every few seconds; needs no lease, because each piece has its own."""

    def slot(self, at: datetime, zone: str) -> datetime:
        """The newest moment this job was due, the same for every timer that asks."""
        if self.every:
            return EPOCH + (at - EPOCH) // self.every * self.every
        due = self._on_day(at, zone)
        return due if due <= at else self._on_day(at - timedelta(days=1), zone)

    def next_slot(self, at: datetime, zone: str) -> datetime:
        """The next moment this job is due."""
        if self.every:
            return self.slot(at, zone) + self.every
        due = self._on_day(at, zone)
        return due if due > at else self._on_day(at + timedelta(days=1), zone)

    def _on_day(self, at: datetime, zone: str) -> datetime:
        local = datetime.combine(
            at.astimezone(ZoneInfo(zone)).date(), self.daily_at, ZoneInfo(zone)
        )
        return local.astimezone(UTC)


TIMETABLE: dict[str, Timing] = {
    timing.name: timing
    for timing in (
        Timing(
            "outbox.deliver",
            N_("Send mail and other effects"),
            timedelta(seconds=2),
            is_constant=True,
        ),
        Timing(
            "tasks.work",
            N_("Work on exports and other long tasks"),
            timedelta(seconds=2),
            is_constant=True,
        ),
        Timing("books.check", N_("Check the books"), timedelta(minutes=15)),
        Timing(
            "accounts.two_step_resets",
            N_("Carry out agreed two-step resets"),
            timedelta(minutes=10),
        ),
        Timing("media.orphans", N_("Collect files nothing uses"), timedelta(hours=1)),
        Timing("search.reindex", N_("Build the search index anew"), daily_at=time(4, 20)),
        Timing(
            "sellers.standing",
            N_("Begin and end sellers' pauses and timed restrictions"),
            timedelta(minutes=5),
        ),
        Timing(
            "sellers.documents",
            N_("Remind sellers of documents that end, and act on those that ended"),
            daily_at=time(6, 0),
        ),
        Timing(
            "sellers.applications",
            N_("Remind applicants who stopped on the way"),
            daily_at=time(9, 0),
        ),
        Timing("cleanup", N_("Forget what is past its time"), timedelta(hours=1)),
        Timing(
            "audit.export_head", N_("Keep the end of the audit log elsewhere"), daily_at=time(3, 10)
        ),
    )
}


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
