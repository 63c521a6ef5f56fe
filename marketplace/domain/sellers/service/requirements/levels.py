"""Levels of trust."""

from datetime import datetime

from sqlmodel import Session, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.audit import service as audit
from marketplace.domain.sellers.models import SellerLevel
from marketplace.domain.sellers.service.requirements.forms import LevelForm
from marketplace.kit.errors import Invalid, NotFound, Stale
from marketplace.kit.languages import N_

TAKEN = N_("There is one with this code.")


def save_level(
    session: Session, staff: Staff, form: LevelForm, *, version: int, at: datetime
) -> None:
    """Make (`version` 0) or change a level. Raises `Invalid`, `Stale`, `NotFound`."""
    staff.require(Permission.SELLERS_MANAGE)
    row = session.exec(
        select(SellerLevel).where(SellerLevel.code == form.code).with_for_update()
    ).first()
    if version == 0 and row is not None:
        raise Invalid({"code": TAKEN})
    if version and row is None:
        raise NotFound
    if row is not None and row.version != version:
        raise Stale
    before = row.model_dump(exclude={"version"}) if row else None
    row = row or SellerLevel(**form.model_dump(), version=0)
    for name, value in form.model_dump().items():
        setattr(row, name, value)
    row.version += 1
    session.add(row)
    session.flush()
    audit.record(
        session,
        staff,
        "sellers.level_saved",
        "seller_level",
        form.code,
        at=at,
        before=before,
        after=form.model_dump(),
    )
