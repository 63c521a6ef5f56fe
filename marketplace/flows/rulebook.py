"""The rulebook as one screen: rules, forbidden words, and what a text would be stopped for."""

from dataclasses import dataclass

from sqlmodel import Session

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.moderation import queries
from marketplace.domain.moderation.queries import CodeRow, WordRow
from marketplace.domain.moderation.queries.judging import word_hits
from marketplace.kit.paging import ListQuery

MOST_WORDS = 50


@dataclass(frozen=True, slots=True)
class Rulebook:
    """`total` counts the words that match the search; 50 are shown."""

    codes: list[CodeRow]
    words: list[WordRow]
    total: int


@dataclass(frozen=True, slots=True)
class HitRow:
    word: str
    blocks: bool
    rule: str
    rule_zh: str


def rulebook(session: Session, staff: Staff, search: str = "") -> Rulebook:
    staff.require(Permission.MODERATION_DECIDE)
    page = queries.list_words(session, staff, ListQuery(search=search, size=MOST_WORDS))
    return Rulebook(queries.list_codes(session, with_retired=True), page.rows, page.total)


def try_words(session: Session, staff: Staff, text: str) -> list[HitRow]:
    """Every forbidden word in a text, as when a seller hands it in."""
    staff.require(Permission.MODERATION_DECIDE)
    names = {row.code: row for row in queries.list_codes(session, with_retired=True)}
    return [
        HitRow(hit.word, hit.blocks, names[hit.code].name, names[hit.code].name_zh)
        for hit in word_hits(session, {"text": text})
        if hit.code in names
    ]
