"""What the states and fields of listings are called (ux.md 2.0)."""

import reflex as rx

from marketplace.kit.languages import N_
from marketplace.web.i18n import locale
from marketplace.web.ui.status import Status

STATUSES = {
    "draft": Status(N_("Draft"), "plain", "pencil-line"),
    "pending": Status(N_("In review"), "warn", "hourglass"),
    "live": Status(N_("Live"), "good"),
    "live_edit": Status(N_("Live, edit waiting"), "info", "file-clock"),
    "sold_out": Status(N_("Out of stock"), "bad", "package-x"),
    "needs_changes": Status(N_("Needs changes"), "warn", "message-square-warning"),
    "rejected": Status(N_("Rejected"), "bad"),
    "off_shelf": Status(N_("Paused"), "plain", "circle-pause"),
    "taken_down": Status(N_("Taken down"), "bad", "ban"),
    "archived": Status(N_("Archived"), "plain", "archive"),
}
HOW = {
    "review": N_("after a review"),
    "auto": N_("at once"),
    "post_review": N_("at once, looked at later"),
    "import": N_("by import"),
    "staff": N_("by the marketplace"),
    "take_down": N_("after it was taken down"),
}
FIELDS = {
    "title": N_("Title in English"),
    "title_zh": N_("Title in Chinese"),
    "category_id": N_("Category"),
    "brand_id": N_("Brand"),
    "tags": N_("Tags"),
    "pictures": N_("Pictures"),
    "video_url": N_("Video link"),
    "options": N_("Options"),
    "options.0": N_("First option"),
    "options.1": N_("Second option"),
    "options.2": N_("Third option"),
    "variants.rows": N_("Variants"),
    "variants.sku": N_("SKU"),
    "variants.barcode": N_("Barcode"),
    "variants.price": N_("Price"),
    "variants.reference_price": N_("Reference price"),
    "variants.cost": N_("Cost"),
    "variants.weight": N_("Weight"),
    "variants.low_at": N_("Low at"),
    "variants.picture_id": N_("Pictures of variants"),
    "variants.is_active": N_("Active"),
    "blocks": N_("Description"),
    "blocks.text": N_("Description in English"),
    "blocks.text_zh": N_("Description in Chinese"),
    "blocks.rows": N_("Tables"),
    "blocks.pictures": N_("Pictures in the description"),
    "shipping_template_id": N_("Shipping template"),
    "handling_days": N_("Handling time"),
    "parcel": N_("Parcel"),
    "parcel.length": N_("Length"),
    "parcel.width": N_("Width"),
    "parcel.height": N_("Height"),
    "return_days": N_("Returns accepted for"),
    "warranty_months": N_("Warranty"),
    "protects_price": N_("Price protection"),
    "slug": N_("Address of the page"),
    "seo": N_("Search engines"),
    "seo.title": N_("Page title in English"),
    "seo.title_zh": N_("Page title in Chinese"),
    "seo.description": N_("Summary in English"),
    "seo.description_zh": N_("Summary in Chinese"),
    "document_ids": N_("Compliance documents"),
}
CELLS = {
    name.removeprefix("variants."): label for name, label in FIELDS.items() if "variants." in name
}


def spoken(english: rx.Var[str], chinese: rx.Var[str]) -> rx.Var[str]:
    """The seller's own words in the reader's language, the other one if there are none."""
    prefers = rx.cond(chinese != "", chinese, english)
    return rx.cond(locale() == "zh-CN", prefers, rx.cond(english != "", english, chinese))


def in_language(path: str) -> rx.Var[str]:
    """The address of a public page in the reader's language."""
    return rx.cond(locale() == "zh-CN", f"/zh{path}", path)


def field_name(field: str) -> str:
    """The label of a changed field; attributes carry their code."""
    return FIELDS.get(field, field.removeprefix("attributes."))
