"""Shops with members and listings, for tests of what sellers sell."""

from sqlmodel import Session

from marketplace.domain.access.models import SELLER_PERMISSIONS, Permission, SellerMember
from marketplace.domain.catalog.rules.content import ListingContent, VariantContent
from marketplace.domain.catalog.service import listings
from marketplace.domain.sellers import service as sellers
from marketplace.kit.ids import new_id
from tests.make import people
from tests.make.moments import MONDAY


def open_shop(session: Session, slug: str = "a") -> str:
    """Returns the seller's id."""
    return sellers.open_seller(session, people.JOB, name=slug, slug=slug, at=MONDAY)


def owner_of(
    session: Session,
    seller_id: str,
    *,
    id_: str = "per_owner",
    permissions: frozenset[Permission] = SELLER_PERMISSIONS,
) -> SellerMember:
    """Somebody who may do everything in the shop, with a row of their own."""
    people.person_row(session, id=id_)
    return SellerMember(
        id=id_,
        name="Qiu Shan",
        permissions=permissions,
        seller_id=seller_id,
        seller_name="A",
        role="Owner",
        proved_at=MONDAY,
    )


def lamp(
    session: Session, member: SellerMember, *skus: str, handle: str = "lamp", price: int = 5990
) -> list[str]:
    """A draft with one variant per SKU; returns the variants' ids."""
    options = [{"name": "Size", "values": [{"name": sku} for sku in skus]}] if len(skus) > 1 else []
    variants = [
        VariantContent(id=new_id("var"), sku=sku, price=price, values=[sku] if options else [])
        for sku in skus
    ]
    content = ListingContent.model_validate(
        {
            "title": "Lamp",
            "title_zh": "灯",
            "options": options,
            "variants": [variant.model_dump(mode="json") for variant in variants],
        }
    )
    listings.create_draft(session, member, at=MONDAY, content=content, handle=handle)
    return [variant.id for variant in variants]
