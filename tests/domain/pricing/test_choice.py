"""Of promotions that exclude each other the buyer gets the best: against trying everything."""

from collections import defaultdict
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings

from marketplace.domain.pricing.rules import choice
from marketplace.domain.pricing.rules.basket import Basket, Kind, Promotion
from marketplace.domain.pricing.rules.offers import AmountOff, PercentOff, Tiers
from marketplace.domain.pricing.rules.promotions import Reason
from marketplace.domain.pricing.rules.quote import price
from marketplace.domain.pricing.rules.trace import Step
from tests.make.baskets import any_basket, basket, line, of_shop, of_site


def best_by_trying(given_basket: Basket) -> tuple[int, int]:
    """What the buyer and then the platform pay at best: each combination priced by itself."""
    out = {Reason.LINES, Reason.THRESHOLD}
    barred = {each.promotion.id for each in price(given_basket).idle if each.reason in out}
    slots: dict[tuple[Kind, str | None], list[Promotion]] = defaultdict(list)
    always = []
    for promotion in given_basket.promotions:
        if promotion.kind is Kind.TIMED_DISCOUNT:
            always.append(promotion)
        elif promotion.id not in barred:
            slots[promotion.kind, promotion.seller].append(promotion)
    quotes = (
        price(replace(given_basket, promotions=(*always, *chosen)))
        for chosen in product(*slots.values())
    )
    return min((quote.buyer_pays, quote.platform.discount) for quote in quotes)


@settings(max_examples=300)
@given(any_basket())
def test_no_combination_is_better_for_the_buyer_then_for_the_platform(
    given_basket: Basket,
) -> None:
    quote = price(given_basket)

    assert (quote.buyer_pays, quote.platform.discount) == best_by_trying(given_basket)


def applied(given_basket: Basket) -> list[str]:
    quote = price(given_basket)
    return sorted({each.promotion for priced in quote.lines for each in priced.discounts})


def test_the_whole_basket_decides_and_not_the_single_coupon() -> None:
    """The larger coupon of the shop would leave nothing for the platform's on the same line."""
    lines = [line("A1", 1000), line("A2", 5000)]
    site = of_site("site", AmountOff(1000), "A1")
    larger, smaller = (
        of_shop("a", "A", AmountOff(1000), "A1"),
        of_shop("b", "A", AmountOff(900), "A2"),
    )

    assert applied(basket(lines, site, larger, smaller)) == ["b", "site"]
    assert applied(basket(lines, larger, smaller)) == ["a"]


@pytest.mark.parametrize(
    ("one", "other", "winner"),
    [
        pytest.param(AmountOff(500), PercentOff(1000), "one", id="the larger"),
        pytest.param(AmountOff(400), PercentOff(1000), "one", id="equal: the lower id"),
        pytest.param(AmountOff(399), PercentOff(1000), "other", id="a unit decides"),
        pytest.param(AmountOff(800), PercentOff(5000, cap=700), "one", id="capped"),
    ],
)
def test_the_better_coupon_wins(one: object, other: object, winner: str) -> None:
    coupons = of_site("one", one), of_site("other", other)  # type: ignore[arg-type]

    assert applied(basket([line("A1", 4000)], *coupons)) == [winner]


def test_of_equals_the_one_that_costs_the_platform_less() -> None:
    dear = of_site("a", AmountOff(500), seller_share=4000)
    cheap = of_site("b", AmountOff(500), seller_share=5000)

    assert applied(basket([line("A1", 4000)], dear, cheap)) == ["b"]


def many(sellers: int, coupons: int) -> list[Promotion]:
    return [
        of_shop(f"{chr(65 + seller)}{amount}", chr(65 + seller), AmountOff(amount + 1))
        for seller in range(sellers)
        for amount in range(coupons)
    ]


@pytest.mark.parametrize("has_site", [False, True])
def test_of_too_many_combinations_each_seller_still_gets_the_best_coupon(has_site: bool) -> None:
    lines = [line(f"{chr(65 + seller)}1", 1000) for seller in range(9)]
    site = [of_site("site", Tiers(((9000, 100),)))] if has_site else []

    quote = price(basket(lines, *many(9, 4), *site))

    assert quote.buyer_pays == 9000 - 9 * 4 - 100 * has_site
    assert (Step.CHOICE in {step.step for step in quote.trace}) is has_site


@settings(max_examples=200)
@given(any_basket())
def test_one_party_at_a_time_is_never_worse_than_leaving_it_to_the_first(
    given_basket: Basket,
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(choice, "MOST_COMBINATIONS", 0)
        hurried = price(given_basket).buyer_pays

    assert (
        best_by_trying(given_basket)[0] <= hurried <= price(first_of_each(given_basket)).buyer_pays
    )


def first_of_each(given_basket: Basket) -> Basket:
    out = {
        each.promotion.id
        for each in price(given_basket).idle
        if each.reason in ("lines", "threshold")
    }
    first: dict[object, Promotion] = {}
    for promotion in sorted(given_basket.promotions, key=lambda each: each.id):
        is_timed = promotion.kind is Kind.TIMED_DISCOUNT
        if promotion.id not in out:
            first.setdefault(
                promotion.id if is_timed else (promotion.kind, promotion.seller), promotion
            )
    return replace(given_basket, promotions=tuple(first.values()))
