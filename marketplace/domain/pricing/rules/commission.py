"""The marketplace's cut of one line, and the tax on it (reference/money.md 3.4)."""

from dataclasses import dataclass
from enum import StrEnum

from marketplace.domain.pricing.rules.units import WHOLE, expect_whole
from marketplace.kit.money import half_up


@dataclass(frozen=True, slots=True)
class Terms:
    """What a commission rule says, as it was when the order was placed.

    Rates in basis points; `least` and `most` bound the commission of a line, minor units.
    `rule` names the rule and its version, for whoever asks why.
    """

    basis_points: int
    least: int | None = None
    most: int | None = None
    tax_basis_points: int = 0
    rule: str = ""

    def __post_init__(self) -> None:
        expect_whole(0, WHOLE, basis_points=self.basis_points)
        expect_whole(0, WHOLE, tax_basis_points=self.tax_basis_points)
        expect_whole(0, least=self.least or 0, most=self.most or 0)
        if self.least is not None and self.most is not None and self.least > self.most:
            raise ValueError("the least commission is above the most")


class Bound(StrEnum):
    """What kept the commission from being the plain share of the base."""

    NONE = ""
    LEAST = "min"
    MOST = "max"
    BASE = "base"


@dataclass(frozen=True, slots=True)
class Commission:
    """Of `base`, minor units; `tax` is on top of `amount`, and the seller owes both."""

    base: int
    amount: int
    tax: int
    bound: Bound = Bound.NONE


NO_COMMISSION = Terms(0)
"""Of shipping, unless a rule says otherwise."""


def commission(base: int, terms: Terms) -> Commission:
    """The share of `base`, half-up, kept within the bounds and never above the base itself."""
    amount, bound = half_up(base * terms.basis_points, WHOLE), Bound.NONE
    if terms.least is not None and amount < terms.least:
        amount, bound = terms.least, Bound.LEAST
    if terms.most is not None and amount > terms.most:
        amount, bound = terms.most, Bound.MOST
    if amount > base:
        amount, bound = base, Bound.BASE
    tax = half_up(amount * terms.tax_basis_points, WHOLE)
    return Commission(base, amount, tax, bound)
