"""What people call the columns, for the step that maps them."""

from marketplace.flows.product_tables.columns import FIELDS
from marketplace.kit.languages import N_

_LABELS = {
    "handle": N_("Handle"),
    "title": N_("Title"),
    "title_zh": N_("Title in Chinese"),
    "description": N_("Description (HTML)"),
    "text": N_("Description"),
    "text_zh": N_("Description in Chinese"),
    "brand": N_("Brand"),
    "category": N_("Category"),
    "type": N_("Type"),
    "tags": N_("Tags"),
    "published": N_("Published"),
    "status": N_("Status"),
    "option1_name": N_("Option 1: name"),
    "option2_name": N_("Option 2: name"),
    "option3_name": N_("Option 3: name"),
    "option1_name_zh": N_("Option 1: name in Chinese"),
    "option2_name_zh": N_("Option 2: name in Chinese"),
    "option3_name_zh": N_("Option 3: name in Chinese"),
    "option1_value": N_("Option 1: value"),
    "option2_value": N_("Option 2: value"),
    "option3_value": N_("Option 3: value"),
    "option1_value_zh": N_("Option 1: value in Chinese"),
    "option2_value_zh": N_("Option 2: value in Chinese"),
    "option3_value_zh": N_("Option 3: value in Chinese"),
    "sku": N_("SKU"),
    "barcode": N_("Barcode"),
    "price": N_("Price"),
    "reference_price": N_("Reference price"),
    "cost": N_("Cost"),
    "quantity": N_("Units on hand"),
    "low_at": N_("Alert at"),
    "weight": N_("Weight in grams"),
    "is_active": N_("Variant is offered"),
    "picture": N_("Picture address"),
    "picture_position": N_("Picture position"),
    "picture_alt": N_("Picture text"),
    "picture_alt_zh": N_("Picture text in Chinese"),
    "variant_picture": N_("Picture address of the variant"),
    "seo_title": N_("Search title"),
    "seo_title_zh": N_("Search title in Chinese"),
    "seo_description": N_("Search description"),
    "seo_description_zh": N_("Search description in Chinese"),
    "slug": N_("Address of the page"),
    "handling_days": N_("Handling time in days"),
    "return_days": N_("Return days"),
    "warranty_months": N_("Warranty in months"),
    "protects_price": N_("Price protection"),
    "parcel_length": N_("Parcel length in mm"),
    "parcel_width": N_("Parcel width in mm"),
    "parcel_height": N_("Parcel height in mm"),
    "video_url": N_("Video address"),
}
KEEP = N_("Keep for the export")
LEAVE_OUT = N_("Leave out")


def chosen_fields() -> list[tuple[str, str]]:
    """What a column can be mapped to, with its label: fields of ours, in the order of a form.

    Columns that we only keep need no choice: they are kept under their own name.
    """
    return [(field.key, _LABELS[field.key]) for field in FIELDS if field.key in _LABELS]
