"""Invariants of the audit log, the outbox and the jobs."""

from sqlmodel import Session

from marketplace.domain.audit import queries as audit
from marketplace.domain.jobs import queries as jobs
from marketplace.domain.outbox import queries as outbox
from marketplace.flows.verify.kinds import Invariant, Moment, Offender
from marketplace.kit.languages import N_


def audit_chain(session: Session, moment: Moment) -> list[Offender]:
    check = audit.verify_chain(session, witness=moment.witness)
    return [] if check.is_whole else [Offender("audit_entry", str(check.bad_seq), check.reason)]


def late_messages(session: Session, moment: Moment) -> list[Offender]:
    return [
        Offender("outbox_message", row.id, f"{row.topic}: {row.last_error or 'never tried'}")
        for row in outbox.late_messages(session, at=moment.at)
    ]


def dead_messages(session: Session, _moment: Moment) -> list[Offender]:
    return [
        Offender("outbox_message", row.id, f"{row.topic}: {row.last_error}")
        for row in outbox.dead_messages(session)
    ]


def stuck_runs(session: Session, moment: Moment) -> list[Offender]:
    return [
        Offender("job_run", row.id, f"{row.job}, {row.worker}")
        for row in jobs.stuck_runs(session, at=moment.at)
    ]


INVARIANTS = (
    Invariant(
        "INV-17", N_("The audit log is whole: no entry changed, moved or missing"), audit_chain
    ),
    Invariant("INV-14", N_("Nothing owed to the outside waits over 15 minutes"), late_messages),
    Invariant(
        "INV-14b", N_("No effect was given up without somebody looking at it"), dead_messages
    ),
    Invariant("INV-J1", N_("No background job hangs"), stuck_runs),
)
