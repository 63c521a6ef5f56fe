"""What to offer while somebody types, and what staff learn from questions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, func, or_, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.search.models import SearchAsked, SearchTerm
from marketplace.kit.paging import ListQuery, Page
from marketplace.kit.words import fold

MOST = 8
LONGEST = 60
COMMON = 3  # times
MEMORY = timedelta(days=30)
PERIOD = 30  # days
SORTS = ("-times", "query", "found", "last")
FOUND: Mapping[str, Callable[[Any], sa.ColumnElement[bool]]] = {
    "nothing": lambda found: found == 0,
    "some": lambda found: found > 0,
}


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A question of the period, in all languages. `id` is the question itself."""

    id: str
    query: str
    times: int
    found: int
    """The last time."""
    last: str
    """The day it was last asked, ISO, in the platform's time zone."""


def suggestions(session: Session, typed: str, *, day: date) -> list[str]:
    """Up to eight questions that begin as typed: what others asked and found, then words of
    titles. Public; `day` is today in the platform's time zone."""
    beginning = fold(typed)[:LONGEST]
    if not beginning:
        return []
    *before, last = beginning.split(" ")
    terms = session.exec(
        select(SearchTerm.term)
        .where(col(SearchTerm.term).startswith(last, autoescape=True))
        .order_by(col(SearchTerm.documents).desc(), col(SearchTerm.term))
        .limit(MOST)
    ).all()
    asked = _asked(session, beginning, day)
    offered = [*asked, *(" ".join([*before, term]) for term in terms)]
    return list(dict.fromkeys(offered))[:MOST]


def popular(session: Session, *, day: date) -> list[str]:
    """Up to eight questions that were asked most. Public; `day` as above."""
    return _asked(session, "", day)


def _asked(session: Session, beginning: str, day: date) -> list[str]:
    """Only what several asked: one person's words, such as a telephone number, are not repeated."""
    times = func.sum(SearchAsked.times)
    rows = (
        select(SearchAsked.query)
        .where(col(SearchAsked.day) >= (day - MEMORY).isoformat(), col(SearchAsked.found) > 0)
        .group_by(col(SearchAsked.query))
        .having(times >= COMMON)
        .order_by(times.desc(), col(SearchAsked.query))
        .limit(MOST)
    )
    if beginning:
        rows = rows.where(col(SearchAsked.query).startswith(beginning, autoescape=True))
    return list(session.exec(rows))


def list_asked(session: Session, staff: Staff, query: ListQuery, *, day: date) -> Page[AskedRow]:
    """Questions of the 30 days that end with `day`. Filters: `days` (7, 30 or 90), and `found`
    (nothing, some) for what the last asking found."""
    staff.require(Permission.INSIGHTS_READ)
    days = max((int(days) for days in query.filters.get("days", ())), default=PERIOD)
    asked = _by_question(day - timedelta(days=days)).subquery()
    wanted = []
    if query.search:
        wanted.append(asked.c.query.contains(fold(query.search), autoescape=True))
    if chosen := query.filters.get("found"):
        wanted.append(or_(*[FOUND[each](asked.c.found) for each in chosen]))
    total = session.exec(select(func.count()).select_from(asked).where(*wanted)).one()
    order, is_down = asked.c[query.sort or "times"], query.is_descending or not query.sort
    rows = session.execute(
        sa.select(asked.c.query, asked.c.times, asked.c.found, asked.c.last)
        .where(*wanted)
        .order_by(order.desc() if is_down else order, asked.c.query)
        .offset(query.offset)
        .limit(query.size)
    )
    return Page(
        [AskedRow(text, text, int(times), found, last) for text, times, found, last in rows],
        total,
    )


def _by_question(after: date) -> sa.Select[Any]:
    """A row for each question of the days after `after`; asked twice on its last day, in two
    languages, what found more counts."""
    question = col(SearchAsked.query)
    latest = (col(SearchAsked.day).desc(), col(SearchAsked.found).desc())
    asked = (
        sa.select(
            question,
            func.sum(SearchAsked.times).over(partition_by=question).label("times"),
            col(SearchAsked.found),
            col(SearchAsked.day).label("last"),
            func.row_number().over(partition_by=question, order_by=latest).label("place"),
        )
        .where(col(SearchAsked.day) > after.isoformat())
        .subquery()
    )
    return sa.select(asked).where(asked.c.place == 1)
