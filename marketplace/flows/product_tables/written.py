"""A listing as the cells of a table, by key: what an export writes and an import compares with."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from marketplace.domain.catalog.models import ListingStatus
from marketplace.domain.catalog.rules.content import ListingContent, VariantContent
from marketplace.domain.inventory.rules import Level
from marketplace.flows.product_tables import kept
from marketplace.flows.product_tables.cells import (
    write_amount,
    write_several,
    write_tags,
    write_yes,
)
from marketplace.flows.product_tables.columns import ATTRIBUTE, BY_KEY, UNKNOWN, Place
from marketplace.flows.product_tables.html import html_of
from marketplace.flows.product_tables.pictures import Source, shown_sources

Cells = dict[str, str]
STATUSES = {
    ListingStatus.LIVE: "active",
    ListingStatus.ARCHIVED: "archived",
}
"""As Shopify calls them; every other state of ours is a draft there."""
EXTRA_KEYS = frozenset({"type", "published", "gift_card", "taxable", "tax_code", "tracker"}) | {
    key
    for key in BY_KEY
    if key.startswith(("google_", "unit_"))
    or key in ("policy", "weight_unit", "needs_shipping", "fulfilment")
    or key.endswith("_linked_to")
}
"""Columns we have no field for, kept as they are."""
BY_NAME = frozenset({"brand", "category"})
"""Fields that name something of ours; a name we do not know is kept as it is."""


@dataclass(frozen=True, slots=True)
class Lookups:
    """The names of things that content refers to by id, and the way back (keys are casefolded)."""

    currency: str
    brands: Mapping[str, str] = field(default_factory=dict)
    brand_ids: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    category_ids: Mapping[str, str] = field(default_factory=dict)
    attributes: frozenset[str] = frozenset()
    picture_urls: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """Cells by key: the product's, and each variant's in their order; then the pictures."""

    product: Cells
    variants: tuple[Cells, ...]
    pictures: tuple[Source, ...]


def written(
    content: ListingContent,
    lookups: Lookups,
    *,
    handle: str,
    status: ListingStatus,
    levels: Mapping[str, Level],
) -> Written:
    """The listing in our spelling, or in the imported one where that still says the same."""
    product = product_cells(content, lookups, handle=handle, status=status)
    variants = (
        _as_written(v.extra, variant_cells(content, v, lookups, levels.get(v.id)))
        for v in content.variants
    )
    return Written(
        _as_written(content.extra, product),
        tuple(variants),
        tuple(shown_sources(content, lookups.picture_urls)),
    )


def product_cells(
    content: ListingContent, lookups: Lookups, *, handle: str, status: ListingStatus
) -> Cells:
    """The product's own cells in our spelling."""
    extra = content.extra
    text, text_zh = texts_of(content)
    cells = {
        "handle": handle,
        "title": content.title,
        "title_zh": content.title_zh,
        "description": html_of(text),
        "text": text,
        "text_zh": text_zh,
        "brand": lookups.brands.get(content.brand_id, "") or extra.get("brand", ""),
        "category": lookups.categories.get(content.category_id, "") or extra.get("category", ""),
        "tags": write_tags(content.tags),
        "status": STATUSES.get(status, "draft"),
        "seo_title": content.seo.title,
        "seo_title_zh": content.seo.title_zh,
        "seo_description": content.seo.description,
        "seo_description_zh": content.seo.description_zh,
        "slug": content.slug,
        "handling_days": str(content.handling_days),
        "return_days": str(content.return_days),
        "warranty_months": str(content.warranty_months),
        "protects_price": write_yes(content.protects_price),
        "parcel_length": str(content.parcel.length),
        "parcel_width": str(content.parcel.width),
        "parcel_height": str(content.parcel.height),
        "video_url": content.video_url,
    }
    for n, option in enumerate(content.options, start=1):
        cells[f"option{n}_name"], cells[f"option{n}_name_zh"] = option.name, option.name_zh
    for code, values in content.attributes.items():
        cells[ATTRIBUTE + code] = write_several(list(values))
    return cells | {key: extra[key] for key in extra if _is_column(key, Place.PRODUCT)}


def variant_cells(
    content: ListingContent, variant: VariantContent, lookups: Lookups, level: Level | None
) -> Cells:
    """One variant's cells in our spelling. Its level, once there is one, says when to alert."""
    extra = variant.extra
    sources = {s.id: s.url for s in shown_sources(content, lookups.picture_urls) if s.id}
    picture = sources.get(variant.picture_id, "") if variant.picture_id else ""
    cells = {
        "sku": variant.sku,
        "barcode": variant.barcode,
        "price": write_amount(variant.price, lookups.currency),
        "reference_price": write_amount(variant.reference_price, lookups.currency),
        "cost": write_amount(variant.cost, lookups.currency),
        "quantity": str(level.on_hand if level else 0),
        "low_at": str(level.low_at if level else variant.low_at),
        "weight": str(variant.weight),
        "is_active": write_yes(variant.is_active),
        "variant_picture": picture or extra.get("variant_picture", ""),
    }
    for n, (option, name) in enumerate(zip(content.options, variant.values, strict=False), start=1):
        cells[f"option{n}_value"] = name
        cells[f"option{n}_value_zh"] = next(
            (value.name_zh for value in option.values if value.name == name), ""
        )
    return cells | {key: extra[key] for key in extra if _is_column(key, Place.VARIANT)}


def texts_of(content: ListingContent) -> tuple[str, str]:
    """The words of the description, without its pictures and tables."""
    blocks = [block for block in content.blocks if block.kind == "text"]
    return (
        "\n\n".join(block.text for block in blocks if block.text),
        "\n\n".join(block.text_zh for block in blocks if block.text_zh),
    )


def _is_column(key: str, place: Place) -> bool:
    if key.startswith((UNKNOWN, ATTRIBUTE)):
        return True
    return key in EXTRA_KEYS and BY_KEY[key].place is place


def _as_written(extra: Mapping[str, str], cells: Cells) -> Cells:
    return {key: kept.as_written(extra, key, ours) for key, ours in cells.items()} | {
        key: spelled
        for key in (k.removeprefix(kept.PREFIX) for k in extra if k.startswith(kept.PREFIX))
        if key not in cells and (spelled := kept.as_written(extra, key, ""))
    }
