"""Of promotions that exclude each other: the combination that is best for the buyer."""

from collections.abc import Iterator, Sequence
from math import prod
from typing import NamedTuple

from marketplace.domain.pricing.rules.promotions import Candidate, Slots, parts_of, take_turns

MOST_COMBINATIONS = 1_000
"""Twice all 20 coupons of a wallet with all 20 of the platform (reference/ux.md 3.9.5)."""
Chosen = tuple[Candidate, ...]
"""One for each slot, in the slots' order."""


class Choice(NamedTuple):
    """`is_proved` unless there were too many combinations to try each."""

    chosen: Chosen
    is_proved: bool


def best_choice(slots: Slots, nets: Sequence[int]) -> Choice:
    """`nets` is what is left of each line after item prices."""
    if prod(len(candidates) for candidates in slots.values()) <= MOST_COMBINATIONS:
        return Choice(_best(list(slots.values()), nets), is_proved=True)
    return _one_party_at_a_time(slots, nets)


def _best(options: Sequence[Sequence[Candidate]], nets: Sequence[int]) -> Chosen:
    """The buyer pays least; of equals the platform pays least; of equals the lowest ids, which
    is the order in which the combinations come.
    """
    tried = list(_combinations(options, nets, ()))
    least = min(buyer_pays for buyer_pays, _ in tried)
    equals = [chosen for buyer_pays, chosen in tried if buyer_pays == least]
    if len(equals) == 1:
        return equals[0]
    return min(equals, key=lambda chosen: _platform_pays(chosen, nets))


def _combinations(
    options: Sequence[Sequence[Candidate]], left: Sequence[int], chosen: Chosen
) -> Iterator[tuple[int, Chosen]]:
    """Each with what the buyer pays; those that begin alike share the beginning's arithmetic."""
    if not options:
        yield sum(left), chosen
        return
    for candidate in options[0]:
        after = list(left)
        for place, amount in zip(candidate.places, parts_of(candidate, left), strict=True):
            after[place] -= amount
        yield from _combinations(options[1:], after, (*chosen, candidate))


def _platform_pays(chosen: Chosen, nets: Sequence[int]) -> int:
    discounts = (each for turn in take_turns(chosen, nets) for each in turn.discounts.values())
    return sum(each.platform for each in discounts)


def _one_party_at_a_time(slots: Slots, nets: Sequence[int]) -> Choice:
    """Each seller's best, then the platform's, while the others keep theirs: until nobody can
    better it alone. Sellers meet only in the platform's promotions; without any it is the best.
    """
    chosen: Chosen = tuple(candidates[0] for candidates in slots.values())
    parties = dict.fromkeys(seller for _, seller in slots)
    before: Chosen = ()
    while chosen != before:
        before = chosen
        for party in parties:
            options = [
                candidates if seller == party else (kept,)
                for ((_, seller), candidates), kept in zip(slots.items(), chosen, strict=True)
            ]
            chosen = _best(options, nets)
    return Choice(chosen, is_proved=None not in parties or len(parties) == 1)
