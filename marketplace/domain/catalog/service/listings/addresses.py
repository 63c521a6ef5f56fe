"""The address of a listing: chosen or made from its title, never anybody else's, old or new."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from marketplace.domain.catalog.models import Listing, ListingRedirect
from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.catalog.rules.slugs import slug_of


def readdress(session: Session, listing: Listing, content: ListingContent, *, at: datetime) -> None:
    """Give it the address `content` asks for; one that was public goes on leading to it."""
    before, now = listing.slug, _slug(session, listing, content)
    if now == before:
        return
    listing.slug = now
    if (own := session.get(ListingRedirect, now)) is not None:
        session.delete(own)  # back where it was
    if listing.published_at is not None:
        session.merge(ListingRedirect(slug=before, listing_id=listing.id, since=at))
    session.add(listing)
    session.flush()


def taken_slugs(session: Session, wanted: Iterable[str], *, but: str = "") -> set[str]:
    """Those among `wanted` that lead to a listing, or once did; to another one than `but`."""
    slugs = list(dict.fromkeys(wanted))
    named = select(Listing.slug).where(col(Listing.slug).in_(slugs), Listing.id != but)
    once = select(ListingRedirect.slug).where(
        col(ListingRedirect.slug).in_(slugs), ListingRedirect.listing_id != but
    )
    return {*session.exec(named), *session.exec(once)}


def tail_of(listing_id: str) -> str:
    return listing_id[-6:]


def _slug(session: Session, listing: Listing, content: ListingContent) -> str:
    """An address once public stays, unless the seller chose another one."""
    tail = tail_of(listing.id)
    wanted = content.slug.strip("-")
    if not wanted and listing.published_at is not None:
        return listing.slug
    wanted = wanted or slug_of(content.title, content.title_zh) or f"item-{tail}"
    if listing.slug in (wanted, f"{wanted}-{tail}"):
        return listing.slug
    return f"{wanted}-{tail}" if taken_slugs(session, (wanted,), but=listing.id) else wanted
