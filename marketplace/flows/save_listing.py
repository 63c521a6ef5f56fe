"""Saving what the editor shows: the content, and beside it the stock of its variants."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from marketplace.domain.access.models import SellerMember
from marketplace.domain.catalog.models import Variant
from marketplace.domain.catalog.queries.listings import listing_for_edit
from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.catalog.service import listings
from marketplace.domain.inventory import service as inventory
from marketplace.domain.inventory.models import StockReason
from marketplace.domain.inventory.queries import levels_of
from marketplace.domain.inventory.rules import Level
from marketplace.domain.inventory.service import Change


@dataclass(frozen=True, slots=True)
class Kept:
    """A listing after it was saved: ids and SKUs that were missing are there now."""

    content: ListingContent
    version: int
    stock: dict[str, int]
    """On hand, by variant."""
    stockable: tuple[str, ...]
    """Variants whose stock can be set: those that have a row, see `Variant`."""


def save_listing(
    session: Session,
    member: SellerMember,
    listing_id: str,
    content: ListingContent,
    *,
    stock: Sequence[int | None],
    version: int,
    at: datetime,
) -> Kept:
    """All of it or nothing. `stock` has a number, or None for no change, for each variant of
    `content` in its order; what a variant not yet on sale gets is ignored. Raises as
    `listings.save_draft` and `inventory.service.set_many`."""
    listings.save_draft(session, member, listing_id, content, version=version, at=at)
    counted = {
        tuple(variant.values): number
        for variant, number in zip(content.variants, stock, strict=False)
        if number is not None
    }
    kept = kept_listing(session, member, listing_id)
    known, levels = set(kept.stockable), levels_of(session, [listing_id])
    changes = [
        Change(row.id, on_hand, row.low_at)
        for row in kept.content.variants
        if row.id in known
        for on_hand in [counted.get(tuple(row.values))]
        if (level := levels.get(row.id, Level(0, 0, 0))).low_at != row.low_at
        or on_hand not in (None, level.on_hand)
    ]
    if changes:
        inventory.set_many(session, member, changes, reason=StockReason.SET, at=at)
    return kept_listing(session, member, listing_id)


def kept_listing(session: Session, member: SellerMember, listing_id: str) -> Kept:
    """As it stands. Raises `NotFound` for a listing of another seller."""
    edit = listing_for_edit(session, member, listing_id)
    levels = levels_of(session, [listing_id])
    known = session.exec(
        select(Variant.id).where(
            Variant.listing_id == listing_id, col(Variant.archived_at).is_(None)
        )
    ).all()
    return Kept(
        edit.content,
        edit.version,
        {id_: level.on_hand for id_, level in levels.items()},
        tuple(known),
    )
