"""How a shop does, in the figures staff judge it by; each leads to what it counts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, func, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.catalog.models import Listing, ListingStatus
from marketplace.domain.inventory.models import StockLevel
from marketplace.domain.moderation.models import ChangeSet, ChangeStatus
from marketplace.domain.moderation.queries import points
from marketplace.domain.sellers.models import Seller
from marketplace.domain.sellers.queries.documents import expiring
from marketplace.kit.errors import NotFound
from marketplace.kit.paging import ListQuery

DAYS = 30


@dataclass(frozen=True, slots=True)
class SellerHealth:
    """Counts of this moment; `decided` and `refused` are change sets of the last 30 days, `points`
    those that have not run out, `ending` documents that end soon or have ended."""

    live: int = 0
    sold_out: int = 0
    taken_down: int = 0
    waiting: int = 0
    decided: int = 0
    refused: int = 0
    points: int = 0
    ending: int = 0


def seller_health(session: Session, staff: Staff, seller_id: str, *, at: datetime) -> SellerHealth:
    """Raises `NotFound`."""
    staff.require(Permission.SELLERS_READ)
    if session.get(Seller, seller_id) is None:
        raise NotFound
    own = Listing.seller_id == seller_id
    live = select(Listing.id).where(own, Listing.status == ListingStatus.LIVE)
    in_stock = (
        select(StockLevel.listing_id)
        .where(StockLevel.seller_id == seller_id)
        .group_by(col(StockLevel.listing_id))
        .having(func.sum(StockLevel.on_hand - StockLevel.reserved) > 0)
    )
    change = ChangeSet.seller_id == seller_id
    recent = col(ChangeSet.decided_at) > at - timedelta(days=DAYS)
    ending = ListQuery(filters={"seller": (seller_id,), "state": ("soon", "expired")}, size=1)
    return SellerHealth(
        live=_count(session, live),
        sold_out=_count(session, live.where(col(Listing.id).not_in(in_stock))),
        taken_down=_count(
            session, select(Listing.id).where(own, Listing.status == ListingStatus.TAKEN_DOWN)
        ),
        waiting=_count(
            session, select(ChangeSet.id).where(change, ChangeSet.status == ChangeStatus.OPEN)
        ),
        decided=_count(session, select(ChangeSet.id).where(change, recent)),
        refused=_count(
            session,
            select(ChangeSet.id).where(change, recent, ChangeSet.status == ChangeStatus.REJECTED),
        ),
        points=points(session, seller_id, at=at),
        ending=expiring(session, staff, ending).total,
    )


def _count(session: Session, ids: Any) -> int:
    return int(session.exec(select(func.count()).select_from(ids.subquery())).one())
