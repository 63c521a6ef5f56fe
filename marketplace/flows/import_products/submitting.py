"""Imported listings are handed in for review, those that are complete."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.catalog.models import Listing
from marketplace.domain.moderation import service as moderation
from marketplace.kit.errors import DomainError, NotFound


def submit_all(
    session: Session, member: SellerMember, listing_ids: Sequence[str], *, at: datetime
) -> int:
    """Hand in those that are complete; returns how many. One that is not stops no other."""
    member.require(Permission.SHOP_LISTINGS_EDIT)
    handed_in = 0
    for listing_id in listing_ids:
        listing = session.get(Listing, listing_id)
        if listing is None or listing.seller_id != member.seller_id:
            raise NotFound
        try:
            with session.begin_nested():
                moderation.submit(session, member, listing_id, version=listing.version, at=at)
        except DomainError:
            continue
        handed_in += 1
    return handed_in
