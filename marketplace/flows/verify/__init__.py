"""The books check themselves: every invariant is a question that must find nothing.

Invariants are data, gathered from the files beside this one; the numbers INV-… are those of
reference/security.md 5.1.
"""

from datetime import datetime

from sqlmodel import Session

from marketplace.domain.audit.rules import Head
from marketplace.flows.verify import database, machinery, people
from marketplace.flows.verify.kinds import Finding, Invariant, Moment, Offender

__all__ = ["INVARIANTS", "Finding", "Invariant", "Offender", "verify"]

SHOWN = 50
"""Offenders listed per invariant."""

INVARIANTS: tuple[Invariant, ...] = (
    *machinery.INVARIANTS,
    *people.INVARIANTS,
    *database.INVARIANTS,
)


def verify(session: Session, *, at: datetime, witness: Head | None = None) -> list[Finding]:
    """One finding per invariant; it is green without offenders. Changes nothing.

    `witness` is the end of the audit chain as it was kept outside the database.
    """
    moment = Moment(at, witness)
    return [
        Finding(invariant.id, invariant.title, tuple(invariant.find(session, moment)[:SHOWN]))
        for invariant in INVARIANTS
    ]
