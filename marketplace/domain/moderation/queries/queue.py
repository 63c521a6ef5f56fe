"""What waits for staff: new listings, edits, looks afterwards, reports and appeals, oldest first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, cast
from sqlmodel import Session, col, func, or_, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.accounts.models import PersonAccount
from marketplace.domain.catalog.models import Category, Listing, Variant
from marketplace.domain.moderation.models import (
    Appeal,
    AppealStatus,
    ChangeKind,
    ChangeSet,
    ChangeStatus,
    Report,
)
from marketplace.domain.moderation.rules.flags import FLAGS
from marketplace.domain.sellers.models import Seller
from marketplace.kit.clock import iso
from marketplace.kit.paging import ListQuery, Page

TABS = ("new", "edits", "looks", "reported", "appeals")
QUEUE_FILTERS: Mapping[str, tuple[str, ...] | None] = {
    "tab": TABS,
    "category": None,
    "seller": None,
    "level": None,
    "flag": (*FLAGS, "none"),
    "assignee": ("me", "nobody"),
    "waiting": ("1", "3", "7"),
}
"""`waiting`: for longer than so many days."""
QUEUE_SORTS = ("submitted", "title")


@dataclass(frozen=True, slots=True)
class FlagRow:
    """`message` is a message id with `{found}`."""

    code: str
    field: str
    found: str
    message: str


@dataclass(frozen=True, slots=True)
class QueueRow:
    """`id` is the change set's, in the tab of reports the listing's, in that of appeals the
    appeal's. `policy` and `kind` are empty where there is no change set."""

    id: str
    tab: str
    listing_id: str
    listing_status: str
    title: str
    title_zh: str
    cover_id: str
    seller_id: str
    seller: str
    seller_zh: str
    level: str
    category: str
    category_zh: str
    kind: str
    policy: str
    fields: tuple[str, ...]
    flags: tuple[FlagRow, ...]
    reports: int
    submitted_at: str
    assignee_id: str
    assignee: str
    version: int


@dataclass(frozen=True, slots=True)
class TabCount:
    """`oldest` is ISO 8601, UTC; empty when nothing waits."""

    count: int
    oldest: str


def queue(session: Session, staff: Staff, query: ListQuery, *, at: datetime) -> Page[QueueRow]:
    """One tab; `new` without another one asked for."""
    staff.require(Permission.MODERATION_DECIDE)
    tab = next(iter(query.filters.get("tab", ())), "new")
    if tab == "reported":
        return _reported(session, query, at)
    if tab == "appeals":
        return _appeals(session, query, at)
    return _changes(session, staff, query, tab, at)


def counts(session: Session, staff: Staff) -> dict[str, TabCount]:
    """By tab: how many wait, and since when the oldest does."""
    staff.require(Permission.MODERATION_DECIDE)
    asked: dict[str, Any] = {
        tab: select(func.count(), func.min(ChangeSet.submitted_at)).where(*_of_tab(tab))
        for tab in ("new", "edits", "looks")
    }
    asked["reported"] = select(
        func.count(func.distinct(Report.listing_id)), func.min(Report.at)
    ).where(col(Report.closed_at).is_(None))
    asked["appeals"] = select(func.count(), func.min(Appeal.at)).where(
        Appeal.status == AppealStatus.OPEN
    )
    found = {}
    for tab, statement in asked.items():
        count, oldest = session.exec(statement).one()
        found[tab] = TabCount(count, iso(oldest) if oldest else "")
    return found


def next_open(session: Session, staff: Staff, after: str = "", tab: str = "") -> str:
    """The oldest change set that waits and nobody else looks at; `after` is the one just decided.

    Empty when the queue is.
    """
    staff.require(Permission.MODERATION_DECIDE)
    tabs = [tab] if tab in ("new", "edits", "looks") else ["new", "edits"]
    waiting = or_(*((_both(*_of_tab(one))) for one in tabs))
    found = session.exec(
        select(ChangeSet.id)
        .where(
            waiting,
            ChangeSet.id != after,
            col(ChangeSet.assignee_id).in_(["", staff.id]),
        )
        .order_by(col(ChangeSet.submitted_at), col(ChangeSet.id))
        .limit(1)
    ).first()
    return found or ""


def flag_rows(flags: Iterable[Mapping[str, Any]]) -> tuple[FlagRow, ...]:
    return tuple(
        FlagRow(one["code"], one["field"], one["found"], FLAGS.get(one["code"], one["code"]))
        for one in flags
    )


def names_of(session: Session, person_ids: Iterable[str]) -> dict[str, str]:
    ids = {id_ for id_ in person_ids if id_}
    return dict(
        session.exec(
            select(PersonAccount.id, PersonAccount.name).where(col(PersonAccount.id).in_(ids))
        ).all()
    )


def _of_tab(tab: str) -> tuple[Any, ...]:
    if tab == "looks":
        return (
            col(ChangeSet.needs_look).is_(True),
            col(ChangeSet.looked_at).is_(None),
            ChangeSet.status == ChangeStatus.APPROVED,
        )
    kind = ChangeKind.NEW if tab == "new" else ChangeKind.EDIT
    return (ChangeSet.status == ChangeStatus.OPEN, ChangeSet.kind == kind)


def _both(*conditions: Any) -> Any:
    joined = conditions[0]
    for one in conditions[1:]:
        joined &= one
    return joined


def _changes(
    session: Session, staff: Staff, query: ListQuery, tab: str, at: datetime
) -> Page[QueueRow]:
    chosen = _joined(ChangeSet).where(*_of_tab(tab))
    chosen = _filtered(chosen, query, ChangeSet.submitted_at, at)
    flags = query.filters.get("flag", ())
    kept = cast(col(ChangeSet.flags), String)
    if flags:
        chosen = chosen.where(
            or_(*(kept == "[]" if f == "none" else kept.contains(f'"{f}"') for f in flags))
        )
    assignees = {"me": staff.id, "nobody": ""}
    if who := query.filters.get("assignee"):
        chosen = chosen.where(col(ChangeSet.assignee_id).in_([assignees[one] for one in who]))
    rows, total = _paged(session, chosen, query, ChangeSet.id, ChangeSet.submitted_at)
    names = names_of(session, (row[0].assignee_id for row in rows))
    reports = _open_reports(session, (row[1].id for row in rows))
    return Page(
        [
            _row(
                listing, category, seller,
                id=change.id, tab=tab, kind=change.kind, policy=change.policy,
                fields=tuple(change.fields), flags=flag_rows(change.flags),
                reports=reports[listing.id], submitted_at=iso(change.submitted_at),
                assignee_id=change.assignee_id, assignee=names.get(change.assignee_id, ""),
                version=change.version,
                title=str(change.content.get("title", "")),
                title_zh=str(change.content.get("title_zh", "")),
            )
            for change, listing, category, seller in rows
        ],
        total,
    )  # fmt: skip


def _reported(session: Session, query: ListQuery, at: datetime) -> Page[QueueRow]:
    """Listings, the one reported longest first."""
    first = (
        select(
            col(Report.listing_id).label("id"),
            func.min(Report.at).label("first"),
            func.count().label("many"),
        )
        .where(col(Report.closed_at).is_(None))
        .group_by(col(Report.listing_id))
        .subquery()
    )
    chosen: Any = (
        select(Listing, Category, Seller)
        .add_columns(first.c.first, first.c.many)
        .join(first, first.c.id == col(Listing.id))
        .join(Seller, col(Seller.id) == Listing.seller_id)
        .outerjoin(Category, col(Category.id) == Listing.category_id)
    )
    chosen = _filtered(chosen, query, first.c.first, at)
    rows, total = _paged(session, chosen, query, Listing.id, first.c.first)
    return Page(
        [
            _row(
                listing, category, seller,
                id=listing.id, tab="reported", reports=many, submitted_at=iso(since),
                version=listing.version,
            )
            for listing, category, seller, since, many in rows
        ],
        total,
    )  # fmt: skip


def _appeals(session: Session, query: ListQuery, at: datetime) -> Page[QueueRow]:
    chosen = _joined(Appeal).where(Appeal.status == AppealStatus.OPEN)
    chosen = _filtered(chosen, query, Appeal.at, at)
    rows, total = _paged(session, chosen, query, Appeal.id, Appeal.at)
    return Page(
        [
            _row(
                listing, category, seller,
                id=appeal.id, tab="appeals", submitted_at=iso(appeal.at), version=appeal.version,
            )
            for appeal, listing, category, seller in rows
        ],
        total,
    )  # fmt: skip


def _joined(table: Any) -> Any:
    return (
        select(table, Listing, Category, Seller)
        .join(Listing, col(Listing.id) == table.listing_id)
        .join(Seller, col(Seller.id) == Listing.seller_id)
        .outerjoin(Category, col(Category.id) == Listing.category_id)
    )


def _filtered(chosen: Any, query: ListQuery, since: Any, at: datetime) -> Any:
    if query.search:
        wanted = query.search.lower()
        with_sku = select(Variant.listing_id).where(
            func.lower(Variant.sku).contains(wanted, autoescape=True)
        )
        chosen = chosen.where(
            or_(
                *(
                    func.lower(each).contains(wanted, autoescape=True)
                    for each in (Listing.title, Listing.title_zh, Seller.name, Seller.name_zh)
                ),
                col(Listing.id) == query.search,
                col(Listing.id).in_(with_sku),
            )
        )
    if categories := query.filters.get("category"):
        below = (col(Category.path).contains(id_, autoescape=True) for id_ in categories)
        chosen = chosen.where(or_(*below))
    if sellers := query.filters.get("seller"):
        chosen = chosen.where(or_(col(Seller.id).in_(sellers), col(Seller.slug).in_(sellers)))
    if levels := query.filters.get("level"):
        chosen = chosen.where(col(Seller.level).in_(levels))
    if days := query.filters.get("waiting"):
        chosen = chosen.where(since <= at - timedelta(days=min(map(int, days))))
    return chosen


def _paged(
    session: Session, chosen: Any, query: ListQuery, key: Any, since: Any
) -> tuple[Sequence[Any], int]:
    ids = chosen.with_only_columns(key).subquery()
    total = session.exec(select(func.count()).select_from(ids)).one()
    first = func.lower(Listing.title) if query.sort == "title" else since
    order = (first.desc(), col(key).desc()) if query.is_descending else (first, col(key))
    rows = session.exec(chosen.order_by(*order).offset(query.offset).limit(query.size)).all()
    return rows, total


def _open_reports(session: Session, listing_ids: Iterable[str]) -> dict[str, int]:
    found = session.exec(
        select(Report.listing_id, func.count())
        .where(col(Report.listing_id).in_(list(listing_ids)), col(Report.closed_at).is_(None))
        .group_by(col(Report.listing_id))
    )
    return defaultdict(int, found.all())


def _row(listing: Listing, category: Category | None, seller: Seller, **own: Any) -> QueueRow:
    told: dict[str, Any] = {
        "listing_id": listing.id,
        "listing_status": listing.status.value,
        "title": listing.title,
        "title_zh": listing.title_zh,
        "cover_id": listing.cover_id,
        "seller_id": seller.id,
        "seller": seller.name,
        "seller_zh": seller.name_zh or seller.name,
        "level": seller.level,
        "category": category.name if category else "",
        "category_zh": category.name_zh if category else "",
        "kind": "",
        "policy": "",
        "fields": (),
        "flags": (),
        "reports": 0,
        "assignee_id": "",
        "assignee": "",
    }
    return QueueRow(**(told | own))
