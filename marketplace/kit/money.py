"""Money is a whole number of minor units beside its currency; rates are basis points (DESIGN D10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from babel.numbers import get_currency_precision, list_currencies

MAX_MINOR = (
    10**12
)  # per amount (reference/security.md SEC-24): sums stay below 2**53, safe in a browser


class CurrencyMismatch(TypeError):
    """Two amounts of different currencies met: a fault in the program, never a user's."""


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """`minor` units (fen, cents, yen) of an ISO 4217 `currency`. Never a float."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError("minor units are whole numbers")
        if self.currency not in currencies():
            raise ValueError(f"{self.currency!r} is no currency")

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def portion(self, basis_points: int) -> "Money":
        """This share of the amount, rounded half away from zero."""
        return Money(half_up(self.minor * basis_points, 10_000), self.currency)

    def split(self, weights: Sequence[int]) -> list["Money"]:
        """Parts in proportion to `weights` that add up to the whole: see `allocate`."""
        return [Money(part, self.currency) for part in allocate(self.minor, weights)]

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency}")


def half_up(numerator: int, denominator: int) -> int:
    """`numerator / denominator` to the nearest whole number, halves away from zero.

    From reference/money.md 3.4: K = half_up(B * bps / 10000).
    """
    if denominator <= 0:
        raise ValueError("the denominator is a positive whole number")
    magnitude = (2 * abs(numerator) + denominator) // (2 * denominator)
    return magnitude if numerator >= 0 else -magnitude


def allocate(total: int, weights: Sequence[int]) -> list[int]:
    """Split `total` minor units by largest remainder; parts sum to `total` exactly.

    Ties go to the larger remainder, then the larger weight, then the earlier place
    (DESIGN part 7, *Exactness*). All-zero weights put everything on the first place.
    Raises ValueError for no weights or a negative one.
    """
    if not weights or any(weight < 0 for weight in weights):
        raise ValueError("weights are whole numbers of at least zero, and at least one")
    whole = sum(weights)
    if whole == 0:
        return [total] + [0] * (len(weights) - 1)
    sign = -1 if total < 0 else 1
    parts = [abs(total) * weight // whole for weight in weights]
    remainders = [abs(total) * weight % whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda i: (-remainders[i], -weights[i], i))
    for place in order[: abs(total) - sum(parts)]:
        parts[place] += 1
    return [sign * part for part in parts]


def exponent(currency: str) -> int:
    """How many decimal places the currency's minor unit has: CNY 2, JPY 0, KWD 3."""
    return get_currency_precision(currency)


@cache
def currencies() -> frozenset[str]:
    return frozenset(list_currencies())
