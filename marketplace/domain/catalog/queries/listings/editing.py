"""One listing as its seller edits it: the working copy, what is on sale, every version."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.catalog.models import (
    Listing,
    ListingRedirect,
    ListingVersion,
    ShippingTemplate,
)
from marketplace.domain.catalog.queries.quality import quality_of
from marketplace.domain.catalog.queries.taxonomy import attributes_of
from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.catalog.rules.diff import ContentDiff, compare
from marketplace.domain.catalog.rules.quality import MissingPoint
from marketplace.domain.catalog.rules.taxonomy import AttributeField
from marketplace.domain.catalog.rules.validate import submit_errors
from marketplace.kit.clock import iso
from marketplace.kit.errors import NotFound

MOST_VERSIONS = 50


@dataclass(frozen=True, slots=True)
class EditView:
    """`errors` is what keeps it from being handed in, by dotted field; `live` None: never on sale."""

    id: str
    status: str
    handle: str
    slug: str
    earlier_slugs: tuple[str, ...]
    """Addresses it had in public; they lead to it."""
    version: int
    currency: str
    has_draft: bool
    content: ListingContent
    live: ListingContent | None
    live_version_id: str
    reason: str
    note: str
    quality: int
    missing: tuple[MissingPoint, ...]
    errors: dict[str, str]
    fields: tuple[AttributeField, ...]
    created_at: str
    updated_at: str
    saved_by: str
    published_at: str


@dataclass(frozen=True, slots=True)
class VersionRow:
    id: str
    number: int
    how: str
    by: str
    """Who edited it; members of staff are not named."""
    at: str
    is_live: bool


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """`fee` and `free_from` in minor units; `free_from` None: never free."""

    id: str
    name: str
    handling_days: int
    fee: int
    free_from: int | None
    is_default: bool
    version: int


def listing_for_edit(
    session: Session, member: SellerMember, listing_id: str, *, in_stock: bool = True
) -> EditView:
    """Raises `NotFound` for another seller's as for none."""
    listing = _own(session, member, listing_id)
    content = ListingContent.model_validate(listing.draft)
    fields = tuple(attributes_of(session, content.category_id))
    quality = quality_of(session, content, in_stock=in_stock)
    return EditView(
        id=listing.id,
        status=listing.status,
        handle=listing.handle,
        slug=listing.slug,
        earlier_slugs=earlier_slugs(session, listing.id),
        version=listing.version,
        currency=listing.currency,
        has_draft=listing.has_draft,
        content=content,
        live=version_content(session, listing.live_version_id),
        live_version_id=listing.live_version_id,
        reason=listing.reason,
        note=listing.note,
        quality=quality.score,
        missing=quality.missing,
        errors=submit_errors(content, fields),
        fields=fields,
        created_at=iso(listing.created_at),
        updated_at=iso(listing.updated_at),
        saved_by=listing.saved_by or "",
        published_at=iso(listing.published_at),
    )


def earlier_slugs(session: Session, listing_id: str) -> tuple[str, ...]:
    """Newest first; the caller has checked who may see them."""
    rows = session.exec(
        select(ListingRedirect.slug)
        .where(ListingRedirect.listing_id == listing_id)
        .order_by(col(ListingRedirect.since).desc(), col(ListingRedirect.slug))
        .limit(MOST_VERSIONS)
    )
    return tuple(rows)


def versions(session: Session, member: SellerMember, listing_id: str) -> list[VersionRow]:
    """The last 50, newest first."""
    listing = _own(session, member, listing_id)
    rows = session.exec(
        select(ListingVersion)
        .where(ListingVersion.listing_id == listing.id)
        .order_by(col(ListingVersion.number).desc())
        .limit(MOST_VERSIONS)
    )
    return [
        VersionRow(
            row.id,
            row.number,
            row.how,
            "" if row.how in ("review", "staff") else row.made_by_name,
            iso(row.made_at),
            row.id == listing.live_version_id,
        )
        for row in rows
    ]


def version_diff(
    session: Session, member: SellerMember, listing_id: str, version_id: str, other_id: str = ""
) -> ContentDiff:
    """From the version to the other one, or to the working copy. Raises `NotFound`."""
    listing = _own(session, member, listing_id)
    contents = []
    for wanted in filter(None, (version_id, other_id)):
        row = session.get(ListingVersion, wanted)
        if row is None or row.listing_id != listing.id:
            raise NotFound
        contents.append(ListingContent.model_validate(row.content))
    if not other_id:
        contents.append(ListingContent.model_validate(listing.draft))
    return compare(contents[0], contents[1])


def version_content(session: Session, version_id: str) -> ListingContent | None:
    """The caller has checked who may see it; None for no id."""
    row = session.get(ListingVersion, version_id) if version_id else None
    return ListingContent.model_validate(row.content) if row else None


def templates(session: Session, member: SellerMember) -> list[TemplateRow]:
    """The shop's shipping templates by name."""
    member.require(Permission.SHOP_LISTINGS_READ)
    rows = session.exec(
        select(ShippingTemplate)
        .where(ShippingTemplate.seller_id == member.seller_id)
        .order_by(col(ShippingTemplate.name))
    )
    return [
        TemplateRow(
            row.id,
            row.name,
            row.handling_days,
            row.fee,
            row.free_from,
            row.is_default,
            row.version,
        )
        for row in rows
    ]


def _own(session: Session, member: SellerMember, listing_id: str) -> Listing:
    member.require(Permission.SHOP_LISTINGS_READ)
    listing = session.get(Listing, listing_id)
    if listing is None or listing.seller_id != member.seller_id:
        raise NotFound
    return listing
