"""Keeping the index: documents in and out, one by one or in bulk."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert
from sqlmodel import Session, col, func, select

from marketplace.domain.search.models import SearchDocument, SearchFacet, SearchTerm
from marketplace.domain.search.queries import dialects
from marketplace.domain.search.rules.documents import Document, indexed, standing, terms
from marketplace.kit.rows import insert_if_absent

MOST_FACET_VALUES = 40


def put(session: Session, document: Document, *, at: datetime) -> None:
    """Index one listing, in the place of what was indexed of it. For jobs and reactions."""
    put_many(session, [document], at=at)
    for term in sorted(terms((document.title, document.title_zh))):
        insert_if_absent(session, SearchTerm, term=term, documents=1)


def put_many(session: Session, documents: Sequence[Document], *, at: datetime) -> None:
    """The same for many; their terms are counted by `count_terms` at the end."""
    remove(session, [document.listing_id for document in documents])
    if not documents:
        return
    numbers = dict(
        session.execute(
            insert(SearchDocument).returning(
                col(SearchDocument.listing_id), col(SearchDocument.number)
            ),
            [row_of(document, at=at) for document in documents],
        ).all()
    )
    facets = [
        {"number": numbers[document.listing_id], "code": code, "value": value}
        for document in documents
        for code, value in facet_values(document)
    ]
    if facets:
        session.execute(insert(SearchFacet), facets)
    dialects.write_words(
        session, ((numbers[document.listing_id], indexed(document)) for document in documents)
    )


def remove(session: Session, listing_ids: Sequence[str]) -> int:
    """Take listings out of the index. Returns how many were in it."""
    numbers = list(
        session.exec(
            select(SearchDocument.number).where(col(SearchDocument.listing_id).in_(listing_ids))
        )
    )
    _remove(session, [number for number in numbers if number is not None])
    return len(numbers)


def remove_seller(session: Session, seller_id: str, *, limit: int) -> int:
    """Take up to `limit` listings of a seller out, as when it is suspended; returns how many."""
    numbers = session.exec(
        select(SearchDocument.number).where(SearchDocument.seller_id == seller_id).limit(limit)
    ).all()
    _remove(session, [number for number in numbers if number is not None])
    return len(numbers)


def forget_unlisted(session: Session, *, before: datetime) -> int:
    """After a whole rebuild: whatever it did not touch is no longer on sale."""
    numbers = session.exec(
        select(SearchDocument.number).where(SearchDocument.indexed_at < before).limit(5000)
    ).all()
    _remove(session, [number for number in numbers if number is not None])
    return len(numbers)


def count_terms(session: Session, titles: Iterable[tuple[str, str]]) -> int:
    """The end of a rebuild: count the words of all titles anew. Returns how many there are."""
    counts: dict[str, int] = {}
    for pair in titles:
        for term in terms(pair):
            counts[term] = counts.get(term, 0) + 1
    session.execute(delete(SearchTerm))
    rows = [{"term": term, "documents": count} for term, count in counts.items()]
    for start in range(0, len(rows), 1000):
        session.execute(insert(SearchTerm), rows[start : start + 1000])
    dialects.refresh_statistics(session)
    return len(rows)


def row_of(document: Document, *, at: datetime) -> dict[str, Any]:
    """What `search_document` holds of a listing; the database gives its number."""
    return {
        "listing_id": document.listing_id,
        "seller_id": document.seller_id,
        "category_path": document.category_path,
        "brand_id": document.brand_id,
        "price": document.price,
        "sales": document.sales,
        "rating_bps": document.rating_bps,
        "is_in_stock": document.is_in_stock,
        "boost": standing(document, at=at),
        "published_at": document.published_at,
        "facets": {code: list(values) for code, values in document.facets.items()},
        "indexed_at": at,
    }


def facet_values(document: Document) -> list[tuple[str, str]]:
    """What `search_facet` holds of it: code and value, each pair once."""
    return [
        (code, value[:80])
        for code, values in document.facets.items()
        for value in list(dict.fromkeys(values))[:MOST_FACET_VALUES]
    ]


def size(session: Session) -> int:
    """How many listings can be found."""
    return session.exec(select(func.count()).select_from(SearchDocument)).one()


def _remove(session: Session, numbers: Sequence[int]) -> None:
    if not numbers:
        return
    dialects.remove_words(session, numbers)
    session.execute(delete(SearchFacet).where(col(SearchFacet.number).in_(numbers)))
    session.execute(delete(SearchDocument).where(col(SearchDocument.number).in_(numbers)))
