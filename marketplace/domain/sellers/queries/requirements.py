"""What must be handed in, by whom, and how each stands: computed on reading."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, func, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.media import queries as media
from marketplace.domain.sellers.models import (
    Requirement,
    SellerApplication,
    SellerDeadline,
    Submission,
)
from marketplace.domain.sellers.rules import applications as rules
from marketplace.domain.sellers.rules import requirements as conditions
from marketplace.domain.sellers.rules.requirements import RequirementState
from marketplace.kit import clock, days
from marketplace.kit.errors import NotFound
from marketplace.settings import settings

MOST_EARLIER = 50


@dataclass(frozen=True, slots=True)
class FieldNote:
    field: str
    note: str


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """One requirement as it concerns one applicant."""

    id: str
    code: str
    kind: str
    name: str
    name_zh: str
    help: str
    help_zh: str
    is_required: bool
    expires: bool
    state: str = RequirementState.INCOMPLETE
    verdict: str = ""
    note: str = ""
    """From staff, to the applicant."""
    fields: tuple[FieldNote, ...] = ()
    media_id: str = ""
    file_name: str = ""
    expires_on: str = ""
    """ISO day; empty if it does not end."""
    submission_id: str = ""
    is_editable: bool = False


@dataclass(frozen=True, slots=True)
class RequirementEditRow:
    """A requirement as staff configure it. `orders` and `turnover` (minor units): its condition."""

    id: str
    code: str
    kind: str
    name: str
    name_zh: str
    help: str
    help_zh: str
    is_required: bool
    business_types: tuple[str, ...]
    category_ids: tuple[str, ...]
    expires: bool
    grace_days: int
    days_to_comply: int
    position: int
    orders: int
    turnover: int
    is_active: bool
    open_deadlines: int
    version: int


@dataclass(frozen=True, slots=True)
class Standing:
    """One requirement, what was handed in for it last, and the state that makes."""

    requirement: Requirement
    submission: Submission | None
    state: RequirementState


def overview(session: Session, business_type: str) -> list[RequirementRow]:
    """What somebody of this business type would be asked for in any category. Public."""
    return [
        _row(Standing(one, None, RequirementState.INCOMPLETE), "", is_editable=False)
        for one in _unconditional(session)
        if conditions.concerns(one, business_type, ())
    ]


def list_requirements(session: Session, staff: Staff) -> list[RequirementEditRow]:
    staff.require(Permission.SELLERS_READ)
    waiting = dict(
        session.exec(
            select(SellerDeadline.requirement_id, func.count())
            .where(col(SellerDeadline.met_at).is_(None))
            .group_by(SellerDeadline.requirement_id)
        ).all()
    )
    return [_edit_row(one, waiting.get(one.id, 0)) for one in _every(session)]


def requirement(session: Session, staff: Staff, requirement_id: str) -> RequirementEditRow:
    """Raises `NotFound`."""
    for row in list_requirements(session, staff):
        if row.id == requirement_id:
            return row
    raise NotFound


def of_application(session: Session, application: SellerApplication, today: date) -> list[Standing]:
    """Every requirement this application must meet, in order."""
    return of_applications(session, [application], today)[application.id]


def of_applications(
    session: Session, applications: Collection[SellerApplication], today: date
) -> dict[str, list[Standing]]:
    """The same by application id; two statements, however many there are."""
    asked = _unconditional(session)
    handed_in: dict[str, dict[str, Submission]] = {one.id: {} for one in applications}
    for row in session.exec(_counting(col(Submission.application_id).in_(handed_in))):
        handed_in[row.application_id][row.requirement_id] = row
    return {
        one.id: [
            Standing(each, given.get(each.id), _state(one, each, given.get(each.id), today))
            for each in asked
            if conditions.concerns(each, one.business_type, rules.lineage(one))
        ]
        for one in applications
        for given in (handed_in[one.id],)
    }


def of_seller(
    session: Session, application: SellerApplication, seller_id: str, today: date
) -> list[Standing]:
    """Every document and attestation an open shop must keep good, dynamic ones included."""
    handed_in = newest(session, seller_id=seller_id)
    began = set(
        session.exec(
            select(SellerDeadline.requirement_id).where(SellerDeadline.seller_id == seller_id)
        )
    )
    return [
        Standing(one, handed_in.get(one.id), conditions.state_of(handed_in.get(one.id), today))
        for one in _every(session)
        if one.kind in conditions.FILED
        and (one.condition is None or one.id in began)
        and conditions.concerns(one, application.business_type, rules.lineage(application))
    ]


def newest(
    session: Session, *, application_id: str = "", seller_id: str = ""
) -> dict[str, Submission]:
    """What counts now for each requirement, by the requirement's id."""
    mine = (
        col(Submission.seller_id) == seller_id
        if seller_id
        else col(Submission.application_id) == application_id
    )
    return {row.requirement_id: row for row in session.exec(_counting(mine))}


def rows_of(
    session: Session, standings: Iterable[Standing], editable: Mapping[str, bool]
) -> tuple[RequirementRow, ...]:
    """`editable` by requirement id."""
    listed = list(standings)
    names = file_names(session, [one.submission.media_id for one in listed if one.submission])
    return tuple(
        _row(
            one,
            names.get(one.submission.media_id, "") if one.submission else "",
            is_editable=editable.get(one.requirement.id, False),
        )
        for one in listed
    )


def file_names(session: Session, media_ids: Collection[str]) -> dict[str, str]:
    return {id_: file.name for id_, file in media.drop_files(session, media_ids).items()}


def today_of(at: datetime | None = None) -> date:
    """The platform's calendar day, in its own time zone."""
    return days.day_of(at or clock.now(), settings().time_zone)


def _counting(mine: Any) -> Any:
    """A renewal does not count before it was accepted: the old document is good until then."""
    return (
        select(Submission)
        .where(mine, col(Submission.replaced_at).is_(None), Submission.renews == "")
        .order_by(col(Submission.handed_in_at), col(Submission.id))
    )


def _state(
    application: SellerApplication, one: Requirement, submission: Submission | None, today: date
) -> RequirementState:
    """A step without a verdict is as good as what it says; a document as what was handed in."""
    if one.kind in conditions.FILED:
        return conditions.state_of(submission, today)
    if not rules.is_step_filled(application, one.kind):
        return RequirementState.INCOMPLETE
    return conditions.state_of(submission, today) if submission else RequirementState.PENDING


def _every(session: Session) -> list[Requirement]:
    ordered = select(Requirement).order_by(col(Requirement.position), col(Requirement.code))
    return list(session.exec(ordered))


def _unconditional(session: Session) -> list[Requirement]:
    return [one for one in _every(session) if one.condition is None and one.is_active]


def _row(one: Standing, file_name: str, *, is_editable: bool) -> RequirementRow:
    asked, given = one.requirement, one.submission
    return RequirementRow(
        asked.id,
        asked.code,
        asked.kind,
        asked.name,
        asked.name_zh,
        asked.help,
        asked.help_zh,
        asked.is_required,
        asked.expires,
        one.state,
        given.verdict if given else "",
        given.note if given else "",
        tuple(FieldNote(*pair) for pair in sorted(given.fields.items())) if given else (),
        given.media_id if given else "",
        file_name,
        given.expires_on.isoformat() if given and given.expires_on else "",
        given.id if given else "",
        is_editable,
    )


def _edit_row(one: Requirement, open_deadlines: int) -> RequirementEditRow:
    condition = one.condition or {}
    return RequirementEditRow(
        one.id,
        one.code,
        one.kind,
        one.name,
        one.name_zh,
        one.help,
        one.help_zh,
        one.is_required,
        tuple(one.business_types),
        tuple(one.category_ids),
        one.expires,
        one.grace_days,
        one.days_to_comply,
        one.position,
        int(condition.get("orders", 0)),
        int(condition.get("turnover", 0)),
        one.is_active,
        open_deadlines,
        one.version,
    )
