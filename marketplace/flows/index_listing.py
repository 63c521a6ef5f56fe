"""Keeps the search index in step with what is on sale: one listing, one seller, or all of them.

Called by reactions after each change, and by `marketplace reindex`. It reads the rows as they are
now, so it may be performed twice, late, or out of order.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select as select_rows
from sqlmodel import Session, col, false, func, or_, select

from marketplace.domain.catalog.models import (
    Brand,
    Category,
    Listing,
    ListingStatus,
    ListingVersion,
)
from marketplace.domain.catalog.queries import taxonomy
from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.catalog.rules.prose import plain
from marketplace.domain.catalog.rules.taxonomy import AttributeField, recognised
from marketplace.domain.catalog.rules.tree import SEPARATOR
from marketplace.domain.catalog.service.taxonomy.relabel import LABELS
from marketplace.domain.inventory.queries import totals_of
from marketplace.domain.moderation.queries import points_of
from marketplace.domain.moderation.rules.points import rank_left
from marketplace.domain.outbox import service as outbox
from marketplace.domain.search.models import SearchDocument
from marketplace.domain.search.rules.documents import WHOLE, Document
from marketplace.domain.search.service import index
from marketplace.domain.sellers.models import Seller, Switch
from marketplace.domain.sellers.queries import standing
from marketplace.kit.ids import new_id

BATCH = 500
MOST_AT_ONCE = 2_000  # listings of one seller in one transaction
REST = "search.seller"
"""The outbox topic that says: the index goes on with this seller, `after` a listing's id."""


def refresh_seller(session: Session, seller_id: str, *, at: datetime, after: str = "") -> None:
    """A seller's standing or name changed: all of its listings, in or out, in as many steps as it
    takes. Each looks anew at what the seller is by then."""
    if not _is_shown(session, seller_id):
        if index.remove_seller(session, seller_id, limit=MOST_AT_ONCE) == MOST_AT_ONCE:
            _go_on(session, seller_id, "", at=at)
        return
    ids = live_ids(session, after=after, limit=MOST_AT_ONCE, where=Listing.seller_id == seller_id)
    for start in range(0, len(ids), BATCH):
        refresh(session, ids[start : start + BATCH], at=at)
    if len(ids) == MOST_AT_ONCE:
        _go_on(session, seller_id, ids[-1], at=at)


def refresh_labelled(
    session: Session, kind: str, id_: str, *, at: datetime, after: str = ""
) -> None:
    """A category or brand is called or placed otherwise: all listings on sale that are under it,
    in as many steps as it takes."""
    ids = live_ids(session, after=after, limit=MOST_AT_ONCE, where=_under(session, kind, id_))
    for start in range(0, len(ids), BATCH):
        refresh(session, ids[start : start + BATCH], at=at)
    if len(ids) == MOST_AT_ONCE:
        owed = {"kind": kind, "id": id_, "after": ids[-1]}
        outbox.put(session, LABELS, f"{LABELS}:{new_id('msg')}", owed, at=at)


def refresh(session: Session, listing_ids: Sequence[str], *, at: datetime) -> int:
    """Index these listings as they are now; what is not on sale leaves. Returns how many are in."""
    documents = documents_of(session, listing_ids, at=at)
    found = {document.listing_id for document in documents}
    index.remove(session, [one for one in listing_ids if one not in found])
    if len(documents) == 1:
        index.put(session, documents[0], at=at)
    else:
        index.put_many(session, documents, at=at)
    return len(documents)


def live_ids(
    session: Session, *, after: str = "", limit: int = BATCH, where: Any = None
) -> list[str]:
    """The next listings on sale in the order of their ids, for indexing in steps; all of them, or
    those `where` says."""
    ids = (
        select(Listing.id)
        .where(Listing.status == ListingStatus.LIVE, col(Listing.id) > after)
        .order_by(col(Listing.id))
        .limit(limit)
    )
    return list(session.exec(ids if where is None else ids.where(where)))


def count_live(session: Session) -> int:
    """How many listings are on sale."""
    live = select(func.count()).select_from(Listing).where(Listing.status == ListingStatus.LIVE)
    return session.exec(live).one()


def all_titles(session: Session) -> Iterator[tuple[str, str]]:
    """Titles of everything buyers can find, for counting words."""
    rows = session.exec(
        select(Listing.title, Listing.title_zh).join(
            SearchDocument, col(SearchDocument.listing_id) == col(Listing.id)
        )
    )
    yield from rows.yield_per(BATCH)


def documents_of(session: Session, listing_ids: Sequence[str], *, at: datetime) -> list[Document]:
    """What the index holds of those that buyers may find."""
    rows = session.execute(
        select_rows(Listing, ListingVersion, Seller, Category, Brand)
        .join(ListingVersion, col(ListingVersion.id) == col(Listing.live_version_id))
        .join(Seller, col(Seller.id) == col(Listing.seller_id))
        .outerjoin(Category, col(Category.id) == col(Listing.category_id))
        .outerjoin(Brand, col(Brand.id) == col(Listing.brand_id))
        .where(col(Listing.id).in_(listing_ids), col(Listing.status) == ListingStatus.LIVE)
    ).all()
    sellers = sorted({seller.id for _, _, seller, _, _ in rows})
    off = standing.switches_off_of(session, sellers)
    points = points_of(session, sellers, at=at)
    totals = totals_of(session, [listing.id for listing, *_ in rows])
    fields: dict[str, list[AttributeField]] = {}
    names = {node.id: f"{node.name} {node.name_zh}" for node in taxonomy.tree(session)}
    documents = []
    for listing, version, seller, category, brand in rows:
        if Switch.SEARCH_VISIBLE in off.get(seller.id, frozenset()):
            continue
        path = category.path if category else ""
        if listing.category_id and listing.category_id not in fields:
            fields[listing.category_id] = taxonomy.attributes_of(session, listing.category_id)
        known = fields.get(listing.category_id or "", [])
        above = " ".join(names.get(one, "") for one in path.split("/"))
        called = (above, _both(brand) if brand else "", _both(seller))
        stock = totals.get(listing.id)
        documents.append(
            document_of(
                listing,
                ListingContent.model_validate(version.content),
                known,
                category_path=path,
                names=" ".join(called),
                is_in_stock=stock is not None and stock.available > 0,
                penalty_bps=rank_left(points.get(seller.id, 0)),
            )
        )
    return documents


def document_of(
    listing: Listing,
    content: ListingContent,
    fields: Sequence[AttributeField],
    *,
    category_path: str,
    names: str,
    is_in_stock: bool,
    penalty_bps: int = WHOLE,
) -> Document:
    """What the index holds of one listing on sale; `names` of its categories, brand and shop."""
    return Document(
        listing_id=listing.id,
        seller_id=listing.seller_id,
        category_path=category_path,
        brand_id=listing.brand_id or "",
        price=listing.price_low,
        published_at=listing.published_at or listing.created_at,
        title=listing.title,
        title_zh=listing.title_zh,
        names=names,
        traits=" ".join([*content.tags, *_traits(content, fields)]),
        body=" ".join(
            plain(text) for block in content.blocks for text in (block.text, block.text_zh)
        ),
        sales=listing.sold_30d,
        rating_bps=listing.rating_bps,
        rating_count=listing.rating_count,
        is_in_stock=is_in_stock,
        penalty_bps=penalty_bps,
        facets=_facets(content, fields),
    )


def _both(named: Brand | Seller) -> str:
    return f"{named.name} {named.name_zh}"


def _traits(content: ListingContent, fields: Sequence[AttributeField]) -> list[str]:
    """Words of attribute values and option values, in both languages."""
    found = []
    for field in fields:
        for value in content.attributes.get(field.code, ()):
            choice = recognised(field.values, value)
            found += [choice.name, choice.name_zh] if choice else [value]
    for option in content.options:
        found += [text for value in option.values for text in (value.name, value.name_zh)]
    return found


def _facets(
    content: ListingContent, fields: Sequence[AttributeField]
) -> dict[str, tuple[str, ...]]:
    """Codes of values by filterable attribute; options count, such as the colours it comes in."""
    facets: dict[str, tuple[str, ...]] = {}
    for field in (field for field in fields if field.is_filter):
        values = list(content.attributes.get(field.code, ()))
        if field.is_option:
            values += [
                value.name
                for option in content.options
                if option.name.casefold() == field.name.casefold()
                for value in option.values
            ]
        if not field.values:
            facets[field.code] = tuple(value for value in values if value)
            continue
        choices = (recognised(field.values, value) for value in values)
        facets[field.code] = tuple(dict.fromkeys(choice.code for choice in choices if choice))
    return {code: values for code, values in facets.items() if values}


def _under(session: Session, kind: str, id_: str) -> Any:
    if kind == "brand":
        return Listing.brand_id == id_
    category = session.get(Category, id_)
    below = select(Category.id).where(
        or_(
            Category.id == id_,
            col(Category.path).startswith(f"{category.path}{SEPARATOR}", autoescape=True)
            if category
            else false(),
        )
    )
    return col(Listing.category_id).in_(below)


def _go_on(session: Session, seller_id: str, after: str, *, at: datetime) -> None:
    key = f"{REST}:{new_id('msg')}"
    outbox.put(session, REST, key, {"seller_id": seller_id, "after": after}, at=at)


def _is_shown(session: Session, seller_id: str) -> bool:
    return Switch.SEARCH_VISIBLE not in standing.switches_off(session, seller_id)
