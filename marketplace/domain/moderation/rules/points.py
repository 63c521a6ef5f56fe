"""Violation points of a seller, and what their sum suggests."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from marketplace.domain.moderation.models import PolicyCode, Violation
from marketplace.domain.sellers.models import Switch
from marketplace.kit.languages import N_

S = Switch


@dataclass(frozen=True, slots=True)
class Step:
    """From this many points on, these switches go off. Suggested; a person decides."""

    points: int
    label: str
    switches: frozenset[Switch]


LADDER = (
    Step(12, N_("No events and no slots"), frozenset({S.JOIN_EVENTS, S.BOOK_SLOTS})),
    Step(24, N_("Not found in search"), frozenset({S.JOIN_EVENTS, S.BOOK_SLOTS, S.SEARCH_VISIBLE})),
    Step(
        36,
        N_("No edits to listings"),
        frozenset({S.JOIN_EVENTS, S.BOOK_SLOTS, S.SEARCH_VISIBLE, S.EDIT_LISTINGS}),
    ),
    Step(
        48,
        N_("Not buyable"),
        frozenset({S.JOIN_EVENTS, S.BOOK_SLOTS, S.SEARCH_VISIBLE, S.EDIT_LISTINGS, S.BUYABLE}),
    ),
)


def counted(violations: Iterable[Violation], at: datetime) -> int:
    """The sum of what neither decayed nor was taken back."""
    return sum(v.points for v in violations if v.cancelled_at is None and v.at <= at < v.until)


def until(code: PolicyCode, at: datetime) -> datetime:
    return at + timedelta(days=code.decay_days)


def suggested(points: int) -> Step | None:
    """The highest step reached."""
    return next((step for step in reversed(LADDER) if points >= step.points), None)
