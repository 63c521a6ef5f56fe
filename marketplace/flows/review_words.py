"""What the parts of a listing are called where somebody decides about them."""

from collections.abc import Mapping

from marketplace.domain.catalog.rules.content import ListingContent, VariantContent
from marketplace.domain.catalog.rules.diff import label
from marketplace.kit.languages import N_

LABELS: Mapping[str, str] = {
    "title": N_("English title"),
    "title_zh": N_("Chinese title"),
    "blocks.text": N_("English description"),
    "blocks.text_zh": N_("Chinese description"),
    "blocks.rows": N_("Tables in the description"),
    "blocks.pictures": N_("Pictures in the description"),
    "category_id": N_("Category"),
    "brand_id": N_("Brand"),
    "tags": N_("Tags"),
    "video_url": N_("Video"),
    "shipping_template_id": N_("Shipping template"),
    "handling_days": N_("Days to ship"),
    "return_days": N_("Days to return"),
    "warranty_months": N_("Months of warranty"),
    "protects_price": N_("Price protection"),
    "slug": N_("Address"),
    "document_ids": N_("Documents"),
    "options.0": N_("First option"),
    "options.1": N_("Second option"),
    "options.2": N_("Third option"),
    "seo.title": N_("Title for search engines, English"),
    "seo.title_zh": N_("Title for search engines, Chinese"),
    "seo.description": N_("Text for search engines, English"),
    "seo.description_zh": N_("Text for search engines, Chinese"),
    "parcel.length": N_("Parcel length (mm)"),
    "parcel.width": N_("Parcel width (mm)"),
    "parcel.height": N_("Parcel height (mm)"),
}
COLUMNS: Mapping[str, str] = {
    "values": N_("Option"),
    "sku": N_("SKU"),
    "barcode": N_("Barcode"),
    "weight": N_("Weight (g)"),
    "low_at": N_("Low stock at"),
    "picture_id": N_("Picture"),
    "is_active": N_("On sale"),
    "cost": N_("Cost"),
    "price": N_("Price"),
    "reference_price": N_("Struck-through price"),
}
PARTS: Mapping[str, str] = {
    "blocks": N_("Description"),
    "pictures": N_("Pictures"),
    "attributes": N_("Attributes"),
    "options": N_("Option"),
    "variants": N_("Variants"),
}


def place_of(field: str, content: ListingContent) -> tuple[str, str, str]:
    """What a dotted field such as `variants.2.price` is called: a message id, and the variant's
    label in English and Chinese, empty if the field is of none."""
    part, _, rest = field.partition(".")
    number, _, column = rest.partition(".")
    if part == "variants" and number.isdigit() and int(number) < len(content.variants):
        variant = content.variants[int(number)]
        return COLUMNS.get(column, PARTS[part]), label(variant), label_zh(content, variant)
    return LABELS.get(field) or PARTS.get(part, field), "", ""


def label_zh(content: ListingContent, variant: VariantContent) -> str:
    """The variant's values in Chinese where the options have them."""
    words = []
    for option, value in zip(content.options, variant.values, strict=False):
        named = next((one.name_zh for one in option.values if one.name == value), "")
        words.append(named or value)
    return " / ".join(word for word in words if word) or label(variant)
