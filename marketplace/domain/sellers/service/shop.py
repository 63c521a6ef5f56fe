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
from marketplace.domain.sellers.rules.forms import ProfileForm
from marketplace.domain.sellers.service.applications.saving import NAME_TAKEN
from marketplace.domain.sellers.service.telling import tell_market
from marketplace.kit.errors import Invalid, Stale

FACE = ("name", "name_zh", "about", "about_zh", "logo_id")


def save_profile(
    session: Session, member: SellerMember, form: ProfileForm, *, version: int, at: datetime
) -> int:
    """Name, words and logo; returns the new version. The address stays: links lead to it.

    Raises `Invalid`, `Stale`, `NotFound` for a logo that is not the shop's.
    """
    member.require(Permission.SHOP_MANAGE)
    row = session.exec(select(Seller).where(Seller.id == member.seller_id).with_for_update()).one()
    if row.version != version:
        raise Stale
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
    before = {name: getattr(row, name) for name in FACE}
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
        after={name: getattr(row, name) for name in FACE},
    )
    return row.version
