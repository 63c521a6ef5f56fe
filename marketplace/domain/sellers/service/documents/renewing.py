"""A newer document for an open shop: handed in by its members, judged by staff."""

from datetime import date, datetime

from sqlmodel import Session, select

from marketplace.domain.access.models import Permission, SellerMember, Staff
from marketplace.domain.audit import service as audit
from marketplace.domain.media import queries as media_queries
from marketplace.domain.media import service as media
from marketplace.domain.media.models import Purpose
from marketplace.domain.sellers.models import (
    Requirement,
    Submission,
    Verdict,
)
from marketplace.domain.sellers.queries.documents import application_of, renewals_of
from marketplace.domain.sellers.queries.requirements import Standing, today_of
from marketplace.domain.sellers.service.applications.handing_in import check_document, ends_on
from marketplace.domain.sellers.service.applications.reviewing import SAY_WHAT, give_verdict
from marketplace.domain.sellers.service.documents.keeping import keep_in_step, standings_of
from marketplace.domain.sellers.service.own_shop import require_other_shop
from marketplace.domain.sellers.service.requirements.deadlines import DOCUMENTS
from marketplace.domain.sellers.service.standing.switching import (
    locked,
)
from marketplace.domain.sellers.service.telling import Both, tell_reviewers, tell_shop
from marketplace.kit.errors import Invalid, NotFound, Stale
from marketplace.kit.ids import new_id
from marketplace.kit.languages import N_


def renew(
    session: Session,
    member: SellerMember,
    requirement_id: str,
    media_id: str,
    expires_on: date | None,
    *,
    at: datetime,
) -> str:
    """Hand in a newer document; the old one counts until this one is accepted. Returns its id."""
    member.require(Permission.SHOP_MANAGE)
    one = _asked(session, member.seller_id, requirement_id, at)
    expires_on = ends_on(one, expires_on, at=at)
    check_document(one, media_id, expires_on, at=at)
    media_queries.require_owned(session, member, [media_id], Purpose.DOCUMENT)
    application = application_of(session, member.seller_id)
    _drop_earlier(session, one, at=at)
    is_first = one.submission is None or one.submission.verdict in {
        Verdict.PENDING,
        Verdict.REJECTED,
    }
    given = Submission(
        id=new_id("sub"),
        requirement_id=requirement_id,
        application_id=application.id if application else "",
        seller_id=member.seller_id,
        media_id=media_id,
        renews="" if is_first or one.submission is None else one.submission.id,
        verdict=Verdict.PENDING,
        expires_on=expires_on if one.requirement.expires else None,
        handed_in_at=at,
    )
    session.add(given)
    session.flush()
    media.attach(session, member, "submission", given.id, [media_id], at=at)
    tell_reviewers(
        session,
        Permission.SELLERS_REVIEW,
        N_("{shop} handed in a new document: {item}."),
        at=at,
        link="/admin/sellers/documents",
        shop=member.seller_name,
        item=one.requirement.name,
    )
    audit.record(
        session,
        member,
        "sellers.document_renewed",
        "submission",
        given.id,
        at=at,
        after={"requirement": one.requirement.code},
    )
    return given.id


def judge(
    session: Session,
    staff: Staff,
    submission_id: str,
    verdict: Verdict,
    *,
    note: str = "",
    at: datetime,
) -> None:
    """Decide on a document of an open shop. Accepted, what the old one cost is given back.

    Raises `Invalid`, `Stale` if it was replaced or decided, `NotFound` for an applicant's.
    """
    staff.require(Permission.SELLERS_REVIEW)
    known = session.get(Submission, submission_id)
    if known is None or not known.seller_id:
        raise NotFound
    require_other_shop(session, staff, known.seller_id)
    row = locked(session, known.seller_id)
    given = session.exec(
        select(Submission)
        .where(Submission.id == submission_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if given.verdict is not Verdict.PENDING or given.replaced_at is not None:
        raise Stale
    if verdict not in {Verdict.ACCEPTED, Verdict.REJECTED, Verdict.WAIVED}:
        raise NotFound
    if verdict is Verdict.REJECTED and not note.strip():
        raise Invalid({"note": SAY_WHAT})
    give_verdict(given, staff.id, verdict, note.strip(), {}, at=at)
    if verdict is not Verdict.REJECTED:
        _take_over(session, given, at=at)
    session.add(given)
    session.flush()
    keep_in_step(session, row, at=at)
    requirement = session.get_one(Requirement, given.requirement_id)
    is_good = verdict is not Verdict.REJECTED
    tell_shop(
        session,
        row.id,
        N_("Your document was accepted: {item}.")
        if is_good
        else N_("Your document was not accepted: {item}."),
        at=at,
        link=DOCUMENTS,
        letter="" if is_good else "document_rejected",
        item=Both(requirement.name, requirement.name_zh),
        note=note.strip() or "–",
    )
    audit.record(
        session,
        staff,
        "sellers.document_judged",
        "submission",
        given.id,
        at=at,
        after={"verdict": verdict, "note": note.strip()},
        seller_id=row.id,
    )


def _take_over(session: Session, given: Submission, *, at: datetime) -> None:
    """An accepted renewal is the document from now on."""
    if not given.renews:
        return
    old = session.get(Submission, given.renews)
    if old is not None:
        old.replaced_at = at
        session.add(old)
    given.renews = ""


def _drop_earlier(session: Session, one: Standing, *, at: datetime) -> None:
    """A renewal, or a first try, that was not accepted gives way to the next."""
    if one.submission is None:
        return
    renewal = renewals_of(session, [one.submission.id]).get(one.submission.id)
    if renewal is not None:
        renewal.replaced_at = at
        session.add(renewal)
    if one.submission.verdict in {Verdict.PENDING, Verdict.REJECTED}:
        one.submission.replaced_at = at
        session.add(one.submission)
    session.flush()


def _asked(session: Session, seller_id: str, requirement_id: str, at: datetime) -> Standing:
    # one change of a shop's documents at a time
    locked(session, seller_id)
    for one in standings_of(session, seller_id, today_of(at)):
        if one.requirement.id == requirement_id:
            return one
    raise NotFound
