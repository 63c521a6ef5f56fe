"""What can be asked about the history of one thing."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from marketplace.domain.moves.models import Move

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class MoveRow:
    from_state: str
    to_state: str
    reason: str
    note: str
    actor: str
    """A name; members of staff are named to staff alone."""
    is_staff: bool
    at: str
    """ISO 8601, UTC."""


def history(
    session: Session, kind: str, subject_id: str, *, names_staff: bool = False
) -> list[MoveRow]:
    """The last 50 moves, newest first. The caller has checked who may see the thing."""
    rows = session.exec(
        select(Move)
        .where(Move.kind == kind, Move.subject_id == subject_id)
        .order_by(col(Move.at).desc(), col(Move.id).desc())
        .limit(MOST_SHOWN)
    )
    return [
        MoveRow(
            row.from_state,
            row.to_state,
            row.reason,
            row.note,
            "" if row.actor_kind == "staff" and not names_staff else row.actor_name,
            row.actor_kind == "staff",
            row.at.isoformat(),
        )
        for row in rows
    ]
