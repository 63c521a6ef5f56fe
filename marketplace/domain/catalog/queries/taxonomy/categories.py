"""Categories: the whole tree in one query, one of them, and what retiring one would do."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session, col, func, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.catalog.models import (
    Category,
    CategoryRedirect,
    Listing,
    ListingStatus,
)
from marketplace.domain.catalog.queries.taxonomy.attributes import TemplateRow, template_of
from marketplace.domain.catalog.rules.taxonomy import Named
from marketplace.domain.catalog.rules.tree import counted_along, depth_of, ids_of, nearest
from marketplace.kit.errors import NotFound


@dataclass(frozen=True, slots=True)
class CategoryNode:
    """A place in the tree, after its parent and before its children. `commission_bps` is the one
    in effect, None if nobody set any."""

    id: str
    parent_id: str
    depth: int
    path: str
    position: int
    name: str
    name_zh: str
    slug: str
    icon: str
    commission_bps: int | None
    has_own_commission: bool
    return_days: int
    is_restricted: bool
    is_active: bool
    has_children: bool


NOBODY = Named("", "", "")


@dataclass(frozen=True, slots=True)
class CategoryView:
    """One category as staff edit it. `trail` holds its ancestors from the top; what is inherited
    names where it comes from, with an empty id if it is the category's own or nobody's."""

    node: CategoryNode
    trail: list[Named]
    own_commission_bps: int | None
    commission_from: Named
    icon: str
    about: str
    about_zh: str
    google_category: str
    is_restricted_itself: bool
    restricted_by: Named
    template: list[TemplateRow]
    earlier_slugs: list[str]
    all_listings: int
    live_listings: int
    version: int


@dataclass(frozen=True, slots=True)
class RetirePreview:
    """What goes where if a category is retired. Rates are the ones in effect, basis points."""

    listings: int
    live_listings: int
    subcategories: list[Named]
    commission_bps: int | None
    commission_bps_then: int | None
    attributes_lost: list[Named]
    required_then: list[Named]


def tree(session: Session, *, with_retired: bool = False) -> list[CategoryNode]:
    """Everything in its order. Retired categories, and what is below them, only if asked for."""
    children: dict[str, list[Category]] = defaultdict(list)
    for row in session.exec(select(Category).order_by(col(Category.position), col(Category.id))):
        children[row.parent_id or ""].append(row)
    nodes = _walk(children, "", None)
    return [node for node in nodes if node.is_active or with_retired]


def count_live(session: Session) -> dict[str, int]:
    """How many listings are live in each category and below it, those of closed shops included:
    what buyers can find is counted by the index."""
    rows = session.exec(
        select(col(Category.path), func.count())
        .join(Listing, col(Listing.category_id) == col(Category.id))
        .where(Listing.status == ListingStatus.LIVE)
        .group_by(col(Category.path))
    )
    return counted_along(rows)


def category(session: Session, category_id: str) -> CategoryNode:
    """Raises `NotFound`, also for a retired one."""
    for node in tree(session):
        if node.id == category_id:
            return node
    raise NotFound


def restricted_of(session: Session, category_ids: Collection[str]) -> list[Named]:
    """Those of these categories, and of all below them, that are restricted: who sells in a
    category may list in what is below it."""
    chosen = set(category_ids)
    nodes = tree(session) if chosen else []
    return [
        _named(node) for node in nodes if node.is_restricted and chosen & set(ids_of(node.path))
    ]


def category_at(session: Session, slug: str) -> tuple[CategoryNode, bool]:
    """What lives at an address, and whether it moved from there. Raises `NotFound`."""
    nodes = tree(session)
    for node in nodes:
        if node.slug == slug:
            return node, False
    redirect = session.get(CategoryRedirect, slug)
    for node in nodes:
        if redirect is not None and node.id == redirect.category_id:
            return node, True
    raise NotFound


def category_for_edit(session: Session, staff: Staff, category_id: str) -> CategoryView:
    """Raises `NotFound`; retired ones can be seen."""
    staff.require(Permission.CATALOG_READ)
    row = session.get(Category, category_id)
    nodes = {node.id: node for node in tree(session, with_retired=True)}
    if row is None or category_id not in nodes:
        raise NotFound
    trail = [nodes[id_] for id_ in ids_of(row.path)[:-1]]
    setters = [node for node in reversed(trail) if node.has_own_commission]
    restricting = [node for node in trail if node.is_restricted]
    return CategoryView(
        node=nodes[category_id],
        trail=list(map(_named, trail)),
        own_commission_bps=row.commission_bps,
        commission_from=NOBODY if row.commission_bps is not None else _first(setters),
        icon=row.icon,
        about=row.about,
        about_zh=row.about_zh,
        google_category=row.google_category,
        is_restricted_itself=row.is_restricted,
        restricted_by=_first(restricting),
        template=template_of(session, ids_of(row.path)),
        earlier_slugs=list(
            session.exec(
                select(CategoryRedirect.slug)
                .where(CategoryRedirect.category_id == category_id)
                .order_by(col(CategoryRedirect.slug))
            )
        ),
        all_listings=_listings(session, category_id),
        live_listings=count_live(session).get(category_id, 0),
        version=row.version,
    )


def retire_preview(session: Session, staff: Staff, category_id: str, into: str) -> RetirePreview:
    """What `retire_category` would do; `into` may be empty. Raises `NotFound`."""
    staff.require(Permission.CATALOG_READ)
    nodes = {node.id: node for node in tree(session, with_retired=True)}
    if category_id not in nodes or (into and into not in nodes):
        raise NotFound
    here, there = nodes[category_id], nodes.get(into)
    before = template_of(session, ids_of(here.path))
    after = template_of(session, ids_of(there.path)) if there else []
    kept = {row.attribute_id for row in after}
    had = {row.attribute_id for row in before if row.is_required}
    return RetirePreview(
        listings=_listings(session, category_id),
        live_listings=_live(session, category_id),
        subcategories=[
            _named(n) for n in nodes.values() if n.parent_id == category_id and n.is_active
        ],
        commission_bps=here.commission_bps,
        commission_bps_then=there.commission_bps if there else None,
        attributes_lost=_attributes(r for r in before if there and r.attribute_id not in kept),
        required_then=_attributes(r for r in after if r.is_required and r.attribute_id not in had),
    )


def _first(nodes: Sequence[CategoryNode]) -> Named:
    return _named(nodes[0]) if nodes else NOBODY


def _named(node: CategoryNode) -> Named:
    return Named(node.id, node.name, node.name_zh)


def _attributes(rows: Iterable[TemplateRow]) -> list[Named]:
    by_id = {row.attribute_id: Named(row.attribute_id, row.name, row.name_zh) for row in rows}
    return list(by_id.values())


def _walk(
    children: Mapping[str, list[Category]], parent_id: str, parent: CategoryNode | None
) -> Iterator[CategoryNode]:
    for row in children.get(parent_id, ()):
        node = _node(row, bool(children.get(row.id)), parent)
        yield node
        yield from _walk(children, row.id, node)


def _node(row: Category, has_children: bool, parent: CategoryNode | None) -> CategoryNode:
    node = CategoryNode(
        id=row.id,
        parent_id=row.parent_id or "",
        depth=depth_of(row.path),
        path=row.path,
        position=row.position,
        name=row.name,
        name_zh=row.name_zh,
        slug=row.slug,
        icon=row.icon,
        commission_bps=row.commission_bps,
        has_own_commission=row.commission_bps is not None,
        return_days=row.return_days,
        is_restricted=row.is_restricted,
        is_active=row.is_active,
        has_children=has_children,
    )
    if parent is None:
        return node
    return replace(
        node,
        commission_bps=nearest((row.commission_bps, parent.commission_bps)),
        is_restricted=row.is_restricted or parent.is_restricted,
        is_active=row.is_active and parent.is_active,
        icon=row.icon or parent.icon,
    )


def _listings(session: Session, category_id: str) -> int:
    return session.exec(
        select(func.count()).select_from(Listing).where(Listing.category_id == category_id)
    ).one()


def _live(session: Session, category_id: str) -> int:
    return session.exec(
        select(func.count())
        .select_from(Listing)
        .where(Listing.category_id == category_id, Listing.status == ListingStatus.LIVE)
    ).one()
