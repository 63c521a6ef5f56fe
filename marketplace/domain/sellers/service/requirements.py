"""What staff configure: requirements, levels, the agreement; and what every installation has."""

from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field
from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.audit import service as audit
from marketplace.domain.sellers.models import (
    Agreement,
    Requirement,
    RequirementKind,
    Seller,
    SellerDeadline,
    SellerLevel,
)
from marketplace.domain.sellers.queries.documents import application_of
from marketplace.domain.sellers.queries.requirements import newest, today_of
from marketplace.domain.sellers.rules import applications as applications_rules
from marketplace.domain.sellers.rules import requirements as rules
from marketplace.domain.sellers.rules import standing
from marketplace.domain.sellers.rules.agreement import TEXT, TEXT_ZH
from marketplace.domain.sellers.rules.defaults import LEVELS, REQUIREMENTS
from marketplace.domain.sellers.rules.requirements import RequirementState
from marketplace.domain.sellers.service.telling import day, tell_shop
from marketplace.kit.errors import Invalid, NotFound, Stale
from marketplace.kit.ids import new_id
from marketplace.kit.languages import N_
from marketplace.kit.rows import insert_if_absent
from marketplace.kit.text import Id, Key, Name, Payload, Prose

Kind = Literal["contact", "legal", "shop", "bank", "agreement", "document", "attestation"]
Business = Literal["individual", "sole_trader", "company", "cross_border"]
Days = Annotated[int, Field(ge=0, le=365)]
Bps = Annotated[int, Field(ge=0, le=10_000)]
Text = Annotated[str, Field(max_length=400)]

TAKEN = N_("There is one with this code.")
ONE_ONLY = N_("There is one of this kind already: its step exists once.")
BOTH_TEXTS = N_("Write the agreement in both languages.")
DOCUMENTS = "/seller/settings/documents"
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


class RequirementForm(Payload):
    """`orders` and `turnover` (minor units) in a year: from then on it applies; 0 and 0: always."""

    code: Key
    kind: Kind
    name: Name
    name_zh: Name
    help: Text = ""
    help_zh: Text = ""
    is_required: bool = True
    business_types: Annotated[list[Business], Field(max_length=4)] = []  # noqa: RUF012  pydantic copies it
    category_ids: Annotated[list[Id], Field(max_length=50)] = []  # noqa: RUF012  the same
    expires: bool = False
    grace_days: Days = 7
    days_to_comply: Days = 30
    position: Annotated[int, Field(ge=0, le=10_000)] = 100
    orders: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    turnover: Annotated[int, Field(ge=0, le=10**12)] = 0


class LevelForm(Payload):
    code: Key
    name: Annotated[Name, Field(max_length=40)]
    name_zh: Annotated[Name, Field(max_length=40)]
    position: Annotated[int, Field(ge=0, le=100)]
    price_band_bps: Bps
    trusts_images: bool = False
    sample_bps: Bps
    most_listings: Annotated[int, Field(ge=1, le=10_000_000)]


class AgreementForm(Payload):
    text: Annotated[Prose, Field(max_length=40_000)]
    text_zh: Annotated[Prose, Field(max_length=40_000)]


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


def publish_agreement(session: Session, staff: Staff, form: AgreementForm, *, at: datetime) -> int:
    """The next version, for applications from now on; earlier ones are never changed."""
    staff.require(Permission.SELLERS_MANAGE)
    if errors := {
        name: BOTH_TEXTS for name in ("text", "text_zh") if not getattr(form, name).strip()
    }:
        raise Invalid(errors)
    newest_row = session.exec(
        select(Agreement).order_by(col(Agreement.version).desc()).limit(1).with_for_update()
    ).first()
    number = newest_row.version + 1 if newest_row else 1
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


def begin_deadlines(session: Session, row: Requirement, *, at: datetime) -> int:
    """Deadlines for the live shops a fixed requirement newly concerns; returns how many."""
    if not row.is_active or not row.is_required or row.condition is not None:
        return 0
    if row.kind not in rules.FILED:
        return 0
    sellers = session.exec(
        select(Seller).where(col(Seller.status).in_(standing.LIVE), Seller.application_id != "")
    )
    return sum(begin_deadline(session, seller.id, row, at=at) for seller in sellers.all())


def begin_deadline(session: Session, seller_id: str, row: Requirement, *, at: datetime) -> bool:
    """One deadline, once, and a letter about it; nothing for who meets it already."""
    application = application_of(session, seller_id)
    if application is None or not rules.concerns(
        row, application.business_type, applications_rules.lineage(application)
    ):
        return False
    given = newest(session, seller_id=seller_id).get(row.id)
    if rules.state_of(given, today_of(at)) is RequirementState.COMPLETE:
        return False
    due_at = at + timedelta(days=row.days_to_comply)
    is_new = insert_if_absent(
        session,
        SellerDeadline,
        id=new_id("dea"),
        seller_id=seller_id,
        requirement_id=row.id,
        began_at=at,
        due_at=due_at,
        met_at=None,
    )
    if is_new:
        tell_shop(
            session,
            seller_id,
            N_("Something new is needed for your shop: {item}."),
            at=at,
            link=DOCUMENTS,
            letter="requirement_new",
            days={"until": day(due_at)},
            item=row.name,
        )
    return is_new


def ensure_defaults(session: Session, *, at: datetime) -> None:
    """What every installation begins with; what staff changed since stays. Safe to repeat."""
    for position, default in enumerate(REQUIREMENTS, 1):
        insert_if_absent(
            session,
            Requirement,
            id=new_id("req"),
            code=default.code,
            kind=default.kind,
            name=default.name,
            name_zh=default.name_zh,
            help=default.help,
            help_zh=default.help_zh,
            is_required=default.is_required,
            business_types=list(default.business_types),
            category_ids=[],
            expires=default.expires,
            grace_days=7,
            condition=default.condition,
            days_to_comply=default.days_to_comply,
            position=position * 10,
            is_active=True,
            version=1,
        )
    for level in LEVELS:
        insert_if_absent(session, SellerLevel, **level, version=1)
    insert_if_absent(
        session,
        Agreement,
        version=1,
        text="\n".join(TEXT),
        text_zh="\n".join(TEXT_ZH),
        published_at=at,
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
