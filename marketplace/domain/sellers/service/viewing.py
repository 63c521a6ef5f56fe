"""Staff look at a shop as its members see it: begun with a reason, over after half an hour."""

from datetime import datetime

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.audit import service as audit
from marketplace.domain.sellers.models import Seller, ShopViewing
from marketplace.domain.sellers.queries.members import works_for
from marketplace.domain.sellers.rules import viewing as rules
from marketplace.kit.errors import NotFound
from marketplace.kit.ids import new_id

KIND = "seller"


def begin(session: Session, staff: Staff, seller_id: str, *, reason: str, at: datetime) -> datetime:
    """In the session of `staff`; returns until when. Another one there ends.

    Raises `StepUpNeeded`, `NotFound`, `OwnPortal`, `NoPortal`, `Invalid`.
    """
    staff.require(Permission.SELLERS_VIEW_AS)
    staff.require_fresh_proof(at)
    seller = session.get(Seller, seller_id)
    if seller is None or not staff.session_id:
        raise NotFound
    if works_for(session, staff.id, seller_id):
        raise rules.OwnPortal
    rules.check_shop(seller)
    reason = rules.cleaned(reason)
    end(session, staff, at=at)
    row = ShopViewing(
        id=new_id("svw"),
        session_id=staff.session_id,
        staff_id=staff.id,
        seller_id=seller_id,
        reason=reason,
        begun_at=at,
        until=at + rules.LASTS,
    )
    session.add(row)
    session.flush()
    _audit(session, staff, "sellers.viewing_begun", row, at=at)
    return row.until


def end(session: Session, staff: Staff, *, at: datetime) -> str:
    """Stop looking, in the session of `staff`: needs no permission, which may be gone by now.

    Returns which seller was looked at, empty for none. One that ran out leaves no entry.
    """
    row = session.exec(
        select(ShopViewing)
        .where(
            ShopViewing.session_id == staff.session_id,
            ShopViewing.staff_id == staff.id,
            col(ShopViewing.ended_at).is_(None),
        )
        .with_for_update()
    ).first()
    if row is None:
        return ""
    is_running = at < row.until
    row.ended_at = at if is_running else row.until
    session.add(row)
    session.flush()
    if is_running:
        _audit(session, staff, "sellers.viewing_ended", row, at=at)
    return row.seller_id


def _audit(session: Session, staff: Staff, action: str, row: ShopViewing, *, at: datetime) -> None:
    """Filed under the shop as well: its members see in their activity that staff looked."""
    words = {"viewing": row.id, "reason": row.reason, "until": row.until}
    audit.record(
        session, staff, action, KIND, row.seller_id, at=at, after=words, seller_id=row.seller_id
    )
