"""The desk of somebody who reviews listings: the queue beside what is open, ready to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlmodel import Session

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.catalog.queries.taxonomy import tree
from marketplace.domain.media.queries import pictures
from marketplace.domain.moderation import queries
from marketplace.domain.moderation.queries import (
    AppealRow,
    CodeRow,
    QueueRow,
    ReportRow,
)
from marketplace.flows.review_rows import ReviewView
from marketplace.flows.review_view import review_view
from marketplace.kit.paging import ListQuery

TABS = queries.TABS
ALIKE = 2  # levels of categories to narrow by


@dataclass(frozen=True, slots=True)
class TabRow:
    """`oldest` is ISO 8601, UTC; empty if nothing waits."""

    key: str
    count: int
    oldest: str


@dataclass(frozen=True, slots=True)
class DeskRow:
    id: str
    title: str
    title_zh: str
    cover: str
    seller: str
    seller_zh: str
    category: str
    category_zh: str
    flags: int
    reports: int
    submitted_at: str
    assignee: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class CategoryChoice:
    """`depth` is 0 at the top."""

    id: str
    name: str
    name_zh: str
    depth: int


@dataclass(frozen=True, slots=True)
class Desk:
    """`page` is the one shown, which may come before the one asked for.

    `key` is what is open: a change set's id, a listing's in *reported*, an appeal's."""

    tab: str
    tabs: list[TabRow]
    rows: list[DeskRow]
    total: int
    page: int = 1
    pages: int = 1
    key: str = ""
    review: ReviewView | None = None
    appeal: AppealRow | None = None
    reports: list[ReportRow] = field(default_factory=list)
    codes: list[CodeRow] = field(default_factory=list)
    categories: list[CategoryChoice] = field(default_factory=list)


def moderation_desk(
    session: Session, staff: Staff, query: ListQuery, *, key: str, at: datetime
) -> Desk:
    """A page of the tab's queue, and `key` or else its first. Raises `NotFound` for an unknown key.

    Without a tab asked for: the first in which something waits.
    """
    staff.require(Permission.MODERATION_DECIDE)
    counts = queries.counts(session, staff)
    fallback = next((t for t in TABS if counts[t].count), TABS[0])
    tab = next(iter(query.filters.get("tab", ())), fallback)
    asked = replace(query, filters={**query.filters, "tab": (tab,)})
    page = queries.queue(session, staff, asked, at=at)
    pages = max(1, -(-page.total // query.size))
    if query.page > pages:  # what was decided emptied the last one
        asked = replace(asked, page=pages)
        page = queries.queue(session, staff, asked, at=at)
    key = key or (page.rows[0].id if page.rows else "")
    desk = Desk(
        tab=tab,
        tabs=[TabRow(name, counts[name].count, counts[name].oldest) for name in TABS],
        rows=_rows(session, page.rows, key),
        total=page.total,
        page=asked.page,
        pages=pages,
        key=key,
        codes=queries.list_codes(session),
        categories=[
            CategoryChoice(each.id, each.name, each.name_zh, each.depth)
            for each in tree(session)
            if each.depth < ALIKE
        ],
    )
    if not key:
        return desk
    return _opened(session, staff, desk, at=at)


def _opened(session: Session, staff: Staff, desk: Desk, *, at: datetime) -> Desk:
    parts: dict[str, object] = {name: getattr(desk, name) for name in desk.__slots__}
    if desk.tab == "appeals":
        parts["appeal"] = queries.appeal_view(session, staff, desk.key)
    elif desk.tab == "reported":
        parts["reports"] = queries.reports_of(session, staff, desk.key)
    else:
        found = queries.review(session, staff, desk.key, at=at)
        parts["review"] = review_view(session, staff, found)
    return Desk(**parts)  # type: ignore[arg-type]  # its own fields, by name


def _rows(session: Session, rows: Sequence[QueueRow], here: str) -> list[DeskRow]:
    covers = pictures(session, [row.cover_id for row in rows if row.cover_id])
    return [
        DeskRow(
            id=row.id,
            title=row.title or row.title_zh,
            title_zh=row.title_zh or row.title,
            cover=covers[row.cover_id].url_160 if row.cover_id in covers else "",
            seller=row.seller,
            seller_zh=row.seller_zh,
            category=row.category,
            category_zh=row.category_zh,
            flags=len(row.flags),
            reports=row.reports,
            submitted_at=row.submitted_at,
            assignee=row.assignee,
            is_here=row.id == here,
        )
        for row in rows
    ]
