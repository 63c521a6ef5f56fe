"""A listing as buyers see it: the live version alone, and only while it is on sale."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from marketplace.domain.catalog.models import Listing, ListingRedirect, ShippingTemplate
from marketplace.domain.catalog.queries.listings.editing import version_content
from marketplace.domain.catalog.queries.listings.prices import price_facts
from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.catalog.rules.machine import BUYERS_SEE
from marketplace.domain.catalog.rules.prices import is_proved
from marketplace.domain.sellers.models import Seller, SellerStatus, Switch
from marketplace.domain.sellers.queries.standing import switches_off
from marketplace.domain.sellers.rules import SHOWN
from marketplace.kit.clock import iso
from marketplace.kit.errors import NotFound


@dataclass(frozen=True, slots=True)
class PageVariant:
    """Minor units. `reference_price` is there only if it is proved by what was charged."""

    id: str
    sku: str
    values: tuple[str, ...]
    price: int
    reference_price: int | None
    lowest_30d: int | None
    picture_id: str


@dataclass(frozen=True, slots=True)
class Postage:
    """What sending an order costs, minor units; `free_from` None: never free."""

    fee: int
    free_from: int | None


@dataclass(frozen=True, slots=True)
class ListingPage:
    """What is on sale now. `is_buyable` says the seller's side of it; stock is asked elsewhere."""

    id: str
    slug: str
    seller_id: str
    seller: str
    seller_zh: str
    seller_slug: str
    currency: str
    content: ListingContent
    variants: tuple[PageVariant, ...]
    is_buyable: bool
    is_paused: bool
    paused_until: str
    """ISO, UTC; empty if the shop is not paused, or did not say."""
    postage: Postage | None
    rating_bps: int
    rating_count: int
    sold_30d: int
    published_at: str


def listing_page(session: Session, slug: str, *, at: datetime) -> ListingPage:
    """At its address or one it had before; `slug` of the answer is the present one.

    Raises `NotFound` unless it is on sale in a shop buyers find.
    """
    listing = session.exec(select(Listing).where(Listing.slug == slug)).first()
    if listing is None and (moved := session.get(ListingRedirect, slug)) is not None:
        listing = session.get_one(Listing, moved.listing_id)
    if listing is None:
        raise NotFound
    return page_of(session, listing, at=at)


def page_of(session: Session, listing: Listing, *, at: datetime) -> ListingPage:
    seller = session.get_one(Seller, listing.seller_id)
    content = version_content(session, listing.live_version_id)
    if content is None or listing.status not in BUYERS_SEE or seller.status not in SHOWN:
        raise NotFound
    off = switches_off(session, seller.id)
    is_paused = seller.status is SellerStatus.PAUSED
    known = price_facts(session, (variant.id for variant in content.variants), at=at)
    return ListingPage(
        id=listing.id,
        slug=listing.slug,
        seller_id=seller.id,
        seller=seller.name,
        seller_zh=seller.name_zh,
        seller_slug=seller.slug,
        currency=listing.currency,
        content=_public(content),
        variants=tuple(
            PageVariant(
                variant.id,
                variant.sku,
                tuple(variant.values),
                variant.price,
                variant.reference_price
                if is_proved(variant.reference_price, variant.price, known[variant.id])
                else None,
                known[variant.id].lowest_30d,
                variant.picture_id,
            )
            for variant in content.variants
            if variant.is_active
        ),
        is_buyable=Switch.BUYABLE not in off,
        is_paused=is_paused,
        paused_until=iso(seller.paused_until) if is_paused else "",
        postage=_postage(session, seller.id, content.shipping_template_id),
        rating_bps=listing.rating_bps,
        rating_count=listing.rating_count,
        sold_30d=listing.sold_30d,
        published_at=iso(listing.published_at),
    )


def _postage(session: Session, seller_id: str, template_id: str) -> Postage | None:
    template = session.get(ShippingTemplate, template_id) if template_id else None
    if template is None or template.seller_id != seller_id:
        return None
    return Postage(template.fee, template.free_from)


def _public(content: ListingContent) -> ListingContent:
    """Without what is the seller's own business: costs, documents, columns of an import."""
    variants = [
        variant.model_copy(update={"cost": None, "extra": {}, "low_at": 0, "reference_price": None})
        for variant in content.variants
        if variant.is_active
    ]
    return content.model_copy(update={"variants": variants, "document_ids": [], "extra": {}})
