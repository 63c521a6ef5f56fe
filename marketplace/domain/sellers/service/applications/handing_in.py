"""Documents and confirmations of an application."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

from marketplace.domain.access.models import Person
from marketplace.domain.media import queries as media_queries
from marketplace.domain.media import service as media
from marketplace.domain.media.models import Purpose
from marketplace.domain.sellers.models import RequirementKind, Verdict
from marketplace.domain.sellers.queries import requirements
from marketplace.domain.sellers.queries.requirements import Standing
from marketplace.domain.sellers.rules import applications as rules
from marketplace.domain.sellers.rules import requirements as conditions
from marketplace.domain.sellers.service.applications.own import give, own_locked, standings
from marketplace.kit.errors import Invalid, NotFound
from marketplace.kit.languages import N_

ENDED = N_("This document has ended already. Hand in one that is still good.")
WHEN = N_("Until when is it good? Look at the document.")
NO_FILE = N_("Choose a file first.")


def hand_in(
    session: Session,
    person: Person,
    application_id: str,
    requirement_id: str,
    media_id: str,
    expires_on: date | None,
    *,
    at: datetime,
) -> str:
    """Give one document, or with no file one confirmation; returns the submission's id.

    Documents are rows of their own, so dropping three at once needs no version.
    """
    row = own_locked(session, person, application_id)
    one = _asked(standings(session, row, at), requirement_id)
    if not rules.is_open(row, one.submission, one.state):
        raise rules.NotEditable
    expires_on = ends_on(one, expires_on, at=at)
    check_document(one, media_id, expires_on, at=at)
    media_queries.require_owned(session, person, [media_id], Purpose.DOCUMENT)
    given = give(
        session,
        row,
        one.requirement,
        at=at,
        media_id=media_id,
        expires_on=expires_on if one.requirement.expires else None,
    )
    media.attach(session, person, "submission", given.id, [media_id], at=at)
    row.updated_at, row.step = at, max(row.step, 4)
    session.add(row)
    session.flush()
    return given.id


def take_back(
    session: Session, person: Person, application_id: str, requirement_id: str, *, at: datetime
) -> None:
    """Remove a document before anybody judged it. Raises `NotEditable`, `NotFound`."""
    row = own_locked(session, person, application_id)
    one = _asked(standings(session, row, at), requirement_id)
    given = one.submission
    if given is None or given.verdict is not Verdict.PENDING:
        raise rules.NotEditable
    if not rules.is_open(row, given, one.state):
        raise rules.NotEditable
    media.detach(session, "submission", given.id, at=at)
    session.delete(given)
    row.updated_at = at
    session.add(row)
    session.flush()


def ends_on(one: Standing, named: date | None, *, at: datetime) -> date | None:
    """The day it is good until: the named one, or for a statement that ends, a year from today."""
    if one.requirement.kind is RequirementKind.ATTESTATION and one.requirement.expires:
        return named or requirements.today_of(at) + timedelta(days=conditions.WINDOW_DAYS)
    return named


def check_document(one: Standing, media_id: str, expires_on: date | None, *, at: datetime) -> None:
    """Raises `Invalid`: no file, no end, or an end in the past."""
    errors = {}
    if one.requirement.kind is RequirementKind.DOCUMENT and not media_id:
        errors["media_id"] = NO_FILE
    if one.requirement.expires and expires_on is None:
        errors["expires_on"] = WHEN
    if conditions.is_past(expires_on, requirements.today_of(at)):
        errors["expires_on"] = ENDED
    if errors:
        raise Invalid(errors)


def _asked(found: list[Standing], requirement_id: str) -> Standing:
    for one in found:
        if one.requirement.id == requirement_id and one.requirement.kind in conditions.FILED:
            return one
    raise NotFound
