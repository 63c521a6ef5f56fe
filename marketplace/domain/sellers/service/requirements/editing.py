"""Staff make requirements, change them, and ask for them or no longer."""

from datetime import datetime

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.audit import service as audit
from marketplace.domain.sellers.models import (
    Requirement,
    RequirementKind,
    SellerDeadline,
)
from marketplace.domain.sellers.rules import requirements as rules
from marketplace.domain.sellers.service.requirements.deadlines import begin_deadlines
from marketplace.domain.sellers.service.requirements.forms import RequirementForm
from marketplace.kit.errors import Invalid, NotFound, Stale
from marketplace.kit.ids import new_id
from marketplace.kit.languages import N_

TAKEN = N_("There is one with this code.")
ONE_ONLY = N_("There is one of this kind already: its step exists once.")
EDITED = (
    "name",
    "name_zh",
    "help",
    "help_zh",
    "is_required",
    "business_types",
    "category_ids",
    "expires",
    "grace_days",
    "days_to_comply",
    "position",
)
"""What a later change may touch: code and kind are what other rows rely on."""


def save(
    session: Session,
    staff: Staff,
    form: RequirementForm,
    *,
    requirement_id: str = "",
    version: int = 0,
    at: datetime,
) -> str:
    """Make or change a requirement; returns its id. Raises `Invalid`, `Stale`, `NotFound`.

    A live shop it newly concerns gets a deadline; nothing is switched off at once.
    """
    staff.require(Permission.SELLERS_MANAGE)
    _check_kind(session, form, requirement_id)
    row = _locked(session, requirement_id, version) if requirement_id else _new(session, form)
    before = _told(row)
    for name in EDITED:
        setattr(row, name, getattr(form, name))
    row.condition = _condition(form)
    row.version += 1
    session.add(row)
    session.flush()
    begin_deadlines(session, row, at=at)
    audit.record(
        session,
        staff,
        "sellers.requirement_saved",
        "requirement",
        row.id,
        at=at,
        before=before,
        after=_told(row),
    )
    return row.id


def set_active(
    session: Session,
    staff: Staff,
    requirement_id: str,
    *,
    is_active: bool,
    version: int,
    at: datetime,
) -> None:
    """Ask for it again, or no longer; deadlines of one nobody asks for are met by that."""
    staff.require(Permission.SELLERS_MANAGE)
    row = _locked(session, requirement_id, version)
    before = row.is_active
    row.is_active, row.version = is_active, row.version + 1
    session.add(row)
    session.flush()
    if is_active:
        begin_deadlines(session, row, at=at)
    else:
        for deadline in session.exec(
            select(SellerDeadline).where(
                SellerDeadline.requirement_id == row.id, col(SellerDeadline.met_at).is_(None)
            )
        ):
            deadline.met_at = at
            session.add(deadline)
    audit.record(
        session,
        staff,
        "sellers.requirement_switched",
        "requirement",
        row.id,
        at=at,
        before={"is_active": before},
        after={"is_active": is_active},
    )


def _check_kind(session: Session, form: RequirementForm, requirement_id: str) -> None:
    """A kind that is a step of the wizard exists once."""
    errors = {}
    twin = session.exec(select(Requirement).where(Requirement.code == form.code)).first()
    if twin is not None and twin.id != requirement_id:
        errors["code"] = TAKEN
    kind = RequirementKind(form.kind)
    if kind not in rules.FILED:
        same = session.exec(select(Requirement).where(Requirement.kind == kind)).first()
        if same is not None and same.id != requirement_id:
            errors["kind"] = ONE_ONLY
    if errors:
        raise Invalid(errors)


def _new(session: Session, form: RequirementForm) -> Requirement:
    return Requirement(
        id=new_id("req"),
        code=form.code,
        kind=RequirementKind(form.kind),
        name=form.name,
        name_zh=form.name_zh,
        version=0,
    )


def _locked(session: Session, requirement_id: str, version: int) -> Requirement:
    row = session.exec(
        select(Requirement).where(Requirement.id == requirement_id).with_for_update()
    ).first()
    if row is None:
        raise NotFound
    if row.version != version:
        raise Stale
    return row


def _condition(form: RequirementForm) -> dict[str, int] | None:
    if not form.orders and not form.turnover:
        return None
    return {
        "window_days": rules.WINDOW_DAYS,
        "orders": form.orders,
        "turnover": form.turnover,
    }


def _told(row: Requirement) -> dict[str, object]:
    return row.model_dump(exclude={"id", "version", "help", "help_zh"}, mode="json")
