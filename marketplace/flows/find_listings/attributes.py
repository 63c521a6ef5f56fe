"""Which attributes buyers may narrow by: those they chose, and those of most of what was found."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from marketplace.domain.catalog.queries import taxonomy
from marketplace.domain.catalog.queries.taxonomy import CategoryNode
from marketplace.domain.catalog.rules.taxonomy import AttributeField
from marketplace.domain.search.queries.found import CATEGORY, Found
from marketplace.flows.find_listings.asking import Asked

MOST_CHOSEN = 8
MOST_OFFERED = 8
MOST_CATEGORIES = 4
"""So few must hold half of what was found; beyond that it has too little in common."""


def asked_for(
    session: Session, asked: Asked, nodes: Sequence[CategoryNode], here: CategoryNode | None
) -> list[AttributeField]:
    """Those of the address that exist; in a category without others below it, those it has."""
    if not asked.attributes:
        return []
    if here is not None and all(node.parent_id != here.id for node in nodes):
        known = taxonomy.filters_of(session, [here.id])
    else:
        known = taxonomy.filters_named(session, asked.attributes)
    return [one for one in known if one.code in asked.attributes][:MOST_CHOSEN]


def values_known(asked: Asked, fields: Sequence[AttributeField]) -> dict[str, tuple[str, ...]]:
    """What the address asks of these; of a choice only what can be chosen."""
    known = {}
    for one in fields:
        codes = {choice.code for choice in one.values}
        values = [v for v in asked.attributes[one.code] if not codes or v in codes]
        if values:
            known[one.code] = tuple(values)
    return known


def offered(
    session: Session,
    nodes: Sequence[CategoryNode],
    here: CategoryNode | None,
    found: Found,
    chosen: Sequence[AttributeField],
) -> list[AttributeField]:
    """The chosen ones among those of the category, or of the few that hold most of what was found."""
    ids = {node.path: node.id for node in nodes}
    leading = _leading({value.value: value.count for value in found.facets.get(CATEGORY, ())})
    fields = taxonomy.filters_of(session, [ids[path] for path in leading if path in ids])
    own = taxonomy.filters_of(session, [here.id]) if here and here.path not in leading else []
    shown = list({one.code: one for one in (*own, *fields)}.values())[:MOST_OFFERED]
    codes = {one.code for one in shown}
    return [*shown, *(one for one in chosen if one.code not in codes)]


def _leading(counts: Mapping[str, int]) -> list[str]:
    """The fewest categories that hold half of it; none if that takes too many."""
    half, held = -(-sum(counts.values()) // 2), 0
    leading: list[str] = []
    for path, count in counts.items():
        if held >= half or len(leading) > MOST_CATEGORIES:
            break
        leading.append(path)
        held += count
    return leading if len(leading) <= MOST_CATEGORIES else []
