"""Listings for sellers, staff and buyers."""

from marketplace.domain.catalog.queries.listings.editing import (
    EditView,
    TemplateRow,
    VersionRow,
    listing_for_edit,
    templates,
    version_content,
    version_diff,
    versions,
)
from marketplace.domain.catalog.queries.listings.lists import (
    LISTING_FILTERS,
    LISTING_SORTS,
    STAFF_FILTERS,
    VIEWS,
    ListingRow,
    list_all_listings,
    list_counts,
    list_listings,
    search_ids,
)
from marketplace.domain.catalog.queries.listings.pages import (
    ListingPage,
    PageVariant,
    listing_page,
    page_of,
)
from marketplace.domain.catalog.queries.listings.prices import (
    PricePoint,
    category_median,
    price_facts,
    price_history,
)

__all__ = [
    "LISTING_FILTERS",
    "LISTING_SORTS",
    "STAFF_FILTERS",
    "VIEWS",
    "EditView",
    "ListingPage",
    "ListingRow",
    "PageVariant",
    "PricePoint",
    "TemplateRow",
    "VersionRow",
    "category_median",
    "list_all_listings",
    "list_counts",
    "list_listings",
    "listing_for_edit",
    "listing_page",
    "page_of",
    "price_facts",
    "price_history",
    "search_ids",
    "templates",
    "version_content",
    "version_diff",
    "versions",
]
