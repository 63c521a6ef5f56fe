"""What each kind of promotion takes off, from when on, and never more than is left."""

import pytest

from marketplace.domain.pricing.rules.offers import (
    AmountOff,
    EachTime,
    Goods,
    NthPiece,
    Offer,
    PercentOff,
    Tiers,
    missing,
    off_goods,
    off_piece,
)

TWO_LAMPS_AND_A_CORD = Goods(((4000, 2), (1000, 1)))  # 9000 in all, three pieces
STEPS = Tiers(((5000, 500), (9000, 1200), (20_000, 4000)))


@pytest.mark.parametrize(
    ("offer", "net", "off"),
    [
        pytest.param(AmountOff(700), 9000, 700, id="an amount"),
        pytest.param(AmountOff(700), 300, 300, id="an amount, at most what is left"),
        pytest.param(PercentOff(1000), 9000, 900, id="a share of what is left"),
        pytest.param(PercentOff(1000), 8005, 801, id="a share, half a unit goes up"),
        pytest.param(PercentOff(1000), 8004, 800, id="a share, less than half goes down"),
        pytest.param(PercentOff(1000, cap=500), 9000, 500, id="a share, at most its cap"),
        pytest.param(PercentOff(1000, cap=0), 9000, 0, id="a cap of nothing is a cap"),
        pytest.param(PercentOff(10_000), 9000, 9000, id="all of it"),
        pytest.param(STEPS, 9000, 1200, id="the highest tier that is reached, to the unit"),
        pytest.param(Tiers(((9001, 1200), (100, 50))), 9000, 50, id="tiers in any order"),
        pytest.param(Tiers(((1, 900), (2, 100))), 9000, 100, id="the highest threshold, not sum"),
        pytest.param(STEPS, 1000, 1000, id="a tier, at most what is left"),
        pytest.param(EachTime(3000, 400), 9000, 1200, id="every so much, three times"),
        pytest.param(EachTime(4000, 400), 9000, 800, id="every so much, full times only"),
        pytest.param(EachTime(3000, 400, times=2), 9000, 800, id="every so much, at most twice"),
        pytest.param(NthPiece(2, 5000), 9000, 500, id="the second piece: the cheapest is it"),
        pytest.param(NthPiece(3, 5000), 9000, 500, id="one of three pieces"),
        pytest.param(NthPiece(4, 5000), 9000, 0, id="there is no fourth piece"),
    ],
)
def test_what_an_offer_takes_off(offer: Offer, net: int, off: int) -> None:
    assert off_goods(offer, TWO_LAMPS_AND_A_CORD, net) == off


def test_the_nth_piece_is_half_up_piece_by_piece() -> None:
    assert off_goods(NthPiece(2, 5000), Goods(((101, 3), (999, 3))), 3300) == 3 * 51


@pytest.mark.parametrize(
    ("offer", "short"),
    [
        pytest.param(AmountOff(1, threshold=9000), 0, id="a threshold is reached to the unit"),
        pytest.param(AmountOff(1, threshold=9001), 1, id="and missed by one"),
        pytest.param(PercentOff(1, threshold=9500), 500, id="of a share"),
        pytest.param(Tiers(((12_000, 2), (9999, 1))), 999, id="of the lowest tier"),
        pytest.param(EachTime(10_000, 1), 1000, id="of the first time"),
        pytest.param(NthPiece(5, 1), 2, id="in pieces"),
    ],
)
def test_what_is_missing_to_the_threshold(offer: Offer, short: int) -> None:
    assert missing(offer, TWO_LAMPS_AND_A_CORD) == short


@pytest.mark.parametrize(
    ("offer", "price", "off"),
    [
        (AmountOff(500), 5990, 500),
        (AmountOff(7000), 5990, 5990),
        (PercentOff(1500), 5990, 899),
        (PercentOff(1500), 5, 1),
        (PercentOff(1500), 3, 0),
    ],
)
def test_an_item_price_is_half_up_per_piece_and_never_below_nothing(
    offer: AmountOff | PercentOff, price: int, off: int
) -> None:
    assert off_piece(offer, price) == off


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: AmountOff(-1),
        lambda: AmountOff(1, threshold=-1),
        lambda: AmountOff(True),
        lambda: AmountOff(1.5),  # type: ignore[arg-type]
        lambda: PercentOff(10_001),
        lambda: PercentOff(1, cap=-1),
        lambda: Tiers(()),
        lambda: Tiers(((5, 1), (5, 2))),
        lambda: Tiers(((5, -1),)),
        lambda: EachTime(0, 1),
        lambda: EachTime(1, 1, times=-1),
        lambda: NthPiece(1, 5000),
    ],
)
def test_no_offer_is_made_of_impossible_numbers(wrong: object) -> None:
    with pytest.raises(ValueError):
        wrong()  # type: ignore[operator]
