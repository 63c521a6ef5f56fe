"""The face of an open shop, as its members edit it."""

from datetime import datetime

from sqlmodel import Session, select

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.audit import service as audit
from marketplace.domain.media import queries as media_queries
from marketplace.domain.media import service as media
from marketplace.domain.media.models import Purpose
from marketplace.domain.sellers.models import Seller
from marketplace.domain.sellers.queries.applications.names import is_name_taken
from marketplace.domain.sellers.rules.forms import (
    AddressesForm,
    ProfileForm,
    address_errors,
    address_of,
)
from marketplace.domain.sellers.service.applications.saving import NAME_TAKEN
from marketplace.domain.sellers.service.telling import tell_market
from marketplace.kit.errors import Invalid, Stale

ADDRESSES = ("ship_from", "return_to")
FACE = ("name", "name_zh", "about", "about_zh", "logo_id")


def save_profile(
    session: Session, member: SellerMember, form: ProfileForm, *, version: int, at: datetime
) -> int:
    """Name, words and logo; returns the new version. The address stays: links lead to it.

    Raises `Invalid`, `Stale`, `NotFound` for a logo that is not the shop's.
    """
    member.require(Permission.SHOP_MANAGE)
    row = _locked(session, member, version)
    errors = {}
    for name in ("name", "name_zh"):
        wanted = str(getattr(form, name))
        if wanted and is_name_taken(session, member, wanted, seller_id=row.id):
            errors[name] = NAME_TAKEN
    if errors:
        raise Invalid(errors)
    if form.logo_id != row.logo_id:
        media_queries.require_owned(session, member, [form.logo_id], Purpose.PICTURE)
        media.attach(session, member, "seller", row.id, [form.logo_id], at=at)
    before = _said(row, FACE)
    for name in FACE:
        setattr(row, name, getattr(form, name))
    row.version += 1
    session.add(row)
    session.flush()
    tell_market(session, row.id, at=at)
    audit.record(
        session,
        member,
        "sellers.profile_saved",
        "seller",
        row.id,
        at=at,
        before=before,
        after=_said(row, FACE),
    )
    return row.version


def save_addresses(
    session: Session, member: SellerMember, form: AddressesForm, *, version: int, at: datetime
) -> int:
    """Where parcels leave and come back to; returns the new version.

    Parcels that are on their way keep the address they were given. Raises `Invalid`, `Stale`.
    """
    member.require(Permission.SHOP_MANAGE)
    row = _locked(session, member, version)
    if errors := address_errors(form):
        raise Invalid(errors)
    before, given = _said(row, ADDRESSES), form.model_dump()
    row.ship_from, row.return_to = address_of(given, "ship"), address_of(given, "return")
    if _said(row, ADDRESSES) == before:
        return row.version
    row.version += 1
    session.add(row)
    session.flush()
    audit.record(
        session,
        member,
        "sellers.addresses_saved",
        "seller",
        row.id,
        at=at,
        before=before,
        after=_said(row, ADDRESSES),
    )
    return row.version


def _locked(session: Session, member: SellerMember, version: int) -> Seller:
    row = session.exec(select(Seller).where(Seller.id == member.seller_id).with_for_update()).one()
    if row.version != version:
        raise Stale
    return row


def _said(row: Seller, names: tuple[str, ...]) -> dict[str, object]:
    return {name: getattr(row, name) for name in names}
