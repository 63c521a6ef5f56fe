"""One clock: UTC everywhere; days begin and end where the place says."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kit import clock, days

ZONES = st.sampled_from(
    [
        "Asia/Shanghai",
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "America/Havana",
        "UTC",
    ]
)
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        (date(2026, 3, 2), "Asia/Shanghai", 24),
        (date(2026, 3, 29), "Europe/Berlin", 23),
        (date(2026, 10, 25), "Europe/Berlin", 25),
        (date(2026, 10, 4), "Australia/Lord_Howe", 23.5),
    ],
)
def test_a_day_is_as_long_as_the_place_makes_it(day: date, zone: str, hours: float) -> None:
    start, end = days.day_bounds(day, zone)

    assert end - start == timedelta(hours=hours)


@given(DAYS, ZONES)
def test_days_follow_each_other_without_gap_or_overlap(day: date, zone: str) -> None:
    assert days.day_bounds(day, zone)[1] == days.day_bounds(day + timedelta(days=1), zone)[0]


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)), ZONES)  # noqa: DTZ001  hypothesis wants naive bounds
def test_a_moment_lies_in_the_day_it_falls_on(moment: datetime, zone: str) -> None:
    start, end = days.day_bounds(days.day_of(moment, zone), zone)

    assert start <= moment < end


def test_midnight_belongs_to_the_day_it_begins() -> None:
    midnight = datetime(2026, 3, 2, tzinfo=ZoneInfo("Asia/Shanghai"))

    assert days.day_of(midnight, "Asia/Shanghai") == date(2026, 3, 2)
    assert days.day_of(midnight - timedelta(microseconds=1), "Asia/Shanghai") == date(2026, 3, 1)


def test_the_clock_always_answers_in_utc() -> None:
    there = datetime(2026, 3, 2, 8, tzinfo=timezone(timedelta(hours=8)))
    with clock.running_on(lambda: there):
        assert clock.now() == datetime(2026, 3, 2, 0, tzinfo=UTC)
        assert clock.now().tzinfo is UTC


def test_a_naive_moment_is_refused() -> None:
    with clock.running_on(lambda: datetime(2026, 3, 2)), pytest.raises(ValueError, match="naive"):  # noqa: DTZ001  the point
        clock.now()


def test_clocks_nest_and_are_put_back_even_after_an_error() -> None:
    one, two = datetime(2001, 1, 1, tzinfo=UTC), datetime(2002, 1, 1, tzinfo=UTC)
    with clock.running_on(lambda: one):
        with pytest.raises(KeyError), clock.running_on(lambda: two):
            raise KeyError(clock.now())
        assert clock.now() == one
    assert clock.now() > two


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)), ZONES)  # noqa: DTZ001  hypothesis wants naive bounds
def test_from_a_day_on_and_until_a_day_include_the_whole_day(moment: datetime, zone: str) -> None:
    first, last = days.day_start(moment, zone), days.day_end(moment, zone)

    assert (first, last + timedelta(seconds=1)) == days.day_bounds(days.day_of(moment, zone), zone)
