"""What is offered while somebody types."""

from datetime import date

from sqlmodel import Session

from marketplace.domain.search.queries.suggested import suggestions
from marketplace.domain.search.service import asked, index

TODAY = date(2026, 3, 2)


def note(session: Session, question: str, times: int, found: int, day: date = TODAY) -> None:
    asked.note(session, {asked.key(question, "en"): (times, found)}, day=day)


def test_what_others_asked_comes_before_words_of_titles(session: Session) -> None:
    index.count_terms(session, [("Tea cup", ""), ("Teapot of iron", ""), ("Teapot", "")])
    note(session, "Tea tray", 3, 7)
    note(session, "tea towel", 9, 1)
    note(session, "tea dragon", 99, 0)

    assert suggestions(session, "TEA", day=TODAY) == ["tea towel", "tea tray", "teapot", "tea"]


def test_the_last_word_is_the_one_being_typed(session: Session) -> None:
    index.count_terms(session, [("Iron teapot", "")])

    assert suggestions(session, "iron tea", day=TODAY) == ["iron teapot"]


def test_chinese_is_offered_from_its_first_character(session: Session) -> None:
    index.count_terms(session, [("", "陶瓷茶杯")])

    assert suggestions(session, "茶", day=TODAY) == ["茶杯"]


def test_what_was_asked_long_ago_is_forgotten(session: Session) -> None:
    note(session, "tea", 5, 5, date(2026, 1, 1))

    assert suggestions(session, "tea", day=TODAY) == []


def test_a_wildcard_is_a_character_like_any_other(session: Session) -> None:
    index.count_terms(session, [("Teapot", "")])

    assert suggestions(session, "%", day=TODAY) == suggestions(session, "_ea", day=TODAY) == []
