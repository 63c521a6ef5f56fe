"""The page of categories: as much of the tree as fits, and the category that is open."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.catalog.models import Attribute
from marketplace.domain.catalog.queries.taxonomy.categories import (
    CategoryNode,
    CategoryView,
    category_for_edit,
    count_live,
    tree,
)
from marketplace.domain.catalog.rules.taxonomy import Named
from marketplace.domain.catalog.rules.tree import SEPARATOR, ids_of
from marketplace.kit.words import fold

MOST = 50


@dataclass(frozen=True, slots=True)
class TreeRow:
    """A line of the tree as shown. `is_open`: its children stand below it."""

    id: str
    name: str
    name_zh: str
    depth: int
    listing_count: int
    is_here: bool
    is_open: bool
    has_children: bool
    is_active: bool
    is_restricted: bool


@dataclass(frozen=True, slots=True)
class CategoriesScreen:
    """`total` counts all that are in use; `is_cut`: more would match than fits. `addable` are
    the attributes the open category could still ask for."""

    rows: list[TreeRow]
    total: int
    is_cut: bool
    chosen: CategoryView | None
    addable: list[Named]


def categories_screen(
    session: Session, staff: Staff, *, chosen_id: str = "", search: str = ""
) -> CategoriesScreen:
    """A small tree is shown whole; of a large one the top, and what lies along the way to the
    open category. An unknown `chosen_id` opens none."""
    staff.require(Permission.CATALOG_READ)
    nodes = tree(session, with_retired=True)
    counts = count_live(session)
    is_known = any(node.id == chosen_id for node in nodes)
    chosen = category_for_edit(session, staff, chosen_id) if is_known else None
    shown = _matching(nodes, search) if search else _along(nodes, chosen_id)
    inside = {node.parent_id for node in shown}
    rows = [
        TreeRow(
            node.id,
            node.name,
            node.name_zh,
            node.depth,
            counts.get(node.id, 0),
            is_here=node.id == chosen_id,
            is_open=node.id in inside,
            has_children=node.has_children,
            is_active=node.is_active,
            is_restricted=node.is_restricted,
        )
        for node in shown[:MOST]
    ]
    total = sum(node.is_active for node in nodes)
    addable = _addable(session, chosen) if chosen else []
    return CategoriesScreen(rows, total, len(shown) > MOST, chosen, addable)


def possible_parents(session: Session, staff: Staff, category_id: str) -> list[Named]:
    """Where a category could be moved or merged to: anything in use but itself and below.

    The names are whole paths, `Home / Tableware`.
    """
    staff.require(Permission.CATALOG_READ)
    nodes = tree(session)
    names = {node.id: node for node in nodes}
    return [
        Named(
            node.id,
            " / ".join(names[id_].name for id_ in ids_of(node.path)),
            " / ".join(names[id_].name_zh for id_ in ids_of(node.path)),
        )
        for node in nodes
        if category_id not in ids_of(node.path)
    ]


def _addable(session: Session, chosen: CategoryView) -> list[Named]:
    asked = {row.attribute_id for row in chosen.template}
    rows = session.exec(
        select(Attribute.id, Attribute.name, Attribute.name_zh).order_by(col(Attribute.name))
    )
    return [Named(id_, name, name_zh) for id_, name, name_zh in rows if id_ not in asked]


def _matching(nodes: list[CategoryNode], search: str) -> list[CategoryNode]:
    """What is named so, with everything above it, so that one sees where it is."""
    wanted = fold(search)
    hits = [n for n in nodes if any(wanted in fold(x) for x in (n.name, n.name_zh, n.slug))]
    kept = {id_ for hit in hits for id_ in ids_of(hit.path)}
    return [node for node in nodes if node.id in kept]


def _along(nodes: list[CategoryNode], chosen_id: str) -> list[CategoryNode]:
    if len(nodes) <= MOST:
        return nodes
    path = next((node.path for node in nodes if node.id == chosen_id), "")
    opened = {"", *path.split(SEPARATOR)}
    return [node for node in nodes if node.parent_id in opened]
