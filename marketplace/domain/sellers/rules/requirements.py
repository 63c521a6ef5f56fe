"""Which requirements concern whom, what state each is in, and when a document costs a switch."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from marketplace.domain.sellers.models import Requirement, RequirementKind, Submission, Verdict

REMIND_DAYS = (60, 30, 7)
WINDOW_DAYS = 365
"""The rolling window conditions of turnover count in."""
SECOND_STEP_DAYS = 7
"""From the first switch (payouts) to the second (not buyable)."""

STEP_KINDS: Mapping[RequirementKind, str] = {
    RequirementKind.CONTACT: "contact",
    RequirementKind.LEGAL: "legal",
    RequirementKind.SHOP: "shop",
    RequirementKind.BANK: "bank",
    RequirementKind.AGREEMENT: "bank",
}
"""Kinds that are met by a step of the wizard, and by which."""

FILED = frozenset({RequirementKind.DOCUMENT, RequirementKind.ATTESTATION})


class RequirementState(StrEnum):
    """Computed on reading, never stored."""

    INCOMPLETE = "incomplete"
    PENDING = "pending"
    COMPLETE = "complete"
    REJECTED = "rejected"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a shop sold in a rolling window: counted orders, and their value in minor units."""

    orders: int
    turnover: int


def concerns(requirement: Requirement, business_type: str, category_ids: Collection[str]) -> bool:
    """`category_ids`: the chosen ones and all above them. Empty lists of a requirement mean all."""
    if not requirement.is_active:
        return False
    if requirement.business_types and business_type not in requirement.business_types:
        return False
    return not requirement.category_ids or bool(set(requirement.category_ids) & set(category_ids))


def is_met_by(condition: Mapping[str, Any] | None, facts: Facts) -> bool:
    """Whether the shop sold so much that a dynamic requirement begins to apply.

    A condition names least `orders` and least `turnover`; both must be reached.
    """
    if condition is None:
        return True
    return facts.orders >= int(condition.get("orders", 0)) and facts.turnover >= int(
        condition.get("turnover", 0)
    )


def state_of(submission: Submission | None, today: date) -> RequirementState:
    """`submission` is the newest that was not replaced."""
    if submission is None:
        return RequirementState.INCOMPLETE
    if submission.verdict is Verdict.REJECTED:
        return RequirementState.REJECTED
    if submission.verdict is Verdict.EXPIRED or is_past(submission.expires_on, today):
        return RequirementState.EXPIRED
    if submission.verdict is Verdict.PENDING:
        return RequirementState.PENDING
    return RequirementState.COMPLETE


def is_past(expires_on: date | None, today: date) -> bool:
    """The last day itself still counts."""
    return expires_on is not None and expires_on < today


def missing(states: Iterable[tuple[Requirement, RequirementState]]) -> list[str]:
    """Codes of what must be handed in before submitting."""
    still = {RequirementState.INCOMPLETE, RequirementState.EXPIRED, RequirementState.REJECTED}
    return [
        requirement.code
        for requirement, state in states
        if requirement.is_required and state in still
    ]


def completeness(states: Iterable[tuple[Requirement, RequirementState]]) -> int:
    """Per cent of the required that are handed in and not refused."""
    required = [state for requirement, state in states if requirement.is_required]
    there = [
        state
        for state in required
        if state in {RequirementState.PENDING, RequirementState.COMPLETE}
    ]
    return 100 * len(there) // len(required) if required else 100


def reminder_due(expires_on: date, today: date, reminded: int) -> int:
    """Which reminder (60, 30 or 7 days before) is to be sent now; 0 for none.

    A job that slept sends only the last one due, and none twice.
    """
    left = (expires_on - today).days
    due = [days for days in REMIND_DAYS if left <= days]
    if left < 0 or not due or (reminded and min(due) >= reminded):
        return 0
    return min(due)


def last_reminded_day(today: date) -> date:
    """A document that ends up to this day is in its time of reminders."""
    return today + timedelta(days=REMIND_DAYS[0])


def switches_due(ended: date, grace_days: int, today: date) -> int:
    """How many switches it costs by now: 0, then 1 (payouts), then 2 (buyable as well).

    `ended` is the last good day of a document, or the day a deadline fell.
    """
    if today <= ended + timedelta(days=grace_days):
        return 0
    return 1 if today <= ended + timedelta(days=grace_days + SECOND_STEP_DAYS) else 2
