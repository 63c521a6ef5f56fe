"""Whether a session looks at a shop as its members see it. Asked before every event and page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.sellers.models import Seller, ShopViewing
from marketplace.domain.sellers.queries.members import works_for
from marketplace.domain.sellers.rules.standing import PORTAL

REMEMBERED = timedelta(hours=1)
"""How long after its end a page that was left open leads back to the shop's page for staff."""


@dataclass(frozen=True, slots=True)
class Viewing:
    """The shop that is looked at, `until` then at most; `is_over` if that has passed."""

    seller_id: str
    name: str
    name_zh: str
    until: datetime
    is_over: bool


def viewing_of(session: Session, staff: Staff, *, at: datetime) -> Viewing | None:
    """None too if the right to it, the shop's portal or the distance to the shop is gone."""
    if not staff.can(Permission.SELLERS_VIEW_AS):
        return None
    found = session.exec(
        select(ShopViewing, Seller)
        .join(Seller, col(Seller.id) == col(ShopViewing.seller_id))
        .where(
            ShopViewing.session_id == staff.session_id,
            ShopViewing.staff_id == staff.id,
            col(ShopViewing.ended_at).is_(None),
            ShopViewing.until > at - REMEMBERED,
            col(Seller.status).in_(PORTAL),
        )
    ).first()
    if found is None or works_for(session, staff.id, found[1].id):
        return None
    row, seller = found
    return Viewing(
        seller.id, seller.name, seller.name_zh or seller.name, row.until, at >= row.until
    )
