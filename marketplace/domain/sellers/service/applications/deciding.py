"""The last word on an application: no, an appeal against it, and the two halves of a yes."""

from datetime import datetime

from sqlmodel import Session, col, update

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.audit import service as audit
from marketplace.domain.moves.service import move
from marketplace.domain.sellers.models import (
    ApplicationStatus,
    SellerApplication,
    Submission,
    Verdict,
)
from marketplace.domain.sellers.queries.applications.mine import KIND
from marketplace.domain.sellers.rules import applications as rules
from marketplace.domain.sellers.rules import requirements as conditions
from marketplace.domain.sellers.rules import standing
from marketplace.domain.sellers.rules.requirements import RequirementState
from marketplace.domain.sellers.service.applications.own import saved, standings
from marketplace.domain.sellers.service.applications.reviewing import give_verdict, locked
from marketplace.domain.sellers.service.applications.sending import PAGE, require_newest
from marketplace.domain.sellers.service.own_shop import require_other_person
from marketplace.domain.sellers.service.telling import day, tell_person
from marketplace.kit.days import day_start
from marketplace.kit.errors import Invalid, NotFound, Stale
from marketplace.kit.languages import N_
from marketplace.settings import settings

ANSWER = N_("Please write an answer.")


def reject(
    session: Session,
    staff: Staff,
    application_id: str,
    reason: str,
    note: str,
    *,
    version: int,
    at: datetime,
) -> None:
    """Say no, with a code of `rules.REASONS`; they may apply again after 30 days, or appeal."""
    staff.require(Permission.SELLERS_REVIEW)
    row = _newest(locked(session, application_id), version)
    require_other_person(staff, row)
    if reason not in rules.REASONS:
        raise NotFound
    if reason == "other" and not note.strip():
        raise Invalid({"note": ANSWER})
    _take(session, staff, row, at=at)
    row.reason, row.note = reason, note.strip()
    row.decided_at, row.decided_by, row.due_at = at, staff.id, None
    row.first_yes_by = row.first_yes_at = row.first_yes_level = row.first_yes_round = None
    row.again_from = day_start(at + rules.AGAIN_AFTER, settings().time_zone)
    row.appeal, row.appeal_answer = "", ""
    row.appealed_at, row.appeal_decided_at = None, None
    saved(session, row, at=at)
    to = ApplicationStatus.REJECTED
    move(session, staff, rules.MOVES, KIND, row, to, at=at, reason=reason, note=row.note)
    tell_person(
        session,
        row.person_id,
        "application",
        N_("We can't accept your application for {shop}."),
        at=at,
        link=PAGE,
        letter="application_rejected",
        labels={"reason": rules.REASONS[reason]},
        days={
            "again": day(row.again_from),
            "until": day(rules.appeal_until(at, settings().time_zone)),
        },
        shop=row.shop_name,
        note=row.note or "–",
    )
    audit.record(
        session,
        staff,
        "sellers.application_rejected",
        KIND,
        row.id,
        at=at,
        after={"reason": reason, "note": row.note},
    )


def decide_appeal(
    session: Session,
    staff: Staff,
    application_id: str,
    *,
    is_granted: bool,
    answer: str,
    at: datetime,
) -> None:
    """Granted, it is reviewed again. Raises `NotYourOwn` for who rejected it."""
    staff.require(Permission.SELLERS_REVIEW)
    row = locked(session, application_id)
    require_other_person(staff, row)
    is_waiting = bool(row.appeal) and row.appeal_decided_at is None
    if row.status is not ApplicationStatus.REJECTED or not is_waiting:
        raise standing.NothingToDecide
    if not standing.may_decide(row.decided_by, staff.id):
        raise standing.NotYourOwn
    if not answer.strip():
        raise Invalid({"answer": ANSWER})
    require_newest(session, row)
    row.appeal_answer, row.appeal_decided_at = answer.strip(), at
    if is_granted:
        row.reviewer_id, row.again_from, row.reason = staff.id, None, ""
        row.due_at = rules.promise(at, settings().time_zone)
        to = ApplicationStatus.IN_REVIEW
        move(
            session, staff, rules.MOVES, KIND, row, to, at=at, reason="appeal", note=answer.strip()
        )
    saved(session, row, at=at)
    tell_person(
        session,
        row.person_id,
        "application",
        N_("Your appeal for {shop} was granted: we look at it again.")
        if is_granted
        else N_("Your appeal for {shop} was turned down."),
        at=at,
        link=PAGE,
        letter="appeal_granted" if is_granted else "appeal_denied",
        shop=row.shop_name,
        note=row.appeal_answer,
    )
    audit.record(
        session,
        staff,
        "sellers.application_appeal_decided",
        KIND,
        row.id,
        at=at,
        after={"granted": is_granted, "answer": row.appeal_answer},
    )


def prepare_approval(
    session: Session, staff: Staff, application_id: str, *, version: int, at: datetime
) -> SellerApplication:
    """First half of a yes: nothing may be missing, and what still waits is accepted by it.

    Raises `Incomplete`, `Stale`, `NotFound`, `MoveNotAllowed`; the row stays locked.
    """
    staff.require(Permission.SELLERS_REVIEW)
    row = _newest(locked(session, application_id), version)
    require_other_person(staff, row)
    _take(session, staff, row, at=at)
    found = standings(session, row, at)
    if missing := conditions.missing((one.requirement, one.state) for one in found):
        raise rules.Incomplete(missing)
    for one in found:
        if one.state is RequirementState.PENDING and one.submission is not None:
            give_verdict(one.submission, staff.id, Verdict.ACCEPTED, "", {}, at=at)
            session.add(one.submission)
    session.flush()
    return row


def agree_first(
    session: Session, staff: Staff, row: SellerApplication, level: str, *, at: datetime
) -> None:
    """A yes that opens nothing yet: it is in review until a second person agrees."""
    staff.require(Permission.SELLERS_REVIEW)
    row.first_yes_by, row.first_yes_at = staff.id, at
    row.first_yes_level, row.first_yes_round = level, row.round
    row.reviewer_id = ""
    saved(session, row, at=at)
    audit.record(
        session,
        staff,
        "sellers.application_first_yes",
        KIND,
        row.id,
        at=at,
        after={"level": level, "round": row.round},
    )


def conclude_approval(
    session: Session, staff: Staff, row: SellerApplication, seller_id: str, *, at: datetime
) -> None:
    """Second half: the application and what was handed in belong to the seller from now on."""
    row.seller_id, row.decided_at, row.decided_by = seller_id, at, staff.id
    row.due_at, row.reason = None, ""
    saved(session, row, at=at)
    session.exec(
        update(Submission)
        .where(col(Submission.application_id) == row.id)
        .values(seller_id=seller_id)
        .execution_options(synchronize_session="fetch")
    )
    move(session, staff, rules.MOVES, KIND, row, ApplicationStatus.APPROVED, at=at)
    tell_person(
        session,
        row.person_id,
        "application",
        N_("Welcome: {shop} is open."),
        at=at,
        link="/seller",
        letter="application_approved",
        shop=row.shop_name,
    )
    audit.record(
        session,
        staff,
        "sellers.application_approved",
        KIND,
        row.id,
        at=at,
        after={"seller": seller_id},
        seller_id=seller_id,
    )


def _newest(row: SellerApplication, version: int) -> SellerApplication:
    if row.version != version:
        raise Stale
    return row


def _take(session: Session, staff: Staff, row: SellerApplication, *, at: datetime) -> None:
    """Who decides reviewed it, if only for a moment."""
    if row.status is ApplicationStatus.SUBMITTED:
        move(session, staff, rules.MOVES, KIND, row, ApplicationStatus.IN_REVIEW, at=at)
    row.reviewer_id = row.reviewer_id or staff.id
    rules.MOVES.check(row.status, ApplicationStatus.REJECTED)
