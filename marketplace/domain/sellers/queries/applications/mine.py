"""An application as its applicant sees it: steps, verdicts, what to fix, what we promise."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Person
from marketplace.domain.moves.queries import MoveRow, history
from marketplace.domain.sellers.models import (
    ApplicationStatus,
    RequirementKind,
    SellerApplication,
)
from marketplace.domain.sellers.queries import requirements
from marketplace.domain.sellers.queries.agreements import AgreementRow, agreement
from marketplace.domain.sellers.queries.requirements import RequirementRow, Standing
from marketplace.domain.sellers.rules import applications as rules
from marketplace.domain.sellers.rules import requirements as conditions
from marketplace.domain.sellers.rules.requirements import RequirementState
from marketplace.kit import clock
from marketplace.kit.clock import iso
from marketplace.kit.sealing import unseal
from marketplace.settings import settings

KIND = "application"
"""What the history of moves calls it."""

SEALED_FOR_BANK = "sellers.bank"
SEALED_FOR_IDENTITY = "sellers.identity"


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of the wizard; `to_fix`: how many of its items were sent back."""

    number: int
    code: str
    is_complete: bool
    is_editable: bool
    to_fix: int


@dataclass(frozen=True, slots=True)
class ApplicationView:
    """Everything the wizard and the status page show. Moments are ISO 8601 in UTC, or empty."""

    id: str
    status: str
    version: int
    step: int
    steps: tuple[StepRow, ...]
    business_type: str
    country: str
    contact: dict[str, str]
    legal: dict[str, str]
    """The representative's number only as `representative_id_last`."""
    shop: dict[str, Any]
    bank: dict[str, str]
    """The account number only as `bank_last`."""
    category_ids: tuple[str, ...]
    requirements: tuple[RequirementRow, ...]
    to_fix: tuple[str, ...]
    """Codes of requirements that were sent back."""
    open_fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By step code, when changes were asked for; no fields: the whole step."""
    missing: tuple[str, ...] = ()
    completeness: int = 0
    note: str = ""
    reason: str = ""
    may_appeal: bool = False
    appeal: str = ""
    appeal_until: str = ""
    appeal_answer: str = ""
    agreement: AgreementRow = field(default_factory=AgreementRow)
    agreed: int = 0
    working_days: int = rules.WORKING_DAYS
    updated_at: str = ""
    submitted_at: str = ""
    due_at: str = ""
    decided_at: str = ""
    again_from: str = ""
    may_apply_again: bool = False
    is_editable: bool = False
    round: int = 0
    seller_id: str = ""
    history: tuple[MoveRow, ...] = ()


def my_application(session: Session, person: Person) -> ApplicationView | None:
    """The person's newest application, whatever its state; None if there never was one."""
    row = session.exec(
        select(SellerApplication)
        .where(SellerApplication.person_id == person.id)
        .order_by(col(SellerApplication.created_at).desc(), col(SellerApplication.id).desc())
        .limit(1)
    ).first()
    return view_of(session, row) if row else None


def view_of(session: Session, row: SellerApplication) -> ApplicationView:
    at = clock.now()
    standings = requirements.of_application(session, row, requirements.today_of(at))
    rejected = rejected_codes(standings)
    states = [(one.requirement, one.state) for one in standings]
    until = rules.appeal_until(row.decided_at, settings().time_zone) if row.decided_at else None
    is_rejected = row.status is ApplicationStatus.REJECTED
    editable = {
        one.requirement.id: rules.is_open(row, one.submission, one.state) for one in standings
    }
    return ApplicationView(
        id=row.id,
        status=row.status,
        version=row.version,
        step=row.step,
        steps=_steps(row, standings, rejected),
        business_type=row.business_type,
        country=str(row.legal.get("country", "")),
        contact=_texts(row.contact),
        legal=_texts(row.legal),
        shop={name: value for name, value in row.shop.items() if name != "lineage"},
        bank=bank_of(row),
        category_ids=tuple(row.category_ids),
        requirements=requirements.rows_of(session, standings, editable),
        to_fix=tuple(rejected) if row.status is ApplicationStatus.CHANGES_REQUESTED else (),
        open_fields=open_fields(row, standings),
        missing=tuple(conditions.missing(states)) if row.status in rules.EDITABLE else (),
        completeness=conditions.completeness(states),
        note=row.note,
        reason=row.reason,
        may_appeal=is_rejected and not row.appeal and until is not None and at <= until,
        appeal=row.appeal,
        appeal_until=iso(until) if is_rejected else "",
        appeal_answer=row.appeal_answer,
        agreement=agreement(session, at),
        agreed=row.agreement,
        updated_at=iso(row.updated_at),
        submitted_at=iso(row.submitted_at),
        due_at=iso(row.due_at),
        decided_at=iso(row.decided_at),
        again_from=iso(row.again_from),
        may_apply_again=may_apply_again(row, at),
        is_editable=row.status in rules.EDITABLE,
        round=row.round,
        seller_id=row.seller_id,
        history=tuple(history(session, KIND, row.id)),
    )


def may_apply_again(row: SellerApplication, at: datetime) -> bool:
    """An undecided appeal comes first: two ways at once would end in two shops."""
    is_appealing = bool(row.appeal) and row.appeal_decided_at is None
    is_time = row.again_from is None or row.again_from <= at
    return row.status is ApplicationStatus.REJECTED and is_time and not is_appealing


def rejected_codes(standings: list[Standing]) -> list[str]:
    return [one.requirement.code for one in standings if one.state is RequirementState.REJECTED]


def open_fields(row: SellerApplication, standings: list[Standing]) -> dict[str, tuple[str, ...]]:
    """The steps that may be changed now, each with its open fields; none: the whole step."""
    if row.status is not ApplicationStatus.CHANGES_REQUESTED:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for one in standings:
        if rules.is_open(row, one.submission, one.state):
            step = conditions.STEP_KINDS.get(one.requirement.kind, "documents")
            fields = one.submission.fields if one.submission else {}
            found[step] = tuple(sorted({*found.get(step, ()), *fields}))
    return found


def bank_of(row: SellerApplication) -> dict[str, str]:
    """Holder and bank in the clear, of the number the last four digits alone."""
    if not row.bank_sealed:
        return {}
    kept = json.loads(unseal(settings().key(), SEALED_FOR_BANK, row.bank_sealed))
    return {
        **{name: str(kept[name]) for name in ("bank_holder", "bank_name", "bank_country")},
        "bank_last": row.bank_last,
    }


def said_in(row: SellerApplication) -> dict[str, dict[str, str]]:
    """What it says by group, for comparing rounds; of the bank account only what is not sealed."""
    bank = {"bank_last": row.bank_last} if row.bank_last else {}
    shop = {
        name: ", ".join(map(str, value)) if isinstance(value, list) else value
        for name, value in row.shop.items()
    }
    return {
        "contact": _texts(row.contact),
        "legal": _texts(row.legal),
        "shop": _texts(shop),
        "bank": bank,
    }


def _texts(kept: dict[str, Any]) -> dict[str, str]:
    return {
        name: str(value)
        for name, value in kept.items()
        if not name.endswith("_sealed") and name != "lineage"
    }


def _steps(
    row: SellerApplication, standings: list[Standing], rejected: list[str]
) -> tuple[StepRow, ...]:
    by_step: dict[str, list[Standing]] = {code: [] for code in rules.STEPS}
    for one in standings:
        by_step[conditions.STEP_KINDS.get(one.requirement.kind, "documents")].append(one)
    return tuple(
        StepRow(
            number,
            code,
            _is_complete(row, code, by_step[code]),
            _is_editable(row, by_step[code]),
            sum(one.requirement.code in rejected for one in by_step[code]),
        )
        for number, code in enumerate(rules.STEPS, 1)
    )


def _is_complete(row: SellerApplication, code: str, standings: list[Standing]) -> bool:
    if code == "business":
        return bool(row.business_type)
    if code == "bank" and not rules.is_step_filled(row, RequirementKind.BANK):
        return False
    if code == "documents" and not row.business_type:
        return False
    return not conditions.missing((one.requirement, one.state) for one in standings)


def _is_editable(row: SellerApplication, standings: list[Standing]) -> bool:
    if row.status is ApplicationStatus.DRAFT:
        return True
    return any(rules.is_open(row, one.submission, one.state) for one in standings)
