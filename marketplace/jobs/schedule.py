"""The timer, and one run of a job: APScheduler only wakes us, the database decides (DESIGN D14).

Any number of processes may run this at once. A job is taken by one of them through its lease,
and a slot is run once because its row is unique (reference/security.md SEC-51).
"""

import asyncio
import os
import secrets
import socket
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from prometheus_client import Counter, Histogram
from sqlmodel import Session

from marketplace import db
from marketplace.domain.jobs import service
from marketplace.domain.jobs.rules import Timing
from marketplace.domain.outbox import service as outbox
from marketplace.jobs import bulk_listings, imports, tasks
from marketplace.jobs.tasks import Step
from marketplace.jobs.timetable import JOBS, Job
from marketplace.kit import clock
from marketplace.kit.errors import NotFound
from marketplace.settings import Settings, settings

LATE_BY = 60  # seconds a tick may come late before it is skipped
THREADS = 4
CATCH_UP_AFTER = timedelta(seconds=3)

log = structlog.get_logger("jobs")
RUNS = Counter("jishi_job_runs_total", "Runs of timed jobs", ["job", "status"])
SECONDS = Histogram("jishi_job_seconds", "How long runs of timed jobs took", ["job"])


@contextmanager
def running(chosen: Settings | None = None) -> Iterator[None]:
    """Run the timetable in the background while the block lasts, if the settings want it."""
    chosen = chosen or settings()
    if not chosen.run_jobs:
        yield
        return
    worker = worker_name()
    timer = _timer(chosen, worker)
    timer.start()
    log.info("jobs.started", worker=worker, jobs=len(JOBS))
    try:
        yield
    finally:
        timer.shutdown(wait=True)
        db.call(outbox.hand_back, worker)
        log.info("jobs.stopped", worker=worker)


@asynccontextmanager
async def in_server() -> AsyncIterator[None]:
    """`running`, as the app's lifespan wants it: Reflex enters only asynchronous ones, and
    waiting for the last job must not stop the event loop."""
    background = running()
    await asyncio.to_thread(background.__enter__)
    try:
        yield
    finally:
        await asyncio.to_thread(background.__exit__, None, None, None)


def run(
    name: str, *, worker: str, at: datetime | None = None, started_by: str = "timer"
) -> Mapping[str, Any] | None:
    """Run one job now and return its figures; None if it is running elsewhere or was run already.

    From the timer, `at` names the slot it was due in; by hand, every call is a slot of its own.
    Raises `NotFound` for an unknown job, and whatever the job raises.
    """
    if name not in JOBS:
        raise NotFound
    job, at = JOBS[name], at or clock.now()
    with structlog.contextvars.bound_contextvars(job=name):
        if job.timing.is_constant:
            return _run_constant(job, worker)
        slot = job.timing.slot(at, settings().time_zone) if started_by == "timer" else at
        run_id = db.call(_open, job, slot, worker=worker, started_by=started_by)
        return None if run_id is None else _run_leased(job, run_id, worker)


def worker_name() -> str:
    """Which process this is; unlike any that ran before under the same number."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(3)}"


def _timer(chosen: Settings, worker: str) -> BackgroundScheduler:
    timer = BackgroundScheduler(
        timezone=UTC,
        executors={"default": ThreadPoolExecutor(THREADS)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": LATE_BY},
    )
    for job in JOBS.values():
        timer.add_job(
            _tick,
            _trigger(job.timing, chosen.time_zone),
            args=[job.name, worker],
            id=job.name,
            next_run_time=datetime.now(UTC) + CATCH_UP_AFTER,  # a slot missed while we were down
        )
    return timer


def _trigger(timing: Timing, zone: str) -> IntervalTrigger | CronTrigger:
    if timing.every:
        return IntervalTrigger(seconds=int(timing.every.total_seconds()), timezone=UTC)
    return CronTrigger(hour=timing.daily_at.hour, minute=timing.daily_at.minute, timezone=zone)


def _tick(name: str, worker: str) -> None:
    """What the timer calls: a failing job is logged and tried again in its next slot."""
    try:
        run(name, worker=worker)
    except Exception as broken:
        log.error("job.broken", job=name, exc_info=broken)


def _open(
    session: Session, job: Job, slot: datetime, *, worker: str, started_by: str
) -> str | None:
    at = clock.now()
    if not service.take_lease(session, job.name, worker, at=at, lasts=job.timing.lease):
        return None
    run_id = service.start_run(session, job.name, slot, at=at, worker=worker, started_by=started_by)
    if run_id is None:
        service.release_lease(session, job.name, worker, at=at)
    return run_id


def _run_leased(job: Job, run_id: str, worker: str) -> Mapping[str, Any]:
    result: Mapping[str, Any] = {}
    error = "stopped before its end"
    began = time.monotonic()
    try:
        result = job.work(worker)
        error = ""
    except Exception as broken:
        error = type(broken).__name__
        raise
    finally:
        SECONDS.labels(job.name).observe(time.monotonic() - began)
        RUNS.labels(job.name, "failed" if error else "done").inc()
        db.call(_close, job, run_id, worker, result=result, error=error)
    log.info(
        "job.done", **{name: value for name, value in result.items() if isinstance(value, int)}
    )
    return result


def _close(
    session: Session, job: Job, run_id: str, worker: str, *, result: Mapping[str, Any], error: str
) -> None:
    at = clock.now()
    service.finish_run(session, run_id, at=at, result=result, error=error)
    service.release_lease(session, job.name, worker, at=at)


def _run_constant(job: Job, worker: str) -> Mapping[str, Any]:
    """Leaves a trace only when there was work, and once per hour."""
    error, began = "", clock.now()
    counts: Mapping[str, Any] = {}
    try:
        counts = job.work(worker)
    except Exception as broken:
        error = type(broken).__name__
        raise
    finally:
        slot = began.replace(minute=0, second=0, microsecond=0)
        if counts or error or _told.get(job.name) != slot:
            _told[job.name] = slot
            db.call(
                service.tally,
                job.name,
                began=began,
                at=clock.now(),
                worker=worker,
                counts=counts,
                error=error,
            )
    return counts


_told: dict[str, datetime] = {}
"""The hour in which this process last left a trace of a constant job."""


def _run_on_request(step: Step) -> None:
    """The task behind *Run now* on the page *Jobs*."""
    name = str(step.task.parameters.get("job", ""))
    run(name, worker=step.worker, started_by=step.task.owner_id)
    db.call(service.finish_task, step.worker, step.task.id, at=clock.now(), done=1)


tasks.WORK |= {**imports.WORK, **bulk_listings.WORK, "job.run": _run_on_request}
