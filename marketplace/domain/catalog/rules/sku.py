"""SKU codes: `SPU-OPTION1-OPTION2` in upper-case ASCII (reference/ux.md 3.3)."""

from collections.abc import Collection, Sequence

from slugify import slugify

from marketplace.domain.catalog.rules.content import ListingContent, VariantContent
from marketplace.domain.catalog.rules.slugs import slug_of

LONGEST = 80
LONGEST_BASE = 32
LONGEST_PART = 12


def default_sku(base: str, values: Sequence[str]) -> str:
    """`base` is the listing's slug or handle. Values without an ASCII spelling are in pinyin."""
    head = slugify(base, max_length=LONGEST_BASE, word_boundary=True) or "sku"
    parts = [slug_of(value)[:LONGEST_PART].strip("-") for value in values]
    return "-".join([head, *(part for part in parts if part)]).upper()[:LONGEST]


def fill(content: ListingContent, base: str, taken: Collection[str] = ()) -> ListingContent:
    """Variants without a SKU get one that nobody else has; those with one keep it."""
    used = {*taken, *(variant.sku for variant in content.variants if variant.sku)}
    filled: list[VariantContent] = []
    for variant in content.variants:
        if not variant.sku:
            sku = _free(default_sku(base, variant.values), used)
            used.add(sku)
            filled.append(variant.model_copy(update={"sku": sku}))
        else:
            filled.append(variant)
    return content.model_copy(update={"variants": filled})


def _free(wanted: str, used: Collection[str]) -> str:
    sku, number = wanted, 1
    while sku in used:
        number += 1
        end = f"-{number}"
        sku = wanted[: LONGEST - len(end)] + end
    return sku
