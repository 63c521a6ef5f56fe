"""Amounts divided between lines and between funders, so that nothing is lost on the way."""

from collections.abc import Sequence
from typing import NamedTuple

from marketplace.domain.pricing.rules.units import WHOLE
from marketplace.kit.money import allocate


class Funding(NamedTuple):
    """Who pays for a discount. Minor units."""

    seller: int
    platform: int


def over_lines(amount: int, nets: Sequence[int]) -> list[int]:
    """`amount` over lines of which `nets` is left to pay: at most all of it, and never more than
    its own net on a line. Ties as in `allocate`, by the lines' order in the basket.
    """
    return allocate(min(amount, sum(nets)), nets)


def between_funders(amount: int, seller_share: int) -> Funding:
    """One line's discount by its funders; `seller_share` in basis points, an odd unit to the
    platform when both have the same right to it.
    """
    platform, seller = allocate(amount, [WHOLE - seller_share, seller_share])
    return Funding(seller, platform)
