"""A shop's listings with what other capabilities know of them: picture, stock, waiting edit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session, col, func, or_, select

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.catalog.models import Category, Listing, ListingStatus
from marketplace.domain.catalog.queries.listings import (
    ListingRow,
    list_counts,
    list_listings,
    search_ids,
)
from marketplace.domain.catalog.queries.listings.lists import MOST_IDS
from marketplace.domain.inventory.models import StockLevel
from marketplace.domain.inventory.queries import Totals, totals_of
from marketplace.domain.media.queries import pictures
from marketplace.domain.moderation.models import ChangeSet, ChangeStatus
from marketplace.kit.errors import DomainError
from marketplace.kit.languages import N_
from marketplace.kit.paging import ListQuery, Page

OF_STOCK = ("show", "stock_from", "stock_to")


class TooManyAtOnce(DomainError):
    message = N_("At most 10,000 listings at once. Narrow the list down first.")


class NothingMatches(DomainError):
    message = N_("The list is empty: there is nothing to do.")


@dataclass(frozen=True, slots=True)
class ShopListing:
    """`shown_as` is the status, or `live_edit` and `sold_out` for two that buyers see otherwise.

    Prices in minor units of `currency`; `available`, `low`: units, and SKUs at their alert;
    `conversion_bps`: units sold per hundred views, in 30 days.
    """

    id: str
    handle: str
    title: str
    title_zh: str
    cover_url: str
    status: str
    shown_as: str
    variant_count: int
    price_low: int
    price_high: int
    currency: str
    available: int
    low: int
    sold_30d: int
    views_30d: int
    conversion_bps: int
    quality: int
    category: str
    category_zh: str
    slug: str
    updated_at: str


@dataclass(frozen=True, slots=True)
class ListingTodo:
    """How many wait for the seller."""

    to_change: int = 0
    taken_down: int = 0
    in_review: int = 0
    pending_edits: int = 0
    drafts: int = 0
    low_stock: int = 0
    out_of_stock: int = 0


def list_shop_listings(
    session: Session, member: SellerMember, query: ListQuery
) -> Page[ShopListing]:
    """As `list_listings`; the filter `show` has its views and `out_of_stock`, `low_stock`, and
    `stock_from`, `stock_to` bound what is available of all SKUs together."""
    asked, among = _asked(member, query)
    found = list_listings(session, member, asked, among=among)
    return Page(_rows(session, found.rows), found.total)


def matching_ids(session: Session, member: SellerMember, query: ListQuery) -> list[str]:
    """Every listing that `list_shop_listings` has on all its pages.

    Raises `NothingMatches`, `TooManyAtOnce`.
    """
    asked, among = _asked(member, query)
    ids = search_ids(session, member, asked, among=among)
    if not ids:
        raise NothingMatches
    if len(ids) > MOST_IDS:
        raise TooManyAtOnce
    return ids


def used_categories(session: Session, member: SellerMember) -> list[tuple[str, str]]:
    """Ids and names of those the shop has listings in, for the filter; the first fifty."""
    member.require(Permission.SHOP_LISTINGS_READ)
    own = select(Listing.category_id).where(Listing.seller_id == member.seller_id)
    rows = select(Category).where(col(Category.id).in_(own)).order_by(col(Category.name))
    is_chinese = member.locale.startswith("zh")
    return [
        (row.id, row.name_zh if is_chinese else row.name) for row in session.exec(rows.limit(50))
    ]


def listing_todo(session: Session, member: SellerMember) -> ListingTodo:
    """The counters of the seller's home; each leads to exactly these rows of the list."""
    counts = list_counts(session, member)
    return ListingTodo(
        to_change=counts["rejected"],
        taken_down=counts["taken_down"],
        in_review=counts["in_review"],
        pending_edits=counts["pending_edits"],
        drafts=counts["drafts"],
        low_stock=_count(session, _short(member, ("low_stock",))),
        out_of_stock=_count(session, _short(member, ("out_of_stock",))),
    )


_FREE = col(StockLevel.on_hand) - col(StockLevel.reserved)
_LEFT = func.coalesce(func.sum(_FREE), 0)
_BY_STOCK: dict[str, Any] = {
    "out_of_stock": _LEFT <= 0,
    "low_stock": func.count().filter(
        (col(StockLevel.low_at) > 0) & (col(StockLevel.low_at) >= _FREE)
    )
    > 0,
}


def _asked(member: SellerMember, query: ListQuery) -> tuple[ListQuery, list[Any]]:
    """The question as the catalogue understands it, and what of it only the inventory knows."""
    shows = query.filters.get("show", ())
    views = tuple(show for show in shows if show not in _BY_STOCK)
    short = tuple(show for show in shows if show in _BY_STOCK)
    filters = {key: value for key, value in query.filters.items() if key not in OF_STOCK}
    asked = replace(query, filters={**filters, **({"view": views} if views else {})})
    among = [_short(member, short)] if short else []
    if (least := _units(query, "stock_from")) is not None:
        among.append(_by_stock(member).having(least <= _LEFT))
    if (most := _units(query, "stock_to")) is not None:
        among.append(_by_stock(member).having(most >= _LEFT))
    return asked, among


def _by_stock(member: SellerMember) -> Any:
    return (
        select(Listing.id)
        .outerjoin(StockLevel, col(StockLevel.listing_id) == Listing.id)
        .where(Listing.seller_id == member.seller_id)
        .group_by(col(Listing.id))
    )


def _short(member: SellerMember, shows: Sequence[str]) -> Any:
    """Listings on sale with nothing left, or with a SKU at its alert."""
    on_sale = _by_stock(member).where(Listing.status == ListingStatus.LIVE)
    return on_sale.having(or_(*(_BY_STOCK[show] for show in shows)))


def _count(session: Session, ids: Any) -> int:
    return session.exec(select(func.count()).select_from(ids.subquery())).one()


def _units(query: ListQuery, name: str) -> int | None:
    """None for what is no number: it is left out, as an unknown part of an address is."""
    text = "".join(query.filters.get(name, ()))  # `1,200` is one number
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None


def _rows(session: Session, rows: list[ListingRow]) -> list[ShopListing]:
    ids = [row.id for row in rows]
    totals = totals_of(session, ids)
    covers = pictures(session, [row.cover_id for row in rows if row.cover_id])
    waiting = set(
        session.exec(
            select(ChangeSet.listing_id).where(
                col(ChangeSet.listing_id).in_(ids), ChangeSet.status == ChangeStatus.OPEN
            )
        )
    )
    return [
        _row(
            row,
            cover=covers[row.cover_id].url_160 if row.cover_id in covers else "",
            stock=totals.get(row.id, Totals()),
            is_waiting=row.id in waiting,
        )
        for row in rows
    ]


def _row(row: ListingRow, *, cover: str, stock: Totals, is_waiting: bool) -> ShopListing:
    shown_as = row.status
    if row.status == ListingStatus.LIVE:
        shown_as = "live_edit" if is_waiting else "live" if stock.available > 0 else "sold_out"
    return ShopListing(
        id=row.id,
        handle=row.handle,
        title=row.title,
        title_zh=row.title_zh,
        cover_url=cover,
        status=row.status,
        shown_as=shown_as,
        variant_count=row.variant_count,
        price_low=row.price_low,
        price_high=row.price_high,
        currency=row.currency,
        available=stock.available,
        low=stock.low,
        sold_30d=row.sold_30d,
        views_30d=row.views_30d,
        conversion_bps=row.conversion_bps,
        quality=row.quality,
        category=row.category,
        category_zh=row.category_zh,
        slug=row.slug,
        updated_at=row.updated_at,
    )
