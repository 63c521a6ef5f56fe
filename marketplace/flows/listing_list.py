"""A shop's listings with what other capabilities know of them: picture, stock, waiting edit."""

from dataclasses import dataclass, replace

from sqlmodel import Session, col, func, select

from marketplace.domain.access.models import SellerMember
from marketplace.domain.catalog.models import Listing, ListingStatus
from marketplace.domain.catalog.queries.listings import ListingRow, list_counts, list_listings
from marketplace.domain.inventory.models import StockLevel
from marketplace.domain.inventory.queries import Totals, totals_of
from marketplace.domain.media.queries import pictures
from marketplace.domain.moderation.models import ChangeSet, ChangeStatus
from marketplace.kit.paging import ListQuery, Page

MOST_AMONG = 5_000


@dataclass(frozen=True, slots=True)
class ShopListing:
    """`shown_as` is the status, or `live_edit` and `sold_out` for two that buyers see otherwise.

    Prices in minor units of `currency`; `available`, `low`: units, and SKUs at their alert.
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
    quality: int
    category: str
    category_zh: str
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
    """As `list_listings`; the filter `show` has its views and `out_of_stock`, `low_stock`."""
    shows = query.filters.get("show", ())
    views = tuple(show for show in shows if show not in _BY_STOCK)
    filters = {key: value for key, value in query.filters.items() if key != "show"}
    asked = replace(query, filters={**filters, **({"view": views} if views else {})})
    among: list[str] | None = None
    for show in shows:
        if show in _BY_STOCK:
            among = [*(among or ()), *_short(session, member, show)]
    found = list_listings(session, member, asked, among=among)
    return Page(_rows(session, found.rows), found.total)


def listing_todo(session: Session, member: SellerMember) -> ListingTodo:
    """The counters of the seller's home; each leads to exactly these rows of the list."""
    counts = list_counts(session, member)
    return ListingTodo(
        to_change=counts["rejected"],
        taken_down=counts["taken_down"],
        in_review=counts["in_review"],
        pending_edits=counts["pending_edits"],
        drafts=counts["drafts"],
        low_stock=len(_short(session, member, "low_stock")),
        out_of_stock=len(_short(session, member, "out_of_stock")),
    )


def _short(session: Session, member: SellerMember, show: str) -> list[str]:
    """Listings on sale with nothing left, or with a SKU at its alert."""
    free = col(StockLevel.on_hand) - col(StockLevel.reserved)
    chosen = (
        select(Listing.id)
        .outerjoin(StockLevel, col(StockLevel.listing_id) == Listing.id)
        .where(Listing.seller_id == member.seller_id, Listing.status == ListingStatus.LIVE)
        .group_by(col(Listing.id))
        .having(_BY_STOCK[show](free))
        .limit(MOST_AMONG)
    )
    return list(session.exec(chosen))


_BY_STOCK = {
    "out_of_stock": lambda free: func.coalesce(func.sum(free), 0) <= 0,
    "low_stock": lambda free: (
        func.count().filter((col(StockLevel.low_at) > 0) & (free <= col(StockLevel.low_at))) > 0
    ),
}


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
        quality=row.quality,
        category=row.category,
        category_zh=row.category_zh,
        updated_at=row.updated_at,
    )
