"""Runs of timed jobs, for the *Jobs* and *Books* pages and the checks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Select, func
from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.jobs import rules
from marketplace.domain.jobs.models import JobLease, JobRun, RunStatus
from marketplace.kit.clock import iso
from marketplace.kit.paging import ListQuery, Page
from marketplace.settings import settings

S = TypeVar("S", bound=Select[Any])

RUN_FILTERS: dict[str, tuple[str, ...] | None] = {"job": None, "status": tuple(RunStatus)}
RUN_SORTS = ("-started_at", "started_at")


@dataclass(frozen=True, slots=True)
class RunRow:
    """Moments are ISO 8601, UTC. `milliseconds` is how long it took, None while it runs."""

    id: str
    job: str
    scheduled_for: str
    started_at: str
    finished_at: str
    milliseconds: int | None
    status: RunStatus
    worker: str
    started_by: str
    result: str
    error: str


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """A job of the timetable. `seconds` between runs, 0 for a daily one at `daily_at`."""

    id: str
    title: str
    seconds: int
    daily_at: str
    next_at: str
    last_at: str
    milliseconds: int
    status: str
    result: str
    error: str
    is_running: bool


def list_runs(session: Session, staff: Staff, query: ListQuery) -> Page[RunRow]:
    """Filters: `job`, `status`."""
    staff.require(Permission.JOBS_READ)
    total = session.exec(_matching(select(func.count()).select_from(JobRun), query)).one()
    order = col(JobRun.started_at)
    page = _matching(select(JobRun), query).order_by(
        order.desc() if query.is_descending else order, col(JobRun.id)
    )
    runs = session.exec(page.offset(query.offset).limit(query.size)).all()
    return Page([_row(run) for run in runs], total)


def last_runs(session: Session, staff: Staff) -> dict[str, RunRow]:
    """The newest run of each job that ever ran."""
    staff.require(Permission.JOBS_READ)
    newest = (
        select(col(JobRun.job), func.max(JobRun.started_at).label("started_at"))
        .group_by(col(JobRun.job))
        .subquery()
    )
    runs = session.exec(
        select(JobRun).join(
            newest,
            (newest.c.job == col(JobRun.job)) & (newest.c.started_at == col(JobRun.started_at)),
        )
    )
    return {run.job: _row(run) for run in runs}


def list_schedule(session: Session, staff: Staff, *, at: datetime) -> list[ScheduleRow]:
    """Every job with its last run and its next moment."""
    staff.require(Permission.JOBS_READ)
    last, zone = last_runs(session, staff), settings().time_zone
    held = set(session.exec(select(JobLease.job).where(JobLease.until > at)))
    return [
        ScheduleRow(
            id=timing.name,
            title=timing.title,
            seconds=int(timing.every.total_seconds()) if timing.every else 0,
            daily_at=f"{timing.daily_at:%H:%M}" if not timing.every else "",
            next_at=iso(timing.next_slot(at, zone)),
            last_at=run.started_at if (run := last.get(timing.name)) else "",
            milliseconds=run.milliseconds or 0 if run else 0,
            status=run.status if run else "",
            result=run.result if run else "",
            error=run.error if run else "",
            is_running=timing.name in held,
        )
        for timing in rules.TIMETABLE.values()
    ]


def last_result(session: Session, job: str) -> tuple[datetime, dict[str, Any]] | None:
    """When `job` last finished well, and what it found."""
    run = session.exec(
        select(JobRun)
        .where(JobRun.job == job, JobRun.status == RunStatus.DONE)
        .order_by(col(JobRun.started_at).desc())
        .limit(1)
    ).first()
    return (run.finished_at or run.started_at, run.result) if run else None


def stuck_runs(session: Session, *, at: datetime) -> list[RunRow]:
    """Open runs whose lease ended: their worker died and no other took over."""
    held = select(JobLease.job).where(JobLease.until > at)
    stuck = session.exec(
        select(JobRun).where(
            JobRun.status == RunStatus.RUNNING,
            JobRun.started_at < at - rules.JOB_LEASE,
            col(JobRun.job).not_in(held),
        )
    )
    return [_row(run) for run in stuck]


def _matching(statement: S, query: ListQuery) -> S:
    if chosen := query.filters.get("job"):
        statement = statement.where(col(JobRun.job).in_(chosen))
    if chosen := query.filters.get("status"):
        statement = statement.where(col(JobRun.status).in_(chosen))
    if query.search:
        statement = statement.where(col(JobRun.job).icontains(query.search, autoescape=True))
    return statement


def _row(run: JobRun) -> RunRow:
    ended = run.finished_at
    return RunRow(
        id=run.id,
        job=run.job,
        scheduled_for=iso(run.scheduled_for),
        started_at=iso(run.started_at),
        finished_at=iso(ended),
        milliseconds=rules.milliseconds(run.started_at, ended) if ended else None,
        status=run.status,
        worker=run.worker,
        started_by=run.started_by,
        result=_summary(run.result),
        error=run.error,
    )


def _summary(result: dict[str, Any]) -> str:
    """The plain figures of a result on one line; lists have their own page."""
    plain = {name: value for name, value in result.items() if isinstance(value, (int, str))}
    return ", ".join(f"{name} {value}" for name, value in plain.items())
