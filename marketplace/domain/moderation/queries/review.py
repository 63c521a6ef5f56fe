"""Everything one needs to decide about one change: what differs, hints, history, likes of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.accounts.models import PersonAccount
from marketplace.domain.catalog.models import Listing, ListingStatus
from marketplace.domain.catalog.queries.listings import (
    PricePoint,
    category_median,
    price_facts,
    price_history,
    version_content,
)
from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.catalog.rules.diff import ContentDiff, VariantDiff, compare
from marketplace.domain.catalog.rules.machine import KIND
from marketplace.domain.catalog.rules.merge import rebased
from marketplace.domain.catalog.rules.prices import is_proved
from marketplace.domain.media.queries import twins
from marketplace.domain.moderation.models import ChangeSet, ChangeStatus, Violation
from marketplace.domain.moderation.queries.queue import FlagRow, flag_rows
from marketplace.domain.moderation.rules.flags import of_titles
from marketplace.domain.moderation.rules.points import counted
from marketplace.domain.moves.queries import MoveRow, history
from marketplace.domain.sellers.models import Seller
from marketplace.kit.clock import iso
from marketplace.kit.errors import NotFound

MOST_SIMILAR = 6
MOST_CHARTS = 12


@dataclass(frozen=True, slots=True)
class SellerFacts:
    """What is known of the seller: listings on sale, points that count, decisions so far."""

    id: str
    name: str
    name_zh: str
    slug: str
    level: str
    status: str
    since: str
    live: int
    points: int
    approved: int
    rejected: int


@dataclass(frozen=True, slots=True)
class VariantPrice:
    """Minor units. `is_proved`: its reference price would be shown to buyers."""

    variant_id: str
    label: str
    before: int | None
    after: int | None
    reference: int | None
    median: int | None
    lowest: int | None
    is_proved: bool
    history: tuple[PricePoint, ...]


@dataclass(frozen=True, slots=True)
class SimilarRow:
    """`why`: `picture` or `title`."""

    listing_id: str
    slug: str
    title: str
    title_zh: str
    cover_id: str
    seller: str
    status: str
    why: str


@dataclass(frozen=True, slots=True)
class Review:
    id: str
    version: int
    status: str
    kind: str
    policy: str
    needs_look: bool
    listing_id: str
    listing_status: str
    listing_slug: str
    currency: str
    seller: SellerFacts
    content: ListingContent
    live: ListingContent | None
    diff: ContentDiff
    flags: tuple[FlagRow, ...]
    category_median: int | None
    prices: tuple[VariantPrice, ...]
    similar: tuple[SimilarRow, ...]
    history: tuple[MoveRow, ...]
    submitted_at: str
    submitted_by: str
    assignee_id: str
    assignee: str
    decided_by: str
    decided_at: str
    reason: str
    note: str
    comments: dict[str, str]
    needs_rebase: bool
    overlaps: tuple[str, ...]


def review(session: Session, staff: Staff, change_set_id: str, *, at: datetime) -> Review:
    """Raises `NotFound`."""
    staff.require(Permission.MODERATION_DECIDE)
    change = session.get(ChangeSet, change_set_id)
    if change is None:
        raise NotFound
    listing = session.get_one(Listing, change.listing_id)
    content = ListingContent.model_validate(change.content)
    base = version_content(session, change.base_version_id)
    is_open = change.status is ChangeStatus.OPEN
    needs_rebase = is_open and change.base_version_id != listing.live_version_id
    live = version_content(session, listing.live_version_id) if is_open else base
    diff = compare(base, content)
    return Review(
        id=change.id,
        version=change.version,
        status=change.status,
        kind=change.kind,
        policy=change.policy,
        needs_look=change.needs_look and change.looked_at is None,
        listing_id=listing.id,
        listing_status=listing.status,
        listing_slug=listing.slug,
        currency=listing.currency,
        seller=seller_facts(session, listing.seller_id, at=at),
        content=content,
        live=live,
        diff=diff,
        flags=flag_rows(change.flags),
        category_median=category_median(session, content.category_id),
        prices=_prices(session, content, diff, at),
        similar=_similar(session, listing, content),
        history=tuple(history(session, KIND, listing.id, names_staff=True)),
        submitted_at=iso(change.submitted_at),
        submitted_by=_name(session, change.submitted_by),
        assignee_id=change.assignee_id,
        assignee=_name(session, change.assignee_id),
        decided_by=_name(session, change.decided_by),
        decided_at=iso(change.decided_at),
        reason=change.reason,
        note=change.note,
        comments=dict(change.comments),
        needs_rebase=needs_rebase,
        overlaps=rebased(base or ListingContent(), live, content).overlaps
        if needs_rebase and live
        else (),
    )


def seller_facts(session: Session, seller_id: str, *, at: datetime) -> SellerFacts:
    seller = session.get_one(Seller, seller_id)
    decided = dict(
        session.exec(
            select(ChangeSet.status, func.count())
            .where(ChangeSet.seller_id == seller_id, ChangeSet.decided_by != "")
            .group_by(col(ChangeSet.status))
        ).all()
    )
    live = session.exec(
        select(func.count())
        .select_from(Listing)
        .where(Listing.seller_id == seller_id, Listing.status == ListingStatus.LIVE)
    ).one()
    return SellerFacts(
        id=seller.id,
        name=seller.name,
        name_zh=seller.name_zh,
        slug=seller.slug,
        level=seller.level,
        status=seller.status,
        since=iso(seller.created_at),
        live=live,
        points=points(session, seller_id, at=at),
        approved=decided.get(ChangeStatus.APPROVED, 0),
        rejected=decided.get(ChangeStatus.REJECTED, 0),
    )


def points(session: Session, seller_id: str, *, at: datetime) -> int:
    """What counts now: neither decayed nor taken back. The caller has checked who may ask."""
    return points_of(session, (seller_id,), at=at).get(seller_id, 0)


def points_of(session: Session, seller_ids: Collection[str], *, at: datetime) -> dict[str, int]:
    """As `points`, of several; who has none is left out."""
    rows = session.exec(
        select(Violation).where(col(Violation.seller_id).in_(seller_ids), Violation.until > at)
    )
    found: dict[str, list[Violation]] = {}
    for row in rows:
        found.setdefault(row.seller_id, []).append(row)
    sums = {seller_id: counted(violations, at) for seller_id, violations in found.items()}
    return {seller_id: total for seller_id, total in sums.items() if total}


def _prices(
    session: Session, content: ListingContent, diff: ContentDiff, at: datetime
) -> tuple[VariantPrice, ...]:
    known = price_facts(session, (variant.id for variant in content.variants), at=at)
    references = {variant.id: variant.reference_price for variant in content.variants}
    rows: list[VariantDiff] = [row for row in diff.variants if row.price is not None]
    return tuple(
        VariantPrice(
            variant_id=row.id,
            label=row.label,
            before=row.price_before,
            after=row.price,
            reference=references[row.id],
            median=known[row.id].median_30d,
            lowest=known[row.id].lowest_30d,
            is_proved=is_proved(references[row.id], row.price or 0, known[row.id]),
            history=tuple(price_history(session, row.id)) if place < MOST_CHARTS else (),
        )
        for place, row in enumerate(rows)
    )


def _similar(session: Session, listing: Listing, content: ListingContent) -> tuple[SimilarRow, ...]:
    """Listings with the same picture or nearly the same title, in the same category or anywhere."""
    same = {
        twin.id
        for others in twins(session, [picture.id for picture in content.pictures]).values()
        for twin in others
    }
    rows = session.exec(
        select(Listing, Seller.name)
        .join(Seller, col(Seller.id) == Listing.seller_id)
        .where(
            Listing.id != listing.id,
            (col(Listing.cover_id).in_(same)) | (Listing.category_id == content.category_id),
        )
        .order_by(col(Listing.published_at).desc())
        .limit(400)
    ).all()
    titles = [(row.id, row.title, row.title_zh) for row, _ in rows]
    alike = {flag.found for flag in of_titles(content.title, content.title_zh, titles)}
    found = [
        SimilarRow(
            row.id,
            row.slug,
            row.title,
            row.title_zh,
            row.cover_id,
            seller,
            row.status,
            "picture" if row.cover_id in same else "title",
        )
        for row, seller in rows
        if row.cover_id in same or row.id in alike
    ]
    return tuple(found[:MOST_SIMILAR])


def _name(session: Session, person_id: str) -> str:
    person = session.get(PersonAccount, person_id) if person_id else None
    return person.name if person else ""
