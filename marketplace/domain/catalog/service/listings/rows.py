"""The rows of listings and variants as projections of one content, and who may touch them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Actor, Permission, SellerMember, System
from marketplace.domain.catalog.models import (
    Brand,
    Category,
    Listing,
    ListingVersion,
    ShippingTemplate,
    Variant,
)
from marketplace.domain.catalog.queries.quality import quality_of
from marketplace.domain.catalog.rules.content import ListingContent, VariantContent
from marketplace.domain.catalog.service.listings.addresses import readdress
from marketplace.domain.media.models import Purpose
from marketplace.domain.media.queries import require_owned
from marketplace.domain.media.service import attach
from marketplace.domain.sellers.queries.standing import may_edit_listings
from marketplace.kit.errors import Invalid, NotAllowed, NotFound
from marketplace.kit.languages import N_

CARRIER = System(id="catalog", name="Catalogue")
"""Carries files over that were checked when their owner chose them."""
AT_ONCE = 400


def own_listing(session: Session, member: SellerMember, listing_id: str) -> Listing:
    """The member's listing, locked. Raises `NotFound` for another seller's as for none, and
    `NotAllowed` without the permission or while editing is taken from the seller."""
    member.require(Permission.SHOP_LISTINGS_EDIT)
    row = session.exec(
        select(Listing)
        .where(Listing.id == listing_id, Listing.seller_id == member.seller_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise NotFound
    require_editing(session, member)
    return row


def require_editing(session: Session, member: SellerMember) -> None:
    if not may_edit_listings(session, member.seller_id):
        raise NotAllowed(Permission.SHOP_LISTINGS_EDIT.value)


def content_of(listing: Listing) -> ListingContent:
    """The draft."""
    return ListingContent.model_validate(listing.draft)


def live_content(session: Session, listing: Listing) -> ListingContent | None:
    """What is, or was last, on sale."""
    if not listing.live_version_id:
        return None
    version = session.get_one(ListingVersion, listing.live_version_id)
    return ListingContent.model_validate(version.content)


def document(content: ListingContent) -> dict[str, object]:
    """As rows keep it."""
    return content.model_dump(mode="json")


def pictures_of(content: ListingContent) -> list[str]:
    """Every picture it shows anywhere, in order, each once."""
    ids = [picture.id for picture in content.pictures]
    ids += [value.picture_id for option in content.options for value in option.values]
    ids += [variant.picture_id for variant in content.variants]
    ids += [id_ for block in content.blocks for id_ in block.picture_ids]
    return [id_ for id_ in dict.fromkeys(ids) if id_]


def files_of(content: ListingContent) -> list[str]:
    return [*pictures_of(content), *content.document_ids]


def check_references(session: Session, member: SellerMember, content: ListingContent) -> None:
    """What the content names must exist and be the seller's. Raises `Invalid`, `NotFound`."""
    errors = {}
    if content.category_id:
        category = session.get(Category, content.category_id)
        if category is None or not category.is_active:
            errors["category_id"] = N_("This category is not there any more. Choose another one.")
    if content.brand_id:
        brand = session.get(Brand, content.brand_id)
        if brand is None or not brand.is_active:
            errors["brand_id"] = N_("This brand is not there any more. Choose another one.")
    if content.shipping_template_id:
        template = session.get(ShippingTemplate, content.shipping_template_id)
        if template is None or template.seller_id != member.seller_id:
            errors["shipping_template_id"] = N_("This shipping template is not there any more.")
    if errors:
        raise Invalid(errors)


def check_purposes(session: Session, member: SellerMember, content: ListingContent) -> None:
    """No document may be shown as a picture, whoever uploaded it. Raises `NotFound`."""
    require_owned(session, member, pictures_of(content), Purpose.PICTURE)
    require_owned(session, member, content.document_ids, Purpose.DOCUMENT)


def check_skus(session: Session, listing: Listing, content: ListingContent) -> None:
    """Raises `Invalid` for SKUs that other listings of the seller have."""
    taken = others_skus(session, listing, (variant.sku for variant in content.variants))
    errors = {
        f"variants.{place}.sku": N_("Another listing of yours has this SKU.")
        for place, variant in enumerate(content.variants)
        if variant.sku in taken
    }
    if errors:
        raise Invalid(errors)


def others_skus(session: Session, listing: Listing, skus: Iterable[str]) -> set[str]:
    return set(
        session.exec(
            select(Variant.sku).where(
                Variant.seller_id == listing.seller_id,
                Variant.listing_id != listing.id,
                col(Variant.archived_at).is_(None),
                col(Variant.sku).in_([sku for sku in dict.fromkeys(skus) if sku]),
            )
        )
    )


def project(session: Session, listing: Listing, content: ListingContent, *, at: datetime) -> None:
    """Let the rows say what `content` says; variants not in it are archived."""
    listing.title, listing.title_zh = content.title, content.title_zh
    listing.category_id = content.category_id or None
    listing.brand_id = content.brand_id or None
    listing.cover_id = content.pictures[0].id if content.pictures else ""
    listing.tags = list(content.tags)
    sold = [variant.price for variant in content.variants if variant.is_active]
    listing.price_low, listing.price_high = (min(sold), max(sold)) if sold else (0, 0)
    listing.variant_count = len(content.variants)
    readdress(session, listing, content, at=at)
    listing.quality = quality_of(session, content).score
    listing.updated_at = at
    session.add(listing)
    session.flush()
    _project_variants(session, listing, content, at=at)


def use_files(session: Session, listing: Listing, *contents: ListingContent | None) -> None:
    """The listing's row keeps the files of its draft and of what is on sale."""
    wanted = [id_ for content in contents if content for id_ in files_of(content)]
    attach(session, CARRIER, "listing", listing.id, wanted, at=listing.updated_at)


def free_handle(session: Session, seller_id: str, wanted: str, tail: str) -> str:
    """`wanted`, or with the listing's own tail if the seller has it already."""
    taken = session.exec(
        select(Listing.id).where(Listing.seller_id == seller_id, Listing.handle == wanted)
    ).first()
    return f"{wanted[:110]}-{tail}" if taken else wanted


def _project_variants(
    session: Session, listing: Listing, content: ListingContent, *, at: datetime
) -> None:
    rows = {
        row.id: row for row in session.exec(select(Variant).where(Variant.listing_id == listing.id))
    }
    wanted = {variant.id: variant for variant in content.variants}
    for id_, row in rows.items():
        if id_ not in wanted:
            row.is_active, row.archived_at = False, row.archived_at or at
        elif row.sku != wanted[id_].sku:
            row.sku = f"~{id_}"  # two variants may swap theirs, and both are unique
    session.flush()
    for place, variant in enumerate(content.variants):
        found = rows.get(variant.id) or Variant(
            id=variant.id, listing_id=listing.id, seller_id=listing.seller_id, sku="", price=0
        )
        set_variant(found, variant, content, place)
        session.add(found)
    session.flush()


def set_variant(row: Variant, variant: VariantContent, content: ListingContent, place: int) -> None:
    row.sku, row.barcode, row.values = variant.sku, variant.barcode, list(variant.values)
    row.title = " / ".join(value for value in variant.values if value)[:200]
    row.title_zh = " / ".join(_in_chinese(content, variant.values))[:200]
    row.position, row.price = place, variant.price
    row.reference_price, row.cost = variant.reference_price, variant.cost
    row.weight, row.picture_id = variant.weight, variant.picture_id
    row.is_active, row.archived_at = variant.is_active, None


def _in_chinese(content: ListingContent, values: Sequence[str]) -> list[str]:
    options = [option for option in content.options if option.values]
    names = []
    for place, name in enumerate(values):
        known = options[place].values if place < len(options) else []
        found = next((value for value in known if value.name == name), None)
        names.append((found.name_zh if found else "") or name)
    return [name for name in names if name]


def foreign_variants(session: Session, listing_id: str, variant_ids: Sequence[str]) -> set[str]:
    """Ids among these that belong to another listing."""
    return set(
        session.exec(
            select(Variant.id).where(
                col(Variant.id).in_(variant_ids), Variant.listing_id != listing_id
            )
        )
    )


def actor_name(actor: Actor) -> str:
    return actor.name[:80]
