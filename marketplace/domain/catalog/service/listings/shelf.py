"""On sale, paused, put away: what a seller does with a listing without changing what it says."""

from datetime import datetime

from sqlmodel import Session, func, select

from marketplace.domain.access.models import SellerMember
from marketplace.domain.catalog.models import Listing, ListingStatus
from marketplace.domain.catalog.rules.machine import (
    KIND,
    MACHINE,
    NotOnShelf,
    NotPaused,
    TooManyListings,
    after_archive,
)
from marketplace.domain.catalog.service.listings.rows import own_listing
from marketplace.domain.moves import service as moves
from marketplace.domain.moves.queries import history
from marketplace.domain.sellers.queries.levels import level_of
from marketplace.kit.errors import NotFound


def pause(session: Session, member: SellerMember, listing_id: str, *, at: datetime) -> None:
    """Off the shelf; an edit that waits goes on waiting. Raises `NotOnShelf`, `NotFound`."""
    listing = own_listing(session, member, listing_id)
    if listing.status is not ListingStatus.LIVE:
        raise NotOnShelf
    _move(session, member, listing, ListingStatus.OFF_SHELF, at=at)


def resume(session: Session, member: SellerMember, listing_id: str, *, at: datetime) -> None:
    """Back on the shelf as it was. Never publishes what waits or was refused (getdokan/dokan#1439).

    Raises `NotPaused`, `TooManyListings`, `NotFound`.
    """
    listing = own_listing(session, member, listing_id)
    if listing.status is not ListingStatus.OFF_SHELF or not listing.live_version_id:
        raise NotPaused
    check_room(session, listing.seller_id)
    _move(session, member, listing, ListingStatus.LIVE, at=at)


def archive(session: Session, member: SellerMember, listing_id: str, *, at: datetime) -> None:
    """Raises `MoveNotAllowed` while it waits for a review, `NotFound`."""
    listing = own_listing(session, member, listing_id)
    _move(session, member, listing, ListingStatus.ARCHIVED, at=at)


def unarchive(session: Session, member: SellerMember, listing_id: str, *, at: datetime) -> None:
    """Where it was before; what was on sale is paused now. Raises `MoveNotAllowed`, `NotFound`."""
    listing = own_listing(session, member, listing_id)
    last = next(
        (
            move.from_state
            for move in history(session, KIND, listing.id)
            if move.to_state == ListingStatus.ARCHIVED
        ),
        ListingStatus.DRAFT.value,
    )
    _move(session, member, listing, after_archive(last), at=at)


def check_room(session: Session, seller_id: str) -> None:
    """Raises `TooManyListings` when the seller's level has no room for one more on sale."""
    try:
        most = level_of(session, seller_id).most_listings
    except NotFound:
        return  # a marketplace without levels limits nobody
    live = session.exec(
        select(func.count())
        .select_from(Listing)
        .where(Listing.seller_id == seller_id, Listing.status == ListingStatus.LIVE)
    ).one()
    if live >= most:
        raise TooManyListings(most=most)


def _move(
    session: Session, member: SellerMember, listing: Listing, to: ListingStatus, *, at: datetime
) -> None:
    moves.move(session, member, MACHINE, KIND, listing, to, at=at)
    listing.updated_at, listing.version = at, listing.version + 1
    session.flush()
