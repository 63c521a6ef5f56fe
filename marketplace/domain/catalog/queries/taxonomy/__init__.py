"""What can be asked about categories, attributes and brands."""

from marketplace.domain.catalog.queries.taxonomy.attributes import (
    AttributeRow,
    AttributeView,
    TemplateRow,
    ValueRow,
    attribute,
    attributes_of,
    filters_named,
    filters_of,
    list_attributes,
)
from marketplace.domain.catalog.queries.taxonomy.brands import (
    BrandRow,
    brand,
    brands,
    list_brands,
    other_brands,
)
from marketplace.domain.catalog.queries.taxonomy.categories import (
    CategoryNode,
    CategoryView,
    RetirePreview,
    category,
    category_at,
    category_for_edit,
    count_live,
    restricted_of,
    retire_preview,
    tree,
)
from marketplace.domain.catalog.queries.taxonomy.screen import (
    CategoriesScreen,
    TreeRow,
    categories_screen,
    possible_parents,
)

__all__ = [
    "AttributeRow",
    "AttributeView",
    "BrandRow",
    "CategoriesScreen",
    "CategoryNode",
    "CategoryView",
    "RetirePreview",
    "TemplateRow",
    "TreeRow",
    "ValueRow",
    "attribute",
    "attributes_of",
    "brand",
    "brands",
    "categories_screen",
    "category",
    "category_at",
    "category_for_edit",
    "count_live",
    "filters_named",
    "filters_of",
    "list_attributes",
    "list_brands",
    "other_brands",
    "possible_parents",
    "restricted_of",
    "retire_preview",
    "tree",
]
