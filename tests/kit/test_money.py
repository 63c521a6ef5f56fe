"""Whole minor units: rounding halves away from zero, and splits that lose nothing."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kit.money import (
    MAX_MINOR,
    CurrencyMismatch,
    Money,
    allocate,
    exponent,
    half_up,
)

AMOUNTS = st.integers(-MAX_MINOR, MAX_MINOR)
WEIGHTS = st.lists(st.integers(0, MAX_MINOR), min_size=1, max_size=30)


@given(AMOUNTS, WEIGHTS)
def test_parts_always_add_up_to_the_whole(total: int, weights: list[int]) -> None:
    assert sum(allocate(total, weights)) == total


@given(AMOUNTS, WEIGHTS.filter(any))
def test_no_part_is_a_whole_unit_away_from_its_exact_share(total: int, weights: list[int]) -> None:
    for part, weight in zip(allocate(total, weights), weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1


@given(AMOUNTS, WEIGHTS.filter(any))
def test_a_part_without_weight_gets_nothing(total: int, weights: list[int]) -> None:
    parts = allocate(total, weights)

    assert [p for p, w in zip(parts, weights, strict=True) if w == 0 and p] == []


@given(AMOUNTS, WEIGHTS)
def test_splitting_a_debt_mirrors_splitting_the_credit(total: int, weights: list[int]) -> None:
    assert allocate(-total, weights) == [-part for part in allocate(total, weights)]


@given(st.integers(0, MAX_MINOR), st.integers(0, 10**6), st.integers(1, 20))
def test_equal_weights_differ_by_one_at_most_and_early_places_get_more(
    total: int, weight: int, count: int
) -> None:
    parts = allocate(total, [weight + 1] * count)

    assert parts == sorted(parts, reverse=True)
    assert parts[0] - parts[-1] <= 1


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        pytest.param(2000, [9036, 5019, 9999], [751, 417, 832], id="money.md 3.5, the coupon"),
        pytest.param(100, [1, 1, 1], [34, 33, 33], id="ties go to the earlier place"),
        pytest.param(1, [1, 3, 3], [0, 1, 0], id="then the larger remainder"),
        pytest.param(5, [0, 0], [5, 0], id="all zero: the first takes it"),
        pytest.param(0, [3, 4], [0, 0], id="nothing to split"),
        pytest.param(-100, [1, 1, 1], [-34, -33, -33], id="a debt"),
    ],
)
def test_the_largest_remainder_wins(total: int, weights: list[int], parts: list[int]) -> None:
    assert allocate(total, weights) == parts


def test_equal_remainders_go_to_the_larger_weight() -> None:
    # 2 over [1, 3]: exact shares 0.5 and 1.5, the same remainder
    assert allocate(2, [1, 3]) == [0, 2]


@pytest.mark.parametrize("weights", [[], [-1], [3, -1]])
def test_weights_that_mean_nothing_are_refused(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        allocate(10, weights)


@given(st.integers(-(10**16), 10**16), st.integers(1, 10**8))
def test_half_up_is_the_nearest_whole_number_halves_away_from_zero(top: int, bottom: int) -> None:
    exact, rounded = Fraction(top, bottom), half_up(top, bottom)

    assert abs(rounded - exact) <= Fraction(1, 2)
    if abs(rounded - exact) == Fraction(1, 2):
        assert abs(rounded) > abs(exact)


@pytest.mark.parametrize(
    ("minor", "bps", "portion"),
    [(10_000, 1_250, 1_250), (4, 1_250, 1), (3, 1_250, 0), (-4, 1_250, -1)],
)
def test_a_portion_rounds_halves_away_from_zero(minor: int, bps: int, portion: int) -> None:
    assert Money(minor, "CNY").portion(bps) == Money(portion, "CNY")


@pytest.mark.parametrize("bottom", [0, -1])
def test_half_up_needs_a_positive_denominator(bottom: int) -> None:
    with pytest.raises(ValueError, match="denominator"):
        half_up(1, bottom)


@pytest.mark.parametrize("minor", [1.0, "1", True, None])
def test_money_is_whole_numbers_only(minor: object) -> None:
    with pytest.raises(TypeError):
        Money(minor, "CNY")  # type: ignore[arg-type]


@pytest.mark.parametrize("currency", ["", "cny", "XYZ1", "¥"])
def test_money_has_a_real_currency(currency: str) -> None:
    with pytest.raises(ValueError, match="no currency"):
        Money(1, currency)


def test_currencies_do_not_mix() -> None:
    with pytest.raises(CurrencyMismatch):
        Money(1, "CNY") + Money(1, "JPY")
    with pytest.raises(CurrencyMismatch):
        Money(1, "CNY") - Money(1, "JPY")


def test_money_adds_takes_away_and_splits() -> None:
    assert Money(5, "CNY") + Money(3, "CNY") - Money(10, "CNY") == -Money(2, "CNY")
    assert Money(10, "CNY").split([1, 2]) == [Money(3, "CNY"), Money(7, "CNY")]


@pytest.mark.parametrize(("currency", "places"), [("CNY", 2), ("JPY", 0), ("KWD", 3)])
def test_a_currency_knows_its_decimal_places(currency: str, places: int) -> None:
    assert exponent(currency) == places
