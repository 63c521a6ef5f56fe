"""What was decided about one listing: its reviews, the rules it broke, its seller's appeals."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.catalog.models import Listing
from marketplace.domain.moderation.models import Appeal, ChangeSet, Violation
from marketplace.domain.moderation.queries.queue import names_of
from marketplace.domain.moderation.queries.rulebook import (
    AppealRow,
    ViolationRow,
    appeal_row,
    violation_row,
)
from marketplace.kit.clock import iso

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A change that was handed in. `decided_by` is empty for what rules let through."""

    id: str
    kind: str
    status: str
    policy: str
    needs_look: bool
    flags: int
    submitted_at: str
    submitted_by: str
    assignee: str
    decided_at: str
    decided_by: str
    reason: str
    note: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """Newest first, the last twenty of each."""

    reviews: list[ReviewRow]
    violations: list[ViolationRow]
    appeals: list[AppealRow]


def decisions_about(session: Session, staff: Staff, listing: Listing, *, at: datetime) -> Decisions:
    staff.require(Permission.MODERATION_DECIDE)
    appeals = session.exec(
        select(Appeal)
        .where(Appeal.listing_id == listing.id)
        .order_by(col(Appeal.at).desc(), col(Appeal.id).desc())
        .limit(MOST_SHOWN)
    ).all()
    names = names_of(session, (id_ for row in appeals for id_ in (row.against, row.decided_by)))
    broken = session.exec(
        select(Violation)
        .where(Violation.listing_id == listing.id)
        .order_by(col(Violation.at).desc(), col(Violation.id).desc())
        .limit(MOST_SHOWN)
    )
    return Decisions(
        _reviews(session, listing.id),
        [violation_row(session, row, listing, at) for row in broken.all()],
        [appeal_row(session, row, names, staff.id) for row in appeals],
    )


def _reviews(session: Session, listing_id: str) -> list[ReviewRow]:
    rows = session.exec(
        select(ChangeSet)
        .where(ChangeSet.listing_id == listing_id)
        .order_by(col(ChangeSet.submitted_at).desc(), col(ChangeSet.id).desc())
        .limit(MOST_SHOWN)
    ).all()
    people = (id_ for row in rows for id_ in (row.submitted_by, row.assignee_id, row.decided_by))
    names = names_of(session, people)
    return [
        ReviewRow(
            row.id,
            row.kind,
            row.status,
            row.policy,
            row.needs_look and row.looked_at is None,
            len(row.flags),
            iso(row.submitted_at),
            names.get(row.submitted_by, ""),
            names.get(row.assignee_id, ""),
            iso(row.decided_at),
            names.get(row.decided_by, ""),
            row.reason,
            row.note,
        )
        for row in rows
    ]
