"""Writing the audit log: one entry per fact, in the transaction of the fact (SEC-50, SEC-64)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col

from marketplace.domain.access.models import Actor
from marketplace.domain.audit import rules
from marketplace.domain.audit.models import SEALED, AuditEntry, AuditHead
from marketplace.kit import ids
from marketplace.kit.errors import OnlyLooking
from marketplace.kit.rows import insert_if_absent
from marketplace.settings import settings

HEAD = 1


def record(
    session: Session,
    actor: Actor,
    action: str,
    object_kind: str,
    object_id: str,
    *,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    seller_id: str = "",
) -> int:
    """Append what `actor` did and return its number in the chain.

    Of `before` and `after` only the fields that differ are kept. If this fails, the caller's
    change fails with it. Call it last: from here to the end of the transaction every other
    writer of the log waits. Raises ValueError for a secret among the fields, and `OnlyLooking`,
    so that no change that is recorded can be made by an actor who only looks.
    """
    if actor.only_looks:
        raise OnlyLooking
    old, new = rules.changed(before, after)
    previous = _take_head(session)
    entry = AuditEntry(
        seq=previous.seq + 1,
        id=ids.new_id("aud"),
        at=at,
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor_name=actor.name[:80],
        seller_id=seller_id or getattr(actor, "seller_id", ""),
        action=action,
        object_kind=object_kind,
        object_id=object_id,
        before=old,
        after=new,
        ip=actor.ip,
        request_id=actor.request_id,
        seal="",
    )
    entry.seal = rules.seal(
        settings().chain_key(), previous.seal, {name: getattr(entry, name) for name in SEALED}
    )
    session.add(entry)
    session.flush()
    session.exec(
        update(AuditHead).where(col(AuditHead.id) == HEAD).values(seq=entry.seq, seal=entry.seal)
    )
    return entry.seq


def _take_head(session: Session) -> rules.Head:
    """Lock the end of the chain before reading it, so that two writers never follow one entry."""
    lock = (
        update(AuditHead)
        .where(col(AuditHead.id) == HEAD)
        .values(seq=AuditHead.seq)
        .returning(col(AuditHead.seq), col(AuditHead.seal))
    )
    row = session.exec(lock).first()
    if row is None:
        insert_if_absent(session, AuditHead, id=HEAD, seq=0, seal=rules.GENESIS)
        row = session.exec(lock).one()
    return rules.Head(row.seq, row.seal)
