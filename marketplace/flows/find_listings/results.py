"""The page of results: cards, filters with counts, orders, and what to offer when nothing is found."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from marketplace.domain.catalog.queries import taxonomy
from marketplace.domain.catalog.queries.taxonomy import CategoryNode
from marketplace.domain.search.queries.found import (
    CATEGORY,
    Request,
    count_attributes,
    first_of,
    search,
)
from marketplace.flows.find_listings.asking import (
    DEEPEST_PAGE,
    Asked,
    address,
    parts,
    place,
    typed,
)
from marketplace.flows.find_listings.attributes import asked_for, offered, values_known
from marketplace.flows.find_listings.filters import Filter, Option, filters_of
from marketplace.flows.listing_cards import Card, cards
from marketplace.kit.errors import NotFound
from marketplace.kit.languages import N_

SIZE = 24
INSTEAD = 8
SORT_NAMES = {
    "relevance": N_("Best match"),
    "sales": N_("Best selling"),
    "newest": N_("Newest"),
    "price": N_("Price: low to high"),
    "-price": N_("Price: high to low"),
    "rating": N_("Best rated"),
}


@dataclass(frozen=True, slots=True)
class Crumb:
    label: str
    label_zh: str
    href: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A part of the address that a form beside it carries along."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Sorting:
    label: str
    """A message id."""
    is_on: bool
    href: str


@dataclass(frozen=True, slots=True)
class Results:
    """`read_as` is the spelling that was searched instead; `on` are filters to take away again.
    Every `href` and `path` is without the language."""

    text: str
    slug: str
    """Of the category, as it is now."""
    title: str
    title_zh: str
    total: int
    cards: list[Card]
    instead: list[Card]
    """Where nothing was found: what sells best there."""
    filters: list[Filter]
    on: list[Option]
    crumbs: list[Crumb]
    path: str
    kept: list[Kept]
    """Everything but the prices and the page, for the form of the prices."""
    sorts: list[Sorting]
    read_as: str
    is_relaxed: bool
    is_in_stock: bool
    stock_href: str
    price_from: str
    price_to: str
    """As typed: whole and parts of the currency."""
    page: int
    pages: int
    previous_href: str
    next_href: str


def find(session: Session, asked: Asked) -> Results:
    """The page of results, also at an address that the category had before.

    Raises `NotFound` for a category that is not there.
    """
    nodes = taxonomy.tree(session)
    here = _category(session, nodes, asked.category)
    chosen = asked_for(session, asked, nodes, here)
    asked = replace(
        asked, category=here.slug if here else "", attributes=values_known(asked, chosen)
    )
    request = Request(
        text=asked.text,
        category_path=here.path if here else "",
        brand_ids=asked.brands,
        price_from=asked.price_from,
        price_to=asked.price_to,
        is_in_stock=asked.is_in_stock,
        attributes=asked.attributes,
        sort=asked.sort,
        page=max(1, asked.page),
        size=SIZE,
    )
    found = search(session, request)
    fields = offered(session, nodes, here, found, chosen)
    counts = count_attributes(session, request, found, [one.code for one in fields])
    pages = min(-(-found.total // SIZE), DEEPEST_PAGE)
    filters = filters_of(session, asked, nodes, here, fields, {**found.facets, **counts})
    without_prices = replace(asked, price_from=None, price_to=None, page=1)
    return Results(
        text=asked.text,
        slug=asked.category,
        title=here.name if here else "",
        title_zh=here.name_zh if here else "",
        total=found.total,
        cards=cards(session, found.listing_ids),
        instead=[] if found.total else _instead(session, here),
        filters=filters,
        on=[
            option
            for one in filters
            if one.code != CATEGORY
            for option in one.options
            if option.is_on
        ],
        crumbs=_crumbs(asked, nodes, here),
        path=place(asked),
        kept=[Kept(name, value) for name, value in parts(without_prices)],
        sorts=[
            Sorting(label, asked.sort == sort, address(asked, sort=sort))
            for sort, label in SORT_NAMES.items()
        ],
        read_as=found.read_as,
        is_relaxed=found.is_relaxed,
        is_in_stock=asked.is_in_stock,
        stock_href=address(asked, is_in_stock=not asked.is_in_stock),
        price_from=typed(asked.price_from),
        price_to=typed(asked.price_to),
        page=request.page,
        pages=pages,
        previous_href=address(asked, page=asked.page - 1) if asked.page > 1 else "",
        next_href=address(asked, page=asked.page + 1) if asked.page < pages else "",
    )


def look_for(session: Session, asked: Asked) -> Results | None:
    """As `find`; None instead of an error, for a page that says so itself."""
    try:
        return find(session, asked)
    except NotFound:
        return None


def _instead(session: Session, here: CategoryNode | None) -> list[Card]:
    near = Request(category_path=here.path if here else "", sort="sales", size=INSTEAD)
    ids = first_of(session, near) or first_of(session, Request(sort="sales", size=INSTEAD))
    return cards(session, ids)


def _category(session: Session, nodes: Sequence[CategoryNode], slug: str) -> CategoryNode | None:
    """Also by a slug it had before."""
    if not slug:
        return None
    for node in nodes:
        if node.slug == slug:
            return node
    return taxonomy.category_at(session, slug)[0]


def _crumbs(asked: Asked, nodes: Sequence[CategoryNode], here: CategoryNode | None) -> list[Crumb]:
    if here is None:
        return []
    by_id = {node.id: node for node in nodes}
    trail = [by_id[one] for one in here.path.split("/") if one in by_id]
    return [
        Crumb(node.name, node.name_zh, address(asked, category=node.slug, attributes={}))
        for node in trail
    ]
