"""What can be bought now, by SKU: the price of this moment, and whether it is for sale at all."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, select

from marketplace.domain.catalog.models import Listing, ListingStatus, ListingVersion, Variant
from marketplace.domain.sellers.models import Seller, Switch
from marketplace.domain.sellers.queries.standing import switches_off_of
from marketplace.domain.sellers.rules import SHOWN


@dataclass(frozen=True, slots=True)
class Offer:
    """One SKU as it is sold. Prices in minor units, `weight` in grams. What is not `is_for_sale`
    keeps its names, so that a cart can say what is gone."""

    variant_id: str
    listing_id: str
    slug: str
    seller_id: str
    seller: str
    seller_zh: str
    seller_slug: str
    title: str
    title_zh: str
    kind: str
    """The chosen values, joined; empty where there is nothing to choose."""
    kind_zh: str
    sku: str
    picture_id: str
    price: int
    currency: str
    weight: int
    shipping_template_id: str
    is_for_sale: bool


def offers(session: Session, variant_ids: Collection[str]) -> dict[str, Offer]:
    """By SKU; unknown ones are left out. Stock is asked of the inventory. Public."""
    template = col(ListingVersion.content)["shipping_template_id"].as_string()
    rows = session.execute(
        select(Variant, Listing, Seller, template)
        .join(Listing, col(Listing.id) == col(Variant.listing_id))
        .join(Seller, col(Seller.id) == col(Listing.seller_id))
        .join(ListingVersion, col(ListingVersion.id) == col(Listing.live_version_id), isouter=True)
        .where(col(Variant.id).in_(variant_ids))
    ).all()
    off = switches_off_of(session, {seller.id for _, _, seller, _ in rows})
    return {
        variant.id: Offer(
            variant_id=variant.id,
            listing_id=listing.id,
            slug=listing.slug,
            seller_id=seller.id,
            seller=seller.name,
            seller_zh=seller.name_zh or seller.name,
            seller_slug=seller.slug,
            title=listing.title or listing.title_zh,
            title_zh=listing.title_zh or listing.title,
            kind=variant.title or variant.title_zh,
            kind_zh=variant.title_zh or variant.title,
            sku=variant.sku,
            picture_id=variant.picture_id or listing.cover_id,
            price=variant.price,
            currency=listing.currency,
            weight=variant.weight,
            shipping_template_id=template_id or "",
            is_for_sale=listing.status is ListingStatus.LIVE
            and variant.is_active
            and variant.archived_at is None
            and seller.status in SHOWN
            and Switch.BUYABLE not in off.get(seller.id, frozenset()),
        )
        for variant, listing, seller, template_id in rows
    }
