"""Switches: each off for a reason, on again when the last reason is gone."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Actor, Permission, Staff
from marketplace.domain.audit import service as audit
from marketplace.domain.moves.service import move
from marketplace.domain.sellers.models import Seller, SellerStatus, SellerSwitch, Switch
from marketplace.domain.sellers.rules import standing as rules
from marketplace.domain.sellers.service.own_shop import require_other_shop
from marketplace.domain.sellers.service.telling import tell_market, tell_shop
from marketplace.kit.errors import Invalid, NotFound
from marketplace.kit.ids import new_id
from marketplace.kit.languages import N_
from marketplace.kit.rows import insert_if_absent

PAGE = "/seller/store"
KIND = "seller"
CHOOSE = N_("Choose at least one.")
SAY_WHY = N_("Say why, so that the seller can act on it.")


def restrict(
    session: Session,
    staff: Staff,
    seller_id: str,
    switches: Collection[Switch],
    *,
    reason: str,
    note: str = "",
    until: datetime | None = None,
    at: datetime,
) -> None:
    """Take some things from a seller, with a reason of `rules.BY_HAND`.

    Raises `Invalid`, `NotFound`, and `MoveNotAllowed` for a seller that is suspended or gone.
    """
    staff.require(Permission.SELLERS_MANAGE)
    require_other_shop(session, staff, seller_id)
    row = locked(session, seller_id)
    if row.status not in rules.LIVE:
        rules.MOVES.check(row.status, SellerStatus.RESTRICTED)
    _check(switches, reason, note, until, at)
    switch_off(session, staff, row, switches, reason=reason, note=note.strip(), until=until, at=at)
    tell_shop(
        session,
        row.id,
        N_("{shop} was restricted. See what and why."),
        at=at,
        link=PAGE,
        letter="shop_restricted",
        labels={"reason": rules.SWITCH_REASONS[reason]},
        shop=row.name,
        note=note.strip() or "–",
    )
    audit.record(
        session,
        staff,
        "sellers.restricted",
        KIND,
        row.id,
        at=at,
        after={"switches": sorted(switches), "reason": reason, "note": note.strip()},
        seller_id=row.id,
    )


def lift(
    session: Session,
    staff: Staff,
    seller_id: str,
    switch_ids: Collection[str],
    *,
    note: str = "",
    at: datetime,
) -> None:
    """Switch some things on again, by the ids of their rows.

    Raises `NotFound` for a row that is not this seller's, is on already, or belongs to a
    suspension, which ends as a whole.
    """
    staff.require(Permission.SELLERS_MANAGE)
    require_other_shop(session, staff, seller_id)
    row = locked(session, seller_id)
    wanted = set(switch_ids)
    rows = [
        one
        for one in off_rows(session, row.id)
        if one.id in wanted and one.reason != rules.SUSPENDED_REASON
    ]
    if not wanted or len(rows) != len(wanted):
        raise NotFound
    switch_on(session, staff, row, rows, at=at, note=note.strip())
    tell_shop(
        session,
        row.id,
        N_("A restriction of {shop} was lifted."),
        at=at,
        link=PAGE,
        letter="shop_lifted",
        shop=row.name,
        note=note.strip() or "–",
    )
    audit.record(
        session,
        staff,
        "sellers.restriction_lifted",
        KIND,
        row.id,
        at=at,
        after={"switches": sorted({one.switch for one in rows}), "note": note.strip()},
        seller_id=row.id,
    )


def switch_off(
    session: Session,
    actor: Actor,
    row: Seller,
    switches: Collection[Switch],
    *,
    reason: str,
    note: str = "",
    until: datetime | None = None,
    at: datetime,
) -> list[Switch]:
    """Open the rows; returns the switches that were not off for this reason yet.

    For callers that checked who may and locked the seller. An open seller becomes restricted.
    """
    fresh = [
        switch
        for switch in sorted(switches)
        if insert_if_absent(
            session,
            SellerSwitch,
            id=new_id("swi"),
            seller_id=row.id,
            switch=switch,
            reason=reason,
            note=note,
            off_at=at,
            off_by=actor.id if isinstance(actor, Staff) else "",
            until=until,
            on_again_at=None,
            on_again_by="",
        )
    ]
    if fresh and row.status is SellerStatus.OPEN and reason != rules.SUSPENDED_REASON:
        to = SellerStatus.RESTRICTED
        move(session, actor, rules.MOVES, KIND, row, to, at=at, reason=reason, note=note)
        row.version += 1
    if fresh:
        session.add(row)
        session.flush()
        tell_market(session, row.id, at=at)
    return fresh


def switch_on(
    session: Session,
    actor: Actor,
    row: Seller,
    rows: Collection[SellerSwitch],
    *,
    at: datetime,
    note: str = "",
) -> None:
    """Close the rows; a restricted seller with none left is open again."""
    if not rows:
        return
    for one in rows:
        one.on_again_at = at
        one.on_again_by = actor.id if isinstance(actor, Staff) else ""
        session.add(one)
    session.flush()
    settle(session, actor, row, at=at, note=note)
    tell_market(session, row.id, at=at)


def settle(session: Session, actor: Actor, row: Seller, *, at: datetime, note: str = "") -> None:
    """Open and restricted follow from the switches; other states are left alone."""
    if row.status not in {SellerStatus.OPEN, SellerStatus.RESTRICTED}:
        return
    to = rules.resting(bool(off_rows(session, row.id)))
    if row.status is not to:
        move(session, actor, rules.MOVES, KIND, row, to, at=at, note=note)
        row.version += 1
        session.flush()


def off_rows(session: Session, seller_id: str) -> list[SellerSwitch]:
    return list(
        session.exec(
            select(SellerSwitch)
            .where(SellerSwitch.seller_id == seller_id, col(SellerSwitch.on_again_at).is_(None))
            .order_by(col(SellerSwitch.id))
            .with_for_update()
        )
    )


def locked(session: Session, seller_id: str) -> Seller:
    row = session.exec(
        select(Seller)
        .where(Seller.id == seller_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise NotFound
    return row


def _check(
    switches: Collection[Switch], reason: str, note: str, until: datetime | None, at: datetime
) -> None:
    errors = {}
    if not switches:
        errors["switches"] = CHOOSE
    if reason not in rules.BY_HAND:
        errors["reason"] = CHOOSE
    if reason == "other" and not note.strip():
        errors["note"] = SAY_WHY
    if until is not None and until <= at:
        errors["until"] = N_("Choose a moment in the future.")
    if errors:
        raise Invalid(errors)
