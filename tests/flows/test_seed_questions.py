"""The demo's questions: the same on every machine, and all of them in the staff's list."""

from datetime import datetime

from sqlmodel import Session, col, delete, func, select

from marketplace.domain.search.models import SearchAsked, Synonym
from marketplace.flows.seed.questions import QUESTIONS, SYNONYMS, seed_questions
from tests.conftest import MONDAY


def everything(session: Session, *, number: int, at: datetime) -> list[tuple[str, str, int, int]]:
    """What is asked, when, how often and with how many results, from nothing."""
    session.exec(delete(SearchAsked))
    session.exec(delete(Synonym))
    seed_questions(session, number=number, at=at)
    order = (col(SearchAsked.day), col(SearchAsked.query))
    rows = session.exec(select(SearchAsked).order_by(*order)).all()
    return [(row.day, row.query, row.times, row.found) for row in rows]


def test_every_question_was_asked_and_every_synonym_is_kept(session: Session) -> None:
    assert seed_questions(session, number=42, at=MONDAY) == len(QUESTIONS) == 48
    asked = session.exec(select(SearchAsked.query).distinct()).all()
    assert set(asked) == {question for question, _locale, _often in QUESTIONS}
    assert session.exec(select(func.count()).select_from(Synonym)).one() == len(SYNONYMS)


def test_the_same_number_gives_the_same_days(session: Session) -> None:
    first = everything(session, number=42, at=MONDAY)

    assert everything(session, number=42, at=MONDAY) == first
