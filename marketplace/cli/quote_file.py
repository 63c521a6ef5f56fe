"""The basket as `marketplace quote` reads it: strict, all amounts minor units (DESIGN part 7)."""

import json
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from marketplace.domain.pricing.rules import basket as pricing
from marketplace.domain.pricing.rules.basket import Kind
from marketplace.domain.pricing.rules.commission import Terms
from marketplace.domain.pricing.rules.offers import AmountOff, Offer, PercentOff, Tiers
from marketplace.domain.pricing.rules.refunds import Ask, ByAmount, ByQuantity, ByValue
from marketplace.domain.pricing.rules.units import WHOLE
from marketplace.kit.money import MAX_MINOR
from marketplace.kit.text import Payload, one_line

Id = Annotated[str, StringConstraints(min_length=1, max_length=80), AfterValidator(one_line)]
Amount = Annotated[int, Field(ge=0, le=MAX_MINOR)]
Pieces = Annotated[int, Field(ge=1, le=1_000_000)]
Bps = Annotated[int, Field(ge=0, le=WHOLE)]


Tier = Annotated[list[Amount], Field(min_length=2, max_length=2)]
"""Threshold and amount."""


def _each_once(ids: list[str]) -> list[str]:
    if len(set(ids)) < len(ids):
        raise ValueError("an id is there twice")
    return ids


def _thresholds_differ(tiers: list[list[int]]) -> list[list[int]]:
    if len({threshold for threshold, _ in tiers}) < len(tiers):
        raise ValueError("a threshold is there twice")
    return tiers


OBJECT = "an object goes here"


class Commission(Payload):
    bps: Bps
    min: Amount | None = None
    max: Amount | None = None
    tax_bps: Bps = 0

    @model_validator(mode="after")
    def _bounds_meet(self) -> Self:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("min is above max")
        return self

    def terms(self) -> Terms:
        return Terms(self.bps, self.min, self.max, self.tax_bps)


class Line(Payload):
    id: Id
    seller: Id
    unit_price: Amount
    quantity: Pieces
    commission: Commission

    @model_validator(mode="after")
    def _gross_is_an_amount(self) -> Self:
        if self.unit_price * self.quantity > MAX_MINOR:
            raise ValueError(f"unit_price times quantity is above {MAX_MINOR}")
        return self

    def line(self) -> pricing.Line:
        terms = self.commission.terms()
        return pricing.Line(self.id, self.seller, self.unit_price, self.quantity, terms)


class Shipping(Payload):
    seller: Id
    amount: Amount

    def parcel(self) -> pricing.Shipping:
        return pricing.Shipping(self.seller, self.amount)


class Named(Payload):
    """What all promotions have."""

    id: Id
    lines: Annotated[list[Id], AfterValidator(_each_once)] | None = None


class AmountOrShare(Named):
    amount: Amount | None = None
    bps: Bps | None = None

    @model_validator(mode="after")
    def _is_one_of_them(self) -> Self:
        if (self.amount is None) == (self.bps is None):
            raise ValueError("give either amount or bps")
        return self


class TimedDiscount(AmountOrShare):
    """Off each piece; of one seller's lines if `seller` is given."""

    kind: Literal["timed_discount"]
    seller: Id | None = None

    def offer(self) -> Offer:
        return PercentOff(self.bps) if self.bps is not None else AmountOff(self.amount or 0)


class Coupon(AmountOrShare):
    threshold: Amount = 0
    cap: Amount | None = None

    @model_validator(mode="after")
    def _only_shares_are_capped(self) -> Self:
        if self.cap is not None and self.bps is None:
            raise ValueError("cap goes with bps")
        return self

    def offer(self) -> Offer:
        if self.bps is not None:
            return PercentOff(self.bps, self.cap, self.threshold)
        return AmountOff(self.amount or 0, self.threshold)


class Threshold(Named):
    tiers: Annotated[list[Tier], Field(min_length=1), AfterValidator(_thresholds_differ)]

    def offer(self) -> Offer:
        return Tiers(tuple((threshold, amount) for threshold, amount in self.tiers))


class SellerThreshold(Threshold):
    kind: Literal["seller_threshold"]
    seller: Id


class SellerCoupon(Coupon):
    kind: Literal["seller_coupon"]
    seller: Id


class PlatformThreshold(Threshold):
    kind: Literal["platform_threshold"]
    seller_share_bps: Bps = 0


class PlatformCoupon(Coupon):
    kind: Literal["platform_coupon"]
    seller_share_bps: Bps = 0


Promotion = Annotated[
    TimedDiscount | SellerThreshold | SellerCoupon | PlatformThreshold | PlatformCoupon,
    Field(discriminator="kind"),
]


class Refund(Payload):
    """By pieces, by what the buyer gets, or by value; refunds apply in their order."""

    line: Id
    quantity: Amount | None = None
    amount: Amount | None = None
    value: Amount | None = None

    @model_validator(mode="after")
    def _is_one_of_them(self) -> Self:
        if [self.quantity, self.amount, self.value].count(None) != 2:
            raise ValueError("give one of quantity, amount and value")
        return self

    def ask(self) -> Ask:
        if self.quantity is not None:
            return ByQuantity(self.quantity)
        if self.amount is not None:
            return ByAmount(self.amount)
        return ByValue(self.value or 0)


class QuoteFile(Payload):
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    lines: list[Line]
    shipping: list[Shipping] = Field(default_factory=list)
    promotions: list[Promotion] = Field(default_factory=list)
    refunds: list[Refund] = Field(default_factory=list)

    def basket(self) -> pricing.Basket:
        return pricing.Basket(
            currency=self.currency,
            lines=tuple(line.line() for line in self.lines),
            shipping=tuple(parcel.parcel() for parcel in self.shipping),
            promotions=tuple(_promotion(each) for each in self.promotions),
        )


def _promotion(given: Promotion) -> pricing.Promotion:
    seller, seller_share = None, 0
    if isinstance(given, PlatformThreshold | PlatformCoupon):
        seller_share = given.seller_share_bps
    else:
        seller = given.seller
    lines = None if given.lines is None else frozenset(given.lines)
    kind = Kind(given.kind)
    return pricing.Promotion(given.id, kind, given.offer(), seller, lines, seller_share)


def strict_json(data: bytes) -> Any:
    """Raises ValueError also for what Python would let pass: a name twice in one object."""
    return json.loads(data, object_pairs_hook=_names_once)


def sentence(invalid: ValidationError) -> str:
    """The first fault, with its place: `lines[0].quantity: …`."""
    fault = invalid.errors(include_url=False, include_input=False)[0]
    place = "".join(
        f"[{part}]" if isinstance(part, int) else f".{part}"
        for part in fault["loc"]
        if part not in set(Kind)
    )
    said = OBJECT if fault["type"] == "model_type" else fault["msg"].removeprefix("Value error, ")
    told = f"{place.removeprefix('.') or 'The basket'}: {said[:1].lower()}{said[1:]}."
    return "".join(sign if sign.isprintable() else "?" for sign in told)  # keys are theirs


def _names_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise ValueError("a name is there twice in one object")
    return dict(pairs)
