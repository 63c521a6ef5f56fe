"""The SKUs of listings: which there are, and one number for all of one listing."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.catalog.models import Listing, Variant
from marketplace.domain.inventory.models import StockReason
from marketplace.domain.inventory.service.levels import Change, How, set_many
from marketplace.kit.errors import NotFound

AT_ONCE = 100


def stock_listing(
    session: Session, member: SellerMember, listing_id: str, units: int, how: How, *, at: datetime
) -> int:
    """So many of every SKU of one listing, or so many more; returns how many SKUs changed.

    Raises `NotFound`, and as `set_many`.
    """
    member.require(Permission.SHOP_LISTINGS_EDIT)
    listing = session.get(Listing, listing_id)
    if listing is None or listing.seller_id != member.seller_id:
        raise NotFound
    variants = session.exec(
        select(Variant.id).where(
            Variant.listing_id == listing_id, col(Variant.archived_at).is_(None)
        )
    ).all()
    if how == "set":
        changes = [Change(id_, units) for id_ in variants]
        reason = StockReason.SET
    else:
        more = units if how == "add" else -units
        changes = [Change(id_, more=more) for id_ in variants]
        reason = StockReason.RECEIVED if how == "add" else StockReason.CORRECTION
    return set_many(session, member, changes, reason=reason, at=at)


def existing_variants(
    session: Session, member: SellerMember, variant_ids: Iterable[str]
) -> set[str]:
    """Those of `variant_ids` that are SKUs of the shop now: a variant that so far only a draft of
    a live listing has is none yet."""
    member.require(Permission.SHOP_LISTINGS_READ)
    found: set[str] = set()
    for part in _parts(sorted(variant_ids)):
        found |= set(
            session.exec(
                select(Variant.id).where(
                    col(Variant.id).in_(part),
                    Variant.seller_id == member.seller_id,
                    col(Variant.archived_at).is_(None),
                )
            )
        )
    return found


def _parts(ids: list[str]) -> list[list[str]]:
    return [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]
