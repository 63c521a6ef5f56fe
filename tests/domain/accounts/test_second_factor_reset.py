"""A lost phone: two members of staff, a day's wait, and the person can stop it (SEC-20)."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.accounts.models import PersonAccount, Role, TwoStepReset
from marketplace.domain.accounts.rules import NotToYourself
from marketplace.domain.accounts.service import roles, second_factor
from marketplace.domain.audit.models import AuditEntry
from marketplace.domain.notifications.models import Mail
from marketplace.kit.errors import NotAllowed, NotFound, StepUpNeeded
from tests.conftest import MONDAY
from tests.make import people as made
from tests.make.people import JOB

DAY = timedelta(days=1)
ONE = made.staff(Permission.STAFF_MANAGE, id_="per_one", proved_at=MONDAY)
TWO = made.staff(Permission.STAFF_MANAGE, id_="per_two", proved_at=MONDAY)


@pytest.fixture
def kim(session: Session) -> str:
    for name in ("per_one", "per_two"):
        made.person_row(session, id=name)
    made.person_row(session, id="per_kim", totp_secret="sealed", totp_enrolled_at=MONDAY)
    return "per_kim"


def has_app(session: Session, person_id: str) -> bool:
    session.expire_all()
    return session.get_one(PersonAccount, person_id).totp_enrolled_at is not None


def test_after_two_people_and_a_day_it_is_taken_away(session: Session, kim: str) -> None:
    asked = second_factor.request_reset(session, ONE, kim, at=MONDAY)
    second_factor.approve_reset(session, TWO, asked, at=MONDAY)

    early = second_factor.perform_due_resets(session, at=MONDAY + DAY - timedelta(seconds=1))
    due = second_factor.perform_due_resets(session, at=MONDAY + DAY)

    assert (early, due, has_app(session, kim)) == (0, 1, False)
    letters = session.exec(select(Mail.template).where(Mail.person_id == kim)).all()
    assert letters == ["two_step_reset", "two_step_changed"]
    told = session.exec(select(AuditEntry.action).order_by(AuditEntry.seq)).all()
    assert told[-1] == "accounts.two_step_reset_done"


def test_one_alone_cannot(session: Session, kim: str) -> None:
    asked = second_factor.request_reset(session, ONE, kim, at=MONDAY)

    with pytest.raises(NotToYourself):
        second_factor.approve_reset(session, ONE, asked, at=MONDAY)
    second_factor.perform_due_resets(session, at=MONDAY + 7 * DAY)

    assert has_app(session, kim)


def test_nobody_resets_themselves(session: Session, kim: str) -> None:
    own = made.staff(Permission.STAFF_MANAGE, id_=kim, proved_at=MONDAY)

    with pytest.raises(NotToYourself):
        second_factor.request_reset(session, own, kim, at=MONDAY)
    asked = second_factor.request_reset(session, ONE, kim, at=MONDAY)
    with pytest.raises(NotToYourself):
        second_factor.approve_reset(session, own, asked, at=MONDAY)


def test_the_person_can_stop_it(session: Session, kim: str) -> None:
    asked = second_factor.request_reset(session, ONE, kim, at=MONDAY)
    second_factor.approve_reset(session, TWO, asked, at=MONDAY)

    second_factor.cancel_reset(session, made.person(kim), asked, at=MONDAY)
    second_factor.perform_due_resets(session, at=MONDAY + DAY)

    assert has_app(session, kim)


def test_a_stranger_cannot_stop_it(session: Session, kim: str) -> None:
    asked = second_factor.request_reset(session, ONE, kim, at=MONDAY)

    with pytest.raises(NotAllowed):
        second_factor.cancel_reset(session, made.person("per_one"), asked, at=MONDAY)

    assert session.get_one(TwoStepReset, asked).cancelled_at is None


def test_a_second_request_waits_for_the_first(session: Session, kim: str) -> None:
    second_factor.request_reset(session, ONE, kim, at=MONDAY)

    with pytest.raises(NotFound):
        second_factor.request_reset(session, TWO, kim, at=MONDAY)


def test_nobody_takes_it_from_somebody_with_more_rights(session: Session, kim: str) -> None:
    roles.ensure_presets(session)
    chief = session.exec(
        select(Role.id).where(Role.audience == Audience.STAFF, Role.code == "super")
    ).one()
    roles.grant(session, JOB, kim, chief, at=MONDAY)

    with pytest.raises(NotAllowed):
        second_factor.request_reset(session, ONE, kim, at=MONDAY)


@pytest.mark.parametrize("step", ["request", "approve"])
def test_both_steps_need_a_fresh_proof(step: str, session: Session, kim: str) -> None:
    asked = second_factor.request_reset(session, ONE, kim, at=MONDAY) if step == "approve" else ""
    late = MONDAY + timedelta(minutes=11)

    def attempt() -> None:
        if step == "request":
            second_factor.request_reset(session, TWO, kim, at=late)
        else:
            second_factor.approve_reset(session, TWO, asked, at=late)

    with pytest.raises(StepUpNeeded):
        attempt()
