"""An application: its moves, its six steps, reasons to say no, and what we promise."""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from marketplace.domain.sellers.models import (
    ApplicationStatus,
    BusinessType,
    RequirementKind,
    SellerApplication,
    Submission,
)
from marketplace.domain.sellers.rules.forms import LegalForm, legal_errors
from marketplace.domain.sellers.rules.requirements import RequirementState
from marketplace.kit.days import day_end
from marketplace.kit.errors import DomainError
from marketplace.kit.languages import N_
from marketplace.kit.states import Machine

A = ApplicationStatus

MOVES = Machine(
    ApplicationStatus,
    {
        A.DRAFT: frozenset({A.SUBMITTED}),
        A.SUBMITTED: frozenset({A.IN_REVIEW}),
        A.IN_REVIEW: frozenset({A.APPROVED, A.CHANGES_REQUESTED, A.REJECTED}),
        A.CHANGES_REQUESTED: frozenset({A.SUBMITTED}),
        A.REJECTED: frozenset({A.IN_REVIEW}),  # an appeal was granted
    },
)

WAITING = frozenset({A.SUBMITTED, A.IN_REVIEW})
EDITABLE = frozenset({A.DRAFT, A.CHANGES_REQUESTED})
OVER = frozenset({A.APPROVED, A.REJECTED})

STEPS = ("contact", "business", "legal", "documents", "shop", "bank")
"""The wizard's steps in their order; step 1 is the first."""

WORKING_DAYS = 2
AGAIN_AFTER = timedelta(days=30)
APPEAL_WITHIN = timedelta(days=14)
REMIND_AFTER = timedelta(days=2)

REASONS: Mapping[str, str] = {
    "identity": N_("We could not confirm who runs the business"),
    "documents": N_("Documents are false or belong to somebody else"),
    "goods": N_("These goods may not be sold here"),
    "duplicate": N_("The business has a shop here already"),
    "risk": N_("The risk for buyers is too high"),
    "capability": N_("The business can't ship and serve as buyers expect"),
    "other": N_("Another reason, see the note"),
}

RISKS: Mapping[str, str] = {
    "same_registration": N_("Same registration number"),
    "same_bank": N_("Same bank account"),
    "same_ip": N_("Same network address"),
    "same_shop_name": N_("Same shop name"),
    "other_domain": N_("The contact's e-mail is of another domain than the sign-in"),
    "other_holder": N_("The account holder is not the business"),
    "rejected_before": N_("Was rejected before"),
}


class NotEditable(DomainError):
    """The application waits for us, or is decided."""

    message = N_("This application can't be changed now.")


class TooSoon(DomainError):
    message = N_("You can apply again after the date we told you.")


class Incomplete(DomainError):
    """Something required is missing; `codes` names the requirements."""

    message = N_("Something is still missing. The marked items must be handed in first.")

    def __init__(self, codes: Collection[str]) -> None:
        self.codes = tuple(codes)
        super().__init__()


def appeal_until(decided_at: datetime, zone: str) -> datetime:
    """The last moment of the day that the letter names."""
    return day_end(decided_at + APPEAL_WITHIN, zone)


def is_forgotten(row: SellerApplication, at: datetime) -> bool:
    """Left where it is for two days, and nobody was written to since it was touched last."""
    was_told = row.reminded_at is not None and row.reminded_at >= row.updated_at
    return at - row.updated_at >= REMIND_AFTER and not was_told


def changed_since(
    before: Mapping[str, Mapping[str, str]] | None, now: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, str]]:
    """By group, the earlier value of each field that was added, changed or taken away.

    Nothing for a first round, which has none before it.
    """
    if before is None:
        return {}
    return {
        group: {
            name: before.get(group, {}).get(name, "")
            for name in {**before.get(group, {}), **fields}
            if before.get(group, {}).get(name, "") != fields.get(name, "")
        }
        for group, fields in now.items()
    }


def first_yes_of(row: SellerApplication) -> str:
    """Who agreed to what it says now; empty if nobody did."""
    return (row.first_yes_by or "") if row.first_yes_round == row.round else ""


class SecondPersonNeeded(DomainError):
    """Restricted categories need the yes of two people (ux.md AD-02)."""

    status = 403
    message = N_("You agreed already. Somebody else has to agree, too.")


class NothingToFix(DomainError):
    message = N_("Say first which items need a change.")


def promise(submitted: datetime, zone: str, *, days: int = WORKING_DAYS) -> datetime:
    """When an answer is due: the end of the `days`-th working day after the day of `submitted`.

    Days are those of `zone`, an IANA name; Saturdays and Sundays are no working days.
    """
    place = ZoneInfo(zone)
    day = add_working_days(submitted.astimezone(place).date(), days)
    return datetime.combine(day + timedelta(days=1), time.min, place).astimezone(UTC)


def add_working_days(day: date, days: int) -> date:
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day


def urgency(due_at: datetime | None, at: datetime) -> str:
    """`late`, `soon` (under a day left), `fine`, or empty when nothing is promised."""
    if due_at is None:
        return ""
    if at >= due_at:
        return "late"
    return "soon" if due_at - at <= timedelta(days=1) else "fine"


def is_open(
    application: SellerApplication, submission: Submission | None, state: RequirementState
) -> bool:
    """Whether the applicant may change this item now.

    In a draft everything; when changes were asked for, what was sent back, has ended or was
    never given, and what was answered since: answers can be mended until they are submitted.
    """
    if application.status is A.DRAFT:
        return True
    if application.status is not A.CHANGES_REQUESTED:
        return False
    if state in {RequirementState.REJECTED, RequirementState.EXPIRED, RequirementState.INCOMPLETE}:
        return True
    return (
        state is RequirementState.PENDING
        and submission is not None
        and application.decided_at is not None
        and submission.handed_in_at >= application.decided_at
    )


def risks(
    *,
    sign_in_email: str,
    contact_email: str,
    legal_name: str,
    bank_holder: str,
    was_rejected: bool,
) -> list[str]:
    """Hints an application gives by itself; those that need others' rows are found by queries."""
    domains = {email.rpartition("@")[2].casefold() for email in (sign_in_email, contact_email)}
    found = {
        "other_domain": bool(contact_email) and len(domains) > 1,
        "other_holder": bool(bank_holder)
        and bank_holder.casefold().strip() != legal_name.casefold().strip(),
        "rejected_before": was_rejected,
    }
    return [code for code, is_so in found.items() if is_so]


def masked(text: str, *, keep: int = 4) -> str:
    """What people without the permission see: the last `keep` signs, none of a short text."""
    return f"•••• {text[-keep:]}" if len(text) > keep * 2 else ("••••" if text else "")


def is_step_filled(application: SellerApplication, kind: RequirementKind) -> bool:
    """Whether the step behind this kind of requirement says what it must.

    The legal step is judged anew, because a later choice of business type asks for more.
    """
    match kind:
        case RequirementKind.CONTACT:
            return bool(application.contact)
        case RequirementKind.LEGAL:
            return bool(application.legal.get("legal_name")) and not legal_gaps(application)
        case RequirementKind.SHOP:
            return bool(application.shop_name)
        case RequirementKind.BANK:
            return bool(application.bank_sealed)
        case RequirementKind.AGREEMENT:
            return application.agreement > 0
        case _:
            return False


def legal_gaps(application: SellerApplication) -> dict[str, str]:
    """What is wrong with the legal step as it is kept, by field."""
    kept = {
        name: text for name, text in application.legal.items() if name in LegalForm.model_fields
    }
    if not application.business_type:
        return {}
    return legal_errors(
        LegalForm(**kept),
        BusinessType(application.business_type),
        str(application.legal.get("country", "")),
        has_identity=bool(application.legal.get("representative_id_sealed")),
    )


def lineage(application: SellerApplication) -> tuple[str, ...]:
    """The chosen categories and all above them."""
    return tuple(application.shop.get("lineage", ())) or tuple(application.category_ids)
