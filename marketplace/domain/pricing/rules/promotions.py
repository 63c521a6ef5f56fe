"""Which promotions apply, and what each takes off which line (DESIGN parts 6 and 7).

Item prices first, the lowest one per line. Then layer by layer: a layer takes off what the
earlier ones left. Of several that exclude each other the best for the buyer is taken, judged
by what the whole basket costs in the end.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from marketplace.domain.pricing.rules.basket import Basket, Kind, Line, Promotion
from marketplace.domain.pricing.rules.offers import (
    AmountOff,
    Goods,
    PercentOff,
    missing,
    off_goods,
    off_piece,
)
from marketplace.domain.pricing.rules.split import between_funders, over_lines

LAYER = {kind: number for number, kind in enumerate(Kind)}


class Reason(StrEnum):
    """Why a promotion did not apply."""

    LINES = "lines"
    THRESHOLD = "threshold"
    BETTER = "better"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Discount:
    """What a promotion takes off one line, and who funds it: `seller + platform == amount`.

    `base` is what was left of the line before, `whole` what the promotion takes off all lines,
    of which `basis` was left. Minor units.
    """

    promotion: str
    kind: Kind
    amount: int
    seller: int
    platform: int
    base: int
    whole: int
    basis: int


@dataclass(frozen=True, slots=True)
class Idle:
    """A promotion that did not apply. `other` is the better one; `short` what was missing to the
    threshold: minor units, or pieces.
    """

    promotion: Promotion
    reason: Reason
    other: str = ""
    short: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A promotion whose threshold is reached; `places` are its lines' in the basket."""

    promotion: Promotion
    places: tuple[int, ...]
    goods: Goods


Slot = tuple[Kind, str | None]
"""Of a slot's promotions one applies. A seller's kind has a slot for each seller."""
Slots = Mapping[Slot, Sequence[Candidate]]


@dataclass(frozen=True, slots=True)
class Taken:
    """A candidate's turn: what was left of every line, and what it took off which (by place)."""

    candidate: Candidate
    nets: tuple[int, ...]
    discounts: Mapping[int, Discount]

    @property
    def amount(self) -> int:
        return sum(discount.amount for discount in self.discounts.values())


def item_prices(basket: Basket) -> tuple[list[Discount | None], list[Idle]]:
    """The lowest item price of each line (ties: the lower id), and what was no line's."""
    timed = [p for p in basket.promotions if p.kind is Kind.TIMED_DISCOUNT]
    best: list[Discount | None] = []
    for line in basket.lines:
        offered = [_item_price(promotion, line) for promotion in timed if promotion.covers(line)]
        real = [discount for discount in offered if discount.amount]
        best.append(min(real, key=lambda each: (-each.amount, each.promotion), default=None))
    used = {discount.promotion for discount in best if discount}
    return best, [_idle_price(p, basket, best) for p in timed if p.id not in used]


def candidates(basket: Basket, nets: Sequence[int]) -> tuple[Slots, list[Idle]]:
    """Order-level promotions by slot, in the order of layers; `nets` are the lines after item
    prices, each a multiple of its quantity.
    """
    pieces = [
        (net // line.quantity, line.quantity) for net, line in zip(nets, basket.lines, strict=True)
    ]
    slots: dict[Slot, list[Candidate]] = {}
    idle: list[Idle] = []
    for promotion in sorted(basket.promotions, key=lambda each: (LAYER[each.kind], each.id)):
        if promotion.kind is Kind.TIMED_DISCOUNT:
            continue
        places = _places(basket, promotion)
        goods = Goods(tuple(pieces[place] for place in places))
        if not places:
            idle.append(Idle(promotion, Reason.LINES))
        elif short := missing(promotion.offer, goods):
            idle.append(Idle(promotion, Reason.THRESHOLD, short=short))
        else:
            slot = promotion.kind, promotion.seller
            slots.setdefault(slot, []).append(Candidate(promotion, places, goods))
    return slots, idle


def take_turns(chosen: Iterable[Candidate], nets: Sequence[int]) -> list[Taken]:
    """Each in its turn, from what the ones before it left of `nets`."""
    left = list(nets)
    taken = []
    for candidate in chosen:
        turn = Taken(candidate, tuple(left), _discounts(candidate, left))
        for place, discount in turn.discounts.items():
            left[place] -= discount.amount
        taken.append(turn)
    return taken


def parts_of(candidate: Candidate, left: Sequence[int]) -> list[int]:
    """What it takes off each of its places, of which `left` is still to pay."""
    nets = [left[place] for place in candidate.places]
    return over_lines(off_goods(candidate.promotion.offer, candidate.goods, sum(nets)), nets)


def passed_over(slots: Slots, taken: Sequence[Taken]) -> list[Idle]:
    """Reasons of all candidates that took nothing off; `taken` has one turn for each slot."""
    idle = []
    for turn, choice in zip(taken, slots.values(), strict=True):
        chosen = turn.candidate.promotion
        for candidate in choice:
            if candidate.promotion is not chosen:
                idle.append(_beaten(candidate, turn))
            elif not turn.amount:
                idle.append(Idle(chosen, Reason.NOTHING))
    return idle


def _beaten(candidate: Candidate, turn: Taken) -> Idle:
    net = sum(turn.nets[place] for place in candidate.places)
    if off_goods(candidate.promotion.offer, candidate.goods, net) == 0:
        return Idle(candidate.promotion, Reason.NOTHING)
    return Idle(candidate.promotion, Reason.BETTER, other=turn.candidate.promotion.id)


def _discounts(candidate: Candidate, left: Sequence[int]) -> dict[int, Discount]:
    """By place; lines from which nothing comes off are left out."""
    promotion, amounts = candidate.promotion, parts_of(candidate, left)
    basis, whole = sum(left[place] for place in candidate.places), sum(amounts)
    return {
        place: _discount(promotion, amount, base=left[place], whole=whole, basis=basis)
        for place, amount in zip(candidate.places, amounts, strict=True)
        if amount
    }


def _discount(promotion: Promotion, amount: int, *, base: int, whole: int, basis: int) -> Discount:
    funding = between_funders(amount, promotion.funded_by_seller)
    return Discount(promotion.id, promotion.kind, amount, *funding, base, whole, basis)


def _item_price(promotion: Promotion, line: Line) -> Discount:
    assert isinstance(promotion.offer, AmountOff | PercentOff)  # Promotion allows nothing else
    amount = off_piece(promotion.offer, line.unit_price) * line.quantity
    return _discount(promotion, amount, base=line.gross, whole=amount, basis=line.gross)


def _idle_price(promotion: Promotion, basket: Basket, best: Sequence[Discount | None]) -> Idle:
    """Why no line has this item price."""
    covered = [
        (line, won) for line, won in zip(basket.lines, best, strict=True) if promotion.covers(line)
    ]
    if not covered:
        return Idle(promotion, Reason.LINES)
    for line, won in covered:
        if won and _item_price(promotion, line).amount:
            return Idle(promotion, Reason.BETTER, other=won.promotion)
    return Idle(promotion, Reason.NOTHING)


def _places(basket: Basket, promotion: Promotion) -> tuple[int, ...]:
    return tuple(place for place, line in enumerate(basket.lines) if promotion.covers(line))
