"""Of promotions that exclude each other: the combination that is best for the buyer."""

from collections.abc import Iterable, Sequence
from itertools import product
from math import prod
from typing import NamedTuple

from marketplace.domain.pricing.rules.promotions import Candidate, Slot, Slots, take_turns

MOST_COMBINATIONS = 1_000


class Outcome(NamedTuple):
    """The lower, the better: what the buyer pays, then the platform, then the ids."""

    buyer_pays: int
    platform_pays: int
    ids: tuple[str, ...]


class Choice(NamedTuple):
    """One candidate for each slot, in the slots' order. `is_proved` unless there were too many
    combinations to try each.
    """

    chosen: tuple[Candidate, ...]
    is_proved: bool


def best_choice(slots: Slots, nets: Sequence[int]) -> Choice:
    """`nets` is what is left of each line after item prices."""
    if prod(len(choice) for choice in slots.values()) <= MOST_COMBINATIONS:
        every = product(*slots.values())
        return Choice(min(every, key=lambda chosen: outcome(chosen, nets)), is_proved=True)
    return _one_party_at_a_time(slots, nets)


def outcome(chosen: Iterable[Candidate], nets: Sequence[int]) -> Outcome:
    taken = take_turns(chosen, nets)
    platform = sum(each.platform for turn in taken for each in turn.discounts.values())
    ids = tuple(turn.candidate.promotion.id for turn in taken)
    return Outcome(sum(nets) - sum(turn.amount for turn in taken), platform, ids)


def _one_party_at_a_time(slots: Slots, nets: Sequence[int]) -> Choice:
    """Each seller's best, then the platform's, while the others keep theirs: until nobody can
    better it alone. Sellers meet only in the platform's promotions; without any it is the best.
    """
    chosen: dict[Slot, Candidate] = {slot: choice[0] for slot, choice in slots.items()}
    parties = dict.fromkeys(seller for _, seller in slots)
    before = None
    while chosen != before:
        before = chosen
        for party in parties:
            own = [slot for slot in slots if slot[1] == party]
            tried = (
                {**chosen, **dict(zip(own, each, strict=True))}
                for each in product(*(slots[slot] for slot in own))
            )
            chosen = min(tried, key=lambda each: outcome(each.values(), nets))
    return Choice(tuple(chosen.values()), is_proved=None not in parties or len(parties) == 1)
