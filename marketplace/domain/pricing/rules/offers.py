"""What a promotion takes off: an amount, a share, tiers, every so much, the n-th piece."""

from dataclasses import dataclass

from marketplace.domain.pricing.rules.units import WHOLE, expect_whole
from marketplace.kit.money import half_up


@dataclass(frozen=True, slots=True)
class AmountOff:
    """`amount` minor units, if the goods come to `threshold`."""

    amount: int
    threshold: int = 0

    def __post_init__(self) -> None:
        expect_whole(0, amount=self.amount, threshold=self.threshold)


@dataclass(frozen=True, slots=True)
class PercentOff:
    """`basis_points` of what is left to pay, half-up, at most `cap` minor units."""

    basis_points: int
    cap: int | None = None
    threshold: int = 0

    def __post_init__(self) -> None:
        expect_whole(0, WHOLE, basis_points=self.basis_points)
        expect_whole(0, cap=self.cap or 0, threshold=self.threshold)


@dataclass(frozen=True, slots=True)
class Tiers:
    """Steps of (threshold, amount): the highest threshold that is reached counts, alone."""

    steps: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        for threshold, amount in self.steps:
            expect_whole(0, threshold=threshold, amount=amount)
        if not self.steps or len({threshold for threshold, _ in self.steps}) < len(self.steps):
            raise ValueError("tiers have different thresholds, and there is at least one")


@dataclass(frozen=True, slots=True)
class EachTime:
    """`amount` for every full `threshold`, at most `times` of them (每满)."""

    threshold: int
    amount: int
    times: int | None = None

    def __post_init__(self) -> None:
        expect_whole(1, threshold=self.threshold)
        expect_whole(0, amount=self.amount, times=self.times or 0)


@dataclass(frozen=True, slots=True)
class NthPiece:
    """Every `nth` piece costs `basis_points` less; of all the pieces, the cheapest are it."""

    nth: int
    basis_points: int

    def __post_init__(self) -> None:
        expect_whole(2, nth=self.nth)
        expect_whole(0, WHOLE, basis_points=self.basis_points)


Offer = AmountOff | PercentOff | Tiers | EachTime | NthPiece


@dataclass(frozen=True, slots=True)
class Goods:
    """The lines a promotion is for, after item prices: (price of a piece, pieces) of each."""

    pieces: tuple[tuple[int, int], ...]

    @property
    def total(self) -> int:
        """What thresholds are tested on: earlier discounts do not move it (ux.md 3.9.2)."""
        return sum(price * quantity for price, quantity in self.pieces)

    @property
    def count(self) -> int:
        return sum(quantity for _, quantity in self.pieces)


def off_piece(offer: AmountOff | PercentOff, price: int) -> int:
    """What an item price takes off one piece; never more than `price`."""
    if isinstance(offer, AmountOff):
        return min(offer.amount, price)
    return _at_most(half_up(price * offer.basis_points, WHOLE), offer.cap)


def off_goods(offer: Offer, goods: Goods, net: int) -> int:
    """What the offer takes off `goods`, of which `net` is left to pay; never more than that.

    Ask `missing` first: below its threshold an offer takes nothing off.
    """
    match offer:
        case AmountOff():
            off = offer.amount
        case PercentOff():
            off = _at_most(half_up(net * offer.basis_points, WHOLE), offer.cap)
        case Tiers():
            reached = [step for step in offer.steps if step[0] <= goods.total]
            off = max(reached)[1] if reached else 0
        case EachTime():
            off = offer.amount * _at_most(goods.total // offer.threshold, offer.times)
        case NthPiece():
            off = _off_cheapest(goods, goods.count // offer.nth, offer.basis_points)
    return min(off, net)


def missing(offer: Offer, goods: Goods) -> int:
    """How much more it takes before the offer begins: minor units, or pieces of `NthPiece`."""
    match offer:
        case Tiers():
            return max(0, min(threshold for threshold, _ in offer.steps) - goods.total)
        case NthPiece():
            return max(0, offer.nth - goods.count)
        case _:
            return max(0, offer.threshold - goods.total)


def _at_most(value: int, most: int | None) -> int:
    return value if most is None else min(value, most)


def _off_cheapest(goods: Goods, count: int, basis_points: int) -> int:
    off = 0
    for price, quantity in sorted(goods.pieces):
        cheap = min(count, quantity)
        off += cheap * half_up(price * basis_points, WHOLE)
        count -= cheap
    return off
