"""Baskets to price: the two worked examples, and any that chance may bring."""

from collections.abc import Sequence

from hypothesis import strategies as st

from marketplace.domain.pricing.rules.basket import Basket, Kind, Line, Promotion, Shipping
from marketplace.domain.pricing.rules.commission import Terms
from marketplace.domain.pricing.rules.offers import (
    AmountOff,
    EachTime,
    NthPiece,
    Offer,
    PercentOff,
    Tiers,
)

FREE = Terms(0)


def line(id_: str, unit_price: int, quantity: int = 1, *, terms: Terms = FREE) -> Line:
    """The letter of the id is the seller: line `A1` is sold by `A`."""
    return Line(id_, id_[0], unit_price, quantity, terms)


def basket(
    lines: Sequence[Line], *promotions: Promotion, shipping: Sequence[Shipping] = ()
) -> Basket:
    return Basket("CNY", tuple(lines), tuple(shipping), promotions)


def timed(id_: str, offer: Offer, *lines: str, seller: str | None = None) -> Promotion:
    return Promotion(id_, Kind.TIMED_DISCOUNT, offer, seller, frozenset(lines) or None)


def of_shop(id_: str, seller: str, offer: Offer, *lines: str) -> Promotion:
    """A coupon if the offer is one, otherwise a threshold."""
    is_coupon = isinstance(offer, AmountOff | PercentOff)
    kind = Kind.SELLER_COUPON if is_coupon else Kind.SELLER_THRESHOLD
    return Promotion(id_, kind, offer, seller, frozenset(lines) or None)


def of_site(id_: str, offer: Offer, *lines: str, seller_share: int = 0) -> Promotion:
    is_coupon = isinstance(offer, AmountOff | PercentOff)
    kind = Kind.PLATFORM_COUPON if is_coupon else Kind.PLATFORM_THRESHOLD
    return Promotion(id_, kind, offer, None, frozenset(lines) or None, seller_share)


def golden() -> Basket:
    """reference/features.md 2.6."""
    return basket(
        [
            line("A1", 5990, 2, terms=Terms(1000)),
            line("A2", 3000, terms=Terms(500)),
            line("B1", 5000, terms=Terms(800)),
        ],
        of_shop("shop-a", "A", AmountOff(1000)),
        of_site("site", AmountOff(2000, threshold=10_000), seller_share=4000),
        shipping=[Shipping("A", 800), Shipping("B", 600)],
    )


def worked_example() -> Basket:
    """reference/money.md 3.5."""
    return basket(
        [
            line("A1", 10_000, terms=Terms(800, tax_basis_points=600)),
            line("A2", 5555, terms=Terms(800, tax_basis_points=600)),
            line("B1", 3333, 3, terms=Terms(1000, tax_basis_points=600)),
        ],
        of_shop("shop", "A", Tiers(((10_000, 1500),))),
        of_site("site", AmountOff(2000)),
        shipping=[Shipping("A", 800), Shipping("B", 1200)],
    )


AMOUNTS = st.integers(0, 3000)
RATES = st.integers(0, 10_000)
BOUNDS = st.none() | st.tuples(AMOUNTS, AMOUNTS).map(sorted)


@st.composite
def any_terms(draw: st.DrawFn) -> Terms:
    least, most = draw(BOUNDS) or (None, None)
    return Terms(draw(RATES), least, most, draw(RATES))


COUPONS: st.SearchStrategy[Offer] = st.builds(AmountOff, AMOUNTS, AMOUNTS) | st.builds(
    PercentOff, RATES, st.none() | AMOUNTS, AMOUNTS
)
TIERS = st.lists(
    st.tuples(AMOUNTS, AMOUNTS), min_size=1, max_size=3, unique_by=lambda step: step[0]
)
THRESHOLDS: st.SearchStrategy[Offer] = (
    TIERS.map(lambda steps: Tiers(tuple(steps)))
    | st.builds(EachTime, st.integers(1, 3000), AMOUNTS, st.none() | st.integers(0, 3))
    | st.builds(NthPiece, st.integers(2, 4), RATES)
)
ITEM_PRICES: st.SearchStrategy[Offer] = st.builds(AmountOff, AMOUNTS) | st.builds(PercentOff, RATES)
OFFERS = {
    Kind.TIMED_DISCOUNT: ITEM_PRICES,
    Kind.SELLER_THRESHOLD: THRESHOLDS,
    Kind.SELLER_COUPON: COUPONS,
    Kind.PLATFORM_THRESHOLD: THRESHOLDS,
    Kind.PLATFORM_COUPON: COUPONS,
}
SELLERS = ("A", "B", "C")


@st.composite
def any_promotion(draw: st.DrawFn, id_: str, lines: Sequence[str]) -> Promotion:
    kind = draw(st.sampled_from(Kind))
    is_platforms = kind in (Kind.PLATFORM_THRESHOLD, Kind.PLATFORM_COUPON)
    seller = None if is_platforms else draw(st.sampled_from(SELLERS))
    narrowed = draw(st.none() | st.frozensets(st.sampled_from(lines)))
    share = draw(RATES) if is_platforms else 0
    return Promotion(id_, kind, draw(OFFERS[kind]), seller, narrowed, share)


@st.composite
def any_basket(draw: st.DrawFn) -> Basket:
    """Up to five lines of three sellers and six promotions: enough for each to meet each."""
    sold = draw(st.lists(st.sampled_from(SELLERS), min_size=1, max_size=5))
    lines = [
        line(f"{seller}{place}", draw(AMOUNTS), draw(st.integers(1, 4)), terms=draw(any_terms()))
        for place, seller in enumerate(sold)
    ]
    ids = [each.id for each in lines]
    count = draw(st.integers(0, 6))
    promotions = [draw(any_promotion(f"p{place}", ids)) for place in range(count)]
    senders = draw(st.lists(st.sampled_from(sold), unique=True))
    shipping = [Shipping(seller, draw(AMOUNTS), draw(any_terms())) for seller in senders]
    return basket(lines, *promotions, shipping=shipping)
