"""What can be asked about stock: levels of listings, the list of a shop, its movements."""

from marketplace.domain.inventory.queries.levels import (
    Totals,
    levels_of,
    levels_of_variants,
    totals_of,
)
from marketplace.domain.inventory.queries.lists import (
    FILTERS,
    MOVEMENT_SORTS,
    SORTS,
    MovementRow,
    StockRow,
    by_sku,
    list_movements,
    list_stock,
    stock_row,
)

__all__ = [
    "FILTERS",
    "MOVEMENT_SORTS",
    "SORTS",
    "MovementRow",
    "StockRow",
    "Totals",
    "by_sku",
    "levels_of",
    "levels_of_variants",
    "list_movements",
    "list_stock",
    "stock_row",
    "totals_of",
]
