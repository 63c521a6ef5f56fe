"""What became of a deed for many listings: how far it is, and what was refused."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.jobs.models import Task
from marketplace.domain.jobs.queries.tasks import TaskRow
from marketplace.domain.jobs.queries.tasks import task as task_row
from marketplace.flows.bulk_listings.deeds import RefusedRow
from marketplace.flows.bulk_listings.task import KIND, refused_rows
from marketplace.kit import csv
from marketplace.kit.languages import N_, Locale, translate

SHOWN = 50
KEPT = timedelta(days=1)
HEADER = (N_("Listing"), N_("Title"), N_("Reason"))


@dataclass(frozen=True, slots=True)
class BulkRun:
    """`changed` listings so far, `refused` in number and the first fifty of them."""

    task: TaskRow
    changed: int
    refused_count: int
    refused: tuple[RefusedRow, ...]


def newest_run(session: Session, member: SellerMember, *, at: datetime) -> BulkRun | None:
    """The member's own last one of a day; None where there is none."""
    member.require(Permission.SHOP_LISTINGS_READ)
    newest = session.exec(
        select(Task)
        .where(
            Task.kind == KIND,
            Task.owner_id == member.id,
            Task.seller_id == member.seller_id,
            col(Task.created_at) > at - KEPT,
        )
        .order_by(col(Task.created_at).desc(), col(Task.id).desc())
        .limit(1)
    ).first()
    if newest is None:
        return None
    refused = refused_rows(newest.parameters)
    return BulkRun(
        task_row(session, member, newest.id, at=at),
        int(newest.parameters["done"]),
        len(refused),
        tuple(refused[:SHOWN]),
    )


def refused_table(refused: Iterable[RefusedRow], locale: Locale) -> Iterator[bytes]:
    """As a CSV file in the member's language."""
    rows: Sequence[tuple[str, str, str]] = [
        (row.id, row.title_zh if locale == "zh-CN" else row.title, row.reason) for row in refused
    ]
    return csv.encoded([translate(locale, title) for title in HEADER], rows)
