"""Everything there is of one listing, for staff: what it says, what it said, what was decided."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.catalog.models import (
    Category,
    Listing,
    ListingStatus,
    ListingVersion,
    Variant,
)
from marketplace.domain.catalog.queries.listings import version_content
from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.catalog.rules.diff import compare
from marketplace.domain.catalog.rules.machine import KIND
from marketplace.domain.inventory.queries import levels_of
from marketplace.domain.inventory.rules import Level
from marketplace.domain.media.queries import drop_files, pictures
from marketplace.domain.moderation.queries import (
    AppealRow,
    ReportRow,
    ReviewRow,
    ViolationRow,
    decisions_about,
    list_codes,
    reports_of,
)
from marketplace.domain.moves.queries import MoveRow, history
from marketplace.domain.sellers.models import Seller
from marketplace.flows.content_view import ContentView, content_view
from marketplace.flows.review_rows import PaperRow
from marketplace.kit.clock import iso
from marketplace.kit.errors import NotFound

MOST_VERSIONS = 50


@dataclass(frozen=True, slots=True)
class VariantLine:
    """One SKU. Prices in minor units, `reference` -1 for none."""

    id: str
    label: str
    label_zh: str
    sku: str
    price: int
    reference: int
    is_active: bool
    on_hand: int
    reserved: int
    available: int


@dataclass(frozen=True, slots=True)
class VersionLine:
    """Content that was on sale; `how` is its way there."""

    id: str
    number: int
    how: str
    by: str
    at: str
    is_live: bool


@dataclass(frozen=True, slots=True)
class ListingFile:
    """What only those who decide about listings may see is empty for others (`may_decide`)."""

    id: str
    slug: str
    handle: str
    status: str
    title: str
    title_zh: str
    cover: str
    currency: str
    category: str
    category_zh: str
    seller_id: str
    seller: str
    seller_zh: str
    seller_slug: str
    sees_seller: bool
    quality: int
    sold_30d: int
    created_at: str
    updated_at: str
    published_at: str
    saved_by: str
    reason: str
    note: str
    has_draft: bool
    is_content_live: bool
    content: ContentView
    variants: list[VariantLine]
    versions: list[VersionLine]
    history: list[MoveRow]
    may_decide: bool
    can_take_down: bool
    can_restore: bool
    open_review: str
    """Id of the change that waits, if one does."""
    papers: list[PaperRow]
    reviews: list[ReviewRow]
    violations: list[ViolationRow]
    appeals: list[AppealRow]
    reports: list[ReportRow]
    rules: dict[str, str]
    """What each rule is called, by its code, retired ones too."""
    rules_zh: dict[str, str]


def listing_file(session: Session, staff: Staff, listing_id: str, *, at: datetime) -> ListingFile:
    """Raises `NotFound`."""
    staff.require(Permission.CATALOG_READ)
    listing = _listing(session, listing_id)
    seller = session.get_one(Seller, listing.seller_id)
    category = session.get(Category, listing.category_id) if listing.category_id else None
    live = version_content(session, listing.live_version_id)
    content = live or ListingContent.model_validate(listing.draft)
    covers = pictures(session, [listing.cover_id] if listing.cover_id else [])
    may_decide = staff.can(Permission.MODERATION_DECIDE)
    decided = decisions_about(session, staff, listing, at=at) if may_decide else None
    reviews = decided.reviews if decided else []
    rules = list_codes(session, with_retired=True)
    return ListingFile(
        id=listing.id,
        slug=listing.slug,
        handle=listing.handle,
        status=listing.status,
        title=listing.title or listing.title_zh or listing.handle,
        title_zh=listing.title_zh or listing.title or listing.handle,
        cover=covers[listing.cover_id].url_160 if listing.cover_id in covers else "",
        currency=listing.currency,
        category=category.name if category else "",
        category_zh=category.name_zh if category else "",
        seller_id=seller.id,
        seller=seller.name,
        seller_zh=seller.name_zh or seller.name,
        seller_slug=seller.slug,
        sees_seller=staff.can(Permission.SELLERS_READ),
        quality=listing.quality,
        sold_30d=listing.sold_30d,
        created_at=iso(listing.created_at),
        updated_at=iso(listing.updated_at),
        published_at=iso(listing.published_at),
        saved_by=listing.saved_by or "",
        reason=listing.reason,
        note=listing.note,
        has_draft=listing.has_draft,
        is_content_live=live is not None,
        content=content_view(
            session, compare(None, content), is_new=True, currency=listing.currency
        ),
        variants=_variants(session, listing),
        versions=_versions(session, listing),
        history=history(session, KIND, listing.id, names_staff=True),
        may_decide=may_decide,
        can_take_down=may_decide
        and listing.status in (ListingStatus.LIVE, ListingStatus.OFF_SHELF),
        can_restore=may_decide and listing.status is ListingStatus.TAKEN_DOWN,
        open_review=next((row.id for row in reviews if row.status == "open"), ""),
        papers=_papers(session, listing, content) if may_decide else [],
        reviews=reviews,
        violations=decided.violations if decided else [],
        appeals=decided.appeals if decided else [],
        reports=reports_of(session, staff, listing.id) if may_decide else [],
        rules={rule.code: rule.name for rule in rules},
        rules_zh={rule.code: rule.name_zh for rule in rules},
    )


def what_changed(session: Session, staff: Staff, listing_id: str, version_id: str) -> ContentView:
    """What a version said otherwise than the one before it. Raises `NotFound`."""
    staff.require(Permission.CATALOG_READ)
    listing = _listing(session, listing_id)
    row = session.get(ListingVersion, version_id)
    if row is None or row.listing_id != listing.id:
        raise NotFound
    before = session.exec(
        select(ListingVersion)
        .where(ListingVersion.listing_id == listing.id, ListingVersion.number < row.number)
        .order_by(col(ListingVersion.number).desc())
        .limit(1)
    ).first()
    old = ListingContent.model_validate(before.content) if before else None
    diff = compare(old, ListingContent.model_validate(row.content))
    return content_view(session, diff, is_new=old is None, currency=listing.currency)


def _listing(session: Session, listing_id: str) -> Listing:
    listing = session.get(Listing, listing_id)
    if listing is None:
        raise NotFound
    return listing


def _variants(session: Session, listing: Listing) -> list[VariantLine]:
    rows = session.exec(
        select(Variant)
        .where(Variant.listing_id == listing.id, col(Variant.archived_at).is_(None))
        .order_by(col(Variant.position))
    ).all()
    levels = levels_of(session, [listing.id])
    return [
        VariantLine(
            row.id,
            row.title,
            row.title_zh or row.title,
            row.sku,
            row.price,
            -1 if row.reference_price is None else row.reference_price,
            row.is_active,
            level.on_hand,
            level.reserved,
            level.available,
        )
        for row in rows
        for level in (levels.get(row.id, Level()),)
    ]


def _versions(session: Session, listing: Listing) -> list[VersionLine]:
    rows = session.exec(
        select(ListingVersion)
        .where(ListingVersion.listing_id == listing.id)
        .order_by(col(ListingVersion.number).desc())
        .limit(MOST_VERSIONS)
    )
    return [
        VersionLine(
            row.id,
            row.number,
            row.how,
            row.made_by_name,
            iso(row.made_at),
            row.id == listing.live_version_id,
        )
        for row in rows
    ]


def _papers(session: Session, listing: Listing, content: ListingContent) -> list[PaperRow]:
    """Those of what is on sale, and those the working copy adds."""
    draft = ListingContent.model_validate(listing.draft).document_ids
    wanted = list(dict.fromkeys([*content.document_ids, *draft]))
    files = drop_files(session, wanted)
    return [
        PaperRow(id_, file.name, "same" if id_ in content.document_ids else "added", file.status)
        for id_ in wanted
        if (file := files.get(id_)) is not None
    ]
