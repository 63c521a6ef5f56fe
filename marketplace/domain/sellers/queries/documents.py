"""Documents of open shops: what counts, what ends, what a shop still owes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, and_, col, func, or_, select

from marketplace.domain.access.models import Permission, SellerMember, Staff
from marketplace.domain.sellers.models import (
    Requirement,
    Seller,
    SellerApplication,
    SellerDeadline,
    SellerSwitch,
    Submission,
    Switch,
    Verdict,
)
from marketplace.domain.sellers.queries import requirements
from marketplace.domain.sellers.rules import requirements as conditions
from marketplace.domain.sellers.rules import standing
from marketplace.kit.clock import iso
from marketplace.kit.errors import NotFound
from marketplace.kit.paging import ListQuery, Page

SOON = timedelta(days=conditions.REMIND_DAYS[0])


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document or attestation a shop must keep good."""

    requirement_id: str
    code: str
    kind: str
    name: str
    name_zh: str
    help: str
    help_zh: str
    is_required: bool
    expires: bool
    state: str
    verdict: str
    note: str
    submission_id: str
    media_id: str
    file_name: str
    handed_in_at: str
    expires_on: str
    """ISO day, the last it counts; empty if it does not end."""
    days_left: int
    """Until `expires_on`, below zero after it; 0 without one."""
    due_at: str
    """A deadline for something new, ISO 8601; empty if there is none."""
    renewal_id: str
    """A newer submission that is not accepted yet; empty if there is none."""
    renewal_verdict: str
    renewal_note: str


@dataclass(frozen=True, slots=True)
class ExpiringRow:
    """A document that ended, ends within 60 days, or was handed in anew and waits."""

    submission_id: str
    seller_id: str
    seller: str
    seller_zh: str
    code: str
    name: str
    name_zh: str
    expires_on: str
    days_left: int
    reminded: int
    """The last reminder sent: 60, 30 or 7 days before; 0 for none."""
    state: str
    """`soon`, `expired` or `pending`."""
    media_id: str
    switches: tuple[str, ...]
    """What it has cost the shop by now."""
    version: int


def documents(session: Session, member: SellerMember) -> list[DocumentRow]:
    """What the member's own seller handed in and must renew."""
    member.require(Permission.SHOP_MANAGE)
    return documents_of(session, member.seller_id)


def documents_of(session: Session, seller_id: str) -> list[DocumentRow]:
    """For callers that checked who asks."""
    application = application_of(session, seller_id)
    if application is None:
        return []
    today = requirements.today_of()
    standings = requirements.of_seller(session, application, seller_id, today)
    deadlines = {
        row.requirement_id: row
        for row in session.exec(
            select(SellerDeadline).where(
                SellerDeadline.seller_id == seller_id, col(SellerDeadline.met_at).is_(None)
            )
        )
    }
    given = [one.submission for one in standings if one.submission]
    names = requirements.file_names(session, [one.media_id for one in given])
    renewals = renewals_of(session, [one.id for one in given])
    return [
        _document(
            one,
            names,
            deadlines,
            renewals.get(one.submission.id) if one.submission else None,
            today,
        )
        for one in standings
    ]


def expiring(session: Session, staff: Staff, query: ListQuery) -> Page[ExpiringRow]:
    """Documents that need an eye, the soonest first. Filters: `state` (soon, expired, pending),
    `seller` (an id)."""
    staff.require(Permission.SELLERS_READ)
    today = requirements.today_of()
    found = (
        select(Submission, Requirement, Seller)
        .join(Requirement, col(Requirement.id) == col(Submission.requirement_id))
        .join(Seller, col(Seller.id) == col(Submission.seller_id))
        .where(
            col(Seller.status).in_(standing.LIVE),
            col(Submission.replaced_at).is_(None),
            _in_state(query, today),
        )
    )
    if sellers := query.filters.get("seller"):
        found = found.where(col(Seller.id).in_(sellers))
    if query.search:
        found = found.where(
            or_(
                col(Seller.name).icontains(query.search, autoescape=True),
                col(Seller.name_zh).icontains(query.search, autoescape=True),
            )
        )
    total = session.exec(select(func.count()).select_from(found.subquery())).one()
    order = col(
        {"seller": Seller.name, "handed_in": Submission.handed_in_at}.get(
            query.sort, Submission.expires_on
        )
    )
    rows = session.exec(
        found.order_by(order.desc() if query.is_descending else order, col(Submission.id))
        .offset(query.offset)
        .limit(query.size)
    ).all()
    costs = _costs(session, [seller.id for _, _, seller in rows])
    sees = staff.can(Permission.PII_READ)
    return Page([_expiring(*row, costs, today, sees_files=sees) for row in rows], total)


def application_of(session: Session, seller_id: str) -> SellerApplication | None:
    """The application a seller came from; sellers made by hand have none."""
    seller = session.get(Seller, seller_id)
    if seller is None:
        raise NotFound
    return session.get(SellerApplication, seller.application_id) if seller.application_id else None


def renewals_of(session: Session, submission_ids: Collection[str]) -> dict[str, Submission]:
    """What was handed in to follow these and is not accepted yet, by the older one's id."""
    if not submission_ids:
        return {}
    rows = session.exec(
        select(Submission).where(
            col(Submission.renews).in_(submission_ids), col(Submission.replaced_at).is_(None)
        )
    )
    return {row.renews: row for row in rows}


def _document(
    one: requirements.Standing,
    names: dict[str, str],
    deadlines: dict[str, SellerDeadline],
    renewal: Submission | None,
    today: date,
) -> DocumentRow:
    asked, given = one.requirement, one.submission
    deadline = deadlines.get(asked.id)
    return DocumentRow(
        asked.id,
        asked.code,
        asked.kind,
        asked.name,
        asked.name_zh,
        asked.help,
        asked.help_zh,
        asked.is_required,
        asked.expires,
        one.state,
        given.verdict if given else "",
        given.note if given else "",
        given.id if given else "",
        given.media_id if given else "",
        names.get(given.media_id, "") if given else "",
        iso(given.handed_in_at) if given else "",
        given.expires_on.isoformat() if given and given.expires_on else "",
        (given.expires_on - today).days if given and given.expires_on else 0,
        iso(deadline.due_at) if deadline else "",
        renewal.id if renewal else "",
        renewal.verdict if renewal else "",
        renewal.note if renewal else "",
    )


def _in_state(query: ListQuery, today: date) -> Any:
    ends, verdict = col(Submission.expires_on), col(Submission.verdict)
    good = verdict.in_([Verdict.ACCEPTED, Verdict.WAIVED])
    states = {
        "soon": and_(good, ends >= today, ends <= today + SOON),
        "expired": or_(verdict == Verdict.EXPIRED, and_(good, ends < today)),
        "pending": verdict == Verdict.PENDING,
    }
    return or_(*(states[each] for each in query.filters.get("state", tuple(states))))


def _costs(session: Session, seller_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for seller_id, switch in session.exec(
        select(SellerSwitch.seller_id, SellerSwitch.switch).where(
            col(SellerSwitch.seller_id).in_(seller_ids),
            SellerSwitch.reason == standing.EXPIRED_REASON,
            col(SellerSwitch.on_again_at).is_(None),
        )
    ):
        found.setdefault(seller_id, set()).add(Switch(switch).value)
    return {seller_id: tuple(sorted(switches)) for seller_id, switches in found.items()}


def _expiring(
    given: Submission,
    asked: Requirement,
    seller: Seller,
    costs: dict[str, tuple[str, ...]],
    today: date,
    *,
    sees_files: bool,
) -> ExpiringRow:
    is_over = given.verdict is Verdict.EXPIRED or conditions.is_past(given.expires_on, today)
    is_pending = given.verdict is Verdict.PENDING
    return ExpiringRow(
        given.id,
        seller.id,
        seller.name,
        seller.name_zh or seller.name,
        asked.code,
        asked.name,
        asked.name_zh,
        given.expires_on.isoformat() if given.expires_on else "",
        (given.expires_on - today).days if given.expires_on else 0,
        given.reminded,
        "pending" if is_pending else ("expired" if is_over else "soon"),
        given.media_id if sees_files else "",
        costs.get(seller.id, ()) if is_over else (),
        given.version,
    )
