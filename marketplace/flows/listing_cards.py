"""Listings as cards: in results, on the home page, and beside a listing. Public."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from marketplace.domain.catalog.models import Listing, ListingStatus
from marketplace.domain.media.queries import pictures
from marketplace.domain.search.models import SearchDocument
from marketplace.domain.sellers.models import Seller


@dataclass(frozen=True, slots=True)
class Card:
    """Prices are minor units; `image` and `thumb` are addresses of 480 and 160 pixels, or empty."""

    id: str
    slug: str
    title: str
    title_zh: str
    price_low: int
    price_high: int
    currency: str
    image: str
    thumb: str
    seller: str
    seller_zh: str
    is_in_stock: bool
    rating_bps: int
    rating_count: int


def cards(session: Session, listing_ids: Sequence[str]) -> list[Card]:
    """In the order of the ids; what left the shelves since it was indexed is left out."""
    rows = session.exec(
        select(Listing, Seller, SearchDocument)
        .join(Seller, col(Seller.id) == col(Listing.seller_id))
        .join(SearchDocument, col(SearchDocument.listing_id) == col(Listing.id))
        .where(col(Listing.id).in_(listing_ids), Listing.status == ListingStatus.LIVE)
    ).all()
    images = pictures(session, [listing.cover_id for listing, *_ in rows])
    found = {}
    for listing, seller, document in rows:
        image = images.get(listing.cover_id)
        found[listing.id] = Card(
            listing.id,
            listing.slug,
            listing.title or listing.title_zh,
            listing.title_zh or listing.title,
            listing.price_low,
            listing.price_high,
            listing.currency,
            image.url_480 if image else "",
            image.url_160 if image else "",
            seller.name,
            seller.name_zh or seller.name,
            document.is_in_stock,
            listing.rating_bps,
            listing.rating_count,
        )
    return [found[one] for one in listing_ids if one in found]
