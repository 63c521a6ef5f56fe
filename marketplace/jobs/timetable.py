"""What each job of the timetable does (`domain.jobs.rules` says when)."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from marketplace import db
from marketplace.domain.accounts.service import people, second_factor, sessions
from marketplace.domain.audit import queries as audit
from marketplace.domain.cart import service as cart
from marketplace.domain.inventory import service as stock
from marketplace.domain.jobs import service as jobs
from marketplace.domain.jobs.rules import TIMETABLE, Timing
from marketplace.domain.notifications import service as notifications
from marketplace.domain.outbox import service as outbox
from marketplace.flows.verify import WITNESS
from marketplace.integrations import storage
from marketplace.jobs import deliver, invariants, media, reindex, sellers, tasks
from marketplace.kit import clock


@dataclass(frozen=True, slots=True)
class Job:
    """A timed job and what it does: `work(worker)` opens its own transactions, returns figures."""

    timing: Timing
    work: Callable[[str], Mapping[str, Any]]

    @property
    def name(self) -> str:
        return self.timing.name


def _clean_up(_worker: str) -> Mapping[str, int]:
    return db.call(_forget_all, at=clock.now())


def _forget_all(session: Session, *, at: datetime) -> dict[str, int]:
    return {
        "sessions": sessions.purge_ended(session, at=at),
        "links": people.purge_links(session, at=at),
        "waiting_for_stock": stock.forget_told(session, at=at),
        "carts": cart.forget_guests(session, at=at),
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
    storage().write(WITNESS, [kept])
    return {"entries": head.seq}


def _reset_second_factors(_worker: str) -> Mapping[str, int]:
    return {"reset": db.call(second_factor.perform_due_resets, at=clock.now())}


WORK: dict[str, Callable[[str], Mapping[str, Any]]] = {
    "outbox.deliver": deliver.deliver,
    "tasks.work": tasks.work_tasks,
    "books.check": invariants.check,
    "accounts.two_step_resets": _reset_second_factors,
    "media.orphans": media.collect_orphans,
    "search.reindex": reindex.by_timer,
    "sellers.standing": sellers.keep_standing,
    "sellers.documents": sellers.keep_documents,
    "sellers.applications": sellers.remind_applicants,
    "cleanup": _clean_up,
    "audit.export_head": _export_head,
}
JOBS: dict[str, Job] = {name: Job(timing, WORK[name]) for name, timing in TIMETABLE.items()}
