"""The filters beside the results: values with their counts, and where each leads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from marketplace.domain.catalog.queries import taxonomy
from marketplace.domain.catalog.queries.taxonomy import CategoryNode
from marketplace.domain.catalog.rules.taxonomy import AttributeField
from marketplace.domain.search.queries.found import BRAND, CATEGORY, FacetValue
from marketplace.flows.find_listings.asking import Asked, address, switched
from marketplace.kit.languages import N_

MOST_VALUES = 10
Counts = Mapping[str, Sequence[FacetValue]]


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter; `href` is the address that switches it, without the language."""

    label: str
    label_zh: str
    count: int
    is_on: bool
    href: str


@dataclass(frozen=True, slots=True)
class Filter:
    """`label` is a message id where there is no `label_zh`."""

    code: str
    label: str
    label_zh: str
    options: list[Option]


def filters_of(
    session: Session,
    asked: Asked,
    nodes: Sequence[CategoryNode],
    here: CategoryNode | None,
    fields: Sequence[AttributeField],
    counts: Counts,
) -> list[Filter]:
    """Those that have a value to offer. What is chosen is among them, though nothing has it."""
    every = [
        Filter(CATEGORY, N_("Category"), "", _categories(asked, nodes, here, counts)),
        Filter(BRAND, N_("Brand"), "", _brands(session, asked, counts)),
        *(_attribute(asked, one, counts) for one in fields),
    ]
    return [one for one in every if one.options]


def _categories(
    asked: Asked, nodes: Sequence[CategoryNode], here: CategoryNode | None, counts: Counts
) -> list[Option]:
    """The next level down, each with everything below it."""
    options = []
    for node in nodes:
        if node.parent_id != (here.id if here else ""):
            continue
        count = sum(
            value.count
            for value in counts.get(CATEGORY, ())
            if value.value == node.path or value.value.startswith(node.path + "/")
        )
        if count:
            href = address(asked, category=node.slug, attributes={})
            options.append(Option(node.name, node.name_zh, count, False, href))
    return options


def _brands(session: Session, asked: Asked, counts: Counts) -> list[Option]:
    values = _offered(counts.get(BRAND, ()), asked.brands)
    names = {
        row.id: row for row in taxonomy.brands(session, ids=tuple(value.value for value in values))
    }
    return [
        Option(
            names[value.value].name,
            names[value.value].name_zh or names[value.value].name,
            value.count,
            value.value in asked.brands,
            address(asked, brands=switched(asked.brands, value.value)),
        )
        for value in values
        if value.value in names
    ]


def _attribute(asked: Asked, one: AttributeField, counts: Counts) -> Filter:
    chosen = asked.attributes.get(one.code, ())
    values = _offered(counts.get(one.code, ()), chosen)
    return Filter(
        one.code, one.name, one.name_zh, [_option(asked, one, value, chosen) for value in values]
    )


def _offered(counted: Sequence[FacetValue], chosen: Sequence[str]) -> list[FacetValue]:
    """The most frequent, and the chosen ones wherever they stand."""
    rest = [value for value in counted[MOST_VALUES:] if value.value in chosen]
    known = {value.value for value in counted}
    missing = [FacetValue(value, 0) for value in chosen if value not in known]
    return [*counted[:MOST_VALUES], *rest, *missing]


def _option(
    asked: Asked, one: AttributeField, value: FacetValue, chosen: tuple[str, ...]
) -> Option:
    named = next((choice for choice in one.values if choice.code == value.value), None)
    words = {"yes": (N_("Yes"), "是"), "no": (N_("No"), "否")}.get(value.value)
    plain = f"{value.value} {one.unit}".strip()
    label, label_zh = (named.name, named.name_zh) if named else words or (plain, plain)
    attributes = {**asked.attributes, one.code: switched(chosen, value.value)}
    kept = {code: values for code, values in attributes.items() if values}
    return Option(
        label, label_zh, value.count, value.value in chosen, address(asked, attributes=kept)
    )
