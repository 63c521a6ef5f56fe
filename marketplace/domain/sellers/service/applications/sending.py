"""An application begins, is submitted, appealed or given up."""

from datetime import datetime

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission, Person
from marketplace.domain.accounts.models import PersonAccount
from marketplace.domain.audit import service as audit
from marketplace.domain.media import service as media
from marketplace.domain.moves.service import move, started
from marketplace.domain.sellers.models import (
    ApplicationStatus,
    RequirementKind,
    SellerApplication,
    Submission,
)
from marketplace.domain.sellers.queries.agreements import agreement
from marketplace.domain.sellers.queries.applications.mine import KIND, may_apply_again, said_in
from marketplace.domain.sellers.queries.applications.names import is_slug_free
from marketplace.domain.sellers.rules import applications as rules
from marketplace.domain.sellers.rules import requirements as conditions
from marketplace.domain.sellers.rules.standing import AlreadyAppealed, TooLate
from marketplace.domain.sellers.service.applications.own import (
    give,
    open_application,
    own_locked,
    require_open,
    saved,
    standings,
)
from marketplace.domain.sellers.service.applications.saving import SLUG_TAKEN, taken_names
from marketplace.domain.sellers.service.telling import day, tell_person, tell_reviewers
from marketplace.kit.errors import Invalid, NotFound, NotSignedIn, Stale
from marketplace.kit.ids import new_id
from marketplace.kit.languages import N_
from marketplace.settings import settings

PAGE = "/seller/apply"
REVIEW = "/admin/applications"
NEWER = N_("There is a newer version of the agreement. Read it, then accept it.")
WRITE = N_("Say why the decision should change.")
COPIED = (
    "business_type",
    "contact",
    "legal",
    "shop",
    "shop_name",
    "slug",
    "category_ids",
    "registration_key",
    "bank_sealed",
    "bank_last",
    "bank_key",
)
"""What somebody who applies again need not write again; documents are asked for anew."""


def start(session: Session, person: Person, *, at: datetime) -> str:
    """The person's open application, or a new one that begins where a rejected one ended.

    Raises `TooSoon` while a rejection still counts or an appeal waits.
    """
    if not person.id:
        raise NotSignedIn
    # one start at a time: two tabs make one application
    session.exec(select(PersonAccount.id).where(PersonAccount.id == person.id).with_for_update())
    if there := open_application(session, person.id):
        return there.id
    last = _last(session, person.id)
    is_again = last is not None and last.status is ApplicationStatus.REJECTED
    if is_again and last is not None and not may_apply_again(last, at):
        raise rules.TooSoon
    row = SellerApplication(
        id=new_id("app"),
        person_id=person.id,
        status=ApplicationStatus.DRAFT,
        created_at=at,
        updated_at=at,
        **({name: getattr(last, name) for name in COPIED} if is_again else {}),
    )
    session.add(row)
    session.flush()
    started(session, person, KIND, row, at=at)
    return row.id


def accept_agreement(
    session: Session,
    person: Person,
    application_id: str,
    agreement_version: int,
    *,
    version: int,
    at: datetime,
) -> int:
    """Agree to the newest version, the one that was shown. Raises `Invalid` for an older one."""
    row = own_locked(session, person, application_id, version=version)
    require_open(session, row, RequirementKind.AGREEMENT, at=at)
    if agreement_version != agreement(session, at).version:
        raise Invalid({"agreement": NEWER})
    row.agreement, row.agreed_at = agreement_version, at
    return saved(session, row, at=at, step=6)


def submit(
    session: Session, person: Person, application_id: str, *, version: int, at: datetime
) -> None:
    """Hand the application to us. Raises `Incomplete`, `Invalid`, `Stale`, `NotFound`."""
    row = own_locked(session, person, application_id, version=version)
    if row.status not in rules.EDITABLE:
        raise rules.NotEditable
    found = standings(session, row, at)
    missing = conditions.missing((one.requirement, one.state) for one in found)
    if not row.business_type:
        missing = ["business_type", *missing]
    if missing:
        raise rules.Incomplete(missing)
    _check_still_true(session, person, row, at)
    for one in found:
        if one.requirement.kind in conditions.STEP_KINDS and one.submission is None:
            give(session, row, one.requirement, at=at)
    row.round, row.submitted_at, row.ip = row.round + 1, at, person.ip
    row.due_at, row.decided_at = rules.promise(at, settings().time_zone), None
    row.note = ""
    row.said_before, row.said_last = row.said_last, said_in(row)
    saved(session, row, at=at)
    move(session, person, rules.MOVES, KIND, row, ApplicationStatus.SUBMITTED, at=at)
    _tell_submitted(session, person, row, at=at)
    audit.record(
        session,
        person,
        "sellers.application_submitted",
        KIND,
        row.id,
        at=at,
        after={"round": row.round, "shop_name": row.shop_name, "agreement": row.agreement},
    )


def appeal(
    session: Session, person: Person, application_id: str, text: str, *, at: datetime
) -> None:
    """Once, within 14 days of a rejection. Somebody else than who rejected decides on it."""
    row = own_locked(session, person, application_id)
    if row.status is not ApplicationStatus.REJECTED or row.decided_at is None:
        raise rules.NotEditable
    if row.appeal:
        raise AlreadyAppealed
    last = _last(session, person.id)
    until = rules.appeal_until(row.decided_at, settings().time_zone)
    if at > until or (last is not None and last.id != row.id):
        raise TooLate
    if not text.strip():
        raise Invalid({"appeal": WRITE})
    row.appeal, row.appealed_at = text.strip(), at
    saved(session, row, at=at)
    tell_reviewers(
        session,
        Permission.SELLERS_REVIEW,
        N_("{shop} appeals against its rejection."),
        at=at,
        link=f"{REVIEW}/{row.id}",
        shop=row.shop_name,
    )
    audit.record(session, person, "sellers.application_appealed", KIND, row.id, at=at)


def delete_draft(
    session: Session, person: Person, application_id: str, *, version: int, at: datetime
) -> None:
    """Forget a draft that was never submitted, with everything in it."""
    row = own_locked(session, person, application_id, version=version)
    if row.status is not ApplicationStatus.DRAFT:
        raise rules.NotEditable
    for given in session.exec(select(Submission).where(Submission.application_id == row.id)):
        media.detach(session, "submission", given.id, at=at)
        session.delete(given)
    media.detach(session, KIND, row.id, at=at)
    session.delete(row)
    session.flush()
    audit.record(session, person, "sellers.application_deleted", KIND, row.id, at=at)


def _check_still_true(
    session: Session, person: Person, row: SellerApplication, at: datetime
) -> None:
    """Names may have been taken, and the agreement renewed, since the steps were saved."""
    errors = taken_names(session, person, row.shop_name, str(row.shop.get("shop_name_zh", "")))
    if not is_slug_free(session, person, row.slug):
        errors["slug"] = SLUG_TAKEN
    if row.agreement != agreement(session, at).version and row.status is ApplicationStatus.DRAFT:
        errors["agreement"] = NEWER
    if errors:
        raise Invalid(errors)


def _tell_submitted(
    session: Session, person: Person, row: SellerApplication, *, at: datetime
) -> None:
    assert row.due_at is not None
    tell_person(
        session,
        person.id,
        "application",
        N_("We have your application for {shop}."),
        at=at,
        link=PAGE,
        letter="application_received",
        days={"until": day(row.due_at)},
        shop=row.shop_name,
    )
    message = N_("{shop} applied to sell.")
    if row.reviewer_id:
        tell_person(
            session,
            row.reviewer_id,
            "review",
            N_("{shop} sent its application again."),
            at=at,
            link=f"{REVIEW}/{row.id}",
            shop=row.shop_name,
        )
    else:
        tell_reviewers(
            session,
            Permission.SELLERS_REVIEW,
            message,
            at=at,
            link=f"{REVIEW}/{row.id}",
            shop=row.shop_name,
        )


def _last(session: Session, person_id: str) -> SellerApplication | None:
    return session.exec(
        select(SellerApplication)
        .where(SellerApplication.person_id == person_id)
        .order_by(col(SellerApplication.created_at).desc(), col(SellerApplication.id).desc())
        .limit(1)
    ).first()


def require_newest(session: Session, row: SellerApplication) -> None:
    """Raises `Stale` when the person applied anew since: an old decision is not reopened then."""
    last = _last(session, row.person_id)
    if last is None:
        raise NotFound
    if last.id != row.id:
        raise Stale
