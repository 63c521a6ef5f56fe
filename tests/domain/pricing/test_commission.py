"""The marketplace's cut: half-up, within its bounds, never above what it is taken from."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.domain.pricing.rules.commission import Bound, Commission, Terms, commission
from tests.make.baskets import any_terms


@pytest.mark.parametrize(
    ("base", "terms", "amount", "bound"),
    [
        pytest.param(10_709, Terms(1000), 1071, Bound.NONE, id="reference/features.md 2.6"),
        pytest.param(5, Terms(1000), 1, Bound.NONE, id="half a unit goes up"),
        pytest.param(4, Terms(1000), 0, Bound.NONE, id="less than half goes down"),
        pytest.param(1000, Terms(1000, least=300), 300, Bound.LEAST, id="at least"),
        pytest.param(1000, Terms(1000, least=100), 100, Bound.NONE, id="the least as it is"),
        pytest.param(1000, Terms(1000, most=30), 30, Bound.MOST, id="at most"),
        pytest.param(1000, Terms(1000, most=0), 0, Bound.MOST, id="at most nothing"),
        pytest.param(200, Terms(1000, least=300), 200, Bound.BASE, id="never above the base"),
        pytest.param(0, Terms(1000, least=300), 0, Bound.BASE, id="nothing of nothing"),
        pytest.param(1000, Terms(10_000), 1000, Bound.NONE, id="all of it"),
    ],
)
def test_the_commission_on_a_base(base: int, terms: Terms, amount: int, bound: Bound) -> None:
    assert commission(base, terms) == Commission(base, amount, 0, bound)


@pytest.mark.parametrize(("amount", "tax"), [(723, 43), (402, 24), (1000, 60), (25, 2), (8, 0)])
def test_its_tax_is_rounded_by_itself(amount: int, tax: int) -> None:
    terms = Terms(10_000, tax_basis_points=600)

    assert commission(amount, terms).tax == tax


@given(st.integers(0, 10**12), any_terms())
def test_it_stays_between_nothing_and_the_base(base: int, terms: Terms) -> None:
    cut = commission(base, terms)

    assert 0 <= cut.amount <= base
    assert terms.most is None or cut.amount <= terms.most
    assert cut.amount >= min(base, terms.least or 0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"basis_points": 10_001},
        {"basis_points": -1},
        {"basis_points": 0, "least": 2, "most": 1},
        {"basis_points": 0, "least": -1},
        {"basis_points": 0, "tax_basis_points": 10_001},
    ],
)
def test_impossible_terms_are_none(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        Terms(**wrong)
