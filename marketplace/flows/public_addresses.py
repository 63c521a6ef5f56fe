"""What search engines are told of: the addresses of everything buyers can find. Public."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col, func

from marketplace.domain.catalog.models import Listing, ListingStatus, ListingVersion
from marketplace.domain.search.models import SearchDocument
from marketplace.domain.sellers.models import Seller, SellerSwitch, Switch
from marketplace.domain.sellers.rules import SHOWN
from marketplace.flows.shown_categories import shown

AT_ONCE = 10_000  # listings; each has an address in both languages


@dataclass(frozen=True, slots=True)
class Place:
    """A path without its language; `changed_at` is None for what has no version of its own."""

    path: str
    changed_at: datetime | None = None


def categories(session: Session) -> list[Place]:
    """Those where something can be found."""
    return [Place(f"/c/{node.slug}") for node, _count in shown(session)]


def shops(session: Session) -> list[Place]:
    """Those that buyers may visit and find."""
    off = select(col(SellerSwitch.seller_id)).where(
        col(SellerSwitch.switch) == Switch.SEARCH_VISIBLE, col(SellerSwitch.on_again_at).is_(None)
    )
    rows = session.execute(
        select(col(Seller.slug))
        .where(col(Seller.status).in_(SHOWN), col(Seller.id).not_in(off))
        .order_by(col(Seller.slug))
        .limit(AT_ONCE)
    ).scalars()
    return [Place(f"/s/{slug}") for slug in rows]


def count_pages(session: Session) -> int:
    """How many pages of listings there are."""
    found = session.execute(select(func.count()).select_from(SearchDocument)).scalar_one()
    return -(-int(found) // AT_ONCE)


def listings(session: Session, page: int) -> list[Place]:
    """One page of them, in the order of the index; empty beyond the last."""
    rows = session.execute(
        select(col(Listing.slug), col(ListingVersion.made_at))
        .select_from(SearchDocument)
        .join(Listing, col(Listing.id) == col(SearchDocument.listing_id))
        .join(ListingVersion, col(ListingVersion.id) == col(Listing.live_version_id))
        .where(col(Listing.status) == ListingStatus.LIVE)
        .order_by(col(SearchDocument.number))
        .offset((page - 1) * AT_ONCE)
        .limit(AT_ONCE)
    )
    return [Place(f"/p/{slug}", made_at) for slug, made_at in rows]
