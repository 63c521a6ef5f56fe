"""The books check themselves: every invariant is a question that must find nothing.

Invariants are data, gathered from the files beside this one; the numbers INV-… are those of
reference/security.md 5.1.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.audit import queries as audit
from marketplace.domain.audit.rules import Head
from marketplace.domain.jobs import queries as jobs
from marketplace.flows.verify import catalogue, database, machinery, people, sellers
from marketplace.flows.verify.kinds import Finding, Invariant, Moment, Offender
from marketplace.kit.clock import iso
from marketplace.ports import ObjectStorage

__all__ = [
    "INVARIANTS",
    "WITNESS",
    "BooksCheck",
    "Finding",
    "Invariant",
    "Offender",
    "check_books",
    "kept_witness",
    "last_check",
    "verify",
]

WITNESS = "private/audit/head.json"
"""Where the end of the audit chain is kept outside the database."""

SHOWN = 50
"""Offenders listed per invariant."""

INVARIANTS: tuple[Invariant, ...] = (
    *machinery.INVARIANTS,
    *people.INVARIANTS,
    *catalogue.INVARIANTS,
    *sellers.INVARIANTS,
    *database.INVARIANTS,
)


@dataclass(frozen=True, slots=True)
class BooksCheck:
    """What the page *Books* shows. `at` is ISO 8601, UTC; empty before the first check."""

    at: str
    findings: tuple[Finding, ...]
    head: Head
    witness: Head | None


def check_books(
    session: Session, staff: Staff, *, at: datetime, witness: Head | None = None
) -> BooksCheck:
    """Ask every invariant now, for somebody who waits for the answer."""
    staff.require(Permission.BOOKS_READ)
    return BooksCheck(
        iso(at), tuple(verify(session, at=at, witness=witness)), _head(session), witness
    )


def last_check(session: Session, staff: Staff, *, witness: Head | None = None) -> BooksCheck:
    """What the timer's last check found."""
    staff.require(Permission.BOOKS_READ)
    kept = jobs.last_result(session, "books.check")
    if kept is None:
        return BooksCheck("", (), _head(session), witness)
    at, result = kept
    findings = tuple(
        Finding(one["id"], one["title"], tuple(Offender(**each) for each in one["offenders"]))
        for one in result["findings"]
    )
    return BooksCheck(iso(at), findings, _head(session), witness)


def kept_witness(storage: ObjectStorage) -> Head | None:
    """The end of the audit chain as it was last kept outside the database."""
    try:
        with storage.open(WITNESS) as file:
            kept = json.loads(file.read())
    except FileNotFoundError:
        return None
    return Head(int(kept["seq"]), str(kept["seal"]))


def verify(session: Session, *, at: datetime, witness: Head | None = None) -> list[Finding]:
    """One finding per invariant; it is green without offenders. Changes nothing.

    `witness` is the end of the audit chain as it was kept outside the database.
    """
    moment = Moment(at, witness)
    return [
        Finding(invariant.id, invariant.title, tuple(invariant.find(session, moment)[:SHOWN]))
        for invariant in INVARIANTS
    ]


def _head(session: Session) -> Head:
    return audit.head_of(session) or Head(0, "")
