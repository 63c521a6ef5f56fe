"""What is offered while somebody types, and what staff see of questions that found nothing."""

from datetime import date

import pytest
from sqlmodel import Session

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.search.queries.suggested import AskedRow, list_asked, suggestions
from marketplace.domain.search.service import asked, index
from marketplace.kit.errors import NotAllowed
from marketplace.kit.paging import ListQuery

TODAY = date(2026, 3, 2)


def note(session: Session, question: str, times: int, found: int, day: date = TODAY) -> None:
    asked.note(session, {asked.key(question, "en"): (times, found)}, day=day)


def reader(*permissions: Permission) -> Staff:
    return Staff(id="per_s", name="S", permissions=frozenset(permissions))


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


def test_counts_of_a_day_add_up_and_keep_the_last_result(session: Session) -> None:
    note(session, "dragon", 2, 0)
    note(session, "DRAGON ", 3, 4)
    page = list_asked(session, reader(Permission.INSIGHTS_READ), ListQuery(), day=TODAY)

    assert page.rows == [AskedRow("dragon", "dragon", 5, 4)]


def test_questions_that_found_nothing_are_a_list_of_their_own(session: Session) -> None:
    note(session, "dragon", 2, 0)
    note(session, "cup", 9, 4)
    query = ListQuery(filters={"found": ("nothing",)})
    page = list_asked(session, reader(Permission.INSIGHTS_READ), query, day=TODAY)

    assert [row.query for row in page.rows] == ["dragon"]
    assert page.total == 1


def test_only_readers_of_reports_see_the_questions(session: Session) -> None:
    with pytest.raises(NotAllowed):
        list_asked(session, reader(Permission.CATALOG_READ), ListQuery(), day=TODAY)
