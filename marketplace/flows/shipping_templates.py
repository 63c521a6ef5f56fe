"""Deleting a shipping template: the catalogue knows what is on sale, the desk what waits to be."""

from datetime import datetime

from sqlmodel import Session

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.catalog.service import listings
from marketplace.domain.catalog.service.listings.templates import TemplateInUse
from marketplace.domain.moderation.queries import waits_to_ship_with


def delete_template(
    session: Session, member: SellerMember, template_id: str, *, at: datetime
) -> None:
    """Raises `TemplateInUse` also while an edit that names it waits for review, `NotFound`."""
    member.require(Permission.SHOP_LISTINGS_EDIT)
    if waits_to_ship_with(session, member, template_id):
        raise TemplateInUse
    listings.delete_template(session, member, template_id, at=at)
