"""Text goes into the database and comes out the same, on both."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, delete, select

from marketplace.domain.moves.models import Move
from marketplace.domain.search.models import Synonym
from marketplace.kit.bulk_rows import writer_for

CHINA = timezone(timedelta(hours=8))
COLUMNS = ("id", "word", "word_key", "others", "is_one_way", "version")
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\x1e\x1f"), max_size=20)
AT = datetime(2026, 3, 2, 8, 0, 0, 123_456, tzinfo=UTC)


def written(session: Session, table: str, columns: Sequence[str], *rows: Sequence[object]) -> None:
    writer = writer_for(session)
    lines = (writer.between.join(map(writer.cell, row)) + writer.end for row in rows)
    writer.write(session, table, columns, "".join(lines))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(word=TEXTS, others=st.lists(TEXTS, max_size=3), is_one_way=st.booleans())
def test_a_row_comes_back_as_it_was(
    session: Session, word: str, others: list[str], is_one_way: bool
) -> None:
    session.execute(delete(Synonym))
    rows = [(f"syn_{n}", word, str(n), others, is_one_way, n) for n in (1, 2)]
    written(session, "synonym", COLUMNS, *rows)
    session.expire_all()
    found = session.exec(select(Synonym).order_by(Synonym.id)).all()
    assert [tuple(getattr(row, name) for name in COLUMNS) for row in found] == rows


@pytest.mark.parametrize(
    "word", ["\\N", "\\.", "\\", "a\tb", "a\nb", "a\r\nb", "'\"", "茶杯", "𠮷"]
)
def test_what_copy_reads_as_signs_is_text(session: Session, word: str) -> None:
    written(session, "synonym", COLUMNS, ("syn_1", word, word, [word], False, 1))
    [row] = session.exec(select(Synonym)).all()
    assert (row.word, row.others) == (word, [word])


def test_nothing_is_not_an_empty_text(session: Session) -> None:
    with pytest.raises((DBAPIError, psycopg.Error)):
        written(session, "synonym", COLUMNS, ("syn_1", None, "", [], False, 1))


@pytest.mark.parametrize("word", ["\x1e", "a\x1fb", "\x00"])
def test_what_would_break_a_row_is_refused(session: Session, word: str) -> None:
    with pytest.raises(ValueError, match="control"):
        written(session, "synonym", COLUMNS, ("syn_1", word, "", [], False, 1))
    assert session.exec(select(Synonym)).all() == []


@pytest.mark.parametrize("at", [AT, AT.astimezone(CHINA), AT.replace(microsecond=0)])
def test_a_moment_keeps_its_place_in_time(session: Session, at: datetime) -> None:
    columns = ("id", "kind", "subject_id", "seller_id", "from_state", "to_state", "reason", "note",
               "actor_kind", "actor_id", "actor_name", "at")  # fmt: skip
    row = ["mov_1", *(["x"] * (len(columns) - 2)), at]
    written(session, "move", columns, row)
    assert session.exec(select(Move)).one().at == at
