"""The columns of product tables in Shopify's current and legacy dialects and in our own.

Column names of our own dialect are stable; `docs/product-tables.md` documents them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from marketplace.domain.catalog.rules.content import MOST_OPTIONS


class Dialect(StrEnum):
    SHOPIFY = "shopify"
    LEGACY = "shopify_legacy"
    OWN = "jishi"


class Place(StrEnum):
    """Whose a cell is: the product's (its first row), the variant's or the picture's of its row."""

    PRODUCT = "product"
    VARIANT = "variant"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a table says. A name that is empty does not exist in that dialect."""

    key: str
    place: Place
    shopify: str = ""
    legacy: str = ""
    own: str = ""
    aliases: tuple[str, ...] = ()

    def name_in(self, dialect: Dialect) -> str:
        return {
            Dialect.SHOPIFY: self.shopify,
            Dialect.LEGACY: self.legacy,
            Dialect.OWN: self.own,
        }[dialect]

    @property
    def any_name(self) -> str:
        return self.shopify or self.legacy or self.own


ATTRIBUTE = "attribute."
"""Columns `attribute.<code>` of our own dialect."""
UNKNOWN = "column:"
"""The key of a column nobody knows: kept under its own name."""
IGNORE = "ignore"
"""What a person maps a column to that shall not be read."""

P, V, I = Place.PRODUCT, Place.VARIANT, Place.PICTURE  # noqa: E741  a picture, as in image


def _options(first: bool) -> list[Field]:
    found: list[Field] = []
    for n in range(1, MOST_OPTIONS + 1):
        if first:
            found += [
                Field(
                    f"option{n}_name", P, f"Option{n} name", f"Option{n} Name", f"option{n}_name_en"
                ),
                Field(f"option{n}_name_zh", P, own=f"option{n}_name_zh"),
            ]
        found += [
            Field(
                f"option{n}_value", V, f"Option{n} value", f"Option{n} Value", f"option{n}_value_en"
            ),
            Field(f"option{n}_value_zh", V, own=f"option{n}_value_zh"),
            Field(f"option{n}_linked_to", P, f"Option{n} Linked To"),
        ]
    return found


def _google(key: str, current: str, legacy: str = "", *aliases: str) -> Field:
    stem = "Google Shopping / "
    return Field(
        f"google_{key}", P, stem + current, stem + (legacy or current),
        aliases=tuple(stem + alias for alias in aliases),
    )  # fmt: skip


FIELDS: tuple[Field, ...] = (
    Field("handle", P, "URL handle", "Handle", "handle"),
    Field("title", P, "Title", "Title", "title_en"),
    Field("title_zh", P, own="title_zh"),
    Field("description", P, "Description", "Body (HTML)"),
    Field("text", P, own="description_en"),
    Field("text_zh", P, own="description_zh"),
    Field("brand", P, "Vendor", "Vendor", "brand"),
    Field("category", P, "Product category", "Product Category", "category"),
    Field("type", P, "Type", "Type"),
    Field("tags", P, "Tags", "Tags", "tags"),
    Field("published", P, "Published on online store", "Published"),
    Field("status", P, "Status", "Status", "status"),
    *_options(first=True),
    Field("sku", V, "SKU", "Variant SKU", "sku"),
    Field("barcode", V, "Barcode", "Variant Barcode", "barcode"),
    Field("price", V, "Price", "Variant Price", "price"),
    Field("reference_price", V, "Compare-at price", "Variant Compare At Price", "reference_price"),
    Field("cost", V, "Cost per item", "Cost per item", "cost"),
    Field("taxable", V, "Charge tax", "Variant Taxable"),
    Field("tax_code", V, "Tax code", "Variant Tax Code"),
    Field("unit_total", V, "Unit price total measure"),
    Field("unit_total_unit", V, "Unit price total measure unit"),
    Field("unit_base", V, "Unit price base measure"),
    Field("unit_base_unit", V, "Unit price base measure unit"),
    Field("tracker", V, "Inventory tracker", "Variant Inventory Tracker"),
    Field("quantity", V, "Inventory quantity", "Variant Inventory Qty", "quantity"),
    Field("low_at", V, own="low_stock_at"),
    Field("policy", V, "Continue selling when out of stock", "Variant Inventory Policy"),
    Field("weight", V, "Weight value (grams)", "Variant Grams", "weight_grams"),
    Field("weight_unit", V, "Weight unit for display", "Variant Weight Unit"),
    Field("needs_shipping", V, "Requires shipping", "Variant Requires Shipping"),
    Field("fulfilment", V, "Fulfillment service", "Variant Fulfillment Service"),
    Field("is_active", V, own="is_active"),
    Field("picture", I, "Product image URL", "Image Src", "picture_url"),
    Field("picture_position", I, "Image position", "Image Position"),
    Field("picture_alt", I, "Image alt text", "Image Alt Text", "picture_alt_en"),
    Field("picture_alt_zh", I, own="picture_alt_zh"),
    Field("variant_picture", V, "Variant image URL", "Variant Image", "variant_picture_url"),
    Field("gift_card", P, "Gift card", "Gift Card"),
    Field("seo_title", P, "SEO title", "SEO Title", "seo_title_en"),
    Field("seo_title_zh", P, own="seo_title_zh"),
    Field("seo_description", P, "SEO description", "SEO Description", "seo_description_en"),
    Field("seo_description_zh", P, own="seo_description_zh"),
    _google("category", "Google product category", "Google Product Category"),
    _google("gender", "Gender"),
    _google("age_group", "Age group", "Age Group"),
    _google("mpn", "Manufacturer part number (MPN)", "MPN", "MPN"),
    _google("ad_group", "Ad group name", "AdWords Grouping"),
    _google("ad_labels", "Ads labels", "AdWords Labels"),
    _google("condition", "Condition"),
    _google("custom_product", "Custom product", "Custom Product"),
    *(_google(f"label_{n}", f"Custom label {n}", f"Custom Label {n}") for n in range(5)),
    Field("slug", P, own="slug"),
    Field("handling_days", P, own="handling_days"),
    Field("return_days", P, own="return_days"),
    Field("warranty_months", P, own="warranty_months"),
    Field("protects_price", P, own="price_protection"),
    Field("parcel_length", P, own="parcel_length_mm"),
    Field("parcel_width", P, own="parcel_width_mm"),
    Field("parcel_height", P, own="parcel_height_mm"),
    Field("video_url", P, own="video_url"),
)
BY_KEY = {field.key: field for field in FIELDS}


def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for field in FIELDS:
        for name in (field.shopify, field.legacy, field.own, *field.aliases):
            if name:
                found.setdefault(name.casefold(), field.key)
    return found


NAMES = _names()


def place_of(key: str) -> Place:
    """Unknown columns are the row's own: a variant's, or else a picture's."""
    if key.startswith(ATTRIBUTE):
        return Place.PRODUCT
    return BY_KEY[key].place if key in BY_KEY else Place.VARIANT


def mapped(header: Sequence[str]) -> dict[str, str]:
    """Which key each column of the file stands for, by its name in any dialect."""
    return {name: key_of(name) for name in header}


def key_of(name: str) -> str:
    """The key of a column by its name, whatever its case; `column:…` if nobody knows it."""
    plain = " ".join(name.split()).casefold()
    if plain in NAMES:
        return NAMES[plain]
    if plain.startswith(ATTRIBUTE) and plain[len(ATTRIBUTE) :]:
        return plain
    return UNKNOWN + name


def dialect_of(header: Iterable[str]) -> Dialect:
    """Whose names most columns have; for the preview and the export of what was imported."""
    plain = {name.casefold() for name in header}

    def count(dialect: Dialect) -> int:
        return len(plain & {f.name_in(dialect).casefold() for f in FIELDS if f.name_in(dialect)})

    return max(Dialect, key=count)
