"""Puts the text of one cell where it belongs in a listing's content, still as a plain document."""

import re
from typing import Any

from marketplace.domain.catalog.rules.content import ListingContent, VariantContent
from marketplace.flows.product_tables.cells import (
    BadCell,
    read_amount,
    read_grams,
    read_several,
    read_tags,
    read_whole,
    read_yes,
)
from marketplace.flows.product_tables.columns import ATTRIBUTE
from marketplace.flows.product_tables.html import text_of
from marketplace.flows.product_tables.written import Lookups
from marketplace.kit.languages import N_

Document = dict[str, Any]
LINES = {
    "title": ("title",),
    "title_zh": ("title_zh",),
    "slug": ("slug",),
    "video_url": ("video_url",),
    "seo_title": ("seo", "title"),
    "seo_title_zh": ("seo", "title_zh"),
    "seo_description": ("seo", "description"),
    "seo_description_zh": ("seo", "description_zh"),
}
NUMBERS = {
    "handling_days": (("handling_days",), 60),
    "return_days": (("return_days",), 365),
    "warranty_months": (("warranty_months",), 240),
    "parcel_length": (("parcel", "length"), 10**5),
    "parcel_width": (("parcel", "width"), 10**5),
    "parcel_height": (("parcel", "height"), 10**5),
}
"""Where, and the most it may be."""
EMPTY = ListingContent().model_dump(mode="json")
EMPTY_VARIANT = VariantContent(id="").model_dump(mode="json")
BARCODE = re.compile(r"[0-9]{0,14}")
SPACING = re.compile(r"[\s-]")


def set_product(document: Document, key: str, text: str, lookups: Lookups) -> str:
    """An empty text blanks. Returns a note, or "". Raises `BadCell`."""
    if key in LINES:
        _put(document, LINES[key], " ".join(text.split()) if key != "slug" else text.strip())
    elif key in NUMBERS:
        path, most = NUMBERS[key]
        _put(document, path, read_whole(text, most=most) if text.strip() else _take(EMPTY, path))
    elif key == "protects_price":
        document["protects_price"] = read_yes(text.strip()) if text.strip() else False
    elif key == "tags":
        document["tags"] = read_tags(text)
    elif key == "description":
        _describe(document, "text", text_of(text))
    elif key in ("text", "text_zh"):
        _describe(document, key, text.replace("\r\n", "\n").strip())
    elif key == "brand":
        return _name(document, key, "brand_id", text, lookups.brand_ids, NO_BRAND)
    elif key == "category":
        return _name(document, key, "category_id", text, lookups.category_ids, NO_CATEGORY)
    elif key.startswith(ATTRIBUTE):
        return _attribute(document, key, text, lookups)
    elif (key not in ("handle", "status") and not key.startswith("option")) or key.endswith(
        "_linked_to"
    ):
        _keep(document["extra"], key, text)
    return ""


def set_variant(variant: Document, key: str, text: str, lookups: Lookups) -> str:
    """As `set_product`. Option values, pictures and units are not set here."""
    plain = text.strip()
    if key == "sku":
        variant["sku"] = plain or variant["sku"]
    elif key == "barcode":
        return _barcode(variant, text)
    elif key == "price":
        variant["price"] = read_amount(plain, lookups.currency) if plain else 0
    elif key in ("reference_price", "cost"):
        variant[key] = read_amount(plain, lookups.currency) if plain else None
    elif key == "weight":
        variant["weight"] = read_grams(plain) if plain else 0
    elif key == "is_active":
        variant["is_active"] = read_yes(plain) if plain else True
    elif key == "variant_picture":
        variant["picture_id"] = ""
        _keep(variant["extra"], key, plain)
    elif not key.startswith("option"):
        _keep(variant["extra"], key, text)
    return ""


NO_BRAND = N_("We have no brand of this name. It is kept for the export; choose one in the editor.")
NO_CATEGORY = N_(
    "We have no category of this name. It is kept for the export; choose one in the editor."
)
NO_BARCODE = N_("This is no barcode of digits. It is kept for the export only.")
NO_ATTRIBUTE = N_("We have no attribute of this code. It is kept for the export only.")


def _put(document: Document, path: tuple[str, ...], value: Any) -> None:
    for step in path[:-1]:
        document = document[step]
    document[path[-1]] = value


def _take(document: Document, path: tuple[str, ...]) -> Any:
    for step in path:
        document = document[step]
    return document


def _describe(document: Document, field: str, text: str) -> None:
    """One block of text, in the place of the first; pictures and tables between them stay."""
    texts = [block for block in document["blocks"] if block["kind"] == "text"]
    if not texts:
        if not text:
            return
        texts = [{"kind": "text", "text": "", "text_zh": ""}]
        document["blocks"].insert(0, texts[0])
    for block in texts[1:]:
        block[field] = ""
    texts[0][field] = text
    document["blocks"] = [
        block
        for block in document["blocks"]
        if block["kind"] != "text" or block["text"] or block["text_zh"]
    ]


def _name(document: Document, key: str, field: str, text: str, ids: Any, unknown: str) -> str:
    """Refer to something of ours by its name; what we do not know is kept and told."""
    document["extra"].pop(key, None)
    document[field] = ids.get(text.strip().casefold(), "")
    if text.strip() and not document[field]:
        document["extra"][key] = text
        return unknown
    return ""


def _attribute(document: Document, key: str, text: str, lookups: Lookups) -> str:
    code = key.removeprefix(ATTRIBUTE)
    document["extra"].pop(key, None)
    document["attributes"].pop(code, None)
    if code not in lookups.attributes:
        _keep(document["extra"], key, text)
        return NO_ATTRIBUTE if text.strip() else ""
    if values := read_several(text):
        document["attributes"][code] = values
    return ""


def _barcode(variant: Document, text: str) -> str:
    digits = SPACING.sub("", text)
    if BARCODE.fullmatch(digits):
        variant["barcode"] = digits
        return ""
    variant["barcode"] = ""
    return NO_BARCODE


def _keep(extra: dict[str, str], key: str, text: str) -> None:
    extra.pop(key, None)
    if text:
        extra[key] = text


__all__ = ["EMPTY_VARIANT", "BadCell", "Document", "set_product", "set_variant"]
