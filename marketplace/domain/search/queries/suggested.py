"""What to offer while somebody types, and what staff learn from questions."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, func, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.search.models import SearchAsked, SearchTerm
from marketplace.kit.paging import ListQuery, Page
from marketplace.kit.words import fold

MOST = 8
LONGEST = 60
COMMON = 3  # times
MEMORY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A question of the last 30 days. `id` is the question itself."""

    id: str
    query: str
    times: int
    found: int
    """The last time."""


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
    """Questions of the last 30 days, most asked first. Filter `found`: `nothing`."""
    staff.require(Permission.INSIGHTS_READ)
    times = func.sum(SearchAsked.times)
    rows = (
        select(SearchAsked.query, times, func.min(SearchAsked.found))
        .where(col(SearchAsked.day) >= (day - MEMORY).isoformat())
        .group_by(col(SearchAsked.query))
    )
    if query.search:
        rows = rows.where(col(SearchAsked.query).contains(fold(query.search), autoescape=True))
    if "nothing" in query.filters.get("found", ()):
        rows = rows.having(func.min(SearchAsked.found) == 0)
    total = session.exec(select(func.count()).select_from(rows.subquery())).one()
    order = col(SearchAsked.query).asc() if query.sort == "query" else times.desc()
    found = session.exec(
        rows.order_by(order, col(SearchAsked.query)).offset(query.offset).limit(query.size)
    )
    return Page(
        [AskedRow(asked, asked, int(count), int(hits)) for asked, count, hits in found], total
    )
