"""Saving what the editor shows: the content, and beside it stock and alerts of its variants."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission, SellerMember
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
    """A listing after it was saved: ids and SKUs that were missing are there now.

    The alerts in `content` are those of the stock levels, where there are levels."""

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
    alerts: Sequence[int | None],
    version: int,
    at: datetime,
) -> Kept:
    """All of it or nothing. Columns kept of an import are those of the stored draft, whatever
    `content` says: the editor shows none of them. `stock` and `alerts` have a number, or None for no change, for each
    variant of `content` in its order; what a variant not yet on sale gets is ignored. Raises as
    `listings.save_draft` and `inventory.service.set_many`."""
    member.require(Permission.SHOP_LISTINGS_EDIT)
    content = _with_stored(session, member, listing_id, content)
    listings.save_draft(session, member, listing_id, content, version=version, at=at)
    counted, alerted = _by_values(content, stock), _by_values(content, alerts)
    kept = kept_listing(session, member, listing_id)
    known, levels = set(kept.stockable), levels_of(session, [listing_id])
    changes = [
        Change(row.id, on_hand, low_at)
        for row in kept.content.variants
        if row.id in known
        for level in [levels.get(row.id, Level(0, 0, row.low_at))]
        for on_hand in [counted.get(tuple(row.values))]
        for low_at in [alerted.get(tuple(row.values))]
        if on_hand not in (None, level.on_hand) or low_at not in (None, level.low_at)
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
        with_alerts(edit.content, levels),
        edit.version,
        {id_: level.on_hand for id_, level in levels.items()},
        tuple(known),
    )


def with_alerts(content: ListingContent, levels: Mapping[str, Level]) -> ListingContent:
    """With the alerts that hold: the content's are only those a new stock level begins with."""
    variants = [
        row.model_copy(update={"low_at": levels[row.id].low_at}) if row.id in levels else row
        for row in content.variants
    ]
    return content.model_copy(update={"variants": variants})


def _with_stored(
    session: Session, member: SellerMember, listing_id: str, content: ListingContent
) -> ListingContent:
    """What no editor may change: an alert that a level has is no part of the content and changes
    no version; columns an import kept are nobody's to type."""
    stored = listing_for_edit(session, member, listing_id).content
    before = {row.id: row for row in stored.variants}
    levels = levels_of(session, [listing_id])
    variants = []
    for row in content.variants:
        old = before.get(row.id)
        low_at = old.low_at if old and row.id in levels else row.low_at
        extra = old.extra if old else {}
        variants.append(row.model_copy(update={"low_at": low_at, "extra": extra}))
    return content.model_copy(update={"variants": variants, "extra": stored.extra})


def _by_values(
    content: ListingContent, numbers: Sequence[int | None]
) -> dict[tuple[str, ...], int]:
    """New variants have no id yet."""
    return {
        tuple(variant.values): number
        for variant, number in zip(content.variants, numbers, strict=False)
        if number is not None
    }
