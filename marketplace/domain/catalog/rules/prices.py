"""Prices over time: medians and lows of thirty days, proof of reference prices, bulk changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from marketplace.kit.languages import N_
from marketplace.kit.money import MAX_MINOR, half_up

WINDOW = timedelta(days=30)
WHOLE = 10_000  # basis points


@dataclass(frozen=True, slots=True)
class Quoted:
    """From `at` on a variant on sale cost `price` minor units."""

    at: datetime
    price: int


@dataclass(frozen=True, slots=True)
class PriceFacts:
    """Of the last 30 days, minor units; None if the variant was never on sale."""

    median_30d: int | None = None
    lowest_30d: int | None = None
    highest_30d: int | None = None


PRICE_PROTECTION_DAYS = 15
"""From payment; a shop promises it listing by listing (ux.md 3.9.10)."""


@dataclass(frozen=True, slots=True)
class PriceRule:
    """`percent`: `value` in basis points, signed; `amount`: minor units, signed; `set`: minor units."""

    kind: Literal["percent", "amount", "set"]
    value: int


def facts(changes: Iterable[Quoted], at: datetime) -> PriceFacts:
    """What a variant cost in the 30 days before `at`; `changes` of its whole life, in any order."""
    spans = _spans(sorted(changes, key=lambda change: change.at), at)
    if not spans:
        return PriceFacts()
    charged = [price for price, _ in spans]
    return PriceFacts(median(spans), min(charged), max(charged))


def median(spans: Sequence[tuple[int, timedelta]]) -> int:
    """The price that was below or at it for half of the time: hours count, not changes.

    A price changed ten times in an hour must not move it (that would open the band to anything).
    """
    whole = sum((length for _, length in spans), timedelta())
    passed = timedelta()
    for price, length in sorted(spans):
        passed += length
        if passed * 2 >= whole:
            return price
    return spans[-1][0]


def is_proved(reference: int | None, price: int, known: PriceFacts) -> bool:
    """Whether a crossed-out price may be shown: higher than the price now, at least the lowest
    price of 30 days (reference/features.md 2.4), and really charged within them (ux.md 0.6).
    """
    return (
        reference is not None
        and known.lowest_30d is not None
        and known.highest_30d is not None
        and reference > price
        and known.lowest_30d <= reference <= known.highest_30d
    )


def is_near(price: int, median_price: int | None, band_bps: int) -> bool:
    """Within `band_bps` of the median; without a median nothing is near."""
    if median_price is None:
        return False
    return abs(price - median_price) * WHOLE <= median_price * band_bps


def repriced(price: int, rule: PriceRule) -> int:
    """The price after the rule, half-up; it may be out of bounds, see `problem`."""
    if rule.kind == "percent":
        return half_up(price * (WHOLE + rule.value), WHOLE)
    return price + rule.value if rule.kind == "amount" else rule.value


def problem(price: int, reference: int | None = None, cost: int | None = None) -> str:
    """Why a bulk change cannot give this price; empty if it can. Minor units."""
    if price <= 0:
        return N_("The price would not be above zero.")
    if price > MAX_MINOR:
        return N_("The price would be too high.")
    if reference is not None and reference < price:
        return N_("The price would be above the reference price.")
    if cost is not None and price < cost:
        return N_("The price would be below your cost.")
    return ""


def _spans(changes: Sequence[Quoted], at: datetime) -> list[tuple[int, timedelta]]:
    begin = at - WINDOW
    spans = []
    for place, change in enumerate(changes):
        if change.at > at:
            break
        until = changes[place + 1].at if place + 1 < len(changes) else at
        start, end = max(change.at, begin), min(until, at)
        if end > start or (end == start == at):
            spans.append((change.price, end - start))
    return spans
