"""What a cart can hold, and what two carts become when their owner signs in. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from marketplace.kit.errors import DomainError
from marketplace.kit.languages import N_

MOST_LINES = 50
MOST_SAVED = 50
MOST_OF_ONE = 9_999
GUESTS_KEEP = timedelta(days=30)
"""From when nothing changed in it."""


class CartFull(DomainError):
    message = N_("A cart holds {most} different items. Order some of them first.")


class TooManySaved(DomainError):
    message = N_("At most {most} items can be put aside. Remove some first.")


class NotForSale(DomainError):
    """Taken off the shelf, or its shop sells nothing at the moment."""

    message = N_("This item is not for sale at the moment.")


class SoldOut(DomainError):
    message = N_("This item is sold out.")


class OtherCurrency(DomainError):
    message = N_("Your cart holds items in another currency. Order those first.")


@dataclass(frozen=True, slots=True)
class Kept:
    """A line of a cart: how many, aside or not."""

    quantity: int
    is_saved: bool = False


def added(there: int, more: int) -> int:
    """How many of one there are after adding, never more than a line holds."""
    return min(there + more, MOST_OF_ONE)


def merged(mine: Mapping[str, Kept], theirs: Mapping[str, Kept]) -> dict[str, Kept]:
    """A person's cart with what their browser held, by SKU: of what is in both, the larger number
    (ux.md SF-07), so that nothing is ordered twice. What does not fit is put aside, then left.
    """
    result: dict[str, Kept] = dict(mine)
    for sku, other in theirs.items():
        own = mine.get(sku)
        result[sku] = (
            Kept(max(own.quantity, other.quantity), own.is_saved and other.is_saved)
            if own
            else other
        )
    fitting: dict[str, Kept] = {}
    lines = saved = 0
    for sku, kept in result.items():
        is_saved = kept.is_saved or lines >= MOST_LINES
        if is_saved and saved >= MOST_SAVED:
            continue
        lines, saved = lines + (not is_saved), saved + is_saved
        fitting[sku] = Kept(kept.quantity, is_saved)
    return fitting
