"""Rules, forbidden words, violations, reports and appeals as screens show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from marketplace.domain.access.models import Permission, SellerMember, Staff
from marketplace.domain.catalog.models import Listing
from marketplace.domain.moderation.models import (
    Appeal,
    AppealStatus,
    ForbiddenWord,
    PolicyCode,
    Report,
    Violation,
)
from marketplace.domain.moderation.queries.queue import names_of
from marketplace.domain.moderation.rules.words import key_of
from marketplace.kit.clock import iso
from marketplace.kit.errors import NotFound
from marketplace.kit.paging import ListQuery, Page

WORD_FILTERS: Mapping[str, tuple[str, ...] | None] = {"code": None, "force": ("blocks", "flags")}
WORD_SORTS = ("word", "code")
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class CodeRow:
    code: str
    name: str
    name_zh: str
    advice: str
    advice_zh: str
    points: int
    decay_days: int
    is_active: bool


@dataclass(frozen=True, slots=True)
class WordRow:
    id: str
    word: str
    code: str
    blocks: bool


@dataclass(frozen=True, slots=True)
class ViolationRow:
    """`points` counts while `is_counted`: neither decayed nor taken back."""

    id: str
    listing_id: str
    title: str
    title_zh: str
    code: str
    rule: str
    rule_zh: str
    points: int
    note: str
    at: str
    until: str
    is_counted: bool
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class ReportRow:
    """`is_guest`: the reader was not signed in."""

    id: str
    code: str
    note: str
    at: str
    is_guest: bool
    is_closed: bool


@dataclass(frozen=True, slots=True)
class AppealRow:
    """`may_decide` is False for the one it is against. Who decided is named to staff alone."""

    id: str
    version: int
    listing_id: str
    listing_status: str
    title: str
    title_zh: str
    reason: str
    decision: str
    """What the reviewer wrote to the seller."""
    status: str
    text: str
    at: str
    by: str
    against: str
    answer: str
    decided_at: str
    decided_by: str
    may_decide: bool


def list_codes(session: Session, *, with_retired: bool = False) -> list[CodeRow]:
    """The rules of the marketplace, for everybody: sellers read them, buyers report by them."""
    rows = session.exec(select(PolicyCode).order_by(col(PolicyCode.position), col(PolicyCode.code)))
    return [
        CodeRow(
            row.code,
            row.name,
            row.name_zh,
            row.advice,
            row.advice_zh,
            row.points,
            row.decay_days,
            row.is_active,
        )
        for row in rows
        if row.is_active or with_retired
    ]


def list_words(session: Session, staff: Staff, query: ListQuery) -> Page[WordRow]:
    staff.require(Permission.MODERATION_DECIDE)
    chosen = select(ForbiddenWord)
    if key := key_of(query.search):
        chosen = chosen.where(col(ForbiddenWord.word_key).contains(key, autoescape=True))
    if wanted := query.filters.get("code"):
        chosen = chosen.where(col(ForbiddenWord.code).in_(wanted))
    if force := query.filters.get("force"):
        chosen = chosen.where(col(ForbiddenWord.blocks).in_([one == "blocks" for one in force]))
    total = session.exec(select(func.count()).select_from(chosen.subquery())).one()
    first = ForbiddenWord.code if query.sort == "code" else ForbiddenWord.word_key
    order = col(first).desc() if query.is_descending else col(first)
    rows = session.exec(
        chosen.order_by(order, col(ForbiddenWord.id)).offset(query.offset).limit(query.size)
    )
    return Page([WordRow(row.id, row.word, row.code, row.blocks) for row in rows], total)


def violations(
    session: Session, actor: Staff | SellerMember, seller_id: str, *, at: datetime
) -> list[ViolationRow]:
    """The last 50 of a seller, newest first; members see their own alone (else `NotFound`)."""
    if isinstance(actor, SellerMember):
        actor.require(Permission.SHOP_LISTINGS_READ)
        if actor.seller_id != seller_id:
            raise NotFound
    else:
        actor.require(Permission.SELLERS_READ)
    rows = session.exec(
        select(Violation, Listing)
        .outerjoin(Listing, col(Listing.id) == Violation.listing_id)
        .where(Violation.seller_id == seller_id)
        .order_by(col(Violation.at).desc(), col(Violation.id).desc())
        .limit(MOST_SHOWN)
    )
    return [violation_row(session, row, listing, at) for row, listing in rows.all()]


def violation_row(
    session: Session, row: Violation, listing: Listing | None, at: datetime
) -> ViolationRow:
    """The caller has checked who may see it."""
    rule = session.get_one(PolicyCode, row.code)
    return ViolationRow(
        row.id,
        row.listing_id,
        listing.title if listing else "",
        listing.title_zh if listing else "",
        row.code,
        rule.name,
        rule.name_zh,
        row.points,
        row.note,
        iso(row.at),
        iso(row.until),
        row.cancelled_at is None and row.until > at,
        row.cancelled_at is not None,
    )


def reports_of(session: Session, staff: Staff, listing_id: str) -> list[ReportRow]:
    """The last 50 about a listing, open ones first."""
    staff.require(Permission.MODERATION_DECIDE)
    rows = session.exec(
        select(Report)
        .where(Report.listing_id == listing_id)
        .order_by(col(Report.closed_at).is_not(None), col(Report.at).desc())
        .limit(MOST_SHOWN)
    )
    return [
        ReportRow(
            row.id,
            row.code,
            row.note,
            iso(row.at),
            not row.reporter.startswith("per_"),
            row.closed_at is not None,
        )
        for row in rows
    ]


def appeal_view(session: Session, staff: Staff, appeal_id: str) -> AppealRow:
    """Raises `NotFound`."""
    staff.require(Permission.MODERATION_DECIDE)
    row = session.get(Appeal, appeal_id)
    if row is None:
        raise NotFound
    return appeal_row(session, row, names_of(session, (row.against, row.decided_by)), staff.id)


def appeal_row(
    session: Session, row: Appeal, names: Mapping[str, str], reader: str = ""
) -> AppealRow:
    listing = session.get_one(Listing, row.listing_id)
    return AppealRow(
        id=row.id,
        version=row.version,
        listing_id=listing.id,
        listing_status=listing.status,
        title=listing.title,
        title_zh=listing.title_zh,
        reason=listing.reason,
        decision=listing.note,
        status=row.status,
        text=row.text,
        at=iso(row.at),
        by=names_of(session, [row.by]).get(row.by, ""),
        against=names.get(row.against, ""),
        answer=row.answer,
        decided_at=iso(row.decided_at),
        decided_by=names.get(row.decided_by, ""),
        may_decide=row.status is AppealStatus.OPEN and bool(reader) and reader != row.against,
    )
