"""Refunds: whatever the steps, the parts add up to the whole, and nothing is given twice."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.domain.pricing.rules.quote import price
from marketplace.domain.pricing.rules.refunds import (
    NOTHING,
    Ask,
    ByAmount,
    ByQuantity,
    ByValue,
    Parts,
    Refund,
    Reversed,
    TooMuch,
    refund,
    reversed_at,
)
from tests.make.baskets import golden, worked_example

A1 = price(golden()).lines[0]
OF_THREE = price(worked_example()).lines[2].parts
ONE_PIECE = price(worked_example()).lines[0].parts


def in_steps(sold: Parts, quantity: int, *asks: Ask) -> list[Refund]:
    before, done = Reversed(), []
    for ask in asks:
        done.append(refund(sold, quantity, before, ask))
        before = done[-1].after
    return done


def test_piece_by_piece_as_in_the_worked_example() -> None:
    pieces = in_steps(OF_THREE, 3, ByQuantity(1), ByQuantity(1), ByQuantity(1))

    assert [each.parts for each in pieces] == [
        Parts(3056, 277, 333, 20),
        Parts(3055, 278, 334, 20),
        Parts(3056, 277, 333, 20),
    ]


def test_a_value_and_the_rest_as_in_the_worked_example() -> None:
    some, rest = in_steps(ONE_PIECE, 1, ByValue(3000), ByValue(6036))

    assert some.parts == Parts(2751, 249, 240, 14)
    assert rest.parts == Parts(5534, 502, 483, 29)


def test_a_piece_then_an_amount_as_in_the_golden_vector() -> None:
    piece, amount = in_steps(A1.parts, 2, ByQuantity(1), ByAmount(5001))

    assert piece.parts == Parts(5001, 354, 536, 0)
    assert amount.parts == Parts(5001, 353, 535, 0)
    assert amount.after == Reversed(A1.value, 1)


@pytest.mark.parametrize(
    ("before", "ask", "left"),
    [
        pytest.param(Reversed(), ByQuantity(3), 2, id="more pieces than were sold"),
        pytest.param(Reversed(5355, 1), ByQuantity(2), 1, id="more pieces than are left"),
        pytest.param(Reversed(), ByAmount(10_003), 10_002, id="more than the buyer paid"),
        pytest.param(Reversed(5355, 1), ByAmount(5002), 5001, id="more than is left of it"),
        pytest.param(Reversed(), ByValue(10_710), 10_709, id="more than it was sold for"),
        pytest.param(Reversed(10_709, 0), ByQuantity(1), 0, id="a piece of what is paid back"),
        pytest.param(Reversed(6000, 0), ByQuantity(2), 4709, id="pieces worth more than is left"),
    ],
)
def test_more_than_is_left_is_refused(before: Reversed, ask: Ask, left: int) -> None:
    with pytest.raises(TooMuch) as refused:
        refund(A1.parts, 2, before, ask)

    assert refused.value.words["left"] == left


def test_pieces_that_cost_nothing_can_still_come_back_only_once() -> None:
    with pytest.raises(TooMuch):
        in_steps(NOTHING, 1, ByQuantity(1), ByQuantity(1))


@pytest.mark.parametrize("ask", [ByQuantity(0), ByAmount(0), ByValue(0)])
@pytest.mark.parametrize("sold", [A1.parts, Parts(0, 500, 50, 3), NOTHING])
def test_nothing_asked_is_nothing_given(ask: Ask, sold: Parts) -> None:
    assert refund(sold, 2, Reversed(), ask) == Refund(NOTHING, Reversed())


@pytest.mark.parametrize("ask", [ByQuantity, ByAmount, ByValue])
def test_nobody_asks_for_less_than_nothing(ask: type[Ask]) -> None:
    with pytest.raises(ValueError):
        ask(-1)


@st.composite
def any_sale(draw: st.DrawFn) -> Parts:
    cash, platform = draw(st.integers(0, 10**6)), draw(st.integers(0, 10**6))
    commission = draw(st.integers(0, cash + platform))
    return Parts(cash, platform, commission, draw(st.integers(0, commission)))


@given(any_sale(), st.data())
def test_any_steps_to_the_end_add_up_to_the_whole(sold: Parts, data: st.DataObject) -> None:
    cuts = data.draw(st.lists(st.integers(0, sold.value), max_size=12))
    steps = [b - a for a, b in pairwise([0, *sorted(cuts), sold.value])]

    done = in_steps(sold, 1, *map(ByValue, steps))

    assert sum((each.parts for each in done), NOTHING) == (sold if sold.value else NOTHING)
    assert [each.parts.value for each in done] == steps


@given(any_sale(), st.lists(st.integers(1, 5), min_size=1, max_size=8))
def test_any_grouping_of_pieces_adds_up_to_the_whole(sold: Parts, groups: list[int]) -> None:
    done = in_steps(sold, sum(groups), *map(ByQuantity, groups))

    assert sum((each.parts for each in done), NOTHING) == (sold if sold.value else NOTHING)


@given(any_sale().filter(lambda sold: sold.cash), st.data())
def test_amounts_are_given_to_the_unit_and_close_the_line(sold: Parts, data: st.DataObject) -> None:
    cuts = data.draw(st.lists(st.integers(1, sold.cash), unique=True, max_size=8))
    asked = [b - a for a, b in pairwise([0, *sorted({*cuts, sold.cash})])]

    done = in_steps(sold, 1, *map(ByAmount, asked))

    assert [each.parts.cash for each in done] == asked
    assert sum((each.parts for each in done), NOTHING) == sold


@given(any_sale(), st.integers(1, 4), st.data())
def test_whatever_is_asked_in_turn_never_more_than_the_whole_is_given(
    sold: Parts, quantity: int, data: st.DataObject
) -> None:
    amounts = st.integers(0, sold.value)
    asks = st.one_of(
        st.builds(ByQuantity, st.integers(0, 3)),
        st.builds(ByAmount, amounts),
        st.builds(ByValue, amounts),
    )
    before, given_back = Reversed(), NOTHING
    for ask in data.draw(st.lists(asks, max_size=6)):
        try:
            done = refund(sold, quantity, before, ask)
        except TooMuch:
            continue
        assert min(numbers(done.parts)) >= 0
        before, given_back = done.after, given_back + done.parts

    assert given_back == reversed_at(sold, before.value)
    assert min(numbers(sold - given_back)) >= 0 or sold.value == 0


def numbers(parts: Parts) -> tuple[int, ...]:
    return parts.cash, parts.platform_discount, parts.commission, parts.commission_tax
