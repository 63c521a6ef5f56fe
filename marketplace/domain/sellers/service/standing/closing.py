"""The way out: closing until nothing stands open, closed; and termination of the suspended."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from marketplace.domain.access.models import Actor, Permission, SellerMember, Staff
from marketplace.domain.audit import service as audit
from marketplace.domain.moves.service import move
from marketplace.domain.sellers.models import Seller, SellerStatus
from marketplace.domain.sellers.queries.shop import began_itself
from marketplace.domain.sellers.rules import standing as rules
from marketplace.domain.sellers.rules.standing import OpenEnd
from marketplace.domain.sellers.service.own_shop import require_other_shop
from marketplace.domain.sellers.service.standing.switching import (
    KIND,
    PAGE,
    SAY_WHY,
    locked,
    off_rows,
)
from marketplace.domain.sellers.service.telling import tell_shop
from marketplace.kit.errors import Invalid
from marketplace.kit.languages import N_
from marketplace.kit.states import MoveNotAllowed


def ask_to_close(session: Session, member: SellerMember, *, at: datetime) -> None:
    """The seller leaves: no new orders from now on; what is on the way is finished first."""
    member.require(Permission.SHOP_MANAGE)
    member.require_fresh_proof(at)
    row = locked(session, member.seller_id)
    _begin(session, member, row, note="", at=at)


def close(session: Session, staff: Staff, seller_id: str, *, note: str, at: datetime) -> None:
    """Staff begin the closing of a shop, for the seller or on their own account."""
    staff.require(Permission.SELLERS_MANAGE)
    staff.require_fresh_proof(at)
    require_other_shop(session, staff, seller_id)
    if not note.strip():
        raise Invalid({"note": SAY_WHY})
    _begin(session, staff, locked(session, seller_id), note=note.strip(), at=at)


def stay_open(session: Session, member: SellerMember, *, at: datetime) -> None:
    """Take the closing back, as long as it is not finished; not one that staff began."""
    member.require(Permission.SHOP_MANAGE)
    row = locked(session, member.seller_id)
    if row.status is not SellerStatus.CLOSING or not began_itself(session, row.id):
        raise MoveNotAllowed
    move(session, member, rules.MOVES, KIND, row, SellerStatus.OPEN, at=at)
    row.closing_at = None
    row.version += 1
    if off_rows(session, row.id):
        move(session, member, rules.MOVES, KIND, row, SellerStatus.RESTRICTED, at=at)
    session.flush()
    audit.record(session, member, "sellers.closing_taken_back", KIND, row.id, at=at)


def finish_closing(
    session: Session, actor: Actor, seller_id: str, open_ends: Sequence[OpenEnd], *, at: datetime
) -> None:
    """Closing becomes closed, if nothing stands open (`flows.close_seller` asks everybody).

    Raises `StillOpen`, `MoveNotAllowed`, `NotFound`.
    """
    actor.require(Permission.SELLERS_MANAGE)
    if isinstance(actor, Staff):
        require_other_shop(session, actor, seller_id)
    row = locked(session, seller_id)
    if row.status is not SellerStatus.CLOSING:
        raise MoveNotAllowed
    if still := [one for one in open_ends if one.count]:
        raise rules.StillOpen(still)
    move(session, actor, rules.MOVES, KIND, row, SellerStatus.CLOSED, at=at)
    row.version += 1
    session.flush()
    tell_shop(
        session,
        row.id,
        N_("{shop} is closed."),
        at=at,
        link=PAGE,
        letter="shop_closed",
        shop=row.name,
    )
    audit.record(session, actor, "sellers.closed", KIND, row.id, at=at, seller_id=row.id)


def terminate(session: Session, staff: Staff, seller_id: str, *, note: str, at: datetime) -> None:
    """End it for good, once nobody can appeal any more. Raises `TooEarly`, `StepUpNeeded`."""
    staff.require(Permission.SELLERS_MANAGE)
    staff.require_fresh_proof(at)
    require_other_shop(session, staff, seller_id)
    row = locked(session, seller_id)
    rules.MOVES.check(row.status, SellerStatus.TERMINATED)
    if not rules.is_final(row, at):
        raise rules.TooEarly
    if not note.strip():
        raise Invalid({"note": SAY_WHY})
    to = SellerStatus.TERMINATED
    move(session, staff, rules.MOVES, KIND, row, to, at=at, note=note.strip())
    row.version += 1
    session.flush()
    tell_shop(
        session,
        row.id,
        N_("The contract with {shop} has ended."),
        at=at,
        link="/",
        letter="shop_terminated",
        shop=row.name,
        note=note.strip(),
    )
    audit.record(
        session,
        staff,
        "sellers.terminated",
        KIND,
        row.id,
        at=at,
        after={"note": note.strip()},
        seller_id=row.id,
    )


def _begin(session: Session, actor: Actor, row: Seller, *, note: str, at: datetime) -> None:
    to = SellerStatus.CLOSING
    move(session, actor, rules.MOVES, KIND, row, to, at=at, note=note)
    row.closing_at, row.paused_from, row.paused_until = at, None, None
    row.version += 1
    session.add(row)
    session.flush()
    tell_shop(
        session,
        row.id,
        N_("{shop} is closing: no new orders from now on."),
        at=at,
        link=PAGE,
        letter="shop_closing",
        shop=row.name,
        note=note or "–",
    )
    audit.record(
        session,
        actor,
        "sellers.closing_begun",
        KIND,
        row.id,
        at=at,
        after={"note": note},
        seller_id=row.id,
    )
