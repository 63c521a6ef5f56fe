"""What is missing to the next step of a promotion, and whether that is worth telling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.domain.pricing.rules.hints import NextStep, next_step
from marketplace.domain.pricing.rules.offers import (
    AmountOff,
    EachTime,
    Goods,
    NthPiece,
    Offer,
    PercentOff,
    Tiers,
    off_goods,
)
from tests.make.baskets import THRESHOLDS

THREE_LAMPS = Goods(((3000, 3),))
STEPS = Tiers(((5000, 500), (10_000, 1200), (12_000, 1100), (20_000, 4000)))


@pytest.mark.parametrize(
    ("offer", "step"),
    [
        pytest.param(STEPS, NextStep(1000, 10_000, 1200), id="the next tier"),
        pytest.param(Tiers(((9000, 5),)), None, id="no further tier"),
        pytest.param(Tiers(((9, 5), (9001, 4))), None, id="a tier that gives less is no step"),
        pytest.param(EachTime(2000, 100), NextStep(1000, 2000, 500), id="one more time"),
        pytest.param(EachTime(3000, 100), NextStep(3000, 3000, 400), id="a time just reached"),
        pytest.param(EachTime(2000, 100, times=4), None, id="all times used"),
        pytest.param(NthPiece(2, 5000), NextStep(1, 2), id="a piece"),
        pytest.param(AmountOff(700, 9500), NextStep(500, 9500, 700), id="a coupon"),
        pytest.param(PercentOff(1000, None, 9500), NextStep(500, 9500), id="a share"),
        pytest.param(AmountOff(700, 9000), None, id="a coupon that applies"),
    ],
)
def test_the_next_step(offer: Offer, step: NextStep | None) -> None:
    assert next_step(offer, THREE_LAMPS) == step


@pytest.mark.parametrize(
    ("step", "is_near"),
    [
        pytest.param(NextStep(600, 1000), True, id="six tenths are missing"),
        pytest.param(NextStep(601, 1000), False, id="more than that"),
        pytest.param(NextStep(1, 1), False, id="nothing of it is in the basket"),
    ],
)
def test_only_a_step_that_is_near_is_told(step: NextStep, is_near: bool) -> None:
    assert step.is_near is is_near


@given(THRESHOLDS, st.integers(0, 5000))
def test_who_buys_what_is_missing_gets_what_was_said(offer: Offer, total: int) -> None:
    step = next_step(offer, Goods(((total, 1),)))

    if step and step.off is not None:
        then = total + step.short
        assert off_goods(offer, Goods(((then, 1),)), 10**9) == step.off
        assert off_goods(offer, Goods(((then - 1, 1),)), 10**9) < step.off or step.off == 0
