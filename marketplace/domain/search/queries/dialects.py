"""The one place that knows how SQLite (FTS5) and PostgreSQL (tsvector) are asked and fed.

Both store the words of `rules.documents.indexed`; neither may cut text itself (DESIGN D16).
Table `search_words` is made by a migration alone: no model can describe it on both.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.sql import TextClause
from sqlmodel import Session

from marketplace.domain.search.rules.documents import FIELDS, WEIGHTS
from marketplace.domain.search.rules.questions import Group, Question, Word

MOST_POSITIONS = 16_000  # of one tsvector
LABELS = "ABCD"


def is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def matching(session: Session, questions: Sequence[Question]) -> TextClause:
    """`SELECT number, relevance` of the documents that answer any of the questions.

    The question is bound here, quoted word by word; none of it stands in the SQL.
    """
    if is_sqlite(session):
        weights = ", ".join(f"{weight // 10}.{weight % 10}" for weight in WEIGHTS)
        return text(
            f"SELECT rowid AS number, -bm25(search_words, {weights}) AS relevance"  # noqa: S608
            " FROM search_words WHERE search_words MATCH :question"
        ).bindparams(question=fts5(questions))
    return text(
        "SELECT number, ts_rank('{0.2,0.4,0.6,1.0}', words, CAST(:question AS tsquery)) AS relevance"
        " FROM search_words WHERE words @@ CAST(:question AS tsquery)"
    ).bindparams(question=tsquery(questions))


def fts5(questions: Sequence[Question]) -> str:
    """The questions in FTS5's language, every word quoted."""
    return _said(questions, " AND ", " OR ", _fts5_word)


def tsquery(questions: Sequence[Question]) -> str:
    """The questions in PostgreSQL's language, every word quoted."""
    return _said(questions, " & ", " | ", _tsquery_word)


def write_words(session: Session, rows: Iterable[tuple[int, Mapping[str, Sequence[str]]]]) -> None:
    """Store the words of documents by number, replacing what was there."""
    listed = list(rows)
    if not listed:
        return
    if is_sqlite(session):
        session.execute(
            text("DELETE FROM search_words WHERE rowid = :number"),
            [{"number": number} for number, _words in listed],
        )
        session.execute(
            text(
                "INSERT INTO search_words (rowid, title, names, traits, body)"
                " VALUES (:number, :title, :names, :traits, :body)"
            ),
            [{"number": number, **words_row(session, words)} for number, words in listed],
        )
        return
    session.execute(
        text(
            "INSERT INTO search_words (number, words) VALUES (:number, CAST(:words AS tsvector))"
            " ON CONFLICT (number) DO UPDATE SET words = excluded.words"
        ),
        [{"number": number, **words_row(session, words)} for number, words in listed],
    )


def words_row(session: Session, words: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """What `search_words` holds of a document beside `words_key`, by column."""
    if is_sqlite(session):
        return {name: " ".join(words[name]) for name in FIELDS}
    return {"words": tsvector(words)}


def words_key(session: Session) -> str:
    """The column of `search_words` with the document's number."""
    return "rowid" if is_sqlite(session) else "number"


def reserve_numbers(session: Session, count: int) -> int:
    """The first of `count` numbers in a row that no other document gets, for writing in bulk.

    On SQLite the caller writes them in the same transaction."""
    if is_sqlite(session):
        newest = text("SELECT coalesce(max(number), 0) + 1 FROM search_document")
        return int(session.execute(newest).scalar_one())
    last = text(
        "SELECT setval(place, nextval(place) + :count - 1)"
        " FROM pg_get_serial_sequence('search_document', 'number') AS place"
    )
    return int(session.execute(last, {"count": count}).scalar_one()) - count + 1


def remove_words(session: Session, numbers: Sequence[int]) -> None:
    session.execute(
        text(f"DELETE FROM search_words WHERE {words_key(session)} = :number"),  # noqa: S608
        [{"number": number} for number in numbers],
    )


def refresh_statistics(session: Session) -> None:
    """After much was written. Until PostgreSQL knows how common words are it plans badly, and until
    what it put aside is in the index every search reads all of that: it would do both by itself,
    minutes later."""
    if not is_sqlite(session):
        session.execute(text("SELECT gin_clean_pending_list('ix_search_words_words')"))
        session.execute(text("ANALYZE search_document, search_words, search_facet, search_term"))


def tsvector(words: Mapping[str, Sequence[str]]) -> str:
    """Words with their places and labels, as PostgreSQL reads a tsvector."""
    places: dict[str, list[str]] = {}
    place = 0
    for label, name in zip(LABELS, FIELDS, strict=True):
        for word in words[name]:
            place = min(place + 1, MOST_POSITIONS)
            at = places.setdefault(word, [])
            if len(at) < 200:
                at.append(f"{place}{label}")
    return " ".join(f"{_quoted(word)}:{','.join(at)}" for word, at in places.items())


def _said(questions: Sequence[Question], both: str, either: str, word: Any) -> str:
    def group(readings: Group) -> str:
        return either.join(f"({both.join(word(part) for part in reading)})" for reading in readings)

    return either.join(
        f"({both.join(f'({group(readings)})' for readings in question.groups)})"
        for question in questions
    )


def _fts5_word(word: Word) -> str:
    quoted = '"' + word.text.replace('"', '""') + '"'
    return quoted + ("*" if word.is_beginning else "")


def _tsquery_word(word: Word) -> str:
    return _quoted(word.text) + (":*" if word.is_beginning else "")


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
