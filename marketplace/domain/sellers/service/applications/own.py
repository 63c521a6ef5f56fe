"""How an applicant's own application is found, locked and checked before any change."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Person
from marketplace.domain.sellers.models import (
    ApplicationStatus,
    Requirement,
    RequirementKind,
    SellerApplication,
    Submission,
    Verdict,
)
from marketplace.domain.sellers.queries import requirements
from marketplace.domain.sellers.queries.requirements import Standing
from marketplace.domain.sellers.rules import applications as rules
from marketplace.kit.errors import NotFound, NotSignedIn, Stale
from marketplace.kit.ids import new_id


def own_locked(
    session: Session, person: Person, application_id: str, *, version: int = 0
) -> SellerApplication:
    """Raises `NotFound` for anybody else's, and `Stale` when `version` (0: any) is not the newest."""
    if not person.id:
        raise NotSignedIn
    row = session.exec(
        select(SellerApplication)
        .where(SellerApplication.id == application_id, SellerApplication.person_id == person.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise NotFound
    if version and row.version != version:
        raise Stale
    return row


def require_open(
    session: Session, row: SellerApplication, kind: RequirementKind, *, at: datetime
) -> frozenset[str]:
    """The fields of this step that may change now; none named: all of them.

    Raises `NotEditable` while we look at the application, and for a step that was not sent back.
    """
    if row.status is ApplicationStatus.DRAFT:
        return frozenset()
    if row.status is not ApplicationStatus.CHANGES_REQUESTED:
        raise rules.NotEditable
    sent_back = [
        one
        for one in standings(session, row, at)
        if one.requirement.kind is kind and rules.is_open(row, one.submission, one.state)
    ]
    if not sent_back:
        raise rules.NotEditable
    return frozenset(
        field for one in sent_back if one.submission for field in one.submission.fields
    )


def standings(session: Session, row: SellerApplication, at: datetime) -> list[Standing]:
    return requirements.of_application(session, row, requirements.today_of(at))


def give(
    session: Session,
    row: SellerApplication,
    requirement: Requirement,
    *,
    at: datetime,
    media_id: str = "",
    expires_on: date | None = None,
    fields: Mapping[str, str] | None = None,
) -> Submission:
    """A new submission for a requirement; what was there before stays to be looked at."""
    replace_newest(session, row, requirement.id, at=at)
    given = Submission(
        id=new_id("sub"),
        requirement_id=requirement.id,
        application_id=row.id,
        media_id=media_id,
        expires_on=expires_on,
        fields=dict(fields or {}),
        verdict=Verdict.PENDING,
        handed_in_at=at,
    )
    session.add(given)
    session.flush()
    return given


def replace_newest(
    session: Session, row: SellerApplication, requirement_id: str, *, at: datetime
) -> None:
    before = requirements.newest(session, application_id=row.id).get(requirement_id)
    if before is not None:
        before.replaced_at = at
        session.add(before)
        session.flush()


def saved(session: Session, row: SellerApplication, *, at: datetime, step: int = 0) -> int:
    """Note that the application changed; returns its new version."""
    row.version += 1
    row.updated_at = at
    row.step = max(row.step, step)
    session.add(row)
    session.flush()
    return row.version


def open_application(session: Session, person_id: str) -> SellerApplication | None:
    """The one application of a person that is not over."""
    return session.exec(
        select(SellerApplication).where(
            SellerApplication.person_id == person_id,
            col(SellerApplication.status).not_in(rules.OVER),
        )
    ).first()
