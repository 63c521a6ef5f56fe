"""What is wrong with a listing, field by field (`variants.3.price`): to keep it, or to sell it."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from urllib.parse import urlsplit

from marketplace.domain.catalog.models import AttributeType
from marketplace.domain.catalog.rules.barcode import is_gtin
from marketplace.domain.catalog.rules.content import (
    MOST_BLOCKS,
    MOST_OPTIONS,
    MOST_PICTURES,
    MOST_VARIANTS,
    ListingContent,
)
from marketplace.domain.catalog.rules.taxonomy import WITH_CHOICES, AttributeField, recognised
from marketplace.kit.languages import N_
from marketplace.kit.words import fold

MOST_TAGS = 20
MOST = (
    ("pictures", MOST_PICTURES, N_("At most 15 pictures.")),
    ("options", MOST_OPTIONS, N_("At most three options are possible.")),
    ("variants", MOST_VARIANTS, N_("At most 200 variants are possible.")),
    ("blocks", MOST_BLOCKS, N_("At most 40 blocks.")),
    ("tags", MOST_TAGS, N_("At most 20 tags.")),
)
NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?")
VIDEO_HOSTS = ("youtube.com", "youtu.be", "vimeo.com", "bilibili.com", "b23.tv", "v.qq.com")


def draft_errors(content: ListingContent) -> dict[str, str]:
    """What would make even a draft unreadable: too much of something, a grid that fits no options,
    one SKU twice. A draft may otherwise be as unfinished as it likes."""
    errors = {
        field: message for field, most, message in MOST if len(getattr(content, field)) > most
    }
    if len({picture.id for picture in content.pictures}) < len(content.pictures):
        errors["pictures"] = N_("A picture is there twice.")
    errors |= _option_errors(content)
    errors |= _grid_errors(content)
    if content.video_url and not is_video(content.video_url):
        errors["video_url"] = N_("Paste a link of YouTube, Vimeo, Bilibili or Tencent Video.")
    return errors


def submit_errors(content: ListingContent, fields: Iterable[AttributeField] = ()) -> dict[str, str]:
    """Everything that keeps a listing from being sold; `fields` are those of its category."""
    errors = draft_errors(content)
    if not (content.title or content.title_zh):
        errors["title"] = N_("Enter a title in at least one language.")
    if not content.category_id:
        errors["category_id"] = N_("Choose a category.")
    if not content.pictures:
        errors["pictures"] = N_("Add at least one picture.")
    if not any(variant.is_active for variant in content.variants):
        errors["variants"] = N_("At least one variant must be for sale.")
    for place, option in enumerate(content.options):
        if not option.values:
            errors[f"options.{place}.values"] = N_("Add a value or remove the option.")
    for place, variant in enumerate(content.variants):
        if variant.is_active and variant.price <= 0:
            errors[f"variants.{place}.price"] = N_("The price must be above zero.")
        if variant.reference_price is not None and variant.reference_price <= variant.price:
            errors[f"variants.{place}.reference_price"] = N_(
                "The reference price must be above the price."
            )
        if variant.barcode and not is_gtin(variant.barcode):
            errors[f"variants.{place}.barcode"] = N_(
                "This is no bar code: its check digit is wrong."
            )
    return errors | attribute_errors(content.attributes, fields)


def attribute_errors(
    given: Mapping[str, list[str]], fields: Iterable[AttributeField]
) -> dict[str, str]:
    """By `attributes.<code>`; what the category does not ask for is nobody's mistake."""
    errors = {}
    for field in fields:
        values = [value for value in given.get(field.code, []) if value.strip()]
        if message := _attribute_error(field, values):
            errors[f"attributes.{field.code}"] = message
    return errors


def is_video(url: str) -> bool:
    """An https address of a service we can show."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    return parts.scheme == "https" and any(
        host == known or host.endswith("." + known) for known in VIDEO_HOSTS
    )


def _attribute_error(field: AttributeField, values: list[str]) -> str:
    if not values:
        return N_("This is required in its category.") if field.is_required else ""
    if field.type is not AttributeType.CHOICES and len(values) > 1:
        return N_("Only one value is possible.")
    is_read, message = _READERS.get(field.type, (None, ""))
    if field.type in WITH_CHOICES:
        is_known = all(recognised(field.values, value) for value in values)
        return "" if is_known else N_("Choose one of the values.")
    return message if is_read is not None and not is_read(values[0].strip()) else ""


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text.strip())
    except ValueError:
        return False
    return True


_READERS: dict[AttributeType, tuple[Callable[[str], bool], str]] = {
    AttributeType.NUMBER: (lambda text: bool(NUMBER.fullmatch(text)), N_("Enter a number.")),
    AttributeType.YES_NO: (lambda text: fold(text) in ("yes", "no"), N_("Answer yes or no.")),
    AttributeType.DATE: (_is_date, N_("Enter a date.")),
}


def _option_errors(content: ListingContent) -> dict[str, str]:
    errors: dict[str, str] = {}
    names: set[str] = set()
    for place, option in enumerate(content.options):
        if not option.name:
            errors[f"options.{place}.name"] = N_("Name the option, such as Colour.")
        elif fold(option.name) in names:
            errors[f"options.{place}.name"] = N_("Two options have the same name.")
        names.add(fold(option.name))
        values: set[str] = set()
        for number, value in enumerate(option.values):
            if not value.name:
                errors[f"options.{place}.values.{number}"] = N_("Name the value.")
            elif fold(value.name) in values:
                errors[f"options.{place}.values.{number}"] = N_("This value is there twice.")
            values.add(fold(value.name))
    return errors


def _grid_errors(content: ListingContent) -> dict[str, str]:
    errors: dict[str, str] = {}
    lists = [{value.name for value in option.values} for option in content.options if option.values]
    seen: set[tuple[str, ...]] = set()
    skus: set[str] = set()
    ids: set[str] = set()
    for place, variant in enumerate(content.variants):
        fits = len(variant.values) == len(lists) and all(
            value in known for value, known in zip(variant.values, lists, strict=False)
        )
        if not fits:
            errors[f"variants.{place}.values"] = N_("This variant fits none of the options.")
        elif tuple(variant.values) in seen:
            errors[f"variants.{place}.values"] = N_("This combination is there twice.")
        if variant.sku and variant.sku in skus:
            errors[f"variants.{place}.sku"] = N_("This SKU is there twice.")
        if variant.id and variant.id in ids:
            errors[f"variants.{place}.values"] = N_("This variant is there twice.")
        seen.add(tuple(variant.values))
        skus.add(variant.sku)
        ids.add(variant.id)
    return errors
