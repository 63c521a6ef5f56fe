"""Ids sort by creation, fit their pattern and the column, and can be drawn from a seed."""

import random
import re
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from marketplace.kit import clock, ids

MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001  hypothesis wants naive bounds


@given(MOMENTS, st.from_regex(r"\A[a-z]{3}\Z"))
def test_every_id_fits_the_pattern_and_the_column(moment: datetime, prefix: str) -> None:
    with clock.running_on(lambda: moment):
        made = ids.new_id(prefix)

    assert re.fullmatch(ids.ID_PATTERN, made)
    assert len(made) <= 40


@given(MOMENTS, st.integers(1, 10**9))
def test_a_later_id_sorts_after_an_earlier_one(moment: datetime, milliseconds: int) -> None:
    later = min(moment + timedelta(milliseconds=milliseconds), datetime(9999, 12, 31, tzinfo=UTC))
    with clock.running_on(lambda: moment), ids.drawing_from(lambda bits: 2**bits - 1):
        first = ids.new_id("ord")
    with clock.running_on(lambda: later), ids.drawing_from(lambda _bits: 0):
        second = ids.new_id("ord")

    assert first < second


def test_ids_do_not_repeat() -> None:
    assert len({ids.new_id("ord") for _ in range(2_000)}) == 2_000


def test_the_same_chance_and_clock_give_the_same_ids() -> None:
    def drawn() -> list[str]:
        chance = random.Random(7)
        at = datetime(2026, 3, 2, tzinfo=UTC)
        with clock.running_on(lambda: at), ids.drawing_from(chance.getrandbits):
            return [ids.new_id("ord"), ids.public_number("JS")]

    assert drawn() == drawn()


def test_after_the_block_ids_are_drawn_at_random_again() -> None:
    with ids.drawing_from(lambda _bits: 0):
        assert ids.new_id("ord").endswith("0" * 16)

    assert not ids.new_id("ord").endswith("0" * 16)


@given(st.integers(0, 2**50 - 1))
def test_a_public_number_is_readable_and_tells_no_volume(bits: int) -> None:
    with ids.drawing_from(lambda _bits: bits):
        number = ids.public_number("JS")

    assert re.fullmatch(
        r"JS-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{2}", number
    )
