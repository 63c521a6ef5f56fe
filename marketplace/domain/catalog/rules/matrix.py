"""Variants from options: every combination once, keeping what combinations had that stay."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from marketplace.domain.catalog.rules.content import (
    MOST_OPTIONS,
    MOST_VARIANTS,
    Option,
    VariantContent,
)
from marketplace.kit.errors import DomainError
from marketplace.kit.languages import N_


class TooManyVariants(DomainError):
    message = N_("These options make {count} variants. At most {most} are possible.")


class TooManyOptions(DomainError):
    message = N_("At most three options are possible.")


@dataclass(frozen=True, slots=True)
class Matrix:
    """`removed` existed before and have no combination any more; saving archives them."""

    variants: tuple[VariantContent, ...]
    removed: tuple[VariantContent, ...]


def size(options: Sequence[Option]) -> int:
    """How many rows the grid would have; options without a value do not count."""
    return prod(len(option.values) for option in options if option.values)


def rebuild(
    options: Sequence[Option], variants: Sequence[VariantContent], *, new_key: Callable[[], str]
) -> Matrix:
    """The grid of `options`, in their order.

    A combination that stays keeps its id, price, SKU and everything else. When an option is
    added, the first row of each old combination carries the old variant on and the others copy
    its price and weight; when one is taken away, the first of those that fall together stays.
    Raises `TooManyVariants`, `TooManyOptions`.
    """
    if len(options) > MOST_OPTIONS:
        raise TooManyOptions
    if (count := size(options)) > MOST_VARIANTS:
        raise TooManyVariants(count=count, most=MOST_VARIANTS)
    lists = [[value.name for value in option.values] for option in options if option.values]
    wanted = [list(values) for values in product(*lists)]
    kept: list[VariantContent] = []
    used: set[str] = set()
    exact = {tuple(variant.values): variant for variant in reversed(variants)}
    for values in wanted:
        found = exact.get(tuple(values)) or _likest(values, variants)
        if found is None:
            kept.append(VariantContent(id=new_key(), values=values))
        elif found.id in used or (found.values != values and _is_exact(found, wanted)):
            kept.append(_like(found, values, new_key()))
        else:
            kept.append(found.model_copy(update={"values": values}))
            used.add(found.id)
    gone = tuple(variant for variant in variants if variant.id not in used)
    return Matrix(tuple(kept), gone)


def _likest(values: list[str], variants: Sequence[VariantContent]) -> VariantContent | None:
    """The first variant that has all of these values, or only these: an option came or went."""
    for variant in variants:
        if len(variant.values) != len(values):
            few, many = sorted((set(variant.values), set(values)), key=len)
            if few <= many:
                return variant
    return None


def _is_exact(variant: VariantContent, wanted: list[list[str]]) -> bool:
    """Its own combination is still in the grid, so it stays there."""
    return variant.values in wanted


def _like(variant: VariantContent, values: list[str], key: str) -> VariantContent:
    return variant.model_copy(
        update={"id": key, "values": values, "sku": "", "barcode": "", "extra": {}}
    )
