"""Which promotions apply to which lines, in which order, and why the others do not."""

import pytest

from marketplace.domain.pricing.rules.basket import Kind, Promotion, Unpriceable
from marketplace.domain.pricing.rules.offers import (
    AmountOff,
    EachTime,
    NthPiece,
    Offer,
    PercentOff,
    Tiers,
)
from marketplace.domain.pricing.rules.promotions import Reason
from marketplace.domain.pricing.rules.quote import Quote, price
from tests.make.baskets import basket, line, of_shop, of_site, timed

LAMP, CORD, CHAIR = line("A1", 5000, 2), line("A2", 1000), line("B1", 4000)


def taken(quote: Quote) -> dict[str, list[tuple[str, int, int]]]:
    """By line: (promotion, what the seller pays, what the platform pays)."""
    return {
        priced.line.id: [(each.promotion, each.seller, each.platform) for each in priced.discounts]
        for priced in quote.lines
        if priced.discounts
    }


def reasons(quote: Quote) -> dict[str, str]:
    assert len({idle.promotion.id for idle in quote.idle}) == len(quote.idle)
    return {idle.promotion.id: idle.reason for idle in quote.idle}


def test_each_layer_takes_off_what_the_earlier_ones_left() -> None:
    quote = price(
        basket(
            [LAMP, CORD, CHAIR],
            of_site("e", PercentOff(1000)),
            of_site("d", Tiers(((1, 900),))),
            of_shop("c", "A", PercentOff(1000)),
            of_shop("b", "A", Tiers(((1, 1000),))),
            timed("a", PercentOff(1000), "A1"),
        )
    )

    assert taken(quote) == {
        "A1": [("a", 1000, 0), ("b", 900, 0), ("c", 810, 0), ("d", 0, 542), ("e", 0, 675)],
        "A2": [("b", 100, 0), ("c", 90, 0), ("d", 0, 60), ("e", 0, 75)],
        "B1": [("d", 0, 298), ("e", 0, 370)],
    }
    assert quote.buyer_pays == 15_000 - 1000 - 1000 - 900 - 900 - 1120


@pytest.mark.parametrize(
    "offer",
    [
        AmountOff(100, threshold=10_000),
        PercentOff(1000, threshold=10_000),
        Tiers(((10_000, 100),)),
        EachTime(10_000, 100),
    ],
)
def test_thresholds_look_at_item_prices_and_not_at_other_discounts(offer: Offer) -> None:
    shop = of_shop("shop", "A", AmountOff(9000))
    site = of_site("site", offer, "A1")

    assert "site" not in reasons(price(basket([LAMP], shop, site)))
    assert reasons(price(basket([LAMP], timed("t", AmountOff(1)), site))) == {"site": "threshold"}


def test_only_lines_that_a_promotion_is_for_count_and_pay() -> None:
    quote = price(basket([LAMP, CORD, CHAIR], of_site("site", AmountOff(600, 5000), "A2", "B1")))

    assert taken(quote) == {"A2": [("site", 0, 120)], "B1": [("site", 0, 480)]}


def test_a_sellers_promotion_touches_no_other_sellers_line_whatever_it_names() -> None:
    quote = price(basket([LAMP, CHAIR], of_shop("shop", "A", AmountOff(500), "A1", "B1")))

    assert taken(quote) == {"A1": [("shop", 500, 0)]}


def test_a_timed_discount_of_a_seller_is_for_this_sellers_lines() -> None:
    quote = price(basket([LAMP, CHAIR], timed("t", AmountOff(500), seller="B")))

    assert taken(quote) == {"B1": [("t", 500, 0)]}


def test_the_lowest_item_price_counts_line_by_line() -> None:
    fifth, thousand = timed("fifth", PercentOff(2000)), timed("thousand", AmountOff(900))

    quote = price(basket([LAMP, CORD], thousand, fifth))

    assert taken(quote) == {"A1": [("fifth", 2000, 0)], "A2": [("thousand", 900, 0)]}
    assert reasons(quote) == {}


def test_equal_item_prices_go_to_the_lower_id() -> None:
    quote = price(basket([LAMP], timed("b", AmountOff(500)), timed("a", PercentOff(1000))))

    assert taken(quote) == {"A1": [("a", 1000, 0)]}
    assert reasons(quote) == {"b": Reason.BETTER}


def test_what_sellers_fund_of_the_platforms_promotion_is_on_their_own_lines() -> None:
    quote = price(basket([LAMP, CHAIR], of_site("site", AmountOff(701), seller_share=5000)))

    assert taken(quote) == {"A1": [("site", 250, 251)], "B1": [("site", 100, 100)]}


def test_a_discount_is_never_more_than_is_left() -> None:
    quote = price(
        basket(
            [LAMP, CORD],
            of_shop("shop", "A", Tiers(((1, 10_500),))),
            of_site("site", AmountOff(99_999)),
        )
    )

    assert [priced.cash for priced in quote.lines] == [0, 0]
    assert quote.platform.discount == 500


NONE_OF_IT = frozenset[str]()


@pytest.mark.parametrize(
    ("promotions", "idle"),
    [
        pytest.param([of_shop("c", "C", AmountOff(1))], {"c": "lines"}, id="another seller's"),
        pytest.param([timed("t", AmountOff(1), seller="C")], {"t": "lines"}, id="the same, timed"),
        pytest.param(
            [Promotion("s", Kind.PLATFORM_COUPON, AmountOff(1), None, NONE_OF_IT)],
            {"s": "lines"},
            id="narrowed to nothing",
        ),
        pytest.param(
            [of_site("s", AmountOff(1, 15_001))], {"s": "threshold"}, id="one unit is missing"
        ),
        pytest.param([of_site("s", NthPiece(5, 1))], {"s": "threshold"}, id="a piece is missing"),
        pytest.param([of_site("s", AmountOff(0))], {"s": "nothing"}, id="it takes nothing off"),
        pytest.param([timed("t", PercentOff(0))], {"t": "nothing"}, id="the same, timed"),
        pytest.param(
            [of_shop("a", "A", PercentOff(10_000)), of_site("s", AmountOff(5), "A1")],
            {"s": "nothing"},
            id="nothing is left of its lines",
        ),
        pytest.param(
            [of_site("a", AmountOff(5)), of_site("b", AmountOff(4)), of_site("c", AmountOff(0))],
            {"b": "better", "c": "nothing"},
            id="only one coupon of the platform's, the others by what they would do",
        ),
        pytest.param(
            [of_site("a", Tiers(((1, 5),))), of_site("b", EachTime(1, 1, times=1))],
            {"b": "better"},
            id="only one threshold of the platform's",
        ),
        pytest.param(
            [of_shop("a", "A", AmountOff(5)), of_shop("b", "A", PercentOff(10))],
            {"a": "better"},
            id="only one coupon of a seller's",
        ),
        pytest.param(
            [of_shop("a", "A", AmountOff(5)), of_shop("b", "B", AmountOff(5))],
            {},
            id="but one of each seller's",
        ),
        pytest.param(
            [
                of_shop("a", "A", AmountOff(5)),
                of_shop("b", "A", Tiers(((1, 5),))),
                of_site("c", AmountOff(5)),
                of_site("d", Tiers(((1, 5),))),
                timed("e", AmountOff(5)),
            ],
            {},
            id="and one of each kind",
        ),
    ],
)
def test_a_promotion_that_does_not_apply_has_one_reason(
    promotions: list[Promotion], idle: dict[str, str]
) -> None:
    assert reasons(price(basket([LAMP, CORD, CHAIR], *promotions))) == idle


def test_a_threshold_says_how_much_is_missing_and_a_beaten_one_by_which() -> None:
    quote = price(
        basket(
            [CORD],
            of_site("a", AmountOff(5)),
            of_site("b", AmountOff(4)),
            of_shop("c", "A", AmountOff(1, 1250)),
        )
    )

    assert [(idle.other, idle.short) for idle in quote.idle] == [("a", 0), ("", 250)]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Promotion("p", Kind.SELLER_COUPON, AmountOff(1)),
        lambda: Promotion("p", Kind.PLATFORM_COUPON, AmountOff(1), "A"),
        lambda: Promotion("p", Kind.SELLER_COUPON, AmountOff(1), "A", None, 1),
        lambda: Promotion("p", Kind.PLATFORM_COUPON, AmountOff(1), None, None, 10_001),
        lambda: Promotion("p", Kind.TIMED_DISCOUNT, Tiers(((1, 1),))),
        lambda: Promotion("p", Kind.TIMED_DISCOUNT, AmountOff(1, threshold=1)),
    ],
)
def test_a_promotion_cannot_contradict_itself(wrong: object) -> None:
    with pytest.raises(ValueError):
        wrong()  # type: ignore[operator]


@pytest.mark.parametrize(
    ("lines", "promotions"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([LAMP, LAMP], [], id="a line twice"),
        pytest.param(
            [LAMP], [timed("t", AmountOff(1)), timed("t", AmountOff(2))], id="an id twice"
        ),
        pytest.param([LAMP], [timed("t", AmountOff(1), "A7")], id="no such line"),
    ],
)
def test_a_basket_that_contradicts_itself_has_no_price(
    lines: list[object], promotions: list[Promotion]
) -> None:
    with pytest.raises(Unpriceable):
        price(basket(lines, *promotions))  # type: ignore[arg-type]
