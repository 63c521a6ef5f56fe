"""Many working copies in one transaction: what an import writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.catalog.models import Listing, ListingStatus, Variant
from marketplace.domain.catalog.queries.quality import quality_of
from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.catalog.rules.machine import KIND
from marketplace.domain.catalog.rules.quality import QualityFacts, score
from marketplace.domain.catalog.rules.slugs import slug_of
from marketplace.domain.catalog.rules.validate import draft_errors
from marketplace.domain.catalog.service import listings
from marketplace.domain.catalog.service.listings.addresses import tail_of, taken_slugs
from marketplace.domain.catalog.service.listings.rows import (
    check_references,
    document,
    require_editing,
    set_variant,
)
from marketplace.domain.moves import service as moves
from marketplace.kit.errors import Invalid
from marketplace.kit.ids import new_id
from marketplace.kit.languages import N_
from marketplace.settings import settings


@dataclass(frozen=True, slots=True)
class Draft:
    """A listing as it shall be; without `listing_id` a new one. `version` is what was read.

    Every variant of a new one has an id and a SKU.
    """

    handle: str
    content: ListingContent
    listing_id: str = ""
    version: int = 0


def save_many(
    session: Session, member: SellerMember, drafts: Sequence[Draft], *, at: datetime
) -> list[str]:
    """Save all of them or none; returns the listings' ids in their order.

    New ones are written together, for tables of ten thousand rows, and show no picture yet.
    Raises `Stale` if one was saved since it was read, and what `create_draft` and `save_draft` do.
    """
    member.require(Permission.SHOP_LISTINGS_EDIT)
    require_editing(session, member)
    made = _created(session, member, [draft for draft in drafts if not draft.listing_id], at)
    for draft in drafts:
        if draft.listing_id:
            listings.save_draft(
                session, member, draft.listing_id, draft.content, version=draft.version, at=at
            )
    return [draft.listing_id or made[draft.handle] for draft in drafts]


def _created(
    session: Session, member: SellerMember, drafts: Sequence[Draft], at: datetime
) -> dict[str, str]:
    """Listing ids by handle."""
    _check_new(session, member, drafts)
    rows = {
        draft.handle: _row(member, draft, at + timedelta(microseconds=place))
        for place, draft in enumerate(drafts)  # lists by age keep the order of the table
    }
    _name_pages(session, rows, drafts)
    for draft in drafts:
        rows[draft.handle].quality = _quality(session, draft.content)
    session.add_all(rows.values())
    session.flush()
    session.add_all(
        variant for draft in drafts for variant in _variants(rows[draft.handle], draft.content)
    )
    session.flush()
    moves.started_many(session, member, KIND, list(rows.values()), at=at)
    return {handle: row.id for handle, row in rows.items()}


def _check_new(session: Session, member: SellerMember, drafts: Sequence[Draft]) -> None:
    handles = [draft.handle for draft in drafts]
    skus = [variant.sku for draft in drafts for variant in draft.content.variants]
    taken = session.exec(
        select(Listing.id).where(
            Listing.seller_id == member.seller_id, col(Listing.handle).in_(handles)
        )
    ).first()
    if taken or len(set(handles)) < len(handles):
        raise Invalid({"handle": N_("Another listing of yours has this handle.")})
    has_sku = select(Variant.id).where(
        Variant.seller_id == member.seller_id,
        col(Variant.sku).in_(skus),
        col(Variant.archived_at).is_(None),
    )
    if not all(skus) or len(set(skus)) < len(skus) or session.exec(has_sku).first():
        raise Invalid({"variants": N_("Another listing of yours has this SKU.")})
    for draft in drafts:
        if errors := draft_errors(draft.content):
            raise Invalid(errors)
        if draft.content.pictures or draft.content.document_ids:
            raise ValueError("files are hung one by one, where whose they are is checked")
        check_references(session, member, draft.content)


def _row(member: SellerMember, draft: Draft, at: datetime) -> Listing:
    content, id_ = draft.content, new_id("lst")
    sold = [variant.price for variant in content.variants if variant.is_active]
    return Listing(
        id=id_,
        seller_id=member.seller_id,
        status=ListingStatus.DRAFT,
        handle=draft.handle,
        slug=f"item-{id_[4:]}",
        title=content.title,
        title_zh=content.title_zh,
        category_id=content.category_id or None,
        brand_id=content.brand_id or None,
        currency=settings().currency,
        price_low=min(sold, default=0),
        price_high=max(sold, default=0),
        variant_count=len(content.variants),
        tags=list(content.tags),
        draft=document(content),
        created_at=at,
        updated_at=at,
    )


def _name_pages(session: Session, rows: dict[str, Listing], drafts: Sequence[Draft]) -> None:
    """Each its address: as asked for or after its title, with a tail where that is taken."""
    wanted = {
        draft.handle: draft.content.slug or slug_of(draft.content.title, draft.content.title_zh)
        for draft in drafts
    }
    taken = taken_slugs(session, wanted.values())
    for handle, row in rows.items():
        slug = wanted[handle]
        if slug:
            row.slug = slug if slug not in taken else f"{slug}-{tail_of(row.id)}"
            taken.add(row.slug)


def _quality(session: Session, content: ListingContent) -> int:
    if not content.category_id:
        return score(content, QualityFacts()).score
    return quality_of(session, content).score


def _variants(listing: Listing, content: ListingContent) -> list[Variant]:
    rows = []
    for place, variant in enumerate(content.variants):
        row = Variant(
            id=variant.id, listing_id=listing.id, seller_id=listing.seller_id, sku="", price=0
        )
        set_variant(row, variant, content, place)
        rows.append(row)
    return rows
