"""What follows when a listing goes on sale or changes: stock rows for new SKUs, its true quality."""

from datetime import datetime

from sqlmodel import Session

from marketplace.domain.catalog.models import Listing
from marketplace.domain.catalog.queries.listings import version_content
from marketplace.domain.catalog.queries.quality import quality_of
from marketplace.domain.inventory.queries import Totals, totals_of
from marketplace.domain.inventory.service import ensure_levels


def follow(session: Session, listing_id: str, *, at: datetime) -> None:
    """Harmless twice; a listing that is gone, or was never on sale, needs nothing."""
    listing = session.get(Listing, listing_id)
    content = version_content(session, listing.live_version_id) if listing else None
    if listing is None or content is None:
        return
    ensure_levels(session, (variant.id for variant in content.variants), at=at)
    available = totals_of(session, [listing.id]).get(listing.id, Totals()).available
    listing.quality = quality_of(session, content, in_stock=available > 0).score
    session.add(listing)
