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


WHOLE = 10_000
HALF_AT = next(step.points for step in LADDER if S.SEARCH_VISIBLE in step.switches)


def counted(violations: Iterable[Violation], at: datetime) -> int:
    """The sum of what neither decayed nor was taken back."""
    return sum(v.points for v in violations if v.cancelled_at is None and v.at <= at < v.until)


def rank_left(points: int) -> int:
    """What the points leave of a listing's rank in search, basis points: ever less, down to the
    half where the ladder suggests that it is not found at all."""
    return WHOLE - WHOLE // 2 * min(max(points, 0), HALF_AT) // HALF_AT


def until(code: PolicyCode, at: datetime) -> datetime:
    return at + timedelta(days=code.decay_days)


def suggested(points: int) -> Step | None:
    """The highest step reached."""
    return next((step for step in reversed(LADDER) if points >= step.points), None)
