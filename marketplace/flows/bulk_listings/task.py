"""A deed for every listing a list has: asked for once, worked off in parts, never one twice."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlmodel import Session

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.audit import service as audit
from marketplace.domain.jobs import rules as job_rules
from marketplace.domain.jobs import service as jobs
from marketplace.domain.jobs.models import Task, TaskStatus
from marketplace.domain.notifications import service as notifications
from marketplace.flows.bulk_listings.deeds import LABELS, Deed, RefusedRow, perform
from marketplace.flows.listing_list import matching_ids
from marketplace.kit.errors import NotFound
from marketplace.kit.languages import N_
from marketplace.kit.paging import ListQuery

KIND = "listings.bulk"
PAGE = "/seller/listings"
AT_ONCE = 50
DONE = N_("The change to many listings is done: {n}.")
DONE_BUT = N_("The change to many listings is done: {n}. Refused: {refused}.")


def request(
    session: Session,
    member: SellerMember,
    deed: Deed,
    query: ListQuery,
    values: Mapping[str, Any],
    *,
    at: datetime,
) -> str:
    """Queue it for what the list has now; returns the task's id. Raises `NothingMatches`,
    `TooManyAtOnce`, `TooManyTasks`."""
    member.require(Permission.SHOP_LISTINGS_EDIT)
    return _queue(session, member, deed, matching_ids(session, member, query), values, at)


def request_again(session: Session, member: SellerMember, task_id: str, *, at: datetime) -> str:
    """Queue a task for what another of the member's own had refused. Raises `NotFound`."""
    member.require(Permission.SHOP_LISTINGS_EDIT)
    task = session.get(Task, task_id)
    if task is None or not job_rules.owns(member, task) or task.kind != KIND:
        raise NotFound
    if task.status is not TaskStatus.DONE:
        raise NotFound
    refused = [row["id"] for row in task.parameters["refused"]]
    if not refused:
        raise NotFound
    return _queue(session, member, task.parameters["deed"], refused, task.parameters["values"], at)


def do_part(
    session: Session,
    worker: str,
    member: SellerMember,
    task_id: str,
    parameters: Mapping[str, Any],
    *,
    at: datetime,
) -> dict[str, Any]:
    """The next fifty, and in the same transaction that they are done; returns what is kept.

    Raises `TaskCancelled`, `LeaseLost`: then nothing of this part happened.
    """
    begin, ids = int(parameters["next"]), list(parameters["ids"])
    part = ids[begin : begin + AT_ONCE]
    report = perform(session, member, parameters["deed"], part, parameters["values"], at=at)
    through = begin + len(part)
    kept = {
        "next": through,
        "done": int(parameters["done"]) + report.done + report.waiting,
        "refused": [*parameters["refused"], *map(asdict, report.refused)],
    }
    jobs.report_progress(session, worker, task_id, at=at, done=through, total=len(ids), kept=kept)
    return kept


def refused_rows(parameters: Mapping[str, Any]) -> list[RefusedRow]:
    return [RefusedRow(**row) for row in parameters["refused"]]


def record(
    session: Session,
    worker: str,
    member: SellerMember,
    task_id: str,
    parameters: Mapping[str, Any],
    *,
    key: str,
    at: datetime,
) -> None:
    """End the task and tell its owner; `key` is the file of what was refused, if anything was."""
    deed, refused = parameters["deed"], len(parameters["refused"])
    jobs.finish_task(
        session, worker, task_id, at=at, done=len(parameters["ids"]), result_key=key,
        result_name=f"refused-{deed}-{at:%Y-%m-%d}.csv" if key else "",
    )  # fmt: skip
    notifications.notify(
        session, member.id, "task", DONE_BUT if refused else DONE, at=at, link=PAGE,
        n=parameters["done"], refused=refused,
    )  # fmt: skip


def _queue(
    session: Session,
    member: SellerMember,
    deed: Deed,
    ids: Sequence[str],
    values: Mapping[str, Any],
    at: datetime,
) -> str:
    """The ids are fixed here: what the deed itself changes must not change what the list has."""
    asked = {"deed": deed, "values": dict(values)}
    kept: dict[str, Any] = {"ids": list(ids), "next": 0, "done": 0, "refused": []}
    task_id = jobs.request_task(session, member, KIND, LABELS[deed], {**asked, **kept}, at=at)
    audit.record(
        session, member, "catalog.bulk_asked", "task", task_id, at=at,
        after={**asked, "listings": len(ids)}, seller_id=member.seller_id,
    )  # fmt: skip
    return task_id
