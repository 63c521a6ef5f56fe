"""What staff do with categories, attributes and brands."""

from marketplace.domain.catalog.service.taxonomy.attributes import (
    change_template,
    create_attribute,
    merge_values,
    remove_value,
    save_value,
    set_category_attributes,
    update_attribute,
)
from marketplace.domain.catalog.service.taxonomy.brands import (
    create_brand,
    merge_brands,
    set_brand_active,
    update_brand,
)
from marketplace.domain.catalog.service.taxonomy.categories import (
    create_category,
    move_category,
    restore_category,
    retire_category,
    shift_category,
    update_category,
)
from marketplace.domain.catalog.service.taxonomy.relabel import recategorise

__all__ = [
    "change_template",
    "create_attribute",
    "create_brand",
    "create_category",
    "merge_brands",
    "merge_values",
    "move_category",
    "recategorise",
    "remove_value",
    "restore_category",
    "retire_category",
    "save_value",
    "set_brand_active",
    "set_category_attributes",
    "shift_category",
    "update_attribute",
    "update_brand",
    "update_category",
]
