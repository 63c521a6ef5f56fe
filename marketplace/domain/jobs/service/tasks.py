"""Long work somebody asked for: queued, performed by a worker under a lease, with progress."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, or_
from sqlmodel import Session, col, select

from marketplace.domain.access.models import Actor
from marketplace.domain.jobs import rules
from marketplace.domain.jobs.models import Task, TaskStatus
from marketplace.domain.jobs.rules import Claimed, LeaseLost, TaskCancelled
from marketplace.domain.outbox import service as outbox
from marketplace.kit import ids
from marketplace.kit.errors import NotFound, NotSignedIn

DELETE_FILE = "storage.delete"
UNFINISHED = (TaskStatus.QUEUED, TaskStatus.RUNNING)


def request_task(
    session: Session,
    actor: Actor,
    kind: str,
    title: str,
    parameters: Mapping[str, Any],
    *,
    at: datetime,
) -> str:
    """Queue work for `actor`, who will own its result; returns the task's id.

    The caller has checked that the actor may have it, and the worker checks again when it
    begins. Raises `TooManyTasks` when ten of theirs are waiting.
    """
    if not actor.id:
        raise NotSignedIn
    waiting = select(func.count()).where(
        Task.owner_id == actor.id, col(Task.status).in_(UNFINISHED)
    )
    if session.exec(waiting).one() >= rules.QUEUE_PER_PERSON:
        raise rules.TooManyTasks
    task = Task(
        id=ids.new_id("tsk"),
        kind=kind,
        title=title,
        owner_id=actor.id,
        audience=actor.kind,
        seller_id=rules.seller_of(actor),
        parameters=dict(parameters),
        status=TaskStatus.QUEUED,
        created_at=at,
    )
    session.add(task)
    session.flush()
    return task.id


def cancel_task(session: Session, person: Actor, task_id: str, *, at: datetime) -> None:
    """A waiting task ends now, a running one at its next step. Raises `NotFound`, `MoveNotAllowed`."""
    task = _locked(session, Task.id == task_id)
    if task is None or not rules.owns(person, task):
        raise NotFound
    rules.TASK_MOVES.check(task.status, TaskStatus.CANCELLED)
    if task.status is TaskStatus.RUNNING:
        task.cancel_asked = True
        return
    _end(task, TaskStatus.CANCELLED, at)


def claim_task(session: Session, worker: str, *, at: datetime) -> Claimed | None:
    """Take the oldest task that waits, or that a dead worker left; None if there is none."""
    task = session.exec(
        select(Task)
        .where(
            or_(
                col(Task.status) == TaskStatus.QUEUED,
                (col(Task.status) == TaskStatus.RUNNING) & (col(Task.leased_until) <= at),
            )
        )
        .order_by(col(Task.created_at), col(Task.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if task is None:
        return None
    if rules.starts(task) >= rules.TASK_STARTS:
        task.error = "every worker died of it"
        _end(task, TaskStatus.FAILED, at)
        return None
    rules.TASK_MOVES.check(task.status, TaskStatus.RUNNING)
    task.status, task.started_at = TaskStatus.RUNNING, task.started_at or at
    task.done = 0
    task.leased_by, task.leased_until = worker, at + rules.TASK_LEASE
    _note(task, rules.STARTED, at)
    session.flush()
    return Claimed(
        task.id, task.kind, task.owner_id, task.audience, task.seller_id, dict(task.parameters)
    )


def report_progress(
    session: Session,
    worker: str,
    task_id: str,
    *,
    at: datetime,
    done: int,
    total: int = 0,
    line: str = "",
    kept: Mapping[str, Any] | None = None,
) -> None:
    """Tell how far it is and keep the lease. Raises `TaskCancelled`, `LeaseLost`.

    `kept` goes into the task's parameters: with a part of the work in the same transaction, it
    lets whoever takes over go on after that part.
    """
    task = _leased(session, worker, task_id)
    if task.cancel_asked:
        raise TaskCancelled
    task.done, task.total = done, total or task.total
    task.leased_until = at + rules.TASK_LEASE
    if line:
        _note(task, line, at)
    if kept:
        task.parameters = {**task.parameters, **kept}


def finish_task(
    session: Session,
    worker: str,
    task_id: str,
    *,
    at: datetime,
    done: int,
    result_key: str = "",
    result_name: str = "",
) -> None:
    """The work is done; its file, if any, is kept for seven days. Raises `LeaseLost`."""
    task = _leased(session, worker, task_id)
    task.done = task.total = done
    task.result_key, task.result_name = result_key, result_name
    task.result_until = at + rules.RESULT_KEPT if result_key else None
    _end(task, TaskStatus.DONE, at)


def fail_task(session: Session, worker: str, task_id: str, error: str, *, at: datetime) -> None:
    """`error` is a sentence for its owner. Raises `LeaseLost`."""
    task = _leased(session, worker, task_id)
    task.error = error[:500]
    _end(task, TaskStatus.FAILED, at)


def end_cancelled(session: Session, worker: str, task_id: str, *, at: datetime) -> None:
    """The worker stopped because its owner asked. Raises `LeaseLost`."""
    _end(_leased(session, worker, task_id), TaskStatus.CANCELLED, at)


def forget_results(session: Session, *, at: datetime) -> int:
    """Owe the deletion of files past their time, and forget old tasks; returns how many files."""
    expired = session.exec(
        select(Task).where(col(Task.result_key) != "", col(Task.result_until) <= at)
    ).all()
    for task in expired:
        outbox.put(
            session,
            DELETE_FILE,
            f"{DELETE_FILE}:{task.result_key}",
            {"key": task.result_key},
            at=at,
        )
        task.result_key = ""
    session.flush()
    session.exec(
        delete(Task).where(
            col(Task.finished_at) < at - rules.TASKS_KEPT, col(Task.result_key) == ""
        )
    )
    return len(expired)


def _leased(session: Session, worker: str, task_id: str) -> Task:
    task = _locked(session, Task.id == task_id)
    if task is None or task.status is not TaskStatus.RUNNING or task.leased_by != worker:
        raise LeaseLost
    return task


def _locked(session: Session, which: Any) -> Task | None:
    return session.exec(select(Task).where(which).with_for_update()).first()


def _end(task: Task, status: TaskStatus, at: datetime) -> None:
    rules.TASK_MOVES.check(task.status, status)
    task.status, task.finished_at = status, at
    task.leased_by, task.leased_until = "", None


def _note(task: Task, text: str, at: datetime) -> None:
    """A new list, because a changed one would not be saved."""
    task.log = [*task.log, {"at": at.isoformat(), "text": text}][-rules.LOG_LINES :]
