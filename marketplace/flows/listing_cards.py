"""Listings as cards: in results, on the home page, and beside a listing. Public."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import defer
from sqlmodel import Session, col

from marketplace.domain.catalog.models import Listing, ListingStatus, ListingVersion
from marketplace.domain.media.queries import pictures
from marketplace.domain.search.models import SearchDocument
from marketplace.domain.sellers.models import Seller

MIDDLE = "50% 50%"


@dataclass(frozen=True, slots=True)
class Card:
    """Prices are minor units; `image` and `thumb` are addresses of 480 and 160 pixels, or empty;
    `focus` is the point crops of them keep, as CSS has it."""

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
    focus: str


def cards(session: Session, listing_ids: Sequence[str]) -> list[Card]:
    """In the order of the ids; what left the shelves since it was indexed is left out."""
    cover = col(ListingVersion.content)["pictures"][0]
    columns: tuple[Any, ...] = (
        Listing,
        Seller,
        SearchDocument.is_in_stock,
        cover["focal_x"].as_integer(),
        cover["focal_y"].as_integer(),
    )
    rows = session.execute(
        select(*columns)
        .join(Seller, col(Seller.id) == col(Listing.seller_id))
        .join(SearchDocument, col(SearchDocument.listing_id) == col(Listing.id))
        .join(ListingVersion, col(ListingVersion.id) == col(Listing.live_version_id))
        .where(col(Listing.id).in_(listing_ids), col(Listing.status) == ListingStatus.LIVE)
        .options(defer(col(Listing.draft)))  # type: ignore[arg-type]
    ).all()
    images = pictures(session, [listing.cover_id for listing, *_ in rows])
    found = {}
    for listing, seller, is_in_stock, x, y in rows:
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
            is_in_stock,
            listing.rating_bps,
            listing.rating_count,
            focus_at(x, y),
        )
    return [found[one] for one in listing_ids if one in found]


def focus_at(x: int | None, y: int | None) -> str:
    """Per cent from the upper left corner, as CSS places pictures; the middle if nobody said."""
    return MIDDLE if x is None or y is None else f"{x}% {y}%"
