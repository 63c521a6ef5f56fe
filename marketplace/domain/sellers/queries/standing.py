"""What a seller may do now: which switches are off, by its state or by decision."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from marketplace.domain.sellers.models import Seller, SellerStatus, SellerSwitch, Switch
from marketplace.domain.sellers.rules import standing as rules


def switches_off(session: Session, seller_id: str) -> frozenset[Switch]:
    """Everything that is off for this seller now; all of it for an unknown one."""
    return switches_off_of(session, [seller_id])[seller_id]


def switches_off_of(session: Session, seller_ids: Collection[str]) -> dict[str, frozenset[Switch]]:
    """The same for many sellers, in two statements."""
    states = dict(
        session.exec(select(Seller.id, Seller.status).where(col(Seller.id).in_(seller_ids))).all()
    )
    rows: dict[str, set[Switch]] = {}
    for seller_id, switch in session.exec(
        select(SellerSwitch.seller_id, SellerSwitch.switch).where(
            col(SellerSwitch.seller_id).in_(seller_ids), col(SellerSwitch.on_again_at).is_(None)
        )
    ):
        rows.setdefault(seller_id, set()).add(Switch(switch))
    return {
        seller_id: rules.off(SellerStatus(states[seller_id]), rows.get(seller_id, ()))
        if seller_id in states
        else rules.EVERYTHING
        for seller_id in seller_ids
    }


def is_buyable(session: Session, seller_id: str) -> bool:
    return Switch.BUYABLE not in switches_off(session, seller_id)


def may_edit_listings(session: Session, seller_id: str) -> bool:
    return Switch.EDIT_LISTINGS not in switches_off(session, seller_id)
