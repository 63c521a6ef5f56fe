"""An export of products that somebody asked for: queued with the list's filters, noted when done."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.audit import service as audit
from marketplace.domain.catalog.models import ListingStatus
from marketplace.domain.jobs import service as jobs
from marketplace.domain.jobs.rules import Claimed
from marketplace.domain.notifications import service as notifications
from marketplace.flows.export_products.writing import Chosen, Format, check_format
from marketplace.kit.languages import N_

KIND = "export.products"


def request_export(
    session: Session,
    member: SellerMember,
    format_: str,
    *,
    search: str = "",
    statuses: Sequence[str] = (),
    category_id: str = "",
    ids: Sequence[str] = (),
    at: datetime,
) -> str:
    """Queue it; returns the task's id. No `ids`: all that the other words choose.

    Raises `NotFound` for a format there is none of.
    """
    member.require(Permission.SHOP_LISTINGS_READ)
    known = {status.value for status in ListingStatus}
    parameters = {
        "format": check_format(format_).value,
        "search": search[:200],
        "statuses": [status for status in statuses if status in known],
        "category": category_id[:40],
        "ids": list(ids),
    }
    return jobs.request_task(session, member, KIND, N_("Export of products"), parameters, at=at)


def asked(parameters: Mapping[str, Any]) -> tuple[Chosen, Format]:
    """What the task was asked for."""
    chosen = Chosen(
        search=str(parameters.get("search", "")),
        statuses=tuple(parameters.get("statuses", ())),
        category_id=str(parameters.get("category", "")),
        ids=tuple(parameters.get("ids", ())),
    )
    return chosen, check_format(str(parameters["format"]))


def record(
    session: Session,
    worker: str,
    member: SellerMember,
    task: Claimed,
    *,
    rows: int,
    key: str,
    name: str,
    at: datetime,
) -> None:
    """The file is there: end the task, tell its owner, note who took how much."""
    jobs.finish_task(session, worker, task.id, at=at, done=rows, result_key=key, result_name=name)
    notifications.notify(
        session, member.id, "task", N_("Your file {file} is ready."), at=at,
        link=f"/files/{task.id}", file=name,
    )  # fmt: skip
    note(session, member, task.id, {**task.parameters, "rows": rows}, at=at)


def note(
    session: Session, member: SellerMember, task_id: str, what: Mapping[str, Any], *, at: datetime
) -> None:
    """Only the audit entry: for the command line, which has no task."""
    audit.record(session, member, "exports.written", "task", task_id, at=at, after=dict(what))
