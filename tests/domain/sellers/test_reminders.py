"""Who stopped on the way to a shop is led back by one letter each time it was left."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from marketplace import db
from marketplace.domain.access.models import Person
from marketplace.domain.notifications.models import Mail
from marketplace.domain.sellers.models import ApplicationStatus, SellerApplication
from marketplace.domain.sellers.service import applications
from marketplace.flows.seed.shops import Office
from marketplace.jobs import sellers
from tests.conftest import MONDAY, FrozenClock
from tests.make import shops as made

DAY = timedelta(days=1)


@pytest.fixture
def office(session: Session, clock_at: FrozenClock) -> Office:
    return made.market(session)


@pytest.fixture
def qiu(session: Session, office: Office) -> Person:
    return made.applicant(session, "per_qiu")


def letters(session: Session) -> list[dict[str, Any]]:
    wanted = select(Mail.words).where(Mail.template == "application_waiting")
    return list(session.exec(wanted))


@pytest.mark.parametrize(("hours", "is_due"), [(47, False), (48, True)])
def test_a_draft_is_remembered_two_days_after_it_was_touched_last(
    session: Session, qiu: Person, hours: int, is_due: bool
) -> None:
    id_ = made.written(session, qiu)
    at = session.get_one(SellerApplication, id_).updated_at + timedelta(hours=hours)

    assert applications.forgotten(session, at=at) == ([id_] if is_due else [])
    assert applications.remind(session, id_, at=at) == {"reminded": int(is_due)}
    assert len(letters(session)) == int(is_due)


def test_nobody_is_written_to_twice_unless_they_came_back(session: Session, qiu: Person) -> None:
    id_ = made.written(session, qiu)
    for day in (2, 3, 30):
        for due in applications.forgotten(session, at=MONDAY + day * DAY):
            applications.remind(session, due, at=MONDAY + day * DAY)
    assert applications.remind(session, id_, at=MONDAY + 31 * DAY) == {"reminded": 0}
    assert len(letters(session)) == 1

    session.get_one(SellerApplication, id_).updated_at = MONDAY + 40 * DAY
    session.flush()
    assert applications.forgotten(session, at=MONDAY + 41 * DAY) == []
    assert applications.remind(session, id_, at=MONDAY + 42 * DAY) == {"reminded": 1}


@pytest.mark.parametrize("status", list(ApplicationStatus))
def test_only_what_lies_with_the_applicant_is_remembered(
    session: Session, qiu: Person, status: ApplicationStatus
) -> None:
    id_ = made.written(session, qiu)
    session.get_one(SellerApplication, id_).status = status
    session.flush()
    is_theirs = status in {ApplicationStatus.DRAFT, ApplicationStatus.CHANGES_REQUESTED}

    assert applications.forgotten(session, at=MONDAY + 9 * DAY) == ([id_] if is_theirs else [])
    assert applications.remind(session, id_, at=MONDAY + 9 * DAY) == {"reminded": int(is_theirs)}


def test_the_letter_leads_to_the_page_and_says_where_it_stopped(
    session: Session, qiu: Person
) -> None:
    id_ = made.written(session, qiu)
    applications.remind(session, id_, at=MONDAY + 2 * DAY)

    (words,) = letters(session)
    assert words["link"].endswith("/seller/apply")
    assert words["step"] == 6
    assert words["state"] == "It has not been sent to us yet."


def test_the_job_writes_and_counts(database: str, clock_at: FrozenClock) -> None:
    def begun(session: Session) -> None:
        made.market(session)
        made.written(session, made.applicant(session, "per_qiu"))

    db.call(begun)
    clock_at.advance(days=3)

    assert sellers.remind_applicants("w") == {"reminded": 1}
    assert sellers.remind_applicants("w") == {"reminded": 0}
