"""A search: what answers a question within filters, in an order, with counts by facet. Public."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Numeric as SqlNumber
from sqlalchemy import Select, Subquery, case, cast, desc
from sqlmodel import Session, col, func, or_, select

from marketplace.domain.catalog.rules.tree import counted_along
from marketplace.domain.search.models import SearchDocument, SearchFacet, SearchTerm, Synonym
from marketplace.domain.search.queries import dialects
from marketplace.domain.search.rules.questions import (
    Question,
    Word,
    corrected,
    parse,
    relaxed,
    unfinished,
)
from marketplace.kit import words

MOST_ON_A_PAGE = 48
DEEPEST = 10_000  # rows one may page to; nobody reads further
MOST_VALUES = 30
DICTIONARY = 5_000
RAREST = 4
SORTS = ("relevance", "sales", "newest", "price", "-price", "rating")
CATEGORY, BRAND, STOCK = "category", "brand", "stock"


@dataclass(frozen=True, slots=True)
class Request:
    """What a buyer asks. `category_path` is that of the category whose subtree counts;
    prices are minor units; `attributes` maps a code to values of which any will do."""

    text: str = ""
    category_path: str = ""
    brand_ids: tuple[str, ...] = ()
    seller_id: str = ""
    price_from: int | None = None
    price_to: int | None = None
    is_in_stock: bool = False
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    page: int = 1
    size: int = 24


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    """`listing_ids` in order. `read_as` is the corrected question if the typed one found next to
    nothing; `is_relaxed` says that not every word was found."""

    listing_ids: tuple[str, ...]
    total: int
    facets: dict[str, tuple[FacetValue, ...]]
    """`brand` by id, counted without its own filter, and `category` by path."""
    read_as: str = ""
    is_relaxed: bool = False
    questions: tuple[Question, ...] = ()
    """How it was understood, for `count_attributes`."""


def search(session: Session, request: Request) -> Found:
    """The page of listings that answer, counted by brand and category."""
    questions, read_as, is_relaxed = _understood(session, request)
    total = _count(session, request, questions)
    return Found(
        tuple(_page(session, request, questions)) if total else (),
        total,
        _facets(session, request, questions) if total else {},
        read_as,
        is_relaxed,
        questions,
    )


def count_attributes(
    session: Session, request: Request, found: Found, codes: Sequence[str]
) -> dict[str, tuple[FacetValue, ...]]:
    """What was found by the values of these attributes, each counted without its own filter."""
    chosen = [code for code in codes if request.attributes.get(code)]
    rest = [code for code in codes if code not in chosen]
    counted = _by_attribute(session, request, found.questions, rest) if found.total else {}
    for code in chosen:
        counted |= _by_attribute(session, request, found.questions, [code], but=code)
    return counted


def count_by_category(session: Session) -> dict[str, int]:
    """How much buyers can find in each category and below it, by category id."""
    path = col(SearchDocument.category_path)
    rows = session.exec(select(path, func.count()).where(path != "").group_by(path))
    return counted_along(rows)


def count_alike(session: Session, text: str, *, size: int = 40) -> dict[str, int]:
    """By path of a category, how many of the `size` listings that share most with `text` are
    there. Its rarest words that titles have count, any of them."""
    asked = words.tokens(text)
    term = col(SearchTerm.term)
    rarest = session.exec(
        select(SearchTerm.term).where(term.in_(asked)).order_by(col(SearchTerm.documents), term)
    ).all()[:RAREST]
    questions = tuple(Question((((Word(one),),),)) for one in rarest)
    if not questions:
        return {}
    path = col(SearchDocument.category_path)
    ids = _page(session, Request(size=size), questions)
    here = select(path, func.count()).where(col(SearchDocument.listing_id).in_(ids), path != "")
    return {str(place): int(count) for place, count in session.execute(here.group_by(path))}


def first_of(session: Session, request: Request) -> list[str]:
    """The ids alone, of a request without words; nothing is counted."""
    return _page(session, request, ())


def is_found(session: Session, request: Request) -> bool:
    """Whether anything has all of its words, as typed."""
    question = parse(request.text, synonyms_for(session, request.text))
    return bool(question) and _count(session, request, (question,), at_most=1) > 0


def beginning_with(session: Session, typed: str, *, size: int) -> list[str]:
    """The best listings for words of which the last is still being typed."""
    question = unfinished(parse(typed))
    return _page(session, Request(typed, size=size), (question,)) if question else []


def _understood(session: Session, request: Request) -> tuple[tuple[Question, ...], str, bool]:
    """All words; else a spelling that finds more; else most of the words."""
    question = parse(request.text, synonyms_for(session, request.text))
    if not question:
        return (), "", False
    few = _count(session, request, (question,), at_most=3)
    if few >= 3:
        return (question,), "", False
    near = corrected(request.text, dictionary(session))
    if near:
        other = parse(near, synonyms_for(session, near))
        if _count(session, request, (other,), at_most=3) > few:
            return (other,), near, False
    if few:
        return (question,), "", False
    return relaxed(question), "", len(question.groups) > 1


def synonyms_for(session: Session, text: str) -> dict[str, list[str]]:
    """What each word of the text may be read as, too."""
    asked = words.words(text)
    if not asked:
        return {}
    others: dict[str, list[str]] = {}
    rows = session.exec(select(Synonym)).all()
    for row in rows:
        listed = [words.fold(other) for other in row.others]
        if row.word_key in asked:
            others.setdefault(row.word_key, []).extend(listed)
        if not row.is_one_way:
            for word in listed:
                if word in asked:
                    same = [row.word_key, *(other for other in listed if other != word)]
                    others.setdefault(word, []).extend(same)
    return others


def dictionary(session: Session) -> list[str]:
    """The most frequent words of titles, for spelling."""
    return list(
        session.exec(
            select(SearchTerm.term)
            .order_by(col(SearchTerm.documents).desc(), col(SearchTerm.term))
            .limit(DICTIONARY)
        )
    )


def _matched(session: Session, questions: Sequence[Question]) -> Subquery | None:
    if not questions:
        return None
    return (
        dialects.matching(session, questions)
        .columns(number=SearchDocument.__table__.c.number.type, relevance=SqlNumber())  # type: ignore[attr-defined]
        .subquery("found")
    )


def _filtered(statement: Select[Any], request: Request, *, but: str = "") -> Select[Any]:
    """The request's filters on `search_document`; `but` leaves one out, to count its values."""
    document = SearchDocument
    if request.category_path and but != CATEGORY:
        path = request.category_path
        statement = statement.where(
            or_(
                col(document.category_path) == path,
                (col(document.category_path) > path + "/")
                & (col(document.category_path) < path + "0"),  # "0" follows "/"
            )
        )
    if request.brand_ids and but != BRAND:
        statement = statement.where(col(document.brand_id).in_(request.brand_ids))
    if request.seller_id:
        statement = statement.where(col(document.seller_id) == request.seller_id)
    if request.price_from is not None:
        statement = statement.where(col(document.price) >= request.price_from)
    if request.price_to is not None:
        statement = statement.where(col(document.price) <= request.price_to)
    if request.is_in_stock and but != STOCK:
        statement = statement.where(col(document.is_in_stock).is_(True))
    for code, values in request.attributes.items():
        if values and code != but:
            statement = statement.where(
                col(document.number).in_(
                    select(SearchFacet.number).where(
                        col(SearchFacet.code) == code, col(SearchFacet.value).in_(values)
                    )
                )
            )
    return statement


def _from(
    session: Session, questions: Sequence[Question], *columns: Any
) -> tuple[Select[Any], Subquery | None]:
    found = _matched(session, questions)
    statement = select(*columns).select_from(SearchDocument)
    if found is not None:
        statement = statement.join(found, found.c.number == col(SearchDocument.number))
    return statement, found


def _count(
    session: Session, request: Request, questions: Sequence[Question], *, at_most: int = 0
) -> int:
    statement, _found = _from(session, questions, SearchDocument.number)
    statement = _filtered(statement, request)
    if at_most:
        statement = statement.limit(at_most)
    return int(session.exec(select(func.count()).select_from(statement.subquery())).one())


def _page(session: Session, request: Request, questions: Sequence[Question]) -> list[str]:
    statement, found = _from(session, questions, SearchDocument.listing_id)
    document = SearchDocument
    in_stock_first = desc(col(document.is_in_stock))
    orders: dict[str, Callable[[], tuple[Any, ...]]] = {
        "sales": lambda: (desc(col(document.sales)),),
        "newest": lambda: (desc(col(document.published_at)),),
        "price": lambda: (col(document.price),),
        "-price": lambda: (desc(col(document.price)),),
        "rating": lambda: (desc(col(document.rating_bps)),),
    }
    if request.sort in orders:
        order = orders[request.sort]()
    elif found is None:
        order = (in_stock_first, desc(col(document.boost)))
    else:
        stocked = case((col(document.is_in_stock).is_(True), 10), else_=1)
        order = (desc(cast(found.c.relevance, SqlNumber()) * col(document.boost) * stocked),)
    size = min(request.size, MOST_ON_A_PAGE)
    start = min((request.page - 1) * size, DEEPEST)
    statement = _filtered(statement, request).order_by(*order, desc(col(document.number)))
    return list(session.execute(statement.offset(start).limit(size)).scalars())


def _facets(
    session: Session, request: Request, questions: Sequence[Question]
) -> dict[str, tuple[FacetValue, ...]]:
    brands = _by_column(session, request, questions, BRAND, col(SearchDocument.brand_id))
    places = _by_column(session, request, questions, CATEGORY, col(SearchDocument.category_path))
    return {name: values for name, values in ((BRAND, brands), (CATEGORY, places)) if values}


def _by_column(
    session: Session, request: Request, questions: Sequence[Question], name: str, column: Any
) -> tuple[FacetValue, ...]:
    statement, _found = _from(session, questions, column, func.count())
    rows = session.execute(
        _filtered(statement, request, but=name if name == BRAND else "")
        .where(column != "")
        .group_by(column)
        .order_by(desc(func.count()), column)
        .limit(MOST_VALUES * 4)
    )
    return tuple(FacetValue(value, count) for value, count in rows)


def _by_attribute(
    session: Session,
    request: Request,
    questions: Sequence[Question],
    codes: Sequence[str],
    *,
    but: str = "",
) -> dict[str, tuple[FacetValue, ...]]:
    if not codes:
        return {}
    statement, _found = _from(session, questions, SearchFacet.code, SearchFacet.value, func.count())
    statement = statement.join(SearchFacet, col(SearchFacet.number) == col(SearchDocument.number))
    rows = session.execute(
        _filtered(statement, request, but=but)
        .where(col(SearchFacet.code).in_(codes))
        .group_by(col(SearchFacet.code), col(SearchFacet.value))
        .order_by(desc(func.count()), col(SearchFacet.value))
    )
    values: dict[str, list[FacetValue]] = {}
    for code, value, count in rows:
        if len(values.setdefault(code, [])) < MOST_VALUES:
            values[code].append(FacetValue(value, count))
    return {code: tuple(listed) for code, listed in values.items()}
