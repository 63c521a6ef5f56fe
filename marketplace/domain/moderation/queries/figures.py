"""How moderation does: decisions per hour and how many an appeal took back."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.moderation.models import Appeal, AppealStatus, ChangeSet, ChangeStatus
from marketplace.domain.moderation.queries.queue import names_of

WHOLE = 10_000
IN_TIME = 24 * 60
"""Minutes within which what is handed in ought to be decided."""
DECIDED = (ChangeStatus.APPROVED, ChangeStatus.REJECTED)


@dataclass(frozen=True, slots=True)
class ModeratorFigures:
    """`hours`: different hours with a decision in them; `per_hour` is decisions over those hours,
    in tenths. `waited` is the mean from handing in to the decision, minutes;
    `in_time_bps` the share that waited a day at most."""

    person_id: str
    name: str
    decisions: int
    hours: int
    per_hour: int
    approved: int
    reversed: int
    reversal_bps: int
    waited: int
    in_time_bps: int


def figures(
    session: Session, staff: Staff, *, since: datetime, until: datetime
) -> list[ModeratorFigures]:
    """One row per person who decided something in the time, busiest first."""
    staff.require(Permission.MODERATION_DECIDE)
    rows = session.exec(
        select(
            ChangeSet.decided_by, ChangeSet.decided_at, ChangeSet.submitted_at, ChangeSet.status
        ).where(
            ChangeSet.decided_by != "",
            col(ChangeSet.status).in_(DECIDED),
            col(ChangeSet.decided_at) >= since,
            col(ChangeSet.decided_at) < until,
        )
    ).all()
    granted = dict(
        session.exec(
            select(Appeal.against, func.count())
            .where(
                Appeal.status == AppealStatus.GRANTED,
                col(Appeal.decided_at) >= since,
                col(Appeal.decided_at) < until,
            )
            .group_by(col(Appeal.against))
        ).all()
    )
    names = names_of(session, (row[0] for row in rows))
    found = []
    for person_id in dict.fromkeys(row[0] for row in rows):
        own = [row for row in rows if row[0] == person_id]
        moments = [row[1] for row in own if row[1] is not None]
        hours = len({moment.replace(minute=0, second=0, microsecond=0) for moment in moments})
        waits = [int((row[1] - row[2]).total_seconds()) // 60 for row in own if row[1] is not None]
        reversed_ = granted.get(person_id, 0)
        found.append(
            ModeratorFigures(
                person_id,
                names.get(person_id, ""),
                len(own),
                hours,
                len(own) * 10 // max(1, hours),
                sum(row[3] is ChangeStatus.APPROVED for row in own),
                reversed_,
                reversed_ * WHOLE // len(own),
                sum(waits) // max(1, len(waits)),
                sum(wait <= IN_TIME for wait in waits) * WHOLE // max(1, len(waits)),
            )
        )
    return sorted(found, key=lambda one: -one.decisions)
