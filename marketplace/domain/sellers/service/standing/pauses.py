"""A seller pauses by itself, from and until when it says; orders on the way go on."""

from datetime import datetime

from sqlmodel import Session, col, or_, select

from marketplace.domain.access.models import Actor, Permission, SellerMember, System
from marketplace.domain.audit import service as audit
from marketplace.domain.moves.service import move
from marketplace.domain.sellers.models import Seller, SellerStatus, SellerSwitch
from marketplace.domain.sellers.rules import standing as rules
from marketplace.domain.sellers.service.standing.switching import KIND, locked, off_rows, switch_on
from marketplace.kit.errors import Invalid
from marketplace.kit.languages import N_
from marketplace.kit.states import MoveNotAllowed

BACKWARDS = N_("The pause must end after it begins.")
TOO_LONG = N_("A pause lasts at most 180 days. To leave for good, close the shop.")
CLOCK = System(id="sellers.standing", name="Standing")
COUNTED = ("paused", "resumed", "lifted")


def pause(
    session: Session,
    member: SellerMember,
    *,
    begins: datetime | None = None,
    until: datetime | None = None,
    at: datetime,
) -> None:
    """Stop selling, now or from `begins` (UTC) on; open again by itself at `until` if given.

    Raises `Invalid`, and `MoveNotAllowed` for a shop that is suspended or closing.
    """
    member.require(Permission.SHOP_MANAGE)
    row = locked(session, member.seller_id)
    if row.status is not SellerStatus.PAUSED:
        rules.MOVES.check(row.status, SellerStatus.PAUSED)
    start = max(begins, at) if begins else at
    if until is not None and until <= start:
        raise Invalid({"until": BACKWARDS})
    if until is not None and until - start > rules.LONGEST_PAUSE:
        raise Invalid({"until": TOO_LONG})
    row.paused_from, row.paused_until = start, until
    row.version += 1
    session.add(row)
    if start <= at and row.status is not SellerStatus.PAUSED:
        move(session, member, rules.MOVES, KIND, row, SellerStatus.PAUSED, at=at)
    session.flush()
    audit.record(
        session,
        member,
        "sellers.paused",
        KIND,
        row.id,
        at=at,
        after={"from": start.isoformat(), "until": until.isoformat() if until else ""},
    )


def resume(session: Session, member: SellerMember, *, at: datetime) -> None:
    """Sell again, or take back a pause that has not begun."""
    member.require(Permission.SHOP_MANAGE)
    row = locked(session, member.seller_id)
    if row.status is not SellerStatus.PAUSED and row.paused_from is None:
        raise MoveNotAllowed
    _resume(session, member, row, at=at)
    audit.record(session, member, "sellers.resumed", KIND, row.id, at=at)


def due_sellers(session: Session, *, at: datetime) -> list[str]:
    """Whose pause or switch begins or ends by now."""
    paused = set(session.exec(_with_due_pause(at)))
    return sorted(paused | set(session.exec(_with_due_switch(at))))


def perform_due_of(session: Session, seller_id: str, *, at: datetime) -> dict[str, int]:
    """Begin and end the pause, and end switches whose time is over. Safe to repeat.

    One seller a transaction: none is locked while another is looked at.
    """
    row = locked(session, seller_id)
    counts = dict.fromkeys(COUNTED, 0)
    if row.status in rules.SHOWN:
        if row.paused_until is not None and row.paused_until <= at:
            _resume(session, CLOCK, row, at=at)
            counts["resumed"] = 1
        elif rules.is_pause_due(row.paused_from, at) and rules.MOVES.allows(
            row.status, SellerStatus.PAUSED
        ):
            move(session, CLOCK, rules.MOVES, KIND, row, SellerStatus.PAUSED, at=at)
            row.version += 1
            counts["paused"] = 1
    over = [one for one in off_rows(session, seller_id) if one.until and one.until <= at]
    if over:
        switch_on(session, CLOCK, row, over, at=at)
        counts["lifted"] = len(over)
    return counts


def _resume(session: Session, actor: Actor, row: Seller, *, at: datetime) -> None:
    row.paused_from = row.paused_until = None
    row.version += 1
    session.add(row)
    if row.status is SellerStatus.PAUSED:
        to = rules.resting(bool(off_rows(session, row.id)))
        move(session, actor, rules.MOVES, KIND, row, to, at=at)
    session.flush()


def _with_due_pause(at: datetime):  # type: ignore[no-untyped-def]
    return (
        select(Seller.id)
        .where(
            or_(
                col(Seller.paused_until) <= at,
                (col(Seller.paused_from) <= at) & (col(Seller.status) != SellerStatus.PAUSED),
            ),
            col(Seller.status).in_(rules.SHOWN),
        )
        .order_by(col(Seller.id))
    )


def _with_due_switch(at: datetime):  # type: ignore[no-untyped-def]
    return (
        select(SellerSwitch.seller_id)
        .where(col(SellerSwitch.on_again_at).is_(None), col(SellerSwitch.until) <= at)
        .distinct()
    )
