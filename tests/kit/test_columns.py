"""Columns keep what they are given, the same on both databases."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, text
from sqlalchemy.exc import DBAPIError, StatementError
from sqlmodel import Field, SQLModel

from marketplace import db
from marketplace.kit.columns import Json, UtcDateTime, stored


class Colour(StrEnum):
    RED = "red"
    DARK_BLUE = "dark_blue"


class Kept(SQLModel, table=True):
    """A table of these tests only."""

    __tablename__ = "kept_by_the_tests"
    metadata = SQLModel.metadata.__class__()

    id: int = Field(primary_key=True)
    at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    colour: Colour = Field(sa_column=Column(stored(Colour), nullable=False))
    words: Any = Field(default=None, sa_column=Column(Json))


@pytest.fixture
def kept(database: str) -> Iterator[None]:
    Kept.metadata.create_all(db.engine())
    yield
    Kept.metadata.drop_all(db.engine())


def round_trip(**fields: Any) -> dict[str, Any]:
    """What is read back in another transaction."""

    def save(session: Any) -> None:
        session.merge(Kept(**{"id": 1, "colour": Colour.RED, **fields}))

    db.call(save)
    return db.call_reading(lambda session: session.get_one(Kept, 1).model_dump())


ZONES = [UTC, timezone(timedelta(hours=8)), timezone(timedelta(hours=-9, minutes=-30))]
MOMENTS = st.datetimes(
    datetime(1970, 1, 2),  # noqa: DTZ001  hypothesis wants naive bounds
    datetime(9000, 1, 1),  # noqa: DTZ001  the same
    timezones=st.sampled_from(ZONES),
)


@settings(max_examples=40)
@given(MOMENTS)
def test_a_moment_comes_back_as_the_same_moment_in_utc(kept: None, moment: datetime) -> None:
    back = round_trip(at=moment)["at"]

    assert back == moment
    assert back.utcoffset() == timedelta(0)


def test_moments_sort_as_time_does_whatever_zone_they_came_in(kept: None) -> None:
    shanghai = timezone(timedelta(hours=8))
    early = datetime(2026, 3, 2, 9, tzinfo=shanghai)  # 01:00 UTC
    late = datetime(2026, 3, 2, 2, tzinfo=UTC)

    def work(session: Any) -> list[int]:
        session.add(Kept(id=1, at=late, colour=Colour.RED))
        session.add(Kept(id=2, at=early, colour=Colour.RED))
        session.flush()
        return [
            row[0] for row in session.execute(text("SELECT id FROM kept_by_the_tests ORDER BY at"))
        ]

    assert db.call(work) == [2, 1]


def test_no_moment_stays_none(kept: None) -> None:
    assert round_trip(at=None)["at"] is None


def test_a_naive_moment_is_refused_not_guessed(kept: None) -> None:
    with pytest.raises(StatementError, match="time zone"):
        round_trip(at=datetime(2026, 3, 2))  # noqa: DTZ001  the point


def test_an_enum_is_stored_by_its_value(kept: None) -> None:
    assert round_trip(colour=Colour.DARK_BLUE)["colour"] is Colour.DARK_BLUE
    with db.engine().connect() as connection:
        stored_text = connection.execute(text("SELECT colour FROM kept_by_the_tests")).scalar()
    assert stored_text == "dark_blue"


def test_the_database_refuses_a_value_the_enum_does_not_have(kept: None) -> None:
    with pytest.raises(DBAPIError), db.engine().begin() as connection:
        connection.execute(text("INSERT INTO kept_by_the_tests (id, colour) VALUES (1, 'mauve')"))


READABLE = st.text(st.characters(exclude_categories=["Cs", "Cc"]))
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | READABLE,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(READABLE, inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=40)
@given(JSON_VALUES)
def test_json_comes_back_as_it_went_in(kept: None, value: Any) -> None:
    assert round_trip(words=value)["words"] == value
