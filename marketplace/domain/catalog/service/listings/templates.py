"""Shipping templates: how a seller ships a kind of goods."""

from datetime import datetime
from typing import Annotated

from pydantic import Field
from sqlmodel import Session, select

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.catalog.models import Listing, ListingStatus, ShippingTemplate
from marketplace.domain.catalog.rules.content import Amount, ListingContent
from marketplace.kit.errors import DomainError, Invalid, NotFound, Stale
from marketplace.kit.ids import new_id
from marketplace.kit.languages import N_
from marketplace.kit.text import Name, Payload

MOST_TEMPLATES = 30


class TemplateInUse(DomainError):
    message = N_("Listings use this template. Give them another one first.")


class TemplateForm(Payload):
    """`fee` and `free_from` in minor units per order; `free_from` None: never free."""

    name: Name
    handling_days: Annotated[int, Field(ge=0, le=60)] = 2
    fee: Amount = 0
    free_from: Amount | None = None
    is_default: bool = False


def save_template(
    session: Session,
    member: SellerMember,
    form: TemplateForm,
    *,
    at: datetime,
    template_id: str = "",
    version: int = 0,
) -> str:
    """A new one, or with `template_id` that one. Returns its id. Raises `Invalid`, `Stale`,
    `NotFound`."""
    member.require(Permission.SHOP_LISTINGS_EDIT)
    others = [row for row in _all(session, member) if row.id != template_id]
    if any(row.name == form.name for row in others):
        raise Invalid({"name": N_("Another template has this name.")})
    if len(others) >= MOST_TEMPLATES:
        raise Invalid({"name": N_("At most 30 templates.")})
    row = _own(session, member, template_id) if template_id else None
    if row is None:
        row = ShippingTemplate(id=new_id("shp"), seller_id=member.seller_id, name=form.name)
    elif row.version != version:
        raise Stale
    else:
        row.version += 1
    row.name, row.handling_days = form.name, form.handling_days
    row.fee, row.free_from = form.fee, form.free_from
    row.is_default = form.is_default or not others
    for other in others if row.is_default else ():
        other.is_default = False
    session.add(row)
    session.flush()
    return row.id


def delete_template(
    session: Session, member: SellerMember, template_id: str, *, at: datetime
) -> None:
    """Raises `TemplateInUse`, `NotFound`."""
    member.require(Permission.SHOP_LISTINGS_EDIT)
    row = _own(session, member, template_id)
    drafts = session.exec(
        select(Listing.draft).where(
            Listing.seller_id == member.seller_id, Listing.status != ListingStatus.ARCHIVED
        )
    )
    if any(ListingContent.model_validate(d).shipping_template_id == row.id for d in drafts):
        raise TemplateInUse
    session.delete(row)
    session.flush()


def _all(session: Session, member: SellerMember) -> list[ShippingTemplate]:
    return list(
        session.exec(
            select(ShippingTemplate)
            .where(ShippingTemplate.seller_id == member.seller_id)
            .with_for_update()
        )
    )


def _own(session: Session, member: SellerMember, template_id: str) -> ShippingTemplate:
    row = session.get(ShippingTemplate, template_id)
    if row is None or row.seller_id != member.seller_id:
        raise NotFound
    return row
