"""What variants cost over the last thirty days, for proofs, bands and outliers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median_low

from sqlmodel import Session, col, select

from marketplace.domain.catalog.models import Listing, ListingStatus, PriceChange
from marketplace.domain.catalog.rules.prices import PriceFacts, Quoted, facts
from marketplace.kit.clock import iso

AT_ONCE = 400
LEAST_KNOWN = 5
MOST_POINTS = 60


@dataclass(frozen=True, slots=True)
class PricePoint:
    """From `at` (ISO 8601, UTC) on it cost `price` minor units."""

    at: str
    price: int


def price_facts(
    session: Session, variant_ids: Iterable[str], *, at: datetime
) -> dict[str, PriceFacts]:
    """Median, low and high of 30 days; a variant never on sale has none of them."""
    ids = list(dict.fromkeys(variant_ids))
    changes: dict[str, list[Quoted]] = defaultdict(list)
    for start in range(0, len(ids), AT_ONCE):
        for row in session.exec(
            select(PriceChange).where(
                col(PriceChange.variant_id).in_(ids[start : start + AT_ONCE]), PriceChange.at <= at
            )
        ):
            changes[row.variant_id].append(Quoted(row.at, row.price))
    return {id_: facts(changes.get(id_, ()), at) for id_ in ids}


def price_history(session: Session, variant_id: str) -> list[PricePoint]:
    """The last 60 changes, oldest first."""
    rows = session.exec(
        select(PriceChange)
        .where(PriceChange.variant_id == variant_id)
        .order_by(col(PriceChange.at).desc(), col(PriceChange.id).desc())
        .limit(MOST_POINTS)
    ).all()
    return [PricePoint(iso(row.at), row.price) for row in reversed(rows)]


def category_median(session: Session, category_id: str) -> int | None:
    """The middle of the lowest prices on sale there; None for fewer than five listings."""
    prices = session.exec(
        select(Listing.price_low).where(
            Listing.category_id == category_id,
            Listing.status == ListingStatus.LIVE,
            Listing.price_low > 0,
        )
    ).all()
    return median_low(prices) if len(prices) >= LEAST_KNOWN else None
