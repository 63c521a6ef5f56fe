"""Everybody's listings as staff see them: the rows with their pictures, and what many can be."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.catalog.queries.listings import list_all_listings
from marketplace.domain.catalog.service import taxonomy
from marketplace.domain.media.queries import pictures
from marketplace.kit.paging import ListQuery, Page


@dataclass(frozen=True, slots=True)
class AnyListingRow:
    """Prices in minor units of `currency`; moments are ISO 8601, UTC."""

    id: str
    title: str
    title_zh: str
    slug: str
    cover: str
    status: str
    seller: str
    category: str
    category_zh: str
    price_low: int
    price_high: int
    currency: str
    variant_count: int
    quality: int
    sold_30d: int
    has_draft: bool
    updated_at: str


def all_listings(session: Session, staff: Staff, query: ListQuery) -> Page[AnyListingRow]:
    staff.require(Permission.CATALOG_READ)
    page = list_all_listings(session, staff, query)
    covers = pictures(session, [row.cover_id for row in page.rows if row.cover_id])
    return Page(
        [
            AnyListingRow(
                id=row.id,
                title=row.title or row.title_zh or row.handle,
                title_zh=row.title_zh or row.title or row.handle,
                slug=row.slug,
                cover=covers[row.cover_id].url_160 if row.cover_id in covers else "",
                status=row.status,
                seller=row.seller,
                category=row.category,
                category_zh=row.category_zh,
                price_low=row.price_low,
                price_high=row.price_high,
                currency=row.currency,
                variant_count=row.variant_count,
                quality=row.quality,
                sold_30d=row.sold_30d,
                has_draft=row.has_draft,
                updated_at=row.updated_at,
            )
            for row in page.rows
        ],
        page.total,
    )


def recategorise(
    session: Session, staff: Staff, listing_id: str, *, category_id: str, at: datetime
) -> None:
    """One of many: each in its own transaction (`web.ui.index_page.bulk.each`)."""
    taxonomy.recategorise(session, staff, [listing_id], category_id, at=at)
