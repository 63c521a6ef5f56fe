"""One application as staff review it: what it says beside what was handed in."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.moves.queries import MoveRow, history
from marketplace.domain.sellers.models import (
    ApplicationStatus,
    Requirement,
    SellerApplication,
    Submission,
)
from marketplace.domain.sellers.queries import requirements
from marketplace.domain.sellers.queries.applications.mine import (
    KIND,
    bank_of,
    said_in,
    view_of,
)
from marketplace.domain.sellers.queries.applications.queue import QueueRow, rows_of
from marketplace.domain.sellers.queries.applications.risks import RiskRow, risks_of
from marketplace.domain.sellers.queries.levels import LevelRow, levels
from marketplace.domain.sellers.queries.masking import hidden_fields, masked_fields, masked_rows
from marketplace.domain.sellers.queries.requirements import RequirementRow
from marketplace.domain.sellers.rules import applications as rules
from marketplace.domain.sellers.rules.applications import changed_since
from marketplace.domain.sellers.rules.requirements import RequirementState
from marketplace.domain.sellers.rules.standing import may_decide
from marketplace.kit import clock
from marketplace.kit.clock import iso
from marketplace.kit.errors import NotFound

REGISTRY = "https://www.gsxt.gov.cn/"
"""The national register of enterprises, where a credit code can be looked up by hand."""


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """What was handed in before and replaced since."""

    submission_id: str
    code: str
    name: str
    name_zh: str
    verdict: str
    note: str
    handed_in_at: str
    decided_at: str


@dataclass(frozen=True, slots=True)
class ReviewView:
    """An application for staff; personal fields are masked without `Permission.PII_READ`."""

    row: QueueRow
    person_id: str
    country: str
    contact: dict[str, str]
    legal: dict[str, str]
    shop: dict[str, str]
    bank: dict[str, str]
    before: dict[str, dict[str, str]]
    """By group, what the round before said in the fields that say something else now."""
    requirements: tuple[RequirementRow, ...]
    unjudged: int
    """How many of them an approval would accept without anybody's verdict."""
    risks: tuple[RiskRow, ...]
    history: tuple[MoveRow, ...]
    earlier: tuple[EarlierRow, ...]
    levels: tuple[LevelRow, ...]
    note: str
    reason: str
    appeal: str
    appeal_answer: str
    again_from: str
    first_yes_at: str
    first_yes_level: str
    seller_id: str
    registry_url: str
    can_decide: bool
    can_decide_appeal: bool
    is_masked: bool


def review(session: Session, staff: Staff, application_id: str) -> ReviewView:
    """Raises `NotFound`, for drafts as well: they are still the applicant's own."""
    staff.require(Permission.SELLERS_READ)
    one = session.get(SellerApplication, application_id)
    if one is None or one.status is ApplicationStatus.DRAFT:
        raise NotFound
    is_masked = not staff.can(Permission.PII_READ)
    said = view_of(session, one)
    hidden = hidden_fields(staff, said.business_type)
    may = staff.can(Permission.SELLERS_REVIEW) and one.person_id != staff.id
    return ReviewView(
        row=rows_of(session, staff, [one], clock.now())[0],
        person_id=one.person_id,
        country=said.country,
        contact=masked_fields(said.contact, hidden),
        legal=masked_fields(said.legal, hidden),
        shop=masked_fields({name: _text(value) for name, value in said.shop.items()}, hidden),
        bank=masked_fields(bank_of(one), hidden),
        before={
            group: masked_fields(fields, hidden)
            for group, fields in changed_since(one.said_before, said_in(one)).items()
        },
        requirements=masked_rows(said.requirements, is_masked=is_masked),
        unjudged=sum(row.state == RequirementState.PENDING for row in said.requirements),
        risks=risks_of(session, [one])[one.id],
        history=tuple(history(session, KIND, one.id, names_staff=True)),
        earlier=_earlier(session, one.id),
        levels=tuple(levels(session)),
        note=one.note,
        reason=one.reason,
        appeal=one.appeal,
        appeal_answer=one.appeal_answer,
        again_from=iso(one.again_from),
        first_yes_at=iso(one.first_yes_at),
        first_yes_level=one.first_yes_level or "",
        seller_id=one.seller_id,
        registry_url=REGISTRY if said.country == "CN" and one.registration_key else "",
        can_decide=may and one.status in rules.WAITING,
        can_decide_appeal=may
        and one.status is ApplicationStatus.REJECTED
        and bool(one.appeal)
        and one.appeal_decided_at is None
        and may_decide(one.decided_by, staff.id),
        is_masked=is_masked,
    )


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _earlier(session: Session, application_id: str) -> tuple[EarlierRow, ...]:
    rows = session.exec(
        select(Submission, Requirement)
        .join(Requirement, col(Requirement.id) == col(Submission.requirement_id))
        .where(
            Submission.application_id == application_id, col(Submission.replaced_at).is_not(None)
        )
        .order_by(col(Submission.handed_in_at).desc(), col(Submission.id))
        .limit(requirements.MOST_EARLIER)
    )
    return tuple(
        EarlierRow(
            given.id,
            asked.code,
            asked.name,
            asked.name_zh,
            given.verdict,
            given.note,
            iso(given.handed_in_at),
            iso(given.decided_at),
        )
        for given, asked in rows
    )
