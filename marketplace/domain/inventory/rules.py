"""What must hold for stock: never below what is promised, one alert per fall. Pure."""

from dataclasses import dataclass

from marketplace.domain.inventory.models import StockReason
from marketplace.kit.errors import DomainError
from marketplace.kit.languages import N_

MOST = 1_000_000_000
MOST_LOW = 1_000_000

BY_HAND: dict[StockReason, str] = {
    StockReason.RECEIVED: N_("Received"),
    StockReason.COUNTED: N_("Counted"),
    StockReason.DAMAGED: N_("Damaged or lost"),
    StockReason.RETURNED: N_("Returned"),
    StockReason.CORRECTION: N_("Correction"),
}
"""The reasons a member may give."""

REASONS: dict[StockReason, str] = {
    StockReason.SET: N_("Set by hand"),
    **BY_HAND,
    StockReason.IMPORTED: N_("Imported"),
    StockReason.SOLD: N_("Sold"),
}


class BelowReserved(DomainError):
    """Buyers were promised these units: their orders come first."""

    message = N_("{reserved} units are promised to buyers, so on hand cannot be less.")


class TooMany(DomainError):
    message = N_("That is more than a stock level can hold.")


class OutOfStock(DomainError):
    """`variant_id` says which SKU has too few left; nothing was reserved."""

    message = N_("There are not enough left of one of the items.")

    def __init__(self, variant_id: str) -> None:
        self.variant_id = variant_id
        super().__init__()


class NothingReserved(DomainError):
    """A release or a sale of units that nobody reserved: a fault of the caller."""

    message = N_("These units are not reserved.")


@dataclass(frozen=True, slots=True)
class Level:
    """Units of one SKU. `low_at` 0 means that nobody wants an alert."""

    on_hand: int = 0
    reserved: int = 0
    low_at: int = 0

    @property
    def available(self) -> int:
        return self.on_hand - self.reserved

    @property
    def is_low(self) -> bool:
        return self.low_at > 0 and self.available <= self.low_at


def check_on_hand(on_hand: int, *, reserved: int) -> None:
    """Raises `BelowReserved`, `TooMany`."""
    if on_hand < reserved or on_hand < 0:
        raise BelowReserved(reserved=reserved)
    if on_hand > MOST:
        raise TooMany


def is_back(before: int, after: int) -> bool:
    """Whether a SKU nobody could buy can be bought again; both are available units."""
    return before <= 0 < after
