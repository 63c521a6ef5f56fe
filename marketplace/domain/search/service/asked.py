"""Noting what was asked, by day, without a person in it."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlmodel import Session, col

from marketplace.domain.search.models import SearchAsked
from marketplace.kit.languages import Locale
from marketplace.kit.rows import insert_if_absent
from marketplace.kit.words import fold
from marketplace.settings import settings

LONGEST = 120

Asked = Mapping[tuple[str, Locale], tuple[int, int]]
"""By folded question and language: how often, and how much it found the last time."""


def note_question(
    session: Session, question: str, locale: Locale, found: int, *, at: datetime
) -> None:
    """Count one question and what it found."""
    day = at.astimezone(ZoneInfo(settings().time_zone)).date()
    if asked := key(question, locale)[0]:
        note(session, {(asked, locale): (1, found)}, day=day)


def key(question: str, locale: Locale) -> tuple[str, Locale]:
    return fold(question)[:LONGEST], locale


def note(session: Session, asked: Asked, *, day: date) -> None:
    """Add a batch to the day's counts; `day` is the platform's."""
    for (question, locale), (times, found) in sorted(asked.items()):
        place = {"day": day.isoformat(), "query": question, "locale": locale}
        if not insert_if_absent(session, SearchAsked, **place, times=times, found=found):
            session.exec(
                update(SearchAsked)
                .where(
                    col(SearchAsked.day) == place["day"],
                    col(SearchAsked.query) == question,
                    col(SearchAsked.locale) == locale,
                )
                .values(times=SearchAsked.times + times, found=found)
            )
