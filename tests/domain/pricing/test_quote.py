"""The priced basket: both worked examples, and what holds for any basket there is."""

from itertools import permutations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from marketplace.domain.pricing.rules.basket import Basket, Shipping
from marketplace.domain.pricing.rules.commission import Terms
from marketplace.domain.pricing.rules.offers import AmountOff
from marketplace.domain.pricing.rules.quote import Quote, SellerTotal, price
from marketplace.domain.pricing.rules.refunds import Parts
from tests.make.baskets import any_basket, basket, golden, line, of_site, worked_example


def shares(quote: Quote, promotion: str) -> list[tuple[int, int]]:
    """Per line: what the seller and the platform pay."""
    return [
        (each.seller, each.platform)
        for priced in quote.lines
        for each in priced.discounts
        if each.promotion == promotion
    ]


def test_the_golden_vector() -> None:
    quote = price(golden())

    assert shares(quote, "shop-a") == [(800, 0), (200, 0)]
    assert shares(quote, "site") == [(471, 707), (118, 177), (211, 316)]
    assert [each.parts for each in quote.lines] == [
        Parts(10_002, 707, 1071, 0),
        Parts(2505, 177, 134, 0),
        Parts(4473, 316, 383, 0),
    ]
    assert [each.value for each in quote.lines] == [10_709, 2682, 4789]
    assert quote.sellers == (
        SellerTotal("A", Parts(13_307, 884, 1205, 0)),
        SellerTotal("B", Parts(5073, 316, 383, 0)),
    )
    assert [total.net for total in quote.sellers] == [12_986, 5006]
    assert (quote.platform.commission, quote.platform.discount) == (1588, 1200)
    assert quote.platform.net == 388
    assert quote.buyer_pays == 18_380
    assert quote.idle == ()


def test_the_worked_example_of_the_ledger() -> None:
    quote = price(worked_example())

    assert shares(quote, "shop") == [(964, 0), (536, 0)]
    assert shares(quote, "site") == [(0, 751), (0, 417), (0, 832)]
    assert [each.parts for each in quote.lines] == [
        Parts(8285, 751, 723, 43),
        Parts(4602, 417, 402, 24),
        Parts(9167, 832, 1000, 60),
    ]
    assert [total.net for total in quote.sellers] == [13_663, 10_139]
    assert quote.platform.commission == 2125
    assert quote.buyer_pays == 24_054


def test_shipping_has_a_commission_only_if_a_rule_says_so() -> None:
    parcels = [Shipping("A", 800), Shipping("B", 800, Terms(1000, tax_basis_points=600))]

    quote = price(basket([line("A1", 1), line("B1", 1)], shipping=parcels))

    assert [each.parts for each in quote.shipping] == [Parts(800, 0, 0, 0), Parts(800, 0, 80, 5)]
    assert [total.net for total in quote.sellers] == [801, 801 - 85]


def test_the_platform_may_give_more_than_it_takes() -> None:
    quote = price(basket([line("A1", 1000)], of_site("site", AmountOff(300))))

    assert quote.platform.net == -300


@given(any_basket())
def test_cash_and_discounts_are_the_gross_line_by_line(given_basket: Basket) -> None:
    for priced in price(given_basket).lines:
        assert priced.cash + sum(each.amount for each in priced.discounts) == priced.line.gross
        assert priced.value == priced.cash + priced.platform_discount == priced.parts.value


@given(any_basket())
def test_funders_pay_exactly_what_is_taken_off_and_sellers_only_their_own(
    given_basket: Basket,
) -> None:
    owners = {each.id: each.seller for each in given_basket.promotions}
    for priced in price(given_basket).lines:
        for each in priced.discounts:
            assert each.seller + each.platform == each.amount
            assert owners[each.promotion] in (None, priced.line.seller)


@given(any_basket())
def test_no_amount_is_below_nothing(given_basket: Basket) -> None:
    quote = price(given_basket)

    for priced in quote.lines:
        assert all(each.amount > 0 <= min(each.seller, each.platform) for each in priced.discounts)
    for total in quote.sellers:
        assert min(vars_of(total.parts)) >= 0
    for cut in [priced.commission for priced in quote.lines]:
        assert 0 <= cut.amount <= cut.base
    for cut in [parcel.commission for parcel in quote.shipping]:
        assert 0 <= cut.amount <= cut.base


@given(any_basket())
def test_all_that_the_buyer_pays_arrives_somewhere(given_basket: Basket) -> None:
    quote = price(given_basket)
    nets = sum(total.net for total in quote.sellers)
    taxes = sum(total.parts.commission_tax for total in quote.sellers)

    assert nets + taxes + quote.platform.net == quote.buyer_pays


@given(any_basket())
def test_a_promotion_either_shows_on_a_line_or_has_one_reason(given_basket: Basket) -> None:
    quote = price(given_basket)
    shown = {each.promotion for priced in quote.lines for each in priced.discounts}
    idle = [each.promotion.id for each in quote.idle]

    assert shown.isdisjoint(idle)
    assert sorted([*shown, *idle]) == sorted(each.id for each in given_basket.promotions)


@given(any_basket(), st.randoms(use_true_random=False))
def test_the_order_of_promotions_changes_nothing(given_basket: Basket, chance: Random) -> None:
    mixed = list(given_basket.promotions)
    chance.shuffle(mixed)
    one, other = (
        price(given_basket),
        price(basket(given_basket.lines, *mixed, shipping=given_basket.shipping)),
    )

    assert one.lines == other.lines
    assert one.sellers == other.sellers
    assert {each.promotion.id: each for each in one.idle} == {
        each.promotion.id: each for each in other.idle
    }


@given(st.lists(st.integers(0, 500), min_size=1, max_size=4), st.integers(0, 2000))
def test_the_order_of_lines_moves_at_most_who_of_equals_gets_the_odd_unit(
    prices: list[int], amount: int
) -> None:
    told = {
        tuple(
            sorted(
                (each.line.gross, each.cash)
                for each in price(
                    basket(
                        [line(f"A{i}", p) for i, p in enumerate(order)],
                        of_site("s", AmountOff(amount)),
                    )
                ).lines
            )
        )
        for order in permutations(prices)
    }

    assert len(told) == 1


def vars_of(parts: Parts) -> tuple[int, ...]:
    return parts.cash, parts.platform_discount, parts.commission, parts.commission_tax
