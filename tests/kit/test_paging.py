"""A list's URL: whatever it says, the list is one we can show."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kit.paging import MAX_SEARCH, SIZES, ListQuery

FILTERS: dict[str, tuple[str, ...] | None] = {"status": ("open", "paused"), "seller": None}
SORTS = ("-created", "name")


def parse(**parameters: str) -> ListQuery:
    return ListQuery.parse(parameters, filters=FILTERS, sorts=SORTS)


@given(
    st.dictionaries(
        st.sampled_from(["q", "page", "size", "sort", "status", "seller", "x"]), st.text()
    )
)
def test_any_url_gives_a_list_within_bounds(parameters: dict[str, str]) -> None:
    asked = ListQuery.parse(parameters, filters=FILTERS, sorts=SORTS)

    assert 1 <= asked.page <= 10_000
    assert asked.size in SIZES
    assert asked.sort in ("created", "name")
    assert len(asked.search) <= MAX_SEARCH
    assert asked.search.isprintable()
    assert set(asked.filters) <= set(FILTERS)
    assert set(asked.filters.get("status", ())) <= {"open", "paused"}
    assert asked.offset >= 0


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("1", 1),
        ("7", 7),
        ("0", 1),
        ("-1", 1),
        ("1e3", 1),
        ("٣", 1),
        ("²", 1),
        ("99999999999", 1),
        ("50000", 10_000),
        (" 2", 1),
        ("", 1),
    ],
)
def test_a_page_that_is_none_becomes_one_that_is(page: str, shown: int) -> None:
    assert parse(page=page).page == shown


@pytest.mark.parametrize(
    ("size", "shown"), [("25", 25), ("50", 50), ("51", 25), ("1000000", 25), ("x", 25)]
)
def test_a_state_never_holds_more_than_fifty_rows(size: str, shown: int) -> None:
    assert parse(size=size).size == shown


@pytest.mark.parametrize(
    ("sort", "key", "is_descending"),
    [
        ("", "created", True),
        ("name", "name", False),
        ("-name", "name", True),
        ("created", "created", False),
        ("password", "created", True),
        ("--name", "created", True),
    ],
)
def test_only_the_listed_orders_can_be_asked_for(sort: str, key: str, is_descending: bool) -> None:
    asked = parse(sort=sort) if sort else parse()

    assert (asked.sort, asked.is_descending) == (key, is_descending)


def test_several_values_of_a_filter_are_told_apart_and_unknown_ones_dropped() -> None:
    assert parse(status="open,gone,paused").filters == {"status": ("open", "paused")}
    assert parse(status="gone", other="x").filters == {}


def test_the_offset_counts_from_the_first_row() -> None:
    assert ListQuery(page=3, size=50).offset == 100


def test_control_characters_leave_the_search() -> None:
    asked: Any = parse(q=" tea\0\n\u202epot ")

    assert asked.search == "teapot"
