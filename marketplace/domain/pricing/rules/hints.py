"""How much more it takes until a promotion gives something, or more (reference/ux.md 3.9.4)."""

from dataclasses import dataclass

from marketplace.domain.pricing.rules.offers import (
    AmountOff,
    EachTime,
    Goods,
    NthPiece,
    Offer,
    Tiers,
)


@dataclass(frozen=True, slots=True)
class NextStep:
    """`short` of `threshold`: minor units, or pieces of `NthPiece`. `off` is what it takes off
    then, minor units; None where that depends on what is bought.
    """

    short: int
    threshold: int
    off: int | None = None

    @property
    def is_near(self) -> bool:
        """Worth telling: something of it is in the basket, and most of the way is behind."""
        return self.short < self.threshold and self.short * 10 <= self.threshold * 6


def next_step(offer: Offer, goods: Goods) -> NextStep | None:
    """None if there is nothing more to reach."""
    match offer:
        case Tiers():
            return _next_tier(offer, goods.total)
        case EachTime():
            done = goods.total // offer.threshold
            short = offer.threshold - goods.total % offer.threshold
            step = NextStep(short, offer.threshold, offer.amount * (done + 1))
            return step if offer.times is None or done < offer.times else None
        case NthPiece():
            return NextStep(offer.nth - goods.count % offer.nth, offer.nth)
        case _:
            off = offer.amount if isinstance(offer, AmountOff) else None
            step = NextStep(offer.threshold - goods.total, offer.threshold, off)
            return step if step.short > 0 else None


def _next_tier(offer: Tiers, total: int) -> NextStep | None:
    """The nearest one that takes off more than the one reached does."""
    reached = max((step for step in offer.steps if step[0] <= total), default=(0, 0))
    ahead = [step for step in offer.steps if step[0] > total and step[1] > reached[1]]
    if not ahead:
        return None
    threshold, off = min(ahead)
    return NextStep(threshold - total, threshold, off)
