"""Every number says why: rule, base, rounding and funder, in sentences that can be translated."""

import json
from dataclasses import asdict

import pytest
from hypothesis import given

from marketplace.domain.pricing.rules.basket import Basket, Shipping
from marketplace.domain.pricing.rules.commission import Terms
from marketplace.domain.pricing.rules.offers import AmountOff, NthPiece, PercentOff
from marketplace.domain.pricing.rules.quote import Quote, price
from marketplace.domain.pricing.rules.refunds import ByQuantity, Reversed, refund
from marketplace.domain.pricing.rules.trace import Rounding, Step, Why, of_refund
from marketplace.domain.pricing.rules.units import percent
from marketplace.kit.languages import PLACE, fill
from tests.make.baskets import any_basket, basket, golden, line, of_shop, of_site, timed

SHARE = (
    "site takes 500 off 14782; 10782 of that is this line, so its part is 365: 146 from the"
    " seller, 219 from the platform."
)


def said(why: Why) -> str:
    return fill(why.message, {**why.amounts, **why.words})


def all_of(quote: Quote) -> list[Why]:
    return [*quote.trace, *(step for priced in quote.lines for step in priced.trace)]


def test_a_line_tells_its_price_from_gross_to_tax() -> None:
    terms = Terms(875, tax_basis_points=600, rule="cat-lamps:3")
    lines = [line("A1", 5990, 2, terms=terms), line("B1", 4000)]
    promotions = (
        timed("sale", PercentOff(1000), "A1"),
        of_site("site", AmountOff(500), seller_share=4000),
    )

    steps = price(basket(lines, *promotions)).lines[0].trace

    assert [said(step) for step in steps] == [
        "2 × 5990 = 11980.",
        "sale takes 1198 off 11980; the seller pays for it.",
        SHARE,
        "Commission: 8.75 % of 10636 is 931.",
        "Tax on the commission: 6 % of 931 is 56.",
    ]
    assert [(step.step, step.rule, step.rounding) for step in steps] == [
        (Step.GROSS, "", Rounding.EXACT),
        ("timed_discount", "sale", Rounding.EXACT),
        ("platform_coupon", "site", Rounding.LARGEST_REMAINDER),
        (Step.COMMISSION, "cat-lamps:3", Rounding.HALF_UP),
        (Step.COMMISSION_TAX, "cat-lamps:3", Rounding.HALF_UP),
    ]


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        (Terms(1000, least=300), "Commission: 10 % of 1000, raised to the least of 300."),
        (Terms(1000, most=30), "Commission: 10 % of 1000, lowered to the most of 30."),
        (Terms(1, least=2000), "Commission: 0.01 % of 1000, kept at the 1000 it is taken from."),
    ],
)
def test_a_bound_that_was_hit_is_told(terms: Terms, sentence: str) -> None:
    step = price(basket([line("A1", 1000, terms=terms)])).lines[0].trace[-1]

    assert said(step) == sentence
    assert step.rounding is Rounding.EXACT


def test_the_basket_tells_what_applied_and_what_did_not() -> None:
    quote = price(
        basket(
            [line("A1", 1000)],
            of_shop("shop", "A", AmountOff(100)),
            of_shop("weak", "A", AmountOff(50)),
            of_shop("other", "B", AmountOff(50)),
            of_site("pieces", NthPiece(3, 5000)),
            of_site("later", AmountOff(50, 1600)),
            shipping=[Shipping("A", 800)],
        )
    )

    assert [said(step) for step in quote.trace] == [
        "shop: its goods come to 1000, 1000 of it still to pay; 100 off.",
        "shop is better than weak, and only one of them counts.",
        "other is for nothing that is in the basket.",
        "pieces needs 2 more pieces of the goods it is for.",
        "later needs 600 more of the goods it is for.",
        "Shipping by seller A costs 800; no promotion of goods takes it down.",
    ]


def test_a_refund_tells_how_far_the_line_is_taken_back() -> None:
    sold = price(golden()).lines[0]
    step = of_refund("A1", sold.value, refund(sold.parts, 2, Reversed(), ByQuantity(1)))

    assert said(step) == "Refund of A1: 5355 of 10709 is taken back so far; the buyer gets 5001."


@given(any_basket())
def test_every_sentence_has_what_its_places_need(given_basket: Basket) -> None:
    for step in all_of(price(given_basket)):
        assert set(PLACE.findall(step.message)) <= {*step.amounts, *step.words}


@given(any_basket())
def test_a_trace_comes_back_from_json_as_it_was(given_basket: Basket) -> None:
    for step in all_of(price(given_basket)):
        assert Why(**json.loads(json.dumps(asdict(step)))) == step


@pytest.mark.parametrize(
    ("basis_points", "text"), [(0, "0"), (1, "0.01"), (50, "0.5"), (875, "8.75"), (10_000, "100")]
)
def test_basis_points_as_people_write_them(basis_points: int, text: str) -> None:
    assert percent(basis_points) == text
