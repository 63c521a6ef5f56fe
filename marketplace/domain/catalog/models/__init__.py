"""What is sold: the tree of categories, their attributes, brands; listings with their variants."""

from marketplace.domain.catalog.models.listings import (
    Listing,
    ListingRedirect,
    ListingStatus,
    ListingVersion,
    PriceChange,
    ShippingTemplate,
    Variant,
)
from marketplace.domain.catalog.models.taxonomy import (
    Attribute,
    AttributeType,
    Brand,
    Category,
    CategoryAttribute,
    CategoryRedirect,
)

__all__ = [
    "Attribute",
    "AttributeType",
    "Brand",
    "Category",
    "CategoryAttribute",
    "CategoryRedirect",
    "Listing",
    "ListingRedirect",
    "ListingStatus",
    "ListingVersion",
    "PriceChange",
    "ShippingTemplate",
    "Variant",
]
