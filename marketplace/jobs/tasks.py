"""Performs long tasks: claims one, works it off step by step, ends it one way or another."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import structlog
from sqlmodel import Session

from marketplace import db
from marketplace.domain.access.models import Actor
from marketplace.domain.jobs import queries, service
from marketplace.domain.jobs.rules import Claimed, LeaseLost, TaskCancelled
from marketplace.flows import export_table
from marketplace.integrations import storage
from marketplace.kit import clock
from marketplace.kit.csv import Cell
from marketplace.kit.errors import DomainError
from marketplace.kit.languages import N_

REPORT_EVERY = 500  # rows
APOLOGY = N_("Something went wrong on our side. Please try again.")

log = structlog.get_logger("jobs.tasks")
Work = Callable[["Step"], None]


@dataclass(frozen=True, slots=True)
class Step:
    """What a worker needs to work off one task."""

    worker: str
    task: Claimed

    def report(self, done: int, total: int = 0, line: str = "") -> None:
        """Tell how far it is and keep the lease. Raises `TaskCancelled`, `LeaseLost`."""
        db.call(
            service.report_progress,
            self.worker,
            self.task.id,
            at=clock.now(),
            done=done,
            total=total,
            line=line,
        )


def work_tasks(worker: str) -> dict[str, int]:
    """Work off every waiting task; returns how many ended well and how many did not."""
    counts = {"done": 0, "failed": 0}
    while db.call_reading(queries.has_task, at=clock.now()):
        claimed = db.call(service.claim_task, worker, at=clock.now())
        if claimed is None:
            break
        counts["done" if _perform(Step(worker, claimed)) else "failed"] += 1
    return {name: count for name, count in counts.items() if count}


def _perform(step: Step) -> bool:
    with structlog.contextvars.bound_contextvars(task_id=step.task.id, actor_id=step.task.owner_id):
        try:
            _work_of(step.task.kind)(step)
        except TaskCancelled:
            db.call(service.end_cancelled, step.worker, step.task.id, at=clock.now())
            return True
        except LeaseLost:
            log.warning("task.lease_lost", kind=step.task.kind)
            return False
        except DomainError as refused:
            _fail(step, refused.message)
            return False
        except Exception as broken:
            log.error("task.broken", kind=step.task.kind, exc_info=broken)
            _fail(step, APOLOGY)
            return False
    return True


def _work_of(kind: str) -> Work:
    work = WORK.get(kind)
    if work is None:
        raise LookupError(f"nobody performs tasks of the kind {kind}")
    return work


def _fail(step: Step, sentence: str) -> None:
    db.call(service.fail_task, step.worker, step.task.id, sentence, at=clock.now())


def _export(step: Step) -> None:
    """Write the file under the task's own name, so that a second attempt replaces the first."""
    task = step.task
    table = task.kind.removeprefix(export_table.KIND)
    actor = db.call_reading(export_table.owner_of, task)
    total = db.call_reading(export_table.count_rows, actor, table, task.parameters)
    step.report(0, total)
    counted = _Counted(step, total)
    kind = export_table.kind_of(task)
    key = f"private/exports/{task.id}.{kind}"
    with db.transaction(read_only=True) as session:
        found = export_table.rows(session, actor, table, task.parameters)
        written = export_table.encoded(actor, table, counted.through(found), kind)
        storage().write(key, written)
    name = f"{table}-{clock.now():%Y-%m-%d}.{kind}"
    db.call(_record, step, actor, counted.rows, key, name)


def _record(session: Session, step: Step, actor: Actor, rows: int, key: str, name: str) -> None:
    export_table.record(
        session, step.worker, actor, step.task, rows=rows, key=key, name=name, at=clock.now()
    )


class _Counted:
    """Counts rows as they pass and reports now and then."""

    def __init__(self, step: Step, total: int) -> None:
        self.step, self.total, self.rows = step, total, 0

    def through(self, rows: Iterator[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
        for row in rows:
            yield row
            self.rows += 1
            if self.rows % REPORT_EVERY == 0:
                self.step.report(self.rows, self.total)


WORK: dict[str, Work] = {export_table.KIND + table: _export for table in export_table.TABLES}
"""What to do for each kind of task; `schedule` adds running a job."""
