"""Long tasks, always the asking person's own."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, or_, select

from marketplace.domain.access.models import Actor
from marketplace.domain.jobs import rules
from marketplace.domain.jobs.models import Task, TaskStatus
from marketplace.kit.clock import iso
from marketplace.kit.errors import NotFound, NotSignedIn


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A job card (ux.md C7). `percent` is None while nobody knows how much there is."""

    id: str
    kind: str
    title: str
    status: TaskStatus
    done: int
    total: int
    percent: int | None
    error: str
    log: tuple[str, ...]
    created_at: str
    finished_at: str
    download: str
    can_cancel: bool


@dataclass(frozen=True, slots=True)
class ResultFile:
    key: str
    name: str


def my_tasks(session: Session, person: Actor, *, at: datetime, limit: int = 20) -> list[TaskRow]:
    """The person's own tasks in the hat they wear, newest first."""
    if not person.id:
        raise NotSignedIn
    tasks = session.exec(
        select(Task)
        .where(
            Task.owner_id == person.id,
            Task.audience == person.kind,
            Task.seller_id == rules.seller_of(person),
        )
        .order_by(col(Task.created_at).desc(), col(Task.id).desc())
        .limit(limit)
    )
    return [_row(task, at) for task in tasks]


def task(session: Session, person: Actor, task_id: str, *, at: datetime) -> TaskRow:
    """Raises `NotFound` for somebody else's task as for none."""
    return _row(_own(session, person, task_id), at)


def result_file(session: Session, person: Actor, task_id: str, *, at: datetime) -> ResultFile:
    """Where the file of one's own task lies. Raises `NotFound`, also when its time is over."""
    own = _own(session, person, task_id)
    if not rules.has_result(own, at):
        raise NotFound
    return ResultFile(own.result_key, own.result_name)


def has_task(session: Session, *, at: datetime) -> bool:
    """Whether a worker would find something; asked first, for it needs no lock."""
    waiting = select(Task.id).where(
        or_(
            col(Task.status) == TaskStatus.QUEUED,
            (col(Task.status) == TaskStatus.RUNNING) & (col(Task.leased_until) <= at),
        )
    )
    return session.exec(waiting.limit(1)).first() is not None


def _own(session: Session, person: Actor, task_id: str) -> Task:
    found = session.get(Task, task_id)
    if found is None or not rules.owns(person, found):
        raise NotFound
    return found


def _row(task: Task, at: datetime) -> TaskRow:
    return TaskRow(
        id=task.id,
        kind=task.kind,
        title=task.title,
        status=task.status,
        done=task.done,
        total=task.total,
        percent=rules.percent(task),
        error=task.error,
        log=tuple(str(line.get("text", "")) for line in task.log),
        created_at=iso(task.created_at),
        finished_at=iso(task.finished_at),
        download=f"/files/{task.id}" if rules.has_result(task, at) else "",
        can_cancel=rules.TASK_MOVES.allows(task.status, TaskStatus.CANCELLED)
        and not task.cancel_asked,
    )
