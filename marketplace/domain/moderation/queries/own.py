"""A seller's own reviews: what waits, what was said, what may be done about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.catalog.models import Listing, ListingStatus
from marketplace.domain.catalog.queries.listings import price_facts, version_content
from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.catalog.rules.diff import ContentDiff, compare
from marketplace.domain.catalog.rules.diff import label as variant_label
from marketplace.domain.catalog.rules.prices import PriceRule, is_near, problem, repriced
from marketplace.domain.moderation.models import Appeal, ChangeSet, ChangeStatus
from marketplace.domain.moderation.queries.decisions import (
    APPEALED,
    is_appealed,
    standing_violation,
)
from marketplace.domain.moderation.queries.judging import trust_of
from marketplace.domain.moderation.queries.rulebook import AppealRow, appeal_row
from marketplace.kit.clock import iso
from marketplace.kit.errors import NotFound

MOST_PREVIEWED = 500
MOST_APPEALS = 20


@dataclass(frozen=True, slots=True)
class ChangeView:
    """What was handed in last. `diff` is against what was on sale when it was made."""

    id: str
    version: int
    status: str
    kind: str
    policy: str
    submitted_at: str
    decided_at: str
    reason: str
    note: str
    comments: dict[str, str]
    diff: ContentDiff
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class SanctionView:
    """Points of a violation; they count until `until`."""

    points: int
    at: str
    until: str


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One SKU of a bulk change. Minor units. `problem` is a message id, empty if it is possible;
    `waits`: on a listing on sale, somebody looks at it before buyers see it."""

    listing_id: str
    title: str
    title_zh: str
    variant_id: str
    label: str
    sku: str
    before: int
    after: int
    problem: str
    waits: bool


def change_of(session: Session, member: SellerMember, listing_id: str) -> ChangeView | None:
    """The one that waits, else the last; None if nothing was ever handed in."""
    _own(session, member, listing_id)
    change = session.exec(
        select(ChangeSet)
        .where(ChangeSet.listing_id == listing_id)
        .order_by(
            (col(ChangeSet.status) == ChangeStatus.OPEN).desc(),
            col(ChangeSet.submitted_at).desc(),
            col(ChangeSet.id).desc(),
        )
    ).first()
    if change is None:
        return None
    base = version_content(session, change.base_version_id)
    return ChangeView(
        id=change.id,
        version=change.version,
        status=change.status,
        kind=change.kind,
        policy=change.policy,
        submitted_at=iso(change.submitted_at),
        decided_at=iso(change.decided_at),
        reason=change.reason,
        note=change.note,
        comments=dict(change.comments),
        diff=compare(base, ListingContent.model_validate(change.content)),
        may_withdraw=change.status is ChangeStatus.OPEN,
    )


def appeals_of(session: Session, member: SellerMember, listing_id: str) -> list[AppealRow]:
    """About this listing, newest first; who decided is not named."""
    _own(session, member, listing_id)
    rows = session.exec(
        select(Appeal)
        .where(Appeal.listing_id == listing_id)
        .order_by(col(Appeal.at).desc(), col(Appeal.id).desc())
        .limit(MOST_APPEALS)
    )
    return [appeal_row(session, row, {}) for row in rows]


def sanction_of(session: Session, member: SellerMember, listing_id: str) -> SanctionView | None:
    """What taking it down costs; None unless it is taken down."""
    listing = _own(session, member, listing_id)
    violation = standing_violation(session, listing.id)
    if listing.status is not ListingStatus.TAKEN_DOWN or violation is None:
        return None
    return SanctionView(violation.points, iso(violation.at), iso(violation.until))


def may_appeal(session: Session, member: SellerMember, listing_id: str) -> bool:
    """A refusal or taking down stands that nobody has appealed against yet."""
    listing = _own(session, member, listing_id)
    return listing.status in APPEALED and not is_appealed(session, listing)


def preview_prices(
    session: Session,
    member: SellerMember,
    listing_ids: Sequence[str],
    rule: PriceRule,
    *,
    at: datetime,
) -> list[PriceLine]:
    """What a bulk change would do, SKU by SKU; the first 500 listings, others' are left out."""
    member.require(Permission.SHOP_LISTINGS_READ)
    rows = session.exec(
        select(Listing)
        .where(
            Listing.seller_id == member.seller_id,
            col(Listing.id).in_(list(dict.fromkeys(listing_ids))[:MOST_PREVIEWED]),
        )
        .order_by(col(Listing.title), col(Listing.id))
    ).all()
    contents = {row.id: ListingContent.model_validate(row.draft) for row in rows}
    known = price_facts(
        session, (v.id for content in contents.values() for v in content.variants), at=at
    )
    band = trust_of(session, member.seller_id).price_band_bps
    lines = []
    for row in rows:
        is_shown = row.status in (ListingStatus.LIVE, ListingStatus.OFF_SHELF)
        for variant in contents[row.id].variants:
            after, median = repriced(variant.price, rule), known[variant.id].median_30d
            rises = median is None or after >= median
            lines.append(
                PriceLine(
                    listing_id=row.id,
                    title=row.title,
                    title_zh=row.title_zh,
                    variant_id=variant.id,
                    label=variant_label(variant),
                    sku=variant.sku,
                    before=variant.price,
                    after=after,
                    problem=problem(after, variant.reference_price, variant.cost),
                    waits=is_shown
                    and after != variant.price
                    and rises
                    and not is_near(after, median, band),
                )
            )
    return lines


def _own(session: Session, member: SellerMember, listing_id: str) -> Listing:
    member.require(Permission.SHOP_LISTINGS_READ)
    listing = session.get(Listing, listing_id)
    if listing is None or listing.seller_id != member.seller_id:
        raise NotFound
    return listing


def waits_to_ship_with(session: Session, member: SellerMember, template_id: str) -> bool:
    """Whether content that names this shipping template waits for a decision."""
    member.require(Permission.SHOP_LISTINGS_EDIT)
    waiting = select(ChangeSet.id).where(
        ChangeSet.seller_id == member.seller_id,
        ChangeSet.status == ChangeStatus.OPEN,
        col(ChangeSet.content)["shipping_template_id"].as_string() == template_id,
    )
    return session.exec(waiting.limit(1)).first() is not None
