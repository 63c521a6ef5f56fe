"""Which change reaches buyers how: the table of fields, by how far a seller is trusted.

reference/features.md 2.3; reference/ux.md SE-04.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.catalog.rules.prices import is_near
from marketplace.domain.moderation.models import ReviewPolicy

P = ReviewPolicy
STRICTNESS = (P.AUTO, P.POST_REVIEW, P.PRE_REVIEW)
WHOLE = 10_000

FIELDS: Mapping[str, ReviewPolicy] = {
    "title": P.PRE_REVIEW,
    "title_zh": P.PRE_REVIEW,
    "category_id": P.PRE_REVIEW,
    "brand_id": P.PRE_REVIEW,
    "pictures": P.PRE_REVIEW,
    "video_url": P.PRE_REVIEW,
    "options": P.PRE_REVIEW,
    "variants.rows": P.PRE_REVIEW,
    "variants.picture_id": P.PRE_REVIEW,
    "document_ids": P.PRE_REVIEW,
    "blocks": P.POST_REVIEW,
    "seo": P.POST_REVIEW,
    "slug": P.POST_REVIEW,
    "tags": P.POST_REVIEW,
    "attributes": P.POST_REVIEW,
    "shipping_template_id": P.AUTO,
    "handling_days": P.AUTO,
    "parcel": P.AUTO,
    "return_days": P.AUTO,
    "warranty_months": P.AUTO,
    "protects_price": P.AUTO,
    "variants.sku": P.AUTO,
    "variants.barcode": P.AUTO,
    "variants.cost": P.AUTO,
    "variants.weight": P.AUTO,
    "variants.low_at": P.AUTO,
    "variants.is_active": P.AUTO,
    "variants.reference_price": P.AUTO,
    "variants.extra": P.AUTO,
    "extra": P.AUTO,
}
"""`variants.price` is judged by its 30-day median, restricted attributes by themselves."""

TRUSTED: Mapping[str, ReviewPolicy] = {
    "title": P.POST_REVIEW,
    "title_zh": P.POST_REVIEW,
    "pictures": P.POST_REVIEW,
    "video_url": P.POST_REVIEW,
    "options": P.POST_REVIEW,
    "variants.rows": P.POST_REVIEW,
    "variants.picture_id": P.POST_REVIEW,
    "blocks": P.AUTO,
    "tags": P.AUTO,
    "attributes": P.AUTO,
    "seo": P.AUTO,
    "slug": P.AUTO,
}
"""What a seller whose pictures are trusted need not wait for."""


@dataclass(frozen=True, slots=True)
class Trust:
    """How far a seller's level is trusted; rates in basis points."""

    position: int = 0
    price_band_bps: int = 0
    trusts_images: bool = False
    sample_bps: int = WHOLE


@dataclass(frozen=True, slots=True)
class Setting:
    """What the change is judged against. `medians` by variant id, minor units."""

    trust: Trust
    medians: Mapping[str, int | None]
    restricted_codes: Collection[str] = ()
    is_restricted: bool = False
    """The category it is in, or was in: what buyers read of such listings always waits."""


def strictest(policies: Iterable[ReviewPolicy]) -> ReviewPolicy:
    return max(policies, key=STRICTNESS.index, default=P.AUTO)


def new_listing(setting: Setting, flagged: bool) -> ReviewPolicy:
    """A first listing waits, unless its seller is trusted and nothing speaks against it."""
    if setting.is_restricted or flagged or not setting.trust.trusts_images:
        return P.PRE_REVIEW
    return P.POST_REVIEW


def of_unit(unit: str, live: ListingContent, new: ListingContent, setting: Setting) -> ReviewPolicy:
    """`unit` as `catalog.rules.merge` names it."""
    name, _, rest = unit.partition(".")
    if name == "attributes":
        restricted = rest in setting.restricted_codes
        return P.PRE_REVIEW if restricted else _of_field("attributes", setting)
    if name == "variants" and unit.endswith(".price"):
        return of_price(unit.split(".")[1], live, new, setting)
    if name == "blocks" and _shows_new_pictures(live, new):
        return _of_field("pictures", setting)
    field = f"variants.{rest.split('.')[-1]}" if name == "variants" else name
    return _of_field(field, setting)


def of_price(
    variant_id: str, live: ListingContent, new: ListingContent, setting: Setting
) -> ReviewPolicy:
    """Near its median at once; far below is on sale at once and looked at; far above waits."""
    before = {variant.id: variant.price for variant in live.variants}.get(variant_id)
    price = {variant.id: variant.price for variant in new.variants}[variant_id]
    median = setting.medians.get(variant_id)
    if is_near(price, median, setting.trust.price_band_bps):
        return P.AUTO
    is_cut = before is not None and price < before and median is not None and price < median
    return P.POST_REVIEW if is_cut and not setting.is_restricted else P.PRE_REVIEW


def is_sampled(change_set_id: str, sample_bps: int) -> bool:
    """Whether staff look at this automatic approval afterwards: the same answer each time."""
    number = int.from_bytes(sha256(change_set_id.encode()).digest()[:8])
    return number % WHOLE < sample_bps


def _of_field(field: str, setting: Setting) -> ReviewPolicy:
    """What the table does not know waits: a field somebody adds is safe until it is judged. In a
    restricted category whatever buyers read waits, however far its seller is trusted."""
    usual = FIELDS.get(field, P.PRE_REVIEW)
    if setting.is_restricted:
        return usual if usual is P.AUTO else P.PRE_REVIEW
    return TRUSTED.get(field, usual) if setting.trust.trusts_images else usual


def _shows_new_pictures(live: ListingContent, new: ListingContent) -> bool:
    before = {id_ for block in live.blocks for id_ in block.picture_ids}
    before |= {picture.id for picture in live.pictures}
    return any(id_ not in before for block in new.blocks for id_ in block.picture_ids)
