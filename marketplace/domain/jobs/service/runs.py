"""One run of a timed job: taken by one worker, started once per slot, with its result (DESIGN D14)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, update
from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.audit import service as audit
from marketplace.domain.jobs import rules
from marketplace.domain.jobs.models import JobLease, JobRun, RunStatus
from marketplace.domain.jobs.service.tasks import request_task
from marketplace.kit import ids
from marketplace.kit.languages import N_
from marketplace.kit.rows import insert_if_absent

RUN_NOW = "job.run"
WORKER_DIED = "the worker died"


def take_lease(
    session: Session, job: str, holder: str, *, at: datetime, lasts: timedelta = rules.JOB_LEASE
) -> bool:
    """Become the one who runs `job` until `at + lasts`, or renew that; False if another is."""
    taken = session.exec(
        update(JobLease)
        .where(
            col(JobLease.job) == job,
            or_(col(JobLease.until) <= at, col(JobLease.holder) == holder),
        )
        .values(holder=holder, until=at + lasts)
    )
    if taken.rowcount:
        return True
    return insert_if_absent(session, JobLease, job=job, holder=holder, until=at + lasts)


def release_lease(session: Session, job: str, holder: str, *, at: datetime) -> None:
    session.exec(
        update(JobLease)
        .where(col(JobLease.job) == job, col(JobLease.holder) == holder)
        .values(until=at)
    )


def start_run(
    session: Session,
    job: str,
    scheduled_for: datetime,
    *,
    at: datetime,
    worker: str,
    started_by: str = "timer",
) -> str | None:
    """Open the run of this slot and return its id; None if the slot was run already.

    Only the holder of the lease calls this, so a run still open is one whose worker died.
    """
    session.exec(
        update(JobRun)
        .where(col(JobRun.job) == job, col(JobRun.status) == RunStatus.RUNNING)
        .values(status=RunStatus.FAILED, finished_at=at, error=WORKER_DIED)
    )
    run_id = ids.new_id("run")
    is_new = insert_if_absent(
        session,
        JobRun,
        id=run_id,
        job=job,
        scheduled_for=scheduled_for,
        started_at=at,
        status=RunStatus.RUNNING,
        worker=worker,
        started_by=started_by,
        result={},
        error="",
    )
    return run_id if is_new else None


def finish_run(
    session: Session,
    run_id: str,
    *,
    at: datetime,
    result: Mapping[str, Any] | None = None,
    error: str = "",
) -> None:
    """Close a run, as failed if there is an `error`."""
    session.exec(
        update(JobRun)
        .where(col(JobRun.id) == run_id, col(JobRun.status) == RunStatus.RUNNING)
        .values(
            status=RunStatus.FAILED if error else RunStatus.DONE,
            finished_at=at,
            result=dict(result or {}),
            error=error[:500],
        )
    )


def tally(
    session: Session,
    job: str,
    *,
    began: datetime,
    at: datetime,
    worker: str,
    counts: Mapping[str, int],
    error: str = "",
) -> None:
    """Add to the hour's one row of a job that looks for work every few seconds.

    The row tells when it last worked and how long that took; its figures are the hour's.
    """
    hour = at.replace(minute=0, second=0, microsecond=0)
    insert_if_absent(
        session,
        JobRun,
        id=ids.new_id("run"),
        job=job,
        scheduled_for=hour,
        started_at=began,
        finished_at=at,
        status=RunStatus.DONE,
        worker=worker,
        started_by="timer",
        result={},
        error="",
    )
    run = session.exec(
        select(JobRun).where(JobRun.job == job, JobRun.scheduled_for == hour).with_for_update()
    ).one()
    run.result = {
        name: run.result.get(name, 0) + counts.get(name, 0) for name in {*run.result, *counts}
    }
    run.started_at, run.finished_at, run.worker = began, at, worker
    run.status = RunStatus.FAILED if error else RunStatus.DONE
    run.error = error[:500]


def request_run(session: Session, staff: Staff, job: str, *, at: datetime) -> str:
    """Ask a worker to run `job` at once, as a task of the asking person; returns the task's id."""
    staff.require(Permission.JOBS_MANAGE)
    task_id = request_task(session, staff, RUN_NOW, N_("Run a background job"), {"job": job}, at=at)
    audit.record(session, staff, "jobs.run_requested", "job", job, at=at)
    return task_id


def forget_old_runs(session: Session, *, at: datetime) -> int:
    gone = session.exec(
        delete(JobRun).where(
            col(JobRun.started_at) < at - rules.RUNS_KEPT, col(JobRun.status) != RunStatus.RUNNING
        )
    )
    return gone.rowcount
