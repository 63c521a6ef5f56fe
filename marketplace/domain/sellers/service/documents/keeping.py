"""Documents of open shops as time goes by: reminded of, ended; ended ones cost switches."""

from collections.abc import Callable
from datetime import date, datetime

from sqlmodel import Session, col, select

from marketplace.domain.access.models import System
from marketplace.domain.sellers.models import (
    Requirement,
    Seller,
    SellerDeadline,
    Switch,
    Verdict,
)
from marketplace.domain.sellers.queries.documents import application_of, renewals_of
from marketplace.domain.sellers.queries.requirements import Standing, of_seller, today_of
from marketplace.domain.sellers.rules import requirements as rules
from marketplace.domain.sellers.rules import standing
from marketplace.domain.sellers.rules.requirements import Facts, RequirementState
from marketplace.domain.sellers.service.requirements.deadlines import DOCUMENTS, begin_deadline
from marketplace.domain.sellers.service.standing.switching import (
    locked,
    off_rows,
    switch_off,
    switch_on,
)
from marketplace.domain.sellers.service.telling import Both, day, tell_shop
from marketplace.kit.languages import N_

CLOCK = System(id="sellers.documents", name="Documents")
COSTS = (Switch.PAYOUTS, Switch.BUYABLE)
"""What goes off first, and what seven days later."""

COUNTED = ("reminded", "expired", "switched_off", "switched_on", "begun")

FactsOf = Callable[[Session, str], Facts]
"""What a seller sold in the rolling window; orders will tell it."""


def due_sellers(session: Session) -> list[str]:
    """Whose documents the job looks at."""
    return list(
        session.exec(
            select(Seller.id)
            .where(col(Seller.status).in_(standing.LIVE), Seller.application_id != "")
            .order_by(col(Seller.id))
        )
    )


def perform_due_of(
    session: Session, seller_id: str, *, at: datetime, facts: FactsOf | None = None
) -> dict[str, int]:
    """Remind, let end, switch, and begin what turnover asks for. Safe to repeat.

    One seller a transaction: none is locked while another is looked at.
    """
    counts = dict.fromkeys(COUNTED, 0)
    row = locked(session, seller_id)
    if row.status not in standing.LIVE:
        return counts
    counts["begun"] = _begin_by_turnover(session, row, facts, at=at)
    counts["reminded"] = _remind(session, row, at=at)
    counts["expired"] = _let_end(session, row, at=at)
    counts["switched_off"], counts["switched_on"] = keep_in_step(session, row, at=at)
    return counts


def keep_in_step(session: Session, row: Seller, *, at: datetime) -> tuple[int, int]:
    """Make the switches that documents cost fit the documents; returns how many went off and on.

    For callers that locked the seller. A deadline that is met by now is closed, too.
    """
    today = today_of(at)
    found = standings_of(session, row.id, today)
    _close_deadlines(session, row.id, found, at=at)
    off = on = 0
    for reason, wanted in (
        (standing.EXPIRED_REASON, _cost_of_ends(found, today)),
        (standing.OVERDUE_REASON, _cost_of_deadlines(session, row.id, today)),
    ):
        due = set(COSTS[:wanted])
        there = [one for one in off_rows(session, row.id) if one.reason == reason]
        over = [one for one in there if one.switch not in due]
        switch_on(session, CLOCK, row, over, at=at)
        fresh = switch_off(session, CLOCK, row, due, reason=reason, at=at)
        if fresh:
            _tell_switched(session, row, reason, at=at)
        off, on = off + len(fresh), on + len(over)
    return off, on


def _remind(session: Session, row: Seller, *, at: datetime) -> int:
    """One letter each 60, 30 and 7 days before a document ends, unless a renewal waits."""
    today = today_of(at)
    sent = 0
    good = [
        one
        for one in standings_of(session, row.id, today)
        if one.state is RequirementState.COMPLETE and one.submission and one.submission.expires_on
    ]
    renewals = renewals_of(session, [one.submission.id for one in good if one.submission])
    for one in good:
        given = one.submission
        assert given is not None and given.expires_on is not None
        due = rules.reminder_due(given.expires_on, today, given.reminded)
        renewal = renewals.get(given.id)
        if not due or (renewal is not None and renewal.verdict is Verdict.PENDING):
            continue
        given.reminded = due
        session.add(given)
        tell_shop(
            session,
            row.id,
            N_("A document of {shop} ends soon: {item}."),
            at=at,
            link=DOCUMENTS,
            letter="document_expiring",
            days={"until": given.expires_on},
            shop=row.name,
            item=Both(one.requirement.name, one.requirement.name_zh),
        )
        sent += 1
    session.flush()
    return sent


def _let_end(session: Session, row: Seller, *, at: datetime) -> int:
    today = today_of(at)
    ended = 0
    for one in standings_of(session, row.id, today):
        given = one.submission
        if given is None or given.verdict not in {Verdict.ACCEPTED, Verdict.WAIVED}:
            continue
        if not rules.is_past(given.expires_on, today):
            continue
        given.verdict, given.version = Verdict.EXPIRED, given.version + 1
        session.add(given)
        tell_shop(
            session,
            row.id,
            N_("A document of {shop} has ended: {item}."),
            at=at,
            link=DOCUMENTS,
            letter="document_expired",
            shop=row.name,
            item=Both(one.requirement.name, one.requirement.name_zh),
            n=one.requirement.grace_days,
        )
        ended += 1
    session.flush()
    return ended


def _begin_by_turnover(
    session: Session, row: Seller, facts: FactsOf | None, *, at: datetime
) -> int:
    """Deadlines for requirements that a shop of this size must meet."""
    if facts is None:
        return 0
    dynamic = session.exec(
        select(Requirement).where(
            col(Requirement.condition).is_not(None),
            col(Requirement.is_active),
            col(Requirement.is_required),
        )
    ).all()
    if not dynamic:
        return 0
    sold = facts(session, row.id)
    return sum(
        begin_deadline(session, row.id, one, at=at)
        for one in dynamic
        if rules.is_met_by(one.condition, sold)
    )


def _cost_of_ends(found: list[Standing], today: date) -> int:
    """The dearest of what required documents that ended cost by now."""
    return max(
        (
            rules.switches_due(one.submission.expires_on, one.requirement.grace_days, today)
            for one in found
            if one.requirement.is_required
            and one.state is RequirementState.EXPIRED
            and one.submission
            and one.submission.expires_on
        ),
        default=0,
    )


def _cost_of_deadlines(session: Session, seller_id: str, today: date) -> int:
    missed = session.exec(
        select(SellerDeadline).where(
            SellerDeadline.seller_id == seller_id, col(SellerDeadline.met_at).is_(None)
        )
    )
    return max((rules.switches_due(day(one.due_at), 0, today) for one in missed), default=0)


def _close_deadlines(
    session: Session, seller_id: str, found: list[Standing], *, at: datetime
) -> None:
    """Met is what is accepted, and what nobody asks of this shop any more, or no longer must have."""
    owed = {
        one.requirement.id
        for one in found
        if one.requirement.is_required and one.state is not RequirementState.COMPLETE
    }
    for deadline in session.exec(
        select(SellerDeadline).where(
            SellerDeadline.seller_id == seller_id, col(SellerDeadline.met_at).is_(None)
        )
    ):
        if deadline.requirement_id not in owed:
            deadline.met_at = at
            session.add(deadline)
    session.flush()


def _tell_switched(session: Session, row: Seller, reason: str, *, at: datetime) -> None:
    tell_shop(
        session,
        row.id,
        N_("{shop} was restricted. See what and why."),
        at=at,
        link=DOCUMENTS,
        letter="shop_restricted",
        labels={"reason": standing.SWITCH_REASONS[reason]},
        shop=row.name,
        note="–",
    )


def standings_of(session: Session, seller_id: str, today: date) -> list[Standing]:
    application = application_of(session, seller_id)
    return of_seller(session, application, seller_id, today) if application else []
