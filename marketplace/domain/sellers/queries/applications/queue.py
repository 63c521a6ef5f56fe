"""The applications that wait for staff: oldest first, with what is promised and what is odd."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, cast
from sqlmodel import Session, and_, col, func, or_, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.accounts.models import PersonAccount
from marketplace.domain.sellers.models import ApplicationStatus, SellerApplication
from marketplace.domain.sellers.queries import requirements
from marketplace.domain.sellers.queries.applications.risks import risks_of
from marketplace.domain.sellers.rules import applications as rules
from marketplace.domain.sellers.rules import requirements as conditions
from marketplace.kit import clock
from marketplace.kit.clock import iso
from marketplace.kit.paging import ListQuery, Page
from marketplace.kit.redaction import mask_email

APPEALING = "appeal"
"""A filter value beside the states: rejected, and an appeal waits."""
MOST_LOOKED_THROUGH, AT_ONCE = 2_000, 100


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One application in the queue. Moments are ISO 8601 in UTC, or empty."""

    id: str
    applicant: str
    email: str
    """Masked for those without `Permission.PII_READ`."""
    shop_name: str
    business_type: str
    category_ids: tuple[str, ...]
    submitted_at: str
    due_at: str
    urgency: str
    """`late`, `soon`, `fine`; empty when nothing is promised."""
    reviewer: str
    reviewer_id: str
    is_mine: bool
    completeness: int
    """Per cent."""
    risks: tuple[str, ...]
    status: str
    round: int
    is_appeal: bool
    first_yes: str
    """Who agreed first, where a second person must agree; empty otherwise."""
    is_my_yes: bool
    version: int


@dataclass(frozen=True, slots=True)
class QueueCounts:
    waiting: int
    mine: int
    late: int
    appeals: int


def queue(session: Session, staff: Staff, query: ListQuery) -> Page[QueueRow]:
    """Filters: `status` (or `appeal`), `type`, `reviewer` (me, nobody, an id), `urgency`,
    `category` (with all below it), `risk` (any, none).

    Without a status: all that wait. Drafts are nobody's business but the applicant's.
    """
    staff.require(Permission.SELLERS_READ)
    at = clock.now()
    wanted = _filtered(staff, query, at)
    order = col(
        {"applicant": PersonAccount.name, "due": SellerApplication.due_at}.get(
            query.sort, SellerApplication.submitted_at
        )
    )
    found = (
        select(SellerApplication)
        .join(PersonAccount, col(PersonAccount.id) == col(SellerApplication.person_id))
        .where(*wanted)
        .order_by(order.desc() if query.is_descending else order, col(SellerApplication.id))
    )
    if risky := query.filters.get("risk"):
        odd = _by_risk(session, found, set(risky))
        page = odd[query.offset : query.offset + query.size]
        return Page(rows_of(session, staff, page, at), len(odd))
    total = session.exec(select(func.count()).select_from(found.order_by(None).subquery())).one()
    rows = session.exec(found.offset(query.offset).limit(query.size)).all()
    return Page(rows_of(session, staff, list(rows), at), total)


def counts(session: Session, staff: Staff) -> QueueCounts:
    staff.require(Permission.SELLERS_READ)
    at = clock.now()
    waiting = col(SellerApplication.status).in_(rules.WAITING)

    def count(*conditions_: Any) -> int:
        return session.exec(
            select(func.count()).select_from(SellerApplication).where(*conditions_)
        ).one()

    return QueueCounts(
        count(waiting),
        count(waiting, SellerApplication.reviewer_id == staff.id),
        count(waiting, col(SellerApplication.due_at) <= at),
        count(_is_appeal()),
    )


def next_open(session: Session, staff: Staff, *, after: str = "") -> str:
    """The oldest that waits and is nobody else's, other than `after` and those that wait for a
    second yes beside the reader's own; empty if none does."""
    staff.require(Permission.SELLERS_READ)
    return (
        session.exec(
            select(SellerApplication.id)
            .where(
                col(SellerApplication.status).in_(rules.WAITING),
                col(SellerApplication.reviewer_id).in_(["", staff.id]),
                SellerApplication.id != after,
                ~_agreed_by(staff.id),
            )
            .order_by(col(SellerApplication.submitted_at), col(SellerApplication.id))
            .limit(1)
        ).first()
        or ""
    )


def rows_of(
    session: Session, staff: Staff, applications: list[SellerApplication], at: datetime
) -> list[QueueRow]:
    ids = {
        id_
        for one in applications
        for id_ in (one.person_id, one.reviewer_id, one.first_yes_by or "")
    }
    people = {
        row.id: row
        for row in session.exec(select(PersonAccount).where(col(PersonAccount.id).in_(ids)))
    }
    risks = risks_of(session, applications)
    standings = requirements.of_applications(session, applications, requirements.today_of(at))
    return [
        QueueRow(
            one.id,
            people[one.person_id].name,
            people[one.person_id].email
            if staff.can(Permission.PII_READ)
            else mask_email(people[one.person_id].email),
            one.shop_name,
            one.business_type,
            tuple(one.category_ids),
            iso(one.submitted_at),
            iso(one.due_at),
            rules.urgency(one.due_at, at) if one.status in rules.WAITING else "",
            people[one.reviewer_id].name if one.reviewer_id in people else "",
            one.reviewer_id,
            one.reviewer_id == staff.id,
            conditions.completeness((each.requirement, each.state) for each in standings[one.id]),
            tuple(risk.code for risk in risks[one.id]),
            one.status,
            one.round,
            bool(one.appeal) and one.appeal_decided_at is None,
            people[agreed].name if (agreed := rules.first_yes_of(one)) in people else "",
            bool(agreed) and agreed == staff.id,
            one.version,
        )
        for one in applications
    ]


def _agreed_by(staff_id: str) -> Any:
    """Their yes was the first to what it says now."""
    row = SellerApplication
    return and_(
        col(row.first_yes_by).is_not(None),
        row.first_yes_by == staff_id,
        row.first_yes_round == row.round,
    )


def _filtered(staff: Staff, query: ListQuery, at: datetime) -> list[Any]:
    row = SellerApplication
    wanted: list[Any] = [row.status != ApplicationStatus.DRAFT]
    states = [each for each in query.filters.get("status", ()) if each != APPEALING]
    asked = [col(row.status).in_(states)] if states else []
    if APPEALING in query.filters.get("status", ()):
        asked.append(_is_appeal())
    wanted.append(or_(*asked) if asked else col(row.status).in_(rules.WAITING))
    if types := query.filters.get("type"):
        wanted.append(col(row.business_type).in_(types))
    if reviewers := query.filters.get("reviewer"):
        known = {"me": staff.id, "nobody": ""}
        wanted.append(col(row.reviewer_id).in_([known.get(each, each) for each in reviewers]))
    if urgencies := query.filters.get("urgency"):
        wanted.append(or_(*(_urgent(each, at) for each in urgencies)))
    if chosen := query.filters.get("category"):
        wanted.append(or_(*map(_in_category, chosen)))
    if query.search:
        wanted.append(_named(staff, query.search))
    return wanted


def _by_risk(session: Session, found: Any, wanted: set[str]) -> list[SellerApplication]:
    """Hints are computed, some of what is sealed: the first thousands are looked through."""
    every = list(session.exec(found.limit(MOST_LOOKED_THROUGH)).all())
    kept = []
    for start in range(0, len(every), AT_ONCE):
        some = every[start : start + AT_ONCE]
        risks = risks_of(session, some)
        kept += [one for one in some if ("any" if risks[one.id] else "none") in wanted]
    return kept


def _in_category(id_: str) -> Any:
    """Chosen, or above what was chosen; ids stand in the stored JSON between quotes."""
    quoted = f'"{id_}"'
    return or_(
        *(
            cast(col(field), String).contains(quoted, autoescape=True)
            for field in (SellerApplication.category_ids, SellerApplication.shop)
        )
    )


def _urgent(urgency: str, at: datetime) -> Any:
    due = col(SellerApplication.due_at)
    soon = at + timedelta(days=1)
    spans = {"late": due <= at, "soon": and_(due > at, due <= soon)}
    return spans.get(urgency, due > soon)


def _named(staff: Staff, text: str) -> Any:
    """By e-mail address only for those who see it: the others could guess it letter by letter."""
    fields: list[Any] = [SellerApplication.shop_name, SellerApplication.id, PersonAccount.name]
    if staff.can(Permission.PII_READ):
        fields.append(PersonAccount.email_key)
    return or_(*(col(field).icontains(text, autoescape=True) for field in fields))


def _is_appeal() -> Any:
    return and_(
        col(SellerApplication.status) == ApplicationStatus.REJECTED,
        col(SellerApplication.appeal) != "",
        col(SellerApplication.appeal_decided_at).is_(None),
    )
