"""Many working copies in one transaction: what an import writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.catalog.service import listings


@dataclass(frozen=True, slots=True)
class Draft:
    """A listing as it shall be; without `listing_id` a new one. `version` is what was read."""

    handle: str
    content: ListingContent
    listing_id: str = ""
    version: int = 0


def save_many(
    session: Session, member: SellerMember, drafts: Sequence[Draft], *, at: datetime
) -> list[str]:
    """Save all of them or none; returns the listings' ids in their order.

    Raises `Stale` if one was saved since it was read, and what `create_draft` and `save_draft` do.
    """
    member.require(Permission.SHOP_LISTINGS_EDIT)
    return [_save(session, member, draft, at) for draft in drafts]


def _save(session: Session, member: SellerMember, draft: Draft, at: datetime) -> str:
    if draft.listing_id:
        listings.save_draft(
            session, member, draft.listing_id, draft.content, version=draft.version, at=at
        )
        return draft.listing_id
    return listings.create_draft(session, member, at=at, content=draft.content, handle=draft.handle)
