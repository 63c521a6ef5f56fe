"""Registering: one account per address, whatever happens at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlmodel import Session, select

from marketplace import db
from marketplace.domain.accounts.models import PersonAccount
from marketplace.domain.accounts.service import people, sessions
from marketplace.domain.notifications.models import Mail
from marketplace.kit.errors import Invalid, NotFound
from tests.conftest import MONDAY
from tests.make import people as made

ADA = {"name": "Ada", "password_hash": "hash", "locale": "en", "at": MONDAY}


def test_two_forms_sent_at_once_make_one_account_and_no_error(database: str) -> None:
    together = Barrier(2)

    def register(email: str) -> None:
        together.wait()
        db.call(people.register, email=email, **ADA)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(register, ["ada@example.com", "Ada@example.com"]))

    with db.transaction() as session:
        assert len(session.exec(select(PersonAccount)).all()) == 1
        letters = sorted(session.exec(select(Mail.template)))
        assert letters == ["account_exists", "verify_email"]


def test_an_address_that_is_taken_is_told_to_those_who_may_know(session: Session) -> None:
    people.create(session, email="ada@example.com", **ADA)

    with pytest.raises(Invalid) as refused:
        people.create(session, email="ADA@example.com", **ADA)

    assert set(refused.value.fields) == {"email"}


def test_nobody_signs_in_to_a_shut_account(session: Session) -> None:
    made.person_row(session, id="per_ada", disabled_at=MONDAY)

    with pytest.raises(NotFound):
        sessions.sign_in(session, "per_ada", replaces="", user_agent="", ip="", at=MONDAY)


def test_sessions_are_forgotten_a_month_after_their_end(session: Session) -> None:
    made.person_row(session, id="per_ada")
    sessions.sign_in(session, "per_ada", replaces="", user_agent="", ip="", at=MONDAY)

    kept = sessions.purge_ended(session, at=MONDAY + timedelta(days=59))
    gone = sessions.purge_ended(session, at=MONDAY + timedelta(days=61))

    assert (kept, gone) == (0, 1)
