"""Synonyms as staff keep them, and how the search reads a question."""

from dataclasses import dataclass

from sqlalchemy import String, cast
from sqlmodel import Session, col, func, or_, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.catalog.models import Listing
from marketplace.domain.search.models import Synonym
from marketplace.domain.search.queries.found import Request, search, synonyms_for
from marketplace.kit.errors import NotFound
from marketplace.kit.paging import ListQuery, Page
from marketplace.kit.words import fold, tokens, words

SORTS = ("word",)
MOST_FOUND = 10


@dataclass(frozen=True, slots=True)
class SynonymRow:
    id: str
    word: str
    others: list[str]
    is_one_way: bool
    version: int


@dataclass(frozen=True, slots=True)
class ReadWord:
    """One word of a question: as the index has it, and what else it may mean."""

    word: str
    tokens: list[str]
    others: list[str]


@dataclass(frozen=True, slots=True)
class FoundTitle:
    id: str
    title: str
    title_zh: str


@dataclass(frozen=True, slots=True)
class Tried:
    """How a question is read and the first ten listings it finds. `read_as` is the corrected
    question, if the typed one found next to nothing."""

    words: list[ReadWord]
    total: int
    titles: list[FoundTitle]
    read_as: str
    is_relaxed: bool


def list_synonyms(session: Session, staff: Staff, query: ListQuery) -> Page[SynonymRow]:
    """Filter `way`: one, both."""
    staff.require(Permission.CATALOG_READ)
    wanted = []
    if query.search:
        others = cast(col(Synonym.others), String)
        wanted.append(
            or_(
                col(Synonym.word_key).contains(fold(query.search), autoescape=True),
                # JSON keeps Chinese as \uXXXX: look for it the way it is written there
                others.icontains(query.search, autoescape=True),
                others.icontains(_as_in_json(query.search), autoescape=True),
            )
        )
    if ways := query.filters.get("way"):
        wanted.append(col(Synonym.is_one_way).in_([way == "one" for way in ways]))
    total = session.exec(select(func.count()).select_from(Synonym).where(*wanted)).one()
    order = col(Synonym.word_key)
    rows = session.exec(
        select(Synonym)
        .where(*wanted)
        .order_by(order.desc() if query.is_descending else order)
        .offset(query.offset)
        .limit(query.size)
    )
    return Page([_row(row) for row in rows], total)


def synonym(session: Session, staff: Staff, synonym_id: str) -> SynonymRow:
    """Raises `NotFound`."""
    staff.require(Permission.CATALOG_READ)
    row = session.get(Synonym, synonym_id)
    if row is None:
        raise NotFound
    return _row(row)


def try_question(session: Session, staff: Staff, text: str) -> Tried:
    """What a buyer would get for `text`, and why."""
    staff.require(Permission.CATALOG_READ)
    others = synonyms_for(session, text)
    found = search(session, Request(text=text, size=MOST_FOUND)) if words(text) else None
    ids = list(found.listing_ids) if found else []
    rows = {
        row.id: row for row in session.exec(select(Listing).where(col(Listing.id).in_(ids))).all()
    }
    return Tried(
        words=[
            ReadWord(word, tokens(word), list(dict.fromkeys(others.get(word, ()))))
            for word in words(text)
        ],
        total=found.total if found else 0,
        titles=[FoundTitle(id_, rows[id_].title, rows[id_].title_zh) for id_ in ids if id_ in rows],
        read_as=found.read_as if found else "",
        is_relaxed=found.is_relaxed if found else False,
    )


def _as_in_json(text: str) -> str:
    return text.encode("unicode_escape").decode("ascii")


def _row(row: Synonym) -> SynonymRow:
    return SynonymRow(row.id, row.word, list(row.others), row.is_one_way, row.version)
