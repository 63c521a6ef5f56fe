"""Shipping templates: how a seller ships a kind of goods."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field
from sqlmodel import Session, col, or_, select

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.audit import service as audit
from marketplace.domain.catalog.models import (
    Listing,
    ListingStatus,
    ListingVersion,
    ShippingTemplate,
)
from marketplace.domain.catalog.rules.content import Amount
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
    before = _facts(row) if row else {}
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
    _audit(
        session, member, "catalog.template_saved", row.id, at=at, before=before, after=_facts(row)
    )
    return row.id


def delete_template(
    session: Session, member: SellerMember, template_id: str, *, at: datetime
) -> None:
    """Raises `TemplateInUse`, `NotFound`."""
    member.require(Permission.SHOP_LISTINGS_EDIT)
    row = _own(session, member, template_id)
    before = _facts(row)
    if _is_used(session, row):
        raise TemplateInUse
    session.delete(row)
    session.flush()
    _audit(session, member, "catalog.template_deleted", template_id, at=at, before=before)


def _is_used(session: Session, row: ShippingTemplate) -> bool:
    """By a working copy or by what is on sale; the archive keeps nothing back."""
    named = "shipping_template_id"
    use = (
        select(Listing.id)
        .outerjoin(ListingVersion, col(ListingVersion.id) == col(Listing.live_version_id))
        .where(
            Listing.seller_id == row.seller_id,
            Listing.status != ListingStatus.ARCHIVED,
            or_(
                col(Listing.draft)[named].as_string() == row.id,
                col(ListingVersion.content)[named].as_string() == row.id,
            ),
        )
    )
    return session.exec(use.limit(1)).first() is not None


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


def _facts(row: ShippingTemplate) -> dict[str, Any]:
    """What it costs a buyer: the audit log's before and after."""
    return {
        "name": row.name,
        "fee": row.fee,
        "free_from": row.free_from,
        "handling_days": row.handling_days,
    }


def _audit(
    session: Session,
    member: SellerMember,
    action: str,
    template_id: str,
    *,
    at: datetime,
    before: dict[str, Any],
    after: dict[str, Any] | None = None,
) -> None:
    audit.record(
        session,
        member,
        action,
        "shipping_template",
        template_id,
        at=at,
        before=before,
        after=after or {},
        seller_id=member.seller_id,
    )
