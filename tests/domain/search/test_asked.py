"""What staff see of what was asked: how often, when last, and how much it found then."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from marketplace.domain.access.models import STAFF_PERMISSIONS, Permission
from marketplace.domain.search.queries.suggested import AskedRow, list_asked
from marketplace.domain.search.service import asked
from marketplace.kit.errors import NotAllowed
from marketplace.kit.languages import Locale
from marketplace.kit.paging import ListQuery, Page
from tests.make.people import staff

TODAY = date(2026, 3, 2)
READER = staff(Permission.INSIGHTS_READ)


def note(
    session: Session, question: str, times: int, found: int, *, ago: int = 0, locale: Locale = "en"
) -> None:
    batch = {asked.key(question, locale): (times, found)}
    asked.note(session, batch, day=TODAY - timedelta(days=ago))


def listed(session: Session, query: ListQuery | None = None) -> Page[AskedRow]:
    return list_asked(session, READER, query or ListQuery(), day=TODAY)


def questions(session: Session, query: ListQuery | None = None) -> list[str]:
    return [row.query for row in listed(session, query).rows]


def test_counts_of_a_day_add_up_and_keep_the_last_result(session: Session) -> None:
    note(session, "dragon", 2, 0)
    note(session, "DRAGON ", 3, 4)

    assert listed(session).rows == [AskedRow("dragon", "dragon", 5, 4, "2026-03-02")]


def test_days_add_up_and_the_last_one_says_what_is_found(session: Session) -> None:
    note(session, "茶杯", 7, 31, ago=2)
    note(session, "茶杯", 4, 0, ago=1, locale="zh-CN")
    note(session, "cup", 5, 0, ago=1)
    note(session, "cup", 5, 3)

    assert listed(session) == Page(
        [
            AskedRow("茶杯", "茶杯", 11, 0, "2026-03-01"),
            AskedRow("cup", "cup", 10, 3, "2026-03-02"),
        ],
        2,
    )


def test_two_languages_of_one_day_are_one_question(session: Session) -> None:
    note(session, "iphone", 1, 0)
    note(session, "iphone", 2, 6, locale="zh-CN")

    assert listed(session).rows == [AskedRow("iphone", "iphone", 3, 6, "2026-03-02")]


@pytest.mark.parametrize("days", [7, 30, 90])
def test_the_period_ends_today_and_has_that_many_days(session: Session, days: int) -> None:
    note(session, "inside", 1, 1, ago=days - 1)
    note(session, "outside", 9, 1, ago=days)

    assert questions(session, ListQuery(filters={"days": (str(days),)})) == ["inside"]


def test_thirty_days_are_shown_unless_another_period_is_asked_for(session: Session) -> None:
    note(session, "inside", 1, 1, ago=29)
    note(session, "outside", 9, 1, ago=30)

    assert questions(session) == ["inside"]


def test_only_the_askings_of_the_period_are_counted(session: Session) -> None:
    note(session, "cup", 5, 3, ago=6)
    note(session, "cup", 8, 3, ago=7)
    week = ListQuery(filters={"days": ("7",)})

    assert listed(session, week).rows == [AskedRow("cup", "cup", 5, 3, "2026-02-24")]


def test_questions_that_found_nothing_are_a_list_of_their_own(session: Session) -> None:
    note(session, "dragon", 2, 0)
    note(session, "cup", 9, 4)
    note(session, "found since", 9, 0, ago=1)
    note(session, "found since", 1, 2)

    nothing = listed(session, ListQuery(filters={"found": ("nothing",)}))
    assert ([row.query for row in nothing.rows], nothing.total) == (["dragon"], 1)
    assert questions(session, ListQuery(filters={"found": ("some",)})) == ["found since", "cup"]
    assert len(questions(session, ListQuery(filters={"found": ("some", "nothing")}))) == 3


def test_they_are_sorted_searched_and_paged(session: Session) -> None:
    note(session, "a", 1, 9, ago=2)
    note(session, "b", 3, 0, ago=1)
    note(session, "c", 2, 4)

    assert questions(session) == ["b", "c", "a"]
    assert questions(session, ListQuery(sort="query", is_descending=True)) == ["c", "b", "a"]
    assert questions(session, ListQuery(sort="found")) == ["b", "c", "a"]
    assert questions(session, ListQuery(sort="last", is_descending=True)) == ["c", "b", "a"]
    assert questions(session, ListQuery(search=" B")) == ["b"]
    assert questions(session, ListQuery(search="%")) == []
    second = listed(session, ListQuery(page=2, size=2))
    assert ([row.query for row in second.rows], second.total) == (["a"], 3)


def test_only_readers_of_reports_see_the_questions(session: Session) -> None:
    others = staff(*(each for each in STAFF_PERMISSIONS if each is not Permission.INSIGHTS_READ))
    with pytest.raises(NotAllowed):
        list_asked(session, others, ListQuery(), day=TODAY)
