"""Putting content on sale: a version that never changes, the rows, the prices, the news."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from marketplace.domain.access.models import Actor
from marketplace.domain.catalog.models import Listing, ListingVersion, PriceChange, Variant
from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.catalog.service.listings.rows import (
    CARRIER,
    check_skus,
    content_of,
    document,
    files_of,
    project,
    use_files,
)
from marketplace.domain.media.service import attach
from marketplace.domain.outbox import service as outbox
from marketplace.kit.ids import new_id

CHANGED = "listing.changed"


def publish(
    session: Session,
    actor: Actor,
    listing: Listing,
    content: ListingContent,
    *,
    how: str,
    at: datetime,
) -> ListingVersion:
    """Let `content` be what buyers see once the listing is live. Moves no state.

    For moderation alone: it checks no permission, and the caller has locked the row. The draft
    stays as it is; it counts as one if it says something else. Raises `Invalid` for a taken SKU.
    """
    check_skus(session, listing, content)
    version = ListingVersion(
        id=new_id("ver"),
        listing_id=listing.id,
        number=_last_number(session, listing.id) + 1,
        content=document(content),
        made_by=actor.id,
        made_by_name=actor.name[:80],
        how=how,
        made_at=at,
    )
    session.add(version)
    session.flush()
    listing.live_version_id = version.id
    listing.has_draft = listing.draft != version.content
    project(session, listing, content, at=at)
    listing.published_at = listing.published_at or at
    attach(session, CARRIER, "listing_version", version.id, files_of(content), at=at)
    use_files(session, listing, content, content_of(listing))
    _note_prices(session, listing, at=at)
    tell_change(session, listing, version.id, at=at)
    return version


def unpublish(
    session: Session, listing: Listing, version: ListingVersion, before_id: str, *, at: datetime
) -> None:
    """As if `version`, the newest, had never been: `before_id` is on sale again, or nothing.

    For a decision taken back within seconds. It moves no state, and the caller has locked the row.
    """
    before = session.get_one(ListingVersion, before_id) if before_id else None
    ours = select(Variant.id).where(Variant.listing_id == listing.id)
    for change in session.exec(
        select(PriceChange).where(
            col(PriceChange.variant_id).in_(ours), PriceChange.at == version.made_at
        )
    ):
        session.delete(change)
    attach(session, CARRIER, "listing_version", version.id, [], at=at)
    session.delete(version)
    content = ListingContent.model_validate(before.content) if before else content_of(listing)
    listing.live_version_id = before_id
    listing.has_draft = before is not None and listing.draft != before.content
    listing.published_at = listing.published_at if before else None
    project(session, listing, content, at=at)
    use_files(session, listing, content, content_of(listing))
    tell_change(session, listing, f"{version.id}:back", at=at)


def tell_change(session: Session, listing: Listing, key: str, *, at: datetime) -> None:
    """Owe the reactions to what buyers now see of it."""
    outbox.put(session, CHANGED, f"{CHANGED}:{listing.id}:{key}", {"listing_id": listing.id}, at=at)


def _last_number(session: Session, listing_id: str) -> int:
    last = session.exec(
        select(func.max(ListingVersion.number)).where(ListingVersion.listing_id == listing_id)
    ).one()
    return last or 0


def _note_prices(session: Session, listing: Listing, *, at: datetime) -> None:
    """One row per variant whose price on sale is another one than the last noted."""
    variants = session.exec(
        select(Variant).where(Variant.listing_id == listing.id, col(Variant.archived_at).is_(None))
    ).all()
    ids = [variant.id for variant in variants]
    known: dict[str, int] = {}
    for change in session.exec(
        select(PriceChange)
        .where(col(PriceChange.variant_id).in_(ids))
        .order_by(col(PriceChange.at), col(PriceChange.id))
    ):
        known[change.variant_id] = change.price
    session.add_all(
        PriceChange(id=new_id("prc"), variant_id=variant.id, price=variant.price, at=at)
        for variant in variants
        if known.get(variant.id) != variant.price
    )
    session.flush()
