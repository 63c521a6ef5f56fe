"""Units promised to buyers: one conditional update per SKU, in the order of their ids (SEC-27)."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from marketplace.domain.access.models import Actor
from marketplace.domain.inventory import rules
from marketplace.domain.inventory.models import StockLevel, StockReason
from marketplace.domain.inventory.service import alerts
from marketplace.domain.inventory.service.levels import log


def reserve(session: Session, units: Mapping[str, int], *, at: datetime) -> None:
    """Promise `units` by variant id. Raises `OutOfStock` with nothing reserved.

    Internal, for checkout. The condition is in the update itself, so that the last piece goes to
    one buyer however many ask at once; the sorted order keeps two baskets from waiting in a ring.
    """
    for variant_id in sorted(units):
        level = _changed(
            session,
            variant_id,
            (col(StockLevel.on_hand) - col(StockLevel.reserved)) >= _positive(units[variant_id]),
            reserved=col(StockLevel.reserved) + units[variant_id],
            updated_at=at,
        )
        if level is None:
            raise rules.OutOfStock(variant_id)
        available = level.on_hand - level.reserved
        alerts.look(session, level, before=available + units[variant_id], at=at)


def release(session: Session, units: Mapping[str, int], *, at: datetime) -> None:
    """Take a promise back. Raises `NothingReserved`."""
    for variant_id in sorted(units):
        count = _positive(units[variant_id])
        level = _changed(
            session,
            variant_id,
            col(StockLevel.reserved) >= count,
            reserved=col(StockLevel.reserved) - count,
            updated_at=at,
        )
        if level is None:
            raise rules.NothingReserved
        available = level.on_hand - level.reserved
        alerts.look(session, level, before=available - count, at=at)


def take(
    session: Session, actor: Actor, units: Mapping[str, int], *, reference: str, at: datetime
) -> None:
    """Reserved units leave the shelf: sold. Raises `NothingReserved`."""
    for variant_id in sorted(units):
        count = _positive(units[variant_id])
        level = _changed(
            session,
            variant_id,
            (col(StockLevel.reserved) >= count) & (col(StockLevel.on_hand) >= count),
            reserved=col(StockLevel.reserved) - count,
            on_hand=col(StockLevel.on_hand) - count,
            updated_at=at,
        )
        if level is None:
            raise rules.NothingReserved
        log(
            session,
            actor,
            level,
            -count,
            reason=StockReason.SOLD,
            at=at,
            reference=reference,
        )
        session.flush()


def _changed(
    session: Session, variant_id: str, condition: object, **values: object
) -> StockLevel | None:
    """The level after the change; None if the condition did not hold."""
    changed = session.exec(
        update(StockLevel)
        .where(col(StockLevel.variant_id) == variant_id, condition)  # type: ignore[arg-type]
        .values(**values)
        .returning(col(StockLevel.variant_id))
        .execution_options(synchronize_session=False)
    ).first()
    if changed is None:
        return None
    return session.get_one(StockLevel, variant_id, populate_existing=True)


def _positive(count: int) -> int:
    if count <= 0:
        raise ValueError("units are counted from one")
    return count
