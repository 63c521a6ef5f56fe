"""Levels for pages that show something else: a listing's grid, a list's totals."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from marketplace.domain.inventory.models import StockLevel
from marketplace.domain.inventory.rules import Level

AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Totals:
    """Of all SKUs of one listing. `low` counts those at or below their alert."""

    on_hand: int = 0
    available: int = 0
    low: int = 0


def levels_of(session: Session, listing_ids: Iterable[str]) -> dict[str, Level]:
    """By variant id; a variant without a level has none of it. The caller checked who may."""
    found: dict[str, Level] = {}
    for part in _parts(listing_ids):
        rows = session.exec(select(StockLevel).where(col(StockLevel.listing_id).in_(part)))
        found |= {row.variant_id: _level(row) for row in rows}
    return found


def levels_of_variants(session: Session, variant_ids: Iterable[str]) -> dict[str, Level]:
    """As `levels_of`, for single variants."""
    found: dict[str, Level] = {}
    for part in _parts(variant_ids):
        rows = session.exec(select(StockLevel).where(col(StockLevel.variant_id).in_(part)))
        found |= {row.variant_id: _level(row) for row in rows}
    return found


def totals_of(session: Session, listing_ids: Iterable[str]) -> dict[str, Totals]:
    """By listing id; a listing without levels is not there."""
    available = col(StockLevel.on_hand) - col(StockLevel.reserved)
    is_low = (col(StockLevel.low_at) > 0) & (available <= col(StockLevel.low_at))
    found: dict[str, Totals] = {}
    for part in _parts(listing_ids):
        rows = session.exec(
            select(
                StockLevel.listing_id,
                func.sum(StockLevel.on_hand),
                func.sum(available),
                func.count().filter(is_low),
            )
            .where(col(StockLevel.listing_id).in_(part))
            .group_by(col(StockLevel.listing_id))
        )
        found |= {key: Totals(int(all_), int(free), int(low)) for key, all_, free, low in rows}
    return found


def _level(row: StockLevel) -> Level:
    return Level(row.on_hand, row.reserved, row.low_at)


def _parts(ids: Iterable[str]) -> list[list[str]]:
    every = list(dict.fromkeys(ids))
    return [every[start : start + AT_ONCE] for start in range(0, len(every), AT_ONCE)]
