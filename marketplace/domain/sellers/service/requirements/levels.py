"""Levels of trust, and the versions of the agreement."""

from datetime import datetime

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.audit import service as audit
from marketplace.domain.sellers.models import (
    Agreement,
    SellerLevel,
)
from marketplace.domain.sellers.service.requirements.forms import AgreementForm, LevelForm
from marketplace.kit.errors import Invalid, NotFound, Stale
from marketplace.kit.languages import N_

TAKEN = N_("There is one with this code.")
SAME_TEXTS = N_("This is word for word the version that holds today.")
BOTH_TEXTS = N_("Write the agreement in both languages.")


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


def publish_agreement(
    session: Session, staff: Staff, form: AgreementForm, *, follows: int, at: datetime
) -> int:
    """The next version, for applications from now on; earlier ones are never changed.

    `follows` is the newest version its writer knew, 0 for none. Raises `Invalid`, `Stale` if
    somebody published another one meanwhile.
    """
    staff.require(Permission.SELLERS_MANAGE)
    if errors := {
        name: BOTH_TEXTS for name in ("text", "text_zh") if not getattr(form, name).strip()
    }:
        raise Invalid(errors)
    newest_row = session.exec(
        select(Agreement).order_by(col(Agreement.version).desc()).limit(1).with_for_update()
    ).first()
    newest = newest_row.version if newest_row else 0
    if newest != follows:
        raise Stale
    if newest_row and (newest_row.text, newest_row.text_zh) == (form.text, form.text_zh):
        raise Invalid(dict.fromkeys(("text", "text_zh"), SAME_TEXTS))
    number = newest + 1
    session.add(Agreement(version=number, text=form.text, text_zh=form.text_zh, published_at=at))
    session.flush()
    audit.record(
        session,
        staff,
        "sellers.agreement_published",
        "agreement",
        str(number),
        at=at,
        after={"version": number},
    )
    return number
