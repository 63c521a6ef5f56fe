"""Suspension: everything off, with a reason and time to appeal; and what ends it."""

from datetime import datetime, timedelta

from sqlmodel import Session

from marketplace.domain.access.models import Actor, Permission, Staff
from marketplace.domain.audit import service as audit
from marketplace.domain.moves.service import move
from marketplace.domain.sellers.models import Seller, SellerLevel, SellerStatus
from marketplace.domain.sellers.rules import standing as rules
from marketplace.domain.sellers.service.own_shop import require_other_shop
from marketplace.domain.sellers.service.standing.switching import (
    KIND,
    PAGE,
    SAY_WHY,
    locked,
    off_rows,
    settle,
    switch_off,
    switch_on,
)
from marketplace.domain.sellers.service.telling import day, tell_market, tell_shop
from marketplace.kit.days import day_end
from marketplace.kit.errors import Invalid, NotFound
from marketplace.kit.languages import N_
from marketplace.kit.states import MoveNotAllowed
from marketplace.settings import settings


def suspend(
    session: Session, staff: Staff, seller_id: str, *, reason: str, note: str, at: datetime
) -> None:
    """Switch everything off, with a code of `rules.SUSPENSION_REASONS` and 14 days to appeal.

    Raises `StepUpNeeded`, `Invalid`, `MoveNotAllowed`, `NotFound`.
    """
    staff.require(Permission.SELLERS_MANAGE)
    staff.require_fresh_proof(at)
    require_other_shop(session, staff, seller_id)
    row = locked(session, seller_id)
    if reason not in rules.SUSPENSION_REASONS:
        raise Invalid({"reason": N_("Choose a reason.")})
    if not note.strip():
        raise Invalid({"note": SAY_WHY})
    to = SellerStatus.SUSPENDED
    move(session, staff, rules.MOVES, KIND, row, to, at=at, reason=reason, note=note.strip())
    row.suspended_for, row.suspended_by = reason, staff.id
    row.appeal_until = day_end(at + timedelta(days=rules.APPEAL_DAYS), settings().time_zone)
    row.appeal, row.appeal_answer = "", ""
    row.appealed_at, row.appeal_decided_at = None, None
    row.version += 1
    switch_off(
        session,
        staff,
        row,
        rules.EVERYTHING,
        reason=rules.SUSPENDED_REASON,
        note=note.strip(),
        at=at,
    )
    tell_shop(
        session,
        row.id,
        N_("{shop} was suspended. You can appeal."),
        at=at,
        link=PAGE,
        letter="shop_suspended",
        labels={"reason": rules.SUSPENSION_REASONS[reason]},
        days={"until": day(row.appeal_until)},
        shop=row.name,
        note=note.strip(),
    )
    audit.record(
        session,
        staff,
        "sellers.suspended",
        KIND,
        row.id,
        at=at,
        after={"reason": reason, "note": note.strip()},
        seller_id=row.id,
    )


def reinstate(session: Session, staff: Staff, seller_id: str, *, note: str, at: datetime) -> None:
    """End a suspension without an appeal. Other restrictions of the shop stay."""
    staff.require(Permission.SELLERS_MANAGE)
    require_other_shop(session, staff, seller_id)
    row = locked(session, seller_id)
    if row.appeal and row.appeal_decided_at is None:
        raise MoveNotAllowed
    if not note.strip():
        raise Invalid({"note": SAY_WHY})
    end_suspension(session, staff, row, note=note.strip(), at=at)
    tell_shop(
        session,
        row.id,
        N_("{shop} is no longer suspended."),
        at=at,
        link=PAGE,
        letter="shop_reinstated",
        shop=row.name,
        note=note.strip(),
    )
    audit.record(
        session,
        staff,
        "sellers.reinstated",
        KIND,
        row.id,
        at=at,
        after={"note": note.strip()},
        seller_id=row.id,
    )


def set_level(session: Session, staff: Staff, seller_id: str, level: str, *, at: datetime) -> None:
    """How far the seller is trusted. Raises `NotFound` for an unknown level."""
    staff.require(Permission.SELLERS_MANAGE)
    require_other_shop(session, staff, seller_id)
    row = locked(session, seller_id)
    if session.get(SellerLevel, level) is None:
        raise NotFound
    before = row.level
    if before == level:
        return
    row.level, row.version = level, row.version + 1
    session.add(row)
    session.flush()
    tell_market(session, row.id, at=at)
    audit.record(
        session,
        staff,
        "sellers.level_set",
        KIND,
        row.id,
        at=at,
        before={"level": before},
        after={"level": level},
        seller_id=row.id,
    )


def end_suspension(session: Session, actor: Actor, row: Seller, *, note: str, at: datetime) -> None:
    """For callers that checked who may: open again, restricted if other switches are off, or back
    in the closing or the break that the suspension interrupted."""
    if row.status is not SellerStatus.SUSPENDED:
        raise MoveNotAllowed
    move(session, actor, rules.MOVES, KIND, row, SellerStatus.OPEN, at=at, note=note)
    row.suspended_for = row.suspended_by = ""
    row.appeal_until = None
    row.version += 1
    session.add(row)
    rows = [one for one in off_rows(session, row.id) if one.reason == rules.SUSPENDED_REASON]
    switch_on(session, actor, row, rows, at=at, note=note)
    settle(session, actor, row, at=at)
    _go_on(session, actor, row, at=at)


def _go_on(session: Session, actor: Actor, row: Seller, *, at: datetime) -> None:
    """What was under way before it was suspended: a closing, or a break that is not over."""
    if row.closing_at is not None:
        to, reason = SellerStatus.CLOSING, rules.GONE_ON
        move(session, actor, rules.MOVES, KIND, row, to, at=at, reason=reason)
    elif row.paused_until is not None and row.paused_until <= at:
        row.paused_from = row.paused_until = None
    elif rules.is_pause_due(row.paused_from, at):
        move(session, actor, rules.MOVES, KIND, row, SellerStatus.PAUSED, at=at)
    session.flush()
