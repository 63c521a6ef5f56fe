"""What waits for a decision goes with what it belongs to: a listing archived, a shop that ends."""

from datetime import datetime

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Actor, Permission, SellerMember, System
from marketplace.domain.catalog.models import Listing, ListingStatus
from marketplace.domain.catalog.rules.machine import KIND, MACHINE
from marketplace.domain.catalog.service import listings
from marketplace.domain.catalog.service.listings import own_listing
from marketplace.domain.moderation.models import ChangeSet, ChangeStatus
from marketplace.domain.moderation.rules.machines import CHANGE, CHANGES
from marketplace.domain.moderation.service.submitting import open_change
from marketplace.domain.moves import service as moves

S = ListingStatus
DESK = System(id="desk", name="Moderation")


def archive(session: Session, member: SellerMember, listing_id: str, *, at: datetime) -> None:
    """Into the archive, and an edit that waits is withdrawn: it could be approved there.

    Raises `MoveNotAllowed` while the listing itself waits for a review, `NotFound`.
    """
    member.require(Permission.SHOP_LISTINGS_EDIT)
    listings.archive(session, member, listing_id, at=at)
    withdraw_waiting(session, member, own_listing(session, member, listing_id), at=at)


def withdraw_waiting(
    session: Session, actor: Actor, listing: Listing, *, at: datetime, reason: str = ""
) -> None:
    """For callers that checked who may and locked the listing; nothing waiting is no fault."""
    waiting = open_change(session, listing.id)
    if waiting is None:
        return
    moves.move(
        session, actor, CHANGES, CHANGE, waiting, ChangeStatus.WITHDRAWN, at=at, reason=reason
    )
    waiting.decided_at, waiting.version = at, waiting.version + 1
    if listing.status is S.PENDING:
        back = S.TAKEN_DOWN if listing.live_version_id else S.DRAFT
        moves.move(session, actor, MACHINE, KIND, listing, back, at=at, reason=reason)
    session.flush()


def withdraw_of_seller(session: Session, seller_id: str, *, at: datetime) -> int:
    """Nothing of a shop that has ended waits for anybody. Returns how much did."""
    waiting = session.exec(
        select(ChangeSet.listing_id)
        .where(ChangeSet.seller_id == seller_id, ChangeSet.status == ChangeStatus.OPEN)
        .order_by(col(ChangeSet.listing_id))
    ).all()
    for listing_id in waiting:
        listing = session.exec(
            select(Listing).where(Listing.id == listing_id).with_for_update()
        ).one()
        withdraw_waiting(session, DESK, listing, at=at, reason="shop_ended")
    return len(waiting)
