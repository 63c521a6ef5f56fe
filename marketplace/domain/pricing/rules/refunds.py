"""What a refund gives back of one line: one counter, from nothing to the whole value.

Every part follows the counter by a cumulative formula, so that partial refunds add up to the
whole to the last unit, in whichever steps they come (reference/money.md 3.4).
"""

from dataclasses import dataclass

from marketplace.domain.pricing.rules.units import expect_whole
from marketplace.kit.errors import DomainError
from marketplace.kit.languages import N_
from marketplace.kit.money import half_up


class TooMuch(DomainError):
    """More is asked for than is left of the line."""

    message = N_("{asked} is more than the {left} that is left to refund.")


@dataclass(frozen=True, slots=True)
class Parts:
    """What the buyer paid, what the platform added, and its commission; minor units.

    Of a whole line as it was sold, or of one refund.
    """

    cash: int
    platform_discount: int
    commission: int
    commission_tax: int

    @property
    def value(self) -> int:
        """The base of the commission: what the seller sold it for."""
        return self.cash + self.platform_discount

    def __add__(self, other: "Parts") -> "Parts":
        return Parts(
            self.cash + other.cash,
            self.platform_discount + other.platform_discount,
            self.commission + other.commission,
            self.commission_tax + other.commission_tax,
        )

    def __sub__(self, other: "Parts") -> "Parts":
        return Parts(
            self.cash - other.cash,
            self.platform_discount - other.platform_discount,
            self.commission - other.commission,
            self.commission_tax - other.commission_tax,
        )


NOTHING = Parts(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Reversed:
    """How far a line is taken back: `value` in minor units never falls, `quantity` in pieces."""

    value: int = 0
    quantity: int = 0


@dataclass(frozen=True, slots=True)
class ByQuantity:
    quantity: int

    def __post_init__(self) -> None:
        expect_whole(0, quantity=self.quantity)


@dataclass(frozen=True, slots=True)
class ByAmount:
    """`cash`, minor units: what the buyer gets back."""

    cash: int

    def __post_init__(self) -> None:
        expect_whole(0, cash=self.cash)


@dataclass(frozen=True, slots=True)
class ByValue:
    """`value`, minor units: of which a part is the platform's discount, which nobody gets back."""

    value: int

    def __post_init__(self) -> None:
        expect_whole(0, value=self.value)


Ask = ByQuantity | ByAmount | ByValue


@dataclass(frozen=True, slots=True)
class Refund:
    """What to book, and how far the line is taken back afterwards."""

    parts: Parts
    after: Reversed


def refund(sold: Parts, quantity: int, before: Reversed, ask: Ask) -> Refund:
    """Raises TooMuch if less is left of the line, of which `quantity` pieces were sold."""
    match ask:
        case ByQuantity():
            after = _by_quantity(sold.value, quantity, before, ask.quantity)
        case ByAmount():
            after = Reversed(_value_for_cash(sold, before.value, ask.cash), before.quantity)
        case ByValue():
            _expect(ask.value, left=sold.value - before.value)
            after = Reversed(before.value + ask.value, before.quantity)
    return Refund(reversed_at(sold, after.value) - reversed_at(sold, before.value), after)


def reversed_at(sold: Parts, value: int) -> Parts:
    """All that was taken back when the counter stands at `value`: 0 to `sold.value`."""
    if sold.value == 0:
        return NOTHING
    cash = half_up(sold.cash * value, sold.value)
    return Parts(
        cash,
        value - cash,
        half_up(sold.commission * value, sold.value),
        half_up(sold.commission_tax * value, sold.value),
    )


def _by_quantity(value: int, quantity: int, before: Reversed, asked: int) -> Reversed:
    """Pieces have a value of their own, whatever amounts were refunded beside them."""
    _expect(asked, left=quantity - before.quantity)
    pieces = before.quantity + asked
    step = half_up(value * pieces, quantity) - half_up(value * before.quantity, quantity)
    _expect(step, left=value - before.value)
    return Reversed(before.value + step, pieces)


def _value_for_cash(sold: Parts, before: int, asked: int) -> int:
    """The least value at which the buyer has got `asked` more; all of it with the last unit."""
    got = reversed_at(sold, before).cash
    _expect(asked, left=sold.cash - got)
    target = got + asked
    if asked == 0:
        return before
    if target == sold.cash:
        return sold.value
    least = -(-(2 * target - 1) * sold.value // (2 * sold.cash))
    return max(before, least)


def _expect(asked: int, *, left: int) -> None:
    if asked > left:
        raise TooMuch(asked=asked, left=left)
