"""Staff look at an application: who takes it, a verdict per requirement, what to change."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlmodel import Session, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.accounts.queries import identity
from marketplace.domain.audit import service as audit
from marketplace.domain.moves.service import move
from marketplace.domain.sellers.models import (
    ApplicationStatus,
    Requirement,
    SellerApplication,
    Submission,
    Verdict,
)
from marketplace.domain.sellers.queries.applications.mine import KIND
from marketplace.domain.sellers.rules import applications as rules
from marketplace.domain.sellers.rules.requirements import RequirementState
from marketplace.domain.sellers.service.applications.own import give, saved, standings
from marketplace.domain.sellers.service.applications.sending import PAGE
from marketplace.domain.sellers.service.own_shop import require_other_person
from marketplace.domain.sellers.service.telling import tell_person
from marketplace.kit.errors import Invalid, NotFound, Stale
from marketplace.kit.languages import N_

SAY_WHAT = N_("Say what is wrong, so that it can be put right.")


def take(session: Session, staff: Staff, application_id: str, *, at: datetime) -> None:
    """Begin to review it, as mine. Raises `NotFound`, `MoveNotAllowed`."""
    staff.require(Permission.SELLERS_REVIEW)
    row = locked(session, application_id)
    _begin(session, staff, row, staff.id, at=at)
    saved(session, row, at=at)


def assign(
    session: Session, staff: Staff, ids: Collection[str], reviewer_id: str, *, at: datetime
) -> int:
    """Give waiting applications to a colleague who may decide; returns how many changed hands."""
    staff.require(Permission.SELLERS_REVIEW)
    _, rights = identity.staff_rights(session, reviewer_id)
    if Permission.SELLERS_REVIEW not in rights:
        raise NotFound
    changed = 0
    for id_ in sorted(set(ids)):
        row = locked(session, id_)
        if row.status in rules.WAITING and row.reviewer_id != reviewer_id:
            _begin(session, staff, row, reviewer_id, at=at)
            saved(session, row, at=at)
            changed += 1
            audit.record(
                session,
                staff,
                "sellers.application_assigned",
                KIND,
                row.id,
                at=at,
                after={"reviewer": reviewer_id},
            )
    return changed


def judge(
    session: Session,
    staff: Staff,
    submission_id: str,
    verdict: Verdict,
    *,
    note: str = "",
    fields: Mapping[str, str] | None = None,
    version: int | None = None,
    at: datetime,
) -> None:
    """Say of one requirement whether it is met. `fields`: what is wrong with which field;
    `version`: of the application as it was looked at, raising `Stale` if a colleague was faster.

    A rejection needs a note or fields; waiving one is recorded like any verdict.
    """
    staff.require(Permission.SELLERS_REVIEW)
    known = session.get(Submission, submission_id)
    if known is None or not known.application_id:
        raise NotFound
    row = locked(session, known.application_id)
    require_other_person(staff, row)
    given = _submission_locked(session, submission_id)
    if row.status not in rules.WAITING or given.replaced_at is not None:
        raise Stale
    if version is not None and row.version != version:
        raise Stale
    wrong = {name: text.strip() for name, text in (fields or {}).items() if text.strip()}
    if verdict is Verdict.REJECTED and not (note.strip() or wrong):
        raise Invalid({"note": SAY_WHAT})
    _begin(session, staff, row, row.reviewer_id or staff.id, at=at)
    before = given.verdict
    give_verdict(given, staff.id, verdict, note.strip(), wrong, at=at)
    session.add(given)
    saved(session, row, at=at)
    audit.record(
        session,
        staff,
        "sellers.submission_judged",
        "submission",
        given.id,
        at=at,
        before={"verdict": before},
        after={"verdict": verdict, "note": given.note},
    )


def request_changes(
    session: Session,
    staff: Staff,
    application_id: str,
    note: str,
    *,
    version: int,
    at: datetime,
) -> None:
    """Send back what was rejected, and nothing else. Raises `NothingToFix`, `Stale`."""
    staff.require(Permission.SELLERS_REVIEW)
    row = locked(session, application_id)
    require_other_person(staff, row)
    if row.version != version:
        raise Stale
    _send_back(session, staff, row, note, at=at)


def ask_for(
    session: Session,
    staff: Staff,
    ids: Collection[str],
    requirement_id: str,
    note: str,
    *,
    at: datetime,
) -> int:
    """Ask several applicants for the same document; returns how many it concerned."""
    staff.require(Permission.SELLERS_REVIEW)
    requirement = session.get(Requirement, requirement_id)
    if requirement is None:
        raise NotFound
    if not note.strip():
        raise Invalid({"note": SAY_WHAT})
    asked = 0
    for id_ in sorted(set(ids)):
        row = locked(session, id_)
        require_other_person(staff, row)
        if row.status not in rules.WAITING:
            continue
        concerned = {one.requirement.id: one for one in standings(session, row, at)}
        if requirement_id not in concerned:
            continue
        given = concerned[requirement_id].submission or give(session, row, requirement, at=at)
        give_verdict(given, staff.id, Verdict.REJECTED, note.strip(), {}, at=at)
        session.add(given)
        session.flush()
        _send_back(session, staff, row, "", at=at)
        asked += 1
    return asked


def locked(session: Session, application_id: str) -> SellerApplication:
    """Raises `NotFound`, for drafts as well: they are still the applicant's own."""
    row = session.exec(
        select(SellerApplication)
        .where(SellerApplication.id == application_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if row is None or row.status is ApplicationStatus.DRAFT:
        raise NotFound
    return row


def give_verdict(
    given: Submission,
    staff_id: str,
    verdict: Verdict,
    note: str,
    fields: Mapping[str, str],
    *,
    at: datetime,
) -> None:
    given.verdict, given.note, given.fields = verdict, note, dict(fields)
    is_decided = verdict is not Verdict.PENDING
    given.decided_at, given.decided_by = (at, staff_id) if is_decided else (None, "")
    given.version += 1


def _begin(
    session: Session, staff: Staff, row: SellerApplication, reviewer_id: str, *, at: datetime
) -> None:
    if row.status is ApplicationStatus.SUBMITTED:
        move(session, staff, rules.MOVES, KIND, row, ApplicationStatus.IN_REVIEW, at=at)
    elif row.status is not ApplicationStatus.IN_REVIEW:
        raise rules.NotEditable
    row.reviewer_id = reviewer_id


def _send_back(
    session: Session, staff: Staff, row: SellerApplication, note: str, *, at: datetime
) -> None:
    wrong = [one for one in standings(session, row, at) if one.state is RequirementState.REJECTED]
    if not wrong:
        raise rules.NothingToFix
    _begin(session, staff, row, row.reviewer_id or staff.id, at=at)
    row.note, row.decided_at, row.due_at = note.strip(), at, None
    saved(session, row, at=at)
    to = ApplicationStatus.CHANGES_REQUESTED
    move(session, staff, rules.MOVES, KIND, row, to, at=at, note=row.note)
    tell_person(
        session,
        row.person_id,
        "application",
        N_("Something in your application for {shop} needs a change."),
        at=at,
        link=PAGE,
        letter="application_changes",
        shop=row.shop_name,
        n=len(wrong),
        note=row.note or "–",
    )
    audit.record(
        session,
        staff,
        "sellers.application_sent_back",
        KIND,
        row.id,
        at=at,
        after={"items": [one.requirement.code for one in wrong]},
    )


def _submission_locked(session: Session, submission_id: str) -> Submission:
    return session.exec(
        select(Submission)
        .where(Submission.id == submission_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
