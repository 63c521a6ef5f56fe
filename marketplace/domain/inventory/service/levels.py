"""Units on hand: set, adjusted, with one line in the movement log for each change."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from marketplace.domain.access.models import Actor, Permission, SellerMember
from marketplace.domain.audit import service as audit
from marketplace.domain.catalog.models import Listing, Variant
from marketplace.domain.inventory import rules
from marketplace.domain.inventory.models import StockLevel, StockMovement, StockReason
from marketplace.domain.inventory.service import alerts
from marketplace.kit.errors import Invalid, NotFound
from marketplace.kit.ids import new_id
from marketplace.kit.languages import N_

AT_ONCE = 100
How = Literal["set", "add", "take"]


@dataclass(frozen=True, slots=True)
class Change:
    """What shall be on hand of one SKU; `low_at` None leaves the alert as it is.

    `more` units are added to what is there once it is locked; `on_hand` is None then."""

    variant_id: str
    on_hand: int | None = None
    low_at: int | None = None
    more: int = 0


def set_stock(
    session: Session,
    member: SellerMember,
    variant_id: str,
    on_hand: int,
    *,
    reason: StockReason = StockReason.SET,
    at: datetime,
    note: str = "",
    reference: str = "",
) -> int:
    """Say how many there are; returns the change. Raises `NotFound`, `BelowReserved`, `TooMany`."""
    member.require(Permission.SHOP_LISTINGS_EDIT)
    level = _locked(session, member.seller_id, variant_id, at)
    return _move(
        session,
        member,
        level,
        on_hand - level.on_hand,
        reason=reason,
        at=at,
        note=note,
        reference=reference,
    )


def adjust(
    session: Session,
    member: SellerMember,
    variant_id: str,
    change: int,
    *,
    reason: StockReason,
    at: datetime,
    note: str = "",
) -> int:
    """Add or take away units; returns what is on hand. Raises as `set_stock`."""
    member.require(Permission.SHOP_LISTINGS_EDIT)
    if reason not in rules.BY_HAND:
        raise Invalid({"reason": N_("Choose a reason.")})
    level = _locked(session, member.seller_id, variant_id, at)
    _move(session, member, level, change, reason=reason, at=at, note=note)
    return level.on_hand


def set_low_at(
    session: Session, member: SellerMember, variant_id: str, low_at: int, *, at: datetime
) -> None:
    """Alert when available falls to `low_at`; 0 for never. Raises `NotFound`, `TooMany`."""
    member.require(Permission.SHOP_LISTINGS_EDIT)
    if not 0 <= low_at <= rules.MOST_LOW:
        raise rules.TooMany
    level = _locked(session, member.seller_id, variant_id, at)
    if level.low_at == low_at:
        return
    before, level.low_at = level.low_at, low_at
    session.flush()
    alerts.look(session, level, at=at)
    audit.record(
        session,
        member,
        "stock.alert_set",
        "variant",
        variant_id,
        at=at,
        before={"low_at": before},
        after={"low_at": low_at},
        seller_id=member.seller_id,
    )


def set_many(
    session: Session,
    member: SellerMember,
    changes: Sequence[Change],
    *,
    reason: StockReason,
    at: datetime,
    reference: str = "",
) -> int:
    """All of `changes` or none, locked in the order of their ids so that two of these never wait
    for each other in a ring; returns how many SKUs changed. Raises as `set_stock`."""
    member.require(Permission.SHOP_LISTINGS_EDIT)
    wanted = {change.variant_id: change for change in changes}
    levels = _locked_all(session, member.seller_id, sorted(wanted), at)
    awaited: set[str] = set()
    turned: set[str] = set()
    for part in _parts(sorted(wanted)):
        awaited |= alerts.awaited_among(session, part)
    changed = 0
    for level in levels:
        change = wanted[level.variant_id]
        by = change.more if change.on_hand is None else change.on_hand - level.on_hand
        has_new_alert = change.low_at is not None and change.low_at != level.low_at
        if change.low_at is not None:
            level.low_at = change.low_at
        if by:
            _move(
                session,
                member,
                level,
                by,
                reason=reason,
                at=at,
                reference=reference,
                awaited=awaited,
                turned=turned,
            )
        elif has_new_alert:
            alerts.look(session, level, at=at)
        changed += bool(by or has_new_alert)
    session.flush()
    for part in _parts(sorted(turned)):
        alerts.tell_turned(session, part, at=at)
    return changed


def ensure_levels(session: Session, variant_ids: Iterable[str], *, at: datetime) -> None:
    """A level for each variant that has none. Internal, without a permission check."""
    for part in _parts(list(dict.fromkeys(variant_ids))):
        has_level = select(StockLevel.variant_id).where(StockLevel.variant_id == Variant.id)
        new = select(Variant).where(col(Variant.id).in_(part), ~has_level.exists())
        _insert(session, session.exec(new).all(), at)


def edit(
    session: Session,
    member: SellerMember,
    variant_id: str,
    *,
    how: How,
    units: int,
    reason: StockReason,
    note: str,
    low_at: int,
    at: datetime,
) -> None:
    """What the dialog of one SKU says at once. Raises as `set_stock`, `adjust` and `set_low_at`."""
    member.require(Permission.SHOP_LISTINGS_EDIT)
    if how == "set":
        if units > rules.MOST:
            raise Invalid({"units": rules.TooMany.message})
        set_stock(session, member, variant_id, units, reason=reason, at=at, note=note)
    else:
        change = units if how == "add" else -units
        adjust(session, member, variant_id, change, reason=reason, at=at, note=note)
    set_low_at(session, member, variant_id, low_at, at=at)


def _locked(session: Session, seller_id: str, variant_id: str, at: datetime) -> StockLevel:
    return _locked_all(session, seller_id, [variant_id], at)[0]


def _locked_all(
    session: Session, seller_id: str, variant_ids: Sequence[str], at: datetime
) -> list[StockLevel]:
    """The levels in the order of their ids; those that are missing are made. Raises `NotFound`."""
    levels: list[StockLevel] = []
    for part in _parts(variant_ids):
        variants = session.exec(
            select(Variant).where(
                col(Variant.id).in_(part),
                Variant.seller_id == seller_id,
                col(Variant.archived_at).is_(None),
            )
        ).all()
        if len(variants) != len(part):
            raise NotFound
        known = set(
            session.exec(select(StockLevel.variant_id).where(col(StockLevel.variant_id).in_(part)))
        )
        _insert(session, [variant for variant in variants if variant.id not in known], at)
        levels += session.exec(
            select(StockLevel)
            .where(col(StockLevel.variant_id).in_(part))
            .order_by(col(StockLevel.variant_id))
            .with_for_update()
            .execution_options(populate_existing=True)
        ).all()
    return levels


def _parts(ids: Sequence[str]) -> list[Sequence[str]]:
    return [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]


def _insert(session: Session, variants: Sequence[Variant], at: datetime) -> None:
    """One statement for all; a level that is there already stays as it is. A new one begins with
    the alert its listing names; from then on the level's is the only one."""
    if not variants:
        return
    low_at = _first_alerts(session, {variant.listing_id for variant in variants})
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    rows = [
        {
            "variant_id": variant.id,
            "listing_id": variant.listing_id,
            "seller_id": variant.seller_id,
            "on_hand": 0,
            "reserved": 0,
            "low_at": low_at.get(variant.id, 0),
            "updated_at": at,
        }
        for variant in variants
    ]
    session.execute(insert(StockLevel).values(rows).on_conflict_do_nothing())


def _first_alerts(session: Session, listing_ids: AbstractSet[str]) -> dict[str, int]:
    """By variant id, of some hundred listings at most."""
    drafts = session.exec(select(Listing.draft).where(col(Listing.id).in_(listing_ids)))
    return {
        variant["id"]: variant.get("low_at", 0)
        for draft in drafts
        for variant in draft.get("variants", ())
    }


def _move(
    session: Session,
    actor: Actor,
    level: StockLevel,
    change: int,
    *,
    reason: StockReason,
    at: datetime,
    note: str = "",
    reference: str = "",
    awaited: AbstractSet[str] | None = None,
    turned: set[str] | None = None,
) -> int:
    """The level is locked. No change, no line in the log."""
    if change == 0:
        return 0
    rules.check_on_hand(level.on_hand + change, reserved=level.reserved)
    before = level.on_hand - level.reserved
    level.on_hand += change
    level.updated_at = at
    log(session, actor, level, change, reason=reason, at=at, note=note, reference=reference)
    alerts.look(session, level, before=before, at=at, awaited=awaited, turned=turned)
    return change


def log(
    session: Session,
    actor: Actor,
    level: StockLevel,
    change: int,
    *,
    reason: StockReason,
    at: datetime,
    note: str = "",
    reference: str = "",
) -> None:
    """One line of the movement log; `level` already shows the number after it."""
    session.add(
        StockMovement(
            id=new_id("stm"),
            variant_id=level.variant_id,
            seller_id=level.seller_id,
            change=change,
            on_hand=level.on_hand,
            reason=reason,
            reference=reference[:80],
            note=note[:200],
            actor_kind=actor.kind,
            actor_id=actor.id,
            actor_name=actor.name[:80],
            at=at,
        )
    )
