"""What a buyer sees of a search or a category: cards, filters with counts, and where each leads.

The same answer goes into the HTML of `http/search_page.py` and into the app's own page, so both
read the address with `asked_by` and lead to addresses made here. Public.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from sqlmodel import Session, col, select

from marketplace.domain.catalog.models import Listing, ListingStatus
from marketplace.domain.catalog.queries import taxonomy
from marketplace.domain.catalog.queries.taxonomy import CategoryNode
from marketplace.domain.catalog.rules.taxonomy import AttributeField
from marketplace.domain.media.queries import pictures
from marketplace.domain.search.models import SearchDocument
from marketplace.domain.search.queries.found import (
    BRAND,
    CATEGORY,
    SORTS,
    FacetValue,
    Found,
    Request,
    search,
)
from marketplace.domain.sellers.models import Seller
from marketplace.kit.errors import NotFound
from marketplace.kit.languages import N_
from marketplace.kit.money import MAX_MINOR, exponent
from marketplace.settings import settings

SIZE = 24
LONGEST = 200
MOST_VALUES = 10
DEEPEST_PAGE = 400
ATTRIBUTE = "a_"
"""Before the code of an attribute in an address: `a_colour=red,blue`."""
SORT_NAMES = {
    "relevance": N_("Best match"),
    "sales": N_("Best selling"),
    "newest": N_("Newest"),
    "price": N_("Price: low to high"),
    "-price": N_("Price: high to low"),
    "rating": N_("Best rated"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for. Prices are minor units."""

    text: str = ""
    category: str = ""
    """A slug."""
    brands: tuple[str, ...] = ()
    price_from: int | None = None
    price_to: int | None = None
    is_in_stock: bool = False
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    page: int = 1


@dataclass(frozen=True, slots=True)
class Card:
    id: str
    slug: str
    title: str
    title_zh: str
    price_low: int
    price_high: int
    currency: str
    image: str
    seller: str
    seller_zh: str
    is_in_stock: bool
    rating_bps: int
    rating_count: int


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter; `href` is the query string that switches it."""

    label: str
    label_zh: str
    count: int
    is_on: bool
    href: str


@dataclass(frozen=True, slots=True)
class Filter:
    code: str
    label: str
    label_zh: str
    options: list[Option]


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
    """`read_as` is the spelling that was searched instead; `on` are filters to take away again."""

    text: str
    title: str
    title_zh: str
    total: int
    cards: list[Card]
    filters: list[Filter]
    on: list[Option]
    crumbs: list[Crumb]
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


def asked_by(parameters: Mapping[str, str], category: str = "") -> Asked:
    """Read an address. What it says wrongly is ignored, so an old link still leads somewhere."""
    places = exponent(settings().currency)
    sort = parameters.get("sort", "")
    return Asked(
        text=_line(parameters.get("q", "")),
        category=category or _line(parameters.get("category", "")),
        brands=_many(parameters.get("brand", "")),
        price_from=_minor(parameters.get("from", ""), places),
        price_to=_minor(parameters.get("to", ""), places),
        is_in_stock=parameters.get("stock") == "1",
        attributes={
            key.removeprefix(ATTRIBUTE): values
            for key, value in sorted(parameters.items())[:40]
            if key.startswith(ATTRIBUTE) and (values := _many(value))
        },
        sort=sort if sort in SORTS else "relevance",
        page=min(int(page), DEEPEST_PAGE)
        if (page := parameters.get("page", "")).isascii() and page.isdigit() and 0 < len(page) < 5
        else 1,
    )


def find(session: Session, asked: Asked) -> Results:
    """The page of results. Raises `NotFound` for a category that is not there."""
    nodes = taxonomy.tree(session)
    here = _category(nodes, asked.category)
    fields = [
        one for one in (taxonomy.attributes_of(session, here.id) if here else []) if one.is_filter
    ]
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
    found = search(session, request, facets=[one.code for one in fields])
    pages = min(-(-found.total // SIZE), DEEPEST_PAGE)
    filters = [
        *_category_filter(asked, nodes, here, found),
        *_brand_filter(session, asked, found),
        *_attribute_filters(asked, fields, found),
    ]
    return Results(
        text=asked.text,
        title=here.name if here else "",
        title_zh=here.name_zh if here else "",
        total=found.total,
        cards=_cards(session, found.listing_ids),
        filters=filters,
        on=[
            option
            for one in filters
            if one.code != CATEGORY
            for option in one.options
            if option.is_on
        ],
        crumbs=_crumbs(asked, nodes, here),
        kept=[
            Kept(name, value)
            for name, value in _parts(replace(asked, price_from=None, price_to=None, page=1))
        ],
        sorts=[
            Sorting(label, asked.sort == sort, _address(replace(asked, sort=sort, page=1)))
            for sort, label in SORT_NAMES.items()
        ],
        read_as=found.read_as,
        is_relaxed=found.is_relaxed,
        is_in_stock=asked.is_in_stock,
        stock_href=_address(replace(asked, is_in_stock=not asked.is_in_stock, page=1)),
        price_from=_typed(asked.price_from),
        price_to=_typed(asked.price_to),
        page=request.page,
        pages=pages,
        previous_href=_address(replace(asked, page=asked.page - 1)) if asked.page > 1 else "",
        next_href=_address(replace(asked, page=asked.page + 1)) if asked.page < pages else "",
    )


def _cards(session: Session, listing_ids: Sequence[str]) -> list[Card]:
    """In the order of the ids; what left the shelves since it was indexed is left out."""
    rows = session.exec(
        select(Listing, Seller, SearchDocument)
        .join(Seller, col(Seller.id) == col(Listing.seller_id))
        .join(SearchDocument, col(SearchDocument.listing_id) == col(Listing.id))
        .where(col(Listing.id).in_(listing_ids), Listing.status == ListingStatus.LIVE)
    ).all()
    images = pictures(session, [listing.cover_id for listing, *_ in rows])
    cards = {
        listing.id: Card(
            listing.id,
            listing.slug,
            listing.title or listing.title_zh,
            listing.title_zh or listing.title,
            listing.price_low,
            listing.price_high,
            listing.currency,
            image.url_480 if (image := images.get(listing.cover_id)) else "",
            seller.name,
            seller.name_zh or seller.name,
            document.is_in_stock,
            listing.rating_bps,
            listing.rating_count,
        )
        for listing, seller, document in rows
    }
    return [cards[one] for one in listing_ids if one in cards]


def _category(nodes: Sequence[CategoryNode], slug: str) -> CategoryNode | None:
    if not slug:
        return None
    for node in nodes:
        if node.slug == slug:
            return node
    raise NotFound


def _category_filter(
    asked: Asked, nodes: Sequence[CategoryNode], here: CategoryNode | None, found: Found
) -> list[Filter]:
    """The next level down, each with everything below it."""
    below = [node for node in nodes if node.parent_id == (here.id if here else "")]
    options = []
    for node in below:
        count = sum(
            value.count
            for value in found.facets.get(CATEGORY, ())
            if value.value == node.path or value.value.startswith(node.path + "/")
        )
        if count:
            href = _address(replace(asked, category=node.slug, attributes={}, page=1))
            options.append(Option(node.name, node.name_zh, count, False, href))
    return [Filter(CATEGORY, N_("Category"), "", options)] if options else []


def _brand_filter(session: Session, asked: Asked, found: Found) -> list[Filter]:
    values = found.facets.get(BRAND, ())[:MOST_VALUES]
    names = {
        row.id: row for row in taxonomy.brands(session, ids=tuple(value.value for value in values))
    }
    options = [
        Option(
            names[value.value].name,
            names[value.value].name_zh or names[value.value].name,
            value.count,
            value.value in asked.brands,
            _address(replace(asked, brands=_switched(asked.brands, value.value), page=1)),
        )
        for value in values
        if value.value in names
    ]
    return [Filter(BRAND, N_("Brand"), "", options)] if options else []


def _attribute_filters(
    asked: Asked, fields: Sequence[AttributeField], found: Found
) -> list[Filter]:
    filters = []
    for one in fields:
        values = found.facets.get(one.code, ())
        chosen = asked.attributes.get(one.code, ())
        options = [_attribute_option(asked, one, value, chosen) for value in values[:MOST_VALUES]]
        if options:
            filters.append(Filter(one.code, one.name, one.name_zh, options))
    return filters


def _attribute_option(
    asked: Asked, one: AttributeField, value: FacetValue, chosen: tuple[str, ...]
) -> Option:
    named = next((choice for choice in one.values if choice.code == value.value), None)
    words = {"yes": (N_("Yes"), "是"), "no": (N_("No"), "否")}.get(value.value)
    plain = f"{value.value} {one.unit}".strip()
    label, label_zh = (named.name, named.name_zh) if named else words or (plain, plain)
    attributes = {**asked.attributes, one.code: _switched(chosen, value.value)}
    href = _address(replace(asked, attributes=attributes, page=1))
    return Option(label, label_zh, value.count, value.value in chosen, href)


def _crumbs(asked: Asked, nodes: Sequence[CategoryNode], here: CategoryNode | None) -> list[Crumb]:
    if here is None:
        return []
    by_id = {node.id: node for node in nodes}
    line = [by_id[one] for one in here.path.split("/") if one in by_id]
    return [
        Crumb(node.name, node.name_zh, _address(replace(asked, category=node.slug, page=1)))
        for node in line
    ]


def _address(asked: Asked) -> str:
    """The query string that asks this."""
    return "?" + urlencode(_parts(asked), safe=",")


def _parts(asked: Asked) -> list[tuple[str, str]]:
    pairs = {
        "q": asked.text,
        "category": asked.category,
        "brand": ",".join(asked.brands),
        "from": _typed(asked.price_from),
        "to": _typed(asked.price_to),
        "stock": "1" if asked.is_in_stock else "",
        **{ATTRIBUTE + code: ",".join(values) for code, values in asked.attributes.items()},
        "sort": "" if asked.sort == "relevance" else asked.sort,
        "page": str(asked.page) if asked.page > 1 else "",
    }
    return [(name, value) for name, value in pairs.items() if value]


def _switched(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    if value in values:
        return tuple(one for one in values if one != value)
    return (*values, value)


def _line(text: str) -> str:
    return " ".join("".join(c for c in text if c.isprintable()).split())[:LONGEST]


def _many(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for one in text.split(",")[:20] if (value := _line(one))))


def _minor(text: str, places: int) -> int | None:
    """`59.9` of a currency with two places is 5990; anything else is None."""
    whole, _point, rest = text.strip().partition(".")
    if not (whole + rest).isascii() or not (whole + rest).isdigit() or len(rest) > places:
        return None
    return min(int(f"{whole}{rest.ljust(places, '0')}"[:16]), MAX_MINOR)


def _typed(minor: int | None) -> str:
    if minor is None:
        return ""
    places = exponent(settings().currency)
    text = str(minor).rjust(places + 1, "0")
    whole, rest = (text[:-places], text[-places:]) if places else (text, "")
    return f"{whole}.{rest}".removesuffix(".00").removesuffix(".") if places else whole
