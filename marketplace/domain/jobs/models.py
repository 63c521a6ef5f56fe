"""Timed jobs with their runs, and long tasks that somebody waits for (ux.md C7)."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from marketplace.kit.columns import Json, UtcDateTime, stored


class JobLease(SQLModel, table=True):
    """Who runs a job right now. Expires by itself, so a dead process blocks nobody for long."""

    __tablename__ = "job_lease"

    job: str = Field(primary_key=True, max_length=60)
    holder: str = Field(max_length=80)
    until: datetime = Field(sa_type=UtcDateTime)


class RunStatus(StrEnum):
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class JobRun(SQLModel, table=True):
    """One run of a timed job; (job, scheduled_for) is unique, so two timers start it once."""

    __tablename__ = "job_run"
    __table_args__ = (
        UniqueConstraint("job", "scheduled_for", name="uq_job_run_slot"),
        Index("ix_job_run_started", "job", "started_at"),
    )

    id: str = Field(primary_key=True, max_length=40)
    job: str = Field(max_length=60)
    scheduled_for: datetime = Field(sa_type=UtcDateTime)
    started_at: datetime = Field(sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    status: RunStatus = Field(sa_column=Column(stored(RunStatus), nullable=False))
    worker: str = Field(default="", max_length=80)
    started_by: str = Field(default="timer", max_length=40)
    result: dict[str, Any] = Field(default_factory=dict, sa_column=Column(Json, nullable=False))
    error: str = Field(default="", max_length=500)


class TaskStatus(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Task(SQLModel, table=True):
    """Work somebody asked for that takes longer than two seconds: an export, an import."""

    __tablename__ = "task"
    __table_args__ = (
        Index("ix_task_owner", "owner_id", "created_at"),
        Index("ix_task_due", "status", "created_at"),
    )

    id: str = Field(primary_key=True, max_length=40)
    kind: str = Field(max_length=60)
    title: str = Field(max_length=120, description="message id")
    owner_id: str = Field(foreign_key="person.id", max_length=40)
    audience: str = Field(
        max_length=20, description="the hat it was asked in: staff, member, person"
    )
    seller_id: str = Field(default="", max_length=40)
    parameters: dict[str, Any] = Field(default_factory=dict, sa_column=Column(Json, nullable=False))
    status: TaskStatus = Field(sa_column=Column(stored(TaskStatus), nullable=False))
    done: int = Field(default=0)
    total: int = Field(default=0, description="0: not known yet")
    log: list[Any] = Field(default_factory=list, sa_column=Column(Json, nullable=False))
    error: str = Field(default="", max_length=500)
    result_key: str = Field(default="", max_length=200, description="the file in private storage")
    result_name: str = Field(default="", max_length=120)
    result_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    cancel_asked: bool = Field(default=False)
    created_at: datetime = Field(sa_type=UtcDateTime)
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    leased_by: str = Field(default="", max_length=80)
    leased_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
