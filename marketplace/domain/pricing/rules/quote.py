"""The priced basket: what the buyer pays, what each seller gets, what the platform keeps.

Checkout, refund and settlement call what is here, and `marketplace quote` does (DESIGN part 6).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from marketplace.domain.pricing.rules import trace
from marketplace.domain.pricing.rules.basket import Basket, Line, Shipping, check
from marketplace.domain.pricing.rules.choice import best_choice
from marketplace.domain.pricing.rules.commission import Commission, commission
from marketplace.domain.pricing.rules.promotions import (
    Discount,
    Idle,
    candidates,
    item_prices,
    passed_over,
    take_turns,
)
from marketplace.domain.pricing.rules.refunds import NOTHING, Parts
from marketplace.domain.pricing.rules.trace import Why


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line with its discounts in the order they were taken. All amounts in minor units."""

    line: Line
    discounts: tuple[Discount, ...]
    commission: Commission
    trace: tuple[Why, ...]

    @property
    def seller_discount(self) -> int:
        """`S`: it lowers what the goods are sold for, and so the commission."""
        return sum(discount.seller for discount in self.discounts)

    @property
    def platform_discount(self) -> int:
        """`C`: the platform pays it to the seller in the buyer's place."""
        return sum(discount.platform for discount in self.discounts)

    @property
    def value(self) -> int:
        """`B`, the base of the commission."""
        return self.line.gross - self.seller_discount

    @property
    def cash(self) -> int:
        """`P`: what the buyer pays."""
        return self.value - self.platform_discount

    @property
    def parts(self) -> Parts:
        """What refunds are parts of."""
        return _parts(self.cash, self.platform_discount, self.commission)


@dataclass(frozen=True, slots=True)
class PricedShipping:
    """A seller's parcel; no promotion of goods touches it."""

    shipping: Shipping
    commission: Commission
    trace: tuple[Why, ...]

    @property
    def parts(self) -> Parts:
        return _parts(self.shipping.amount, 0, self.commission)


@dataclass(frozen=True, slots=True)
class SellerTotal:
    """`cash` includes shipping; `net` is what the seller will be credited with."""

    seller: str
    parts: Parts

    @property
    def net(self) -> int:
        parts = self.parts
        return parts.value - parts.commission - parts.commission_tax


@dataclass(frozen=True, slots=True)
class PlatformTotal:
    """The tax on commission is not the platform's: it passes it on."""

    commission: int
    discount: int

    @property
    def net(self) -> int:
        """Below zero if the platform gives more than it takes."""
        return self.commission - self.discount


@dataclass(frozen=True, slots=True)
class Quote:
    """`idle` has one reason for each promotion that no line shows. `trace` tells what concerns
    more than one line.
    """

    currency: str
    lines: tuple[PricedLine, ...]
    shipping: tuple[PricedShipping, ...]
    sellers: tuple[SellerTotal, ...]
    idle: tuple[Idle, ...]
    trace: tuple[Why, ...]

    @property
    def buyer_pays(self) -> int:
        return sum(total.parts.cash for total in self.sellers)

    @property
    def platform(self) -> PlatformTotal:
        return PlatformTotal(
            commission=sum(total.parts.commission for total in self.sellers),
            discount=sum(total.parts.platform_discount for total in self.sellers),
        )


def price(basket: Basket) -> Quote:
    """Item prices, then promotions layer by layer, then shipping, then commission.

    Raises Unpriceable; there is no basket with only some of its steps done.
    """
    check(basket)
    discounts, idle, steps = _promote(basket)
    lines = tuple(map(priced_line, basket.lines, discounts))
    shipping = tuple(map(priced_shipping, basket.shipping))
    return Quote(
        currency=basket.currency,
        lines=lines,
        shipping=shipping,
        sellers=seller_totals(lines, shipping),
        idle=tuple(idle),
        trace=(*steps, *chain.from_iterable(parcel.trace for parcel in shipping)),
    )


def priced_line(line: Line, discounts: Sequence[Discount]) -> PricedLine:
    """The commission comes last: on the gross less what sellers fund."""
    base = line.gross - sum(discount.seller for discount in discounts)
    cut = commission(base, line.terms)
    why = (
        trace.of_gross(line),
        *map(trace.of_discount, discounts),
        *trace.of_commission(cut, line.terms),
    )
    return PricedLine(line, tuple(discounts), cut, why)


def priced_shipping(parcel: Shipping) -> PricedShipping:
    cut = commission(parcel.amount, parcel.terms)
    why = [trace.of_shipping(parcel)]
    if parcel.terms.basis_points or parcel.terms.least:
        why += trace.of_commission(cut, parcel.terms)
    return PricedShipping(parcel, cut, tuple(why))


def seller_totals(
    lines: Sequence[PricedLine], shipping: Sequence[PricedShipping]
) -> tuple[SellerTotal, ...]:
    """One for each seller, as they first appear."""
    totals: dict[str, Parts] = defaultdict(lambda: NOTHING)
    for line in lines:
        totals[line.line.seller] += line.parts
    for parcel in shipping:
        totals[parcel.shipping.seller] += parcel.parts
    return tuple(SellerTotal(seller, parts) for seller, parts in totals.items())


def _promote(basket: Basket) -> tuple[list[list[Discount]], list[Idle], list[Why]]:
    """Each line's discounts, the promotions that are nobody's, and what happened."""
    best_prices, idle = item_prices(basket)
    discounts = [[best] if best else [] for best in best_prices]
    nets = [
        line.gross - sum(discount.amount for discount in own)
        for line, own in zip(basket.lines, discounts, strict=True)
    ]
    slots, early = candidates(basket, nets)
    choice = best_choice(slots, nets)
    taken = take_turns(choice.chosen, nets)
    for turn in taken:
        for place, discount in turn.discounts.items():
            discounts[place].append(discount)
    idle = _as_given(basket, [*idle, *early, *passed_over(slots, taken)])
    steps = [
        *([] if choice.is_proved else [trace.of_unproved_choice()]),
        *(trace.of_turn(turn) for turn in taken if turn.amount),
        *map(trace.of_idle, idle),
    ]
    return discounts, idle, steps


def _as_given(basket: Basket, idle: Sequence[Idle]) -> list[Idle]:
    by_id = {each.promotion.id: each for each in idle}
    return [by_id[promotion.id] for promotion in basket.promotions if promotion.id in by_id]


def _parts(cash: int, platform_discount: int, cut: Commission) -> Parts:
    return Parts(cash, platform_discount, cut.amount, cut.tax)
