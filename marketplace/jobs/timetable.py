"""Which jobs there are, when they run, and what they do. Everything the timer knows is here."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlmodel import Session

from marketplace import db
from marketplace.domain.accounts.service import people, second_factor, sessions
from marketplace.domain.audit import queries as audit
from marketplace.domain.jobs import service as jobs
from marketplace.domain.notifications import service as notifications
from marketplace.domain.outbox import service as outbox
from marketplace.integrations import storage
from marketplace.jobs import deliver, invariants, tasks
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.settings import settings


@dataclass(frozen=True, slots=True)
class Job:
    """A timed job. `work(worker)` opens its own transactions and returns figures to keep."""

    name: str
    title: str
    work: Callable[[str], Mapping[str, Any]]
    every: timedelta | None = None
    daily_at: time | None = None
    """In the marketplace's time zone; used when there is no `every`."""
    lease: timedelta = field(default=timedelta(minutes=10))
    is_constant: bool = False
    """Looks for work every few seconds; needs no lease, because each piece has its own."""

    def slot(self, at: datetime) -> datetime:
        """The newest moment this job was due, the same for every timer that asks."""
        if self.every:
            since = datetime(2020, 1, 1, tzinfo=UTC)
            return since + (at - since) // self.every * self.every
        due = self._on_day(at)
        return due if due <= at else self._on_day(at - timedelta(days=1))

    def next_slot(self, at: datetime) -> datetime:
        """The next moment this job is due."""
        if self.every:
            return self.slot(at) + self.every
        due = self._on_day(at)
        return due if due > at else self._on_day(at + timedelta(days=1))

    def _on_day(self, at: datetime) -> datetime:
        zone = settings().time_zone
        start, _ = clock.day_bounds(clock.day_of(at, zone), zone)
        due = self.daily_at or time()
        return start + timedelta(hours=due.hour, minutes=due.minute)


def _clean_up(_worker: str) -> Mapping[str, int]:
    return db.call(_forget_all, at=clock.now())


def _forget_all(session: Session, *, at: datetime) -> dict[str, int]:
    return {
        "sessions": sessions.purge_ended(session, at=at),
        "links": people.purge_links(session, at=at),
        "notices": notifications.forget_old(session, at=at),
        "files": jobs.forget_results(session, at=at),
        "runs": jobs.forget_old_runs(session, at=at),
        "messages": outbox.forget_delivered(session, at=at),
    }


def _export_head(_worker: str) -> Mapping[str, int]:
    """Keep the end of the audit chain outside the database: it shows a tail that was cut."""
    head = db.call_reading(audit.head_of)
    if head is None:
        return {"entries": 0}
    at = clock.now()
    kept = json.dumps({"seq": head.seq, "seal": head.seal, "at": at.isoformat()}).encode()
    storage().write(f"private/audit/{at:%Y-%m-%d}.json", [kept])
    storage().write(invariants.WITNESS, [kept])
    return {"entries": head.seq}


def _reset_second_factors(_worker: str) -> Mapping[str, int]:
    return {"reset": db.call(second_factor.perform_due_resets, at=clock.now())}


JOBS: dict[str, Job] = {
    job.name: job
    for job in (
        Job(
            "outbox.deliver",
            N_("Send mail and other effects"),
            deliver.deliver,
            every=timedelta(seconds=2),
            is_constant=True,
        ),
        Job(
            "tasks.work",
            N_("Work on exports and other long tasks"),
            tasks.work_tasks,
            every=timedelta(seconds=2),
            is_constant=True,
        ),
        Job("books.check", N_("Check the books"), invariants.check, every=timedelta(minutes=15)),
        Job(
            "accounts.two_step_resets",
            N_("Carry out agreed two-step resets"),
            _reset_second_factors,
            every=timedelta(minutes=10),
        ),
        Job("cleanup", N_("Forget what is past its time"), _clean_up, every=timedelta(hours=1)),
        Job(
            "audit.export_head",
            N_("Keep the end of the audit log elsewhere"),
            _export_head,
            daily_at=time(3, 10),
        ),
    )
}
