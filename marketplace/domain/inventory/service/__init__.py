"""What can be done with stock: set and adjust, reserve for buyers, wait for more."""

from marketplace.domain.inventory.service.levels import (
    Change,
    How,
    adjust,
    edit,
    ensure_levels,
    set_low_at,
    set_many,
    set_stock,
)
from marketplace.domain.inventory.service.listings import existing_variants, stock_listing
from marketplace.domain.inventory.service.reservations import release, reserve, take
from marketplace.domain.inventory.service.waiting import (
    BACK,
    forget_told,
    owe_letters,
    request_back_in_stock,
    tell_back_in_stock,
)

__all__ = [
    "BACK",
    "Change",
    "How",
    "adjust",
    "edit",
    "ensure_levels",
    "existing_variants",
    "forget_told",
    "owe_letters",
    "release",
    "request_back_in_stock",
    "reserve",
    "set_low_at",
    "set_many",
    "set_stock",
    "stock_listing",
    "take",
    "tell_back_in_stock",
]
