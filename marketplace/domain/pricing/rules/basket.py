"""What is to be priced: lines, shipping, and the promotions that are in force for it.

Who may use a promotion, and until when, was decided before; here every one counts that fits.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from marketplace.domain.pricing.rules.commission import NO_COMMISSION, Terms
from marketplace.domain.pricing.rules.offers import AmountOff, Offer, PercentOff
from marketplace.domain.pricing.rules.units import WHOLE, expect_whole
from marketplace.kit.errors import DomainError
from marketplace.kit.languages import N_
from marketplace.kit.money import currencies

UNKNOWN_SELLER = N_("There is no seller {id} in the basket.")
UNKNOWN_LINE = N_("There is no line {id} in the basket.")


class Unpriceable(DomainError):
    """The basket contradicts itself: nothing in it gets a price."""

    status = 422


class Kind(StrEnum):
    """In the order in which they take something off (DESIGN part 6)."""

    TIMED_DISCOUNT = "timed_discount"
    SELLER_THRESHOLD = "seller_threshold"
    SELLER_COUPON = "seller_coupon"
    PLATFORM_THRESHOLD = "platform_threshold"
    PLATFORM_COUPON = "platform_coupon"


SELLERS_OWN = frozenset({Kind.SELLER_THRESHOLD, Kind.SELLER_COUPON})
PLATFORMS = frozenset({Kind.PLATFORM_THRESHOLD, Kind.PLATFORM_COUPON})


@dataclass(frozen=True, slots=True)
class Line:
    """`quantity` pieces of a seller at a list price of `unit_price` minor units."""

    id: str
    seller: str
    unit_price: int
    quantity: int
    terms: Terms

    def __post_init__(self) -> None:
        expect_whole(0, unit_price=self.unit_price)
        expect_whole(1, quantity=self.quantity)

    @property
    def gross(self) -> int:
        return self.unit_price * self.quantity


@dataclass(frozen=True, slots=True)
class Shipping:
    """What a seller's parcel costs the buyer, minor units: a line of its own."""

    seller: str
    amount: int
    terms: Terms = NO_COMMISSION

    def __post_init__(self) -> None:
        expect_whole(0, amount=self.amount)


@dataclass(frozen=True, slots=True)
class Promotion:
    """`seller` owns it (platform kinds have none); `lines` narrows it to these, None to nothing.

    `seller_share` is what sellers fund of a platform's promotion, in basis points, each on its
    own lines. What sellers own they fund alone.
    """

    id: str
    kind: Kind
    offer: Offer
    seller: str | None = None
    lines: frozenset[str] | None = None
    seller_share: int = 0

    def __post_init__(self) -> None:
        expect_whole(0, WHOLE, seller_share=self.seller_share)
        if self.kind in SELLERS_OWN and self.seller is None:
            raise ValueError("a seller's promotion names its seller")
        if self.kind in PLATFORMS and self.seller is not None:
            raise ValueError("a platform's promotion belongs to no seller")
        if self.kind not in PLATFORMS and self.seller_share:
            raise ValueError("only a platform's promotion is shared")
        if self.kind is Kind.TIMED_DISCOUNT and not is_item_price(self.offer):
            raise ValueError("a timed discount takes an amount or a share off each piece")

    @property
    def funded_by_seller(self) -> int:
        """Basis points."""
        return self.seller_share if self.kind in PLATFORMS else WHOLE

    def covers(self, line: Line) -> bool:
        return self.seller in (None, line.seller) and (self.lines is None or line.id in self.lines)


@dataclass(frozen=True, slots=True)
class Basket:
    """Everything a buyer pays for at once. The order of lines settles ties, that of promotions
    nothing. All amounts are minor units of `currency`.
    """

    currency: str
    lines: tuple[Line, ...]
    shipping: tuple[Shipping, ...] = ()
    promotions: tuple[Promotion, ...] = ()

    @property
    def sellers(self) -> tuple[str, ...]:
        """Each once, as they first appear."""
        return tuple(dict.fromkeys(line.seller for line in self.lines))


def check(basket: Basket) -> None:
    """Raises Unpriceable if an id is there twice or means nothing."""
    if basket.currency not in currencies():
        raise Unpriceable(N_("There is no currency {id}."), id=basket.currency)
    if not basket.lines:
        raise Unpriceable(N_("There is nothing in the basket."))
    lines = [line.id for line in basket.lines]
    _expect_once(N_("Two lines are called {id}."), lines)
    _expect_once(N_("Two promotions are called {id}."), [p.id for p in basket.promotions])
    senders = [parcel.seller for parcel in basket.shipping]
    _expect_once(N_("The shipping of seller {id} is there twice."), senders)
    _expect_known(UNKNOWN_SELLER, senders, basket.sellers)
    named = [line for p in basket.promotions if p.lines is not None for line in sorted(p.lines)]
    _expect_known(UNKNOWN_LINE, named, lines)


def is_item_price(offer: Offer) -> bool:
    return isinstance(offer, AmountOff | PercentOff) and not offer.threshold


def _expect_once(message: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for each in ids:
        if each in seen:
            raise Unpriceable(message, id=each)
        seen.add(each)


def _expect_known(message: str, ids: Iterable[str], known: Iterable[str]) -> None:
    here = frozenset(known)
    for each in ids:
        if each not in here:
            raise Unpriceable(message, id=each)
