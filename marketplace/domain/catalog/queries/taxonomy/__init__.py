"""What can be asked about categories, attributes and brands."""

from marketplace.domain.catalog.queries.taxonomy.attributes import (
    AttributeRow,
    AttributeView,
    TemplateRow,
    attribute,
    attributes_of,
    list_attributes,
)
from marketplace.domain.catalog.queries.taxonomy.brands import (
    BrandRow,
    brand,
    brands,
    list_brands,
)
from marketplace.domain.catalog.queries.taxonomy.categories import (
    CategoryNode,
    CategoryView,
    RetirePreview,
    category,
    category_at,
    category_for_edit,
    retire_preview,
    tree,
)

__all__ = [
    "AttributeRow",
    "AttributeView",
    "BrandRow",
    "CategoryNode",
    "CategoryView",
    "RetirePreview",
    "TemplateRow",
    "attribute",
    "attributes_of",
    "brand",
    "brands",
    "category",
    "category_at",
    "category_for_edit",
    "list_attributes",
    "list_brands",
    "retire_preview",
    "tree",
]
