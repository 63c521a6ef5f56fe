"""Sellers as staff find and look at them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, and_, col, func, or_, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.accounts.models import PersonAccount, Role
from marketplace.domain.accounts.rules import email_key
from marketplace.domain.moves.queries import MoveRow, history
from marketplace.domain.sellers import rules as members
from marketplace.domain.sellers.models import (
    Seller,
    SellerDeadline,
    SellerLevel,
    SellerMembership,
    SellerStatus,
    SellerSwitch,
    Submission,
    Verdict,
)
from marketplace.domain.sellers.queries import requirements
from marketplace.domain.sellers.queries.applications.mine import (
    bank_of,
    view_of,
)
from marketplace.domain.sellers.queries.documents import (
    DocumentRow,
    application_of,
    documents_of,
)
from marketplace.domain.sellers.queries.documents import ExpiringRow as ExpiringRow
from marketplace.domain.sellers.queries.documents import expiring as expiring
from marketplace.domain.sellers.queries.levels import LevelRow as LevelRow
from marketplace.domain.sellers.queries.levels import levels as levels
from marketplace.domain.sellers.queries.masking import (
    hidden_fields,
    masked_documents,
    masked_fields,
)
from marketplace.domain.sellers.queries.members import works_for
from marketplace.domain.sellers.queries.notes import count_notes
from marketplace.domain.sellers.queries.shop import SwitchRow, switch_rows
from marketplace.domain.sellers.queries.standing import switches_off_of
from marketplace.domain.sellers.rules import requirements as conditions
from marketplace.domain.sellers.rules import standing as rules
from marketplace.kit import clock
from marketplace.kit.clock import iso
from marketplace.kit.errors import NotFound
from marketplace.kit.paging import ListQuery, Page
from marketplace.kit.redaction import mask_email


@dataclass(frozen=True, slots=True)
class SellerRow:
    """One seller in the list. Moments are ISO 8601 in UTC, or empty."""

    id: str
    name: str
    name_zh: str
    slug: str
    owner: str
    owner_email: str
    """Masked for those without `Permission.PII_READ`."""
    level: str
    level_name: str
    level_name_zh: str
    status: str
    switches: tuple[str, ...]
    """Everything that is off, by state or by decision."""
    joined_at: str
    next_expiry: str
    """ISO day of the document that ends first; empty if none does."""
    deadline: str
    """Until when what is owed must be handed in, the first of it; empty if nothing is."""
    has_appeal: bool
    category_ids: tuple[str, ...]
    version: int


@dataclass(frozen=True, slots=True)
class PersonRow:
    id: str
    name: str
    email: str
    role: str


@dataclass(frozen=True, slots=True)
class SellerDetail:
    """One seller for staff; personal fields are masked without `Permission.PII_READ`."""

    row: SellerRow
    about: str
    about_zh: str
    logo_id: str
    contact: dict[str, str]
    legal: dict[str, str]
    bank: dict[str, str]
    business_type: str
    application_id: str
    paused_from: str
    paused_until: str
    suspended_for: str
    suspended_by: str
    note: str
    appeal_until: str
    appeal: str
    appealed_at: str
    appeal_answer: str
    closing_at: str
    can_manage: bool
    can_decide_appeal: bool
    can_suspend: bool
    can_reinstate: bool
    can_close: bool
    can_terminate: bool
    can_view: bool
    """Whether the reader may look at the shop as its members see it."""
    is_masked: bool
    switch_rows: tuple[SwitchRow, ...]
    documents: tuple[DocumentRow, ...]
    members: tuple[PersonRow, ...]
    history: tuple[MoveRow, ...]
    levels: tuple[LevelRow, ...]
    notes: int
    """How many notes of staff there are."""


def list_sellers(session: Session, staff: Staff, query: ListQuery) -> Page[SellerRow]:
    """Filters: `status`, `level`, `switch` (one that is off), `documents` (expiring, expired,
    overdue), `appeal` (open). The search knows shops by name, address and id and, for who may
    read people's data, by the e-mail address of somebody who works there."""
    staff.require(Permission.SELLERS_READ)
    found = select(Seller).where(*_filtered(staff, query, requirements.today_of()))
    total = session.exec(select(func.count()).select_from(found.subquery())).one()
    order = col(
        {"name": Seller.name, "status": Seller.status, "level": Seller.level}.get(
            query.sort, Seller.created_at
        )
    )
    rows = session.exec(
        found.order_by(order.desc() if query.is_descending else order, col(Seller.id))
        .offset(query.offset)
        .limit(query.size)
    ).all()
    return Page(_rows(session, staff, list(rows)), total)


def seller(session: Session, staff: Staff, seller_id: str) -> SellerDetail:
    """Raises `NotFound`."""
    staff.require(Permission.SELLERS_READ)
    one = session.get(Seller, seller_id)
    if one is None:
        raise NotFound
    is_masked = not staff.can(Permission.PII_READ)
    is_own = works_for(session, staff.id, one.id)
    may = staff.can(Permission.SELLERS_MANAGE) and not is_own
    application = application_of(session, one.id)
    said = view_of(session, application) if application else None
    hidden = hidden_fields(staff, said.business_type if said else "")
    suspender = session.get(PersonAccount, one.suspended_by) if one.suspended_by else None
    moves = history(session, "seller", one.id, names_staff=True)
    has_appeal = bool(one.appeal) and one.appeal_decided_at is None
    is_suspended = one.status is SellerStatus.SUSPENDED
    return SellerDetail(
        row=_rows(session, staff, [one])[0],
        about=one.about,
        about_zh=one.about_zh,
        logo_id=one.logo_id,
        contact=masked_fields(said.contact if said else {}, hidden),
        legal=masked_fields(said.legal if said else {}, hidden),
        bank=masked_fields(bank_of(application) if application else {}, hidden),
        business_type=said.business_type if said else "",
        application_id=one.application_id,
        paused_from=iso(one.paused_from),
        paused_until=iso(one.paused_until),
        suspended_for=one.suspended_for,
        suspended_by=suspender.name if suspender else "",
        note=next((move.note for move in moves if move.to_state == one.status), ""),
        appeal_until=iso(one.appeal_until),
        appeal=one.appeal,
        appealed_at=iso(one.appealed_at),
        appeal_answer=one.appeal_answer,
        closing_at=iso(one.closing_at),
        can_manage=may,
        can_decide_appeal=may
        and is_suspended
        and has_appeal
        and rules.may_decide(one.suspended_by, staff.id),
        can_suspend=may and rules.MOVES.allows(one.status, SellerStatus.SUSPENDED),
        can_reinstate=may and is_suspended and not has_appeal,
        can_close=may and rules.MOVES.allows(one.status, SellerStatus.CLOSING),
        can_terminate=may and is_suspended and rules.is_final(one, clock.now()),
        can_view=staff.can(Permission.SELLERS_VIEW_AS)
        and not is_own
        and one.status in rules.PORTAL,
        is_masked=is_masked,
        switch_rows=switch_rows(session, one.id, names_staff=True),
        documents=masked_documents(documents_of(session, one.id), is_masked=is_masked),
        members=_members(session, one.id, is_masked=is_masked),
        history=tuple(moves),
        levels=tuple(levels(session)),
        notes=count_notes(session, staff, one.id),
    )


def _filtered(staff: Staff, query: ListQuery, today: date) -> list[Any]:
    wanted: list[Any] = []
    if states := query.filters.get("status"):
        wanted.append(col(Seller.status).in_(states))
    if chosen := query.filters.get("level"):
        wanted.append(col(Seller.level).in_(chosen))
    if switches := query.filters.get("switch"):
        off = select(SellerSwitch.seller_id).where(
            col(SellerSwitch.switch).in_(switches), col(SellerSwitch.on_again_at).is_(None)
        )
        wanted.append(col(Seller.id).in_(off))
    if kinds := query.filters.get("documents"):
        wanted.append(or_(*(col(Seller.id).in_(_with_documents(kind, today)) for kind in kinds)))
    if query.filters.get("appeal"):
        wanted.append(and_(col(Seller.appeal) != "", col(Seller.appeal_decided_at).is_(None)))
    if query.search:
        fields = (Seller.name, Seller.name_zh, Seller.slug, Seller.id)
        found = [col(field).icontains(query.search, autoescape=True) for field in fields]
        if staff.can(Permission.PII_READ):
            found.append(col(Seller.id).in_(_with_member(query.search)))
        wanted.append(or_(*found))
    return wanted


def _with_member(email: str) -> Any:
    """Shops somebody with just this address works for: a whole one, so that nobody browses."""
    return (
        select(SellerMembership.seller_id)
        .join(PersonAccount, col(PersonAccount.id) == col(SellerMembership.person_id))
        .where(PersonAccount.email_key == email_key(email))
    )


def _with_documents(kind: str, today: date) -> Any:
    if kind == "overdue":
        return select(SellerDeadline.seller_id).where(col(SellerDeadline.met_at).is_(None))
    ends = col(Submission.expires_on)
    current = select(Submission.seller_id).where(
        Submission.seller_id != "", col(Submission.replaced_at).is_(None)
    )
    if kind == "expired":
        return current.where(or_(Submission.verdict == Verdict.EXPIRED, ends < today))
    return current.where(ends >= today, ends <= conditions.last_reminded_day(today))


def _rows(session: Session, staff: Staff, sellers: list[Seller]) -> list[SellerRow]:
    ids = [one.id for one in sellers]
    off = switches_off_of(session, ids)
    owners = _owners(session, ids)
    known = {row.code: row for row in session.exec(select(SellerLevel))}
    expiries = _expiries(session, ids)
    deadlines = _deadlines(session, ids)
    sees = staff.can(Permission.PII_READ)
    return [
        SellerRow(
            one.id,
            one.name,
            one.name_zh or one.name,
            one.slug,
            owners[one.id][0],
            owners[one.id][1] if sees else mask_email(owners[one.id][1]),
            one.level,
            known[one.level].name if one.level in known else one.level,
            known[one.level].name_zh if one.level in known else one.level,
            one.status,
            tuple(sorted(off[one.id])),
            iso(one.created_at),
            expiries.get(one.id, ""),
            deadlines.get(one.id, ""),
            bool(one.appeal) and one.appeal_decided_at is None,
            tuple(one.category_ids),
            one.version,
        )
        for one in sellers
    ]


def _owners(session: Session, seller_ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Name and address of the owner who joined first, by seller."""
    rows = session.exec(
        select(SellerMembership.seller_id, PersonAccount.name, PersonAccount.email)
        .join(PersonAccount, col(PersonAccount.id) == col(SellerMembership.person_id))
        .join(Role, col(Role.id) == col(SellerMembership.role_id))
        .where(col(SellerMembership.seller_id).in_(seller_ids), Role.code == members.OWNER)
        .order_by(col(SellerMembership.joined_at).desc(), col(PersonAccount.id).desc())
    )
    found = {seller_id: (name, email) for seller_id, name, email in rows}
    return {seller_id: found.get(seller_id, ("", "")) for seller_id in seller_ids}


def _expiries(session: Session, seller_ids: Collection[str]) -> dict[str, str]:
    rows = session.exec(
        select(Submission.seller_id, func.min(Submission.expires_on))
        .where(
            col(Submission.seller_id).in_(seller_ids),
            col(Submission.replaced_at).is_(None),
            col(Submission.expires_on).is_not(None),
        )
        .group_by(Submission.seller_id)
    )
    return {seller_id: day.isoformat() for seller_id, day in rows if day}


def _deadlines(session: Session, seller_ids: Collection[str]) -> dict[str, str]:
    rows = session.exec(
        select(SellerDeadline)
        .where(col(SellerDeadline.seller_id).in_(seller_ids), col(SellerDeadline.met_at).is_(None))
        .order_by(col(SellerDeadline.due_at).desc())
    )
    return {row.seller_id: iso(row.due_at) for row in rows}


def _members(session: Session, seller_id: str, *, is_masked: bool) -> tuple[PersonRow, ...]:
    rows = session.exec(
        select(PersonAccount, Role)
        .join(SellerMembership, col(SellerMembership.person_id) == col(PersonAccount.id))
        .join(Role, col(Role.id) == col(SellerMembership.role_id))
        .where(SellerMembership.seller_id == seller_id)
        .order_by(col(PersonAccount.name))
        .limit(50)
    )
    return tuple(
        PersonRow(
            person.id,
            person.name,
            mask_email(person.email) if is_masked else person.email,
            role.name,
        )
        for person, role in rows
    )
