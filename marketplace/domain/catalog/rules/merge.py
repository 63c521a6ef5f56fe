"""Three contents in one: what two people changed since a version, if they changed different things.

A unit is the smallest thing that can be changed alone: a field, `attributes.<code>`, one cell
`variants.<id>.<cell>`, or the set of rows itself, `variants.rows`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.catalog.rules.diff import CELLS

ROWS = "variants.rows"
GRID = frozenset({"options", ROWS})
"""Options and rows belong together: one without the other is no grid."""
LOOSE = ("attributes", "variants")


@dataclass(frozen=True, slots=True)
class Merge:
    """`content` is None if `overlaps` names units both sides changed in different ways."""

    content: ListingContent | None
    overlaps: tuple[str, ...] = ()


def units(old: ListingContent, new: ListingContent) -> frozenset[str]:
    """What differs."""
    before, after = old.model_dump(mode="json"), new.model_dump(mode="json")
    found = {name for name in before if name not in LOOSE and before[name] != after[name]}
    for code in {*before["attributes"], *after["attributes"]}:
        if before["attributes"].get(code, []) != after["attributes"].get(code, []):
            found.add(f"attributes.{code}")
    rows, then = _rows(before), _rows(after)
    if list(rows) != list(then) or any(rows[id_]["values"] != then[id_]["values"] for id_ in rows):
        found.add(ROWS)
    found |= {
        f"variants.{id_}.{cell}"
        for id_ in rows.keys() & then.keys()
        for cell in (*CELLS, "extra")
        if rows[id_][cell] != then[id_][cell]
    }
    return frozenset(found)


def applied(
    base: ListingContent, source: ListingContent, chosen: Collection[str]
) -> ListingContent:
    """`base` with these units as `source` has them."""
    result, wanted = base.model_dump(mode="json"), source.model_dump(mode="json")
    for unit in chosen:
        name, _, rest = unit.partition(".")
        if name == "attributes":
            _set_or_drop(result["attributes"], rest, wanted["attributes"].get(rest))
        elif name != "variants":
            result[name] = wanted[name]
    old = _rows(result)
    if ROWS in chosen:
        result["variants"] = [_row(row, old.get(row["id"])) for row in wanted["variants"]]
    rows, new = _rows(result), _rows(wanted)
    for unit in chosen:
        parts = unit.split(".")
        if parts[0] == "variants" and len(parts) > 2 and parts[1] in rows:
            rows[parts[1]][parts[2]] = new[parts[1]][parts[2]]
    return ListingContent.model_validate(result)


def rebased(base: ListingContent, live: ListingContent, ours: ListingContent) -> Merge:
    """What `ours` changed in `base`, done to `live` instead."""
    mine, theirs, apart = units(base, ours), units(base, live), units(live, ours)
    clashes = {unit for unit in mine & theirs if unit in apart}
    if mine & GRID and theirs & GRID and apart & GRID:
        clashes |= (mine | theirs) & GRID & apart
    kept = {variant.id for variant in live.variants}
    for unit in mine:
        parts = unit.split(".")
        if parts[0] == "variants" and len(parts) > 2 and parts[1] not in kept:
            clashes.add(ROWS)
    if clashes:
        return Merge(None, tuple(sorted(clashes)))
    return Merge(applied(live, ours, mine))


def _rows(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in document["variants"]}


def _row(wanted: dict[str, Any], old: dict[str, Any] | None) -> dict[str, Any]:
    """The place and values of the new grid; the cells of a row that was there stay."""
    return {**old, "values": wanted["values"]} if old else dict(wanted)


def _set_or_drop(attributes: dict[str, Any], code: str, value: list[str] | None) -> None:
    if value is None:
        attributes.pop(code, None)
    else:
        attributes[code] = value
