"""The one function that changes a state: it asks the table, writes history and owes the event."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from sqlmodel import Session, func, select

from marketplace.domain.access.models import Actor
from marketplace.domain.moves.models import Move
from marketplace.domain.outbox import service as outbox
from marketplace.kit.ids import new_id
from marketplace.kit.states import Machine

TOPIC = "moved"
S = TypeVar("S", bound=StrEnum)


class Moving(Protocol):
    """A row with a state of its own; `seller_id` is read where it has one."""

    id: str


def move(
    session: Session,
    actor: Actor,
    machine: Machine[S],
    kind: str,
    row: Moving,
    to: S,
    *,
    at: datetime,
    reason: str = "",
    note: str = "",
) -> str:
    """Set `row.status` and tell it: one history row and one outbox event. Returns the move's id.

    The caller has locked the row and checked who may. Raises `MoveNotAllowed`; nothing changes then.
    """
    before: S = row.status  # type: ignore[attr-defined]  # each machine's own enum
    machine.check(before, to)
    row.status = to  # type: ignore[attr-defined]
    session.add(row)
    return started(session, actor, kind, row, before=before, at=at, reason=reason, note=note)


def started(
    session: Session,
    actor: Actor,
    kind: str,
    row: Moving,
    *,
    at: datetime,
    before: str = "",
    reason: str = "",
    note: str = "",
) -> str:
    """Note the state `row` has now, for a thing just made or just moved. Returns the move's id."""
    state = str(row.status)  # type: ignore[attr-defined]
    entry = Move(
        id=new_id("mov"),
        kind=kind,
        subject_id=row.id,
        seller_id=row.id if kind == "seller" else getattr(row, "seller_id", None) or "",
        from_state=before,
        to_state=state,
        reason=reason,
        note=note,
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor_name=actor.name[:80],
        at=_after_last(session, kind, row.id, at),
    )
    session.add(entry)
    session.flush()
    told = {"kind": kind, "id": row.id, "from": before, "to": state, "move": entry.id}
    outbox.put(session, TOPIC, entry.id, told, at=at)
    return entry.id


def started_many(
    session: Session, actor: Actor, kind: str, rows: Sequence[Moving], *, at: datetime
) -> None:
    """As `started` for many things just made, in two statements."""
    entries = [
        Move(
            id=new_id("mov"),
            kind=kind,
            subject_id=row.id,
            seller_id=getattr(row, "seller_id", None) or "",
            from_state="",
            to_state=str(row.status),  # type: ignore[attr-defined]
            actor_kind=actor.kind,
            actor_id=actor.id,
            actor_name=actor.name[:80],
            at=at,
        )
        for row in rows
    ]
    session.add_all(entries)
    session.flush()
    outbox.put_many(
        session,
        TOPIC,
        {
            each.id: {
                "kind": kind, "id": each.subject_id, "from": "", "to": each.to_state,
                "move": each.id,
            }
            for each in entries
        },
        at=at,
    )  # fmt: skip


def _after_last(session: Session, kind: str, subject_id: str, at: datetime) -> datetime:
    """Two moves at one moment still have an order: the later is told a microsecond later."""
    last = session.exec(
        select(func.max(Move.at)).where(Move.kind == kind, Move.subject_id == subject_id)
    ).one()
    return at if last is None or last < at else last + timedelta(microseconds=1)
