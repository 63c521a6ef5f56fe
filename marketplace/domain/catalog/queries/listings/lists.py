"""Lists of listings: a shop's own (SE-03), everybody's for staff (AD-05)."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import String, cast
from sqlmodel import Session, col, func, or_, select

from marketplace.domain.access.models import Permission, SellerMember, Staff
from marketplace.domain.catalog.models import Category, Listing, ListingStatus, Variant
from marketplace.domain.sellers.models import Seller
from marketplace.kit.clock import iso
from marketplace.kit.money import exponent
from marketplace.kit.paging import ListQuery, Page
from marketplace.settings import settings

S = ListingStatus
VIEWS = (
    "live", "in_review", "rejected", "paused", "drafts", "pending_edits", "no_sales", "archived",
    "taken_down",
)  # fmt: skip
LISTING_FILTERS: Mapping[str, tuple[str, ...] | None] = {
    "view": VIEWS,
    "status": tuple(status.value for status in S),
    "category": None,
    "brand": None,
    "tag": None,
    "quality_below": None,
    "price_from": None,
    "price_to": None,
    "updated_from": None,
    "updated_to": None,
    "created_from": None,
    "created_to": None,
    "has_reason": ("yes",),
}
STAFF_FILTERS: Mapping[str, tuple[str, ...] | None] = {**LISTING_FILTERS, "seller": None}
LISTING_SORTS = (
    "-updated", "title", "price", "quality", "sold", "views", "created", "published", "variants",
)  # fmt: skip
WHOLE = 10_000
MOST_IDS = 10_000


@dataclass(frozen=True, slots=True)
class ListingRow:
    """Prices in minor units of `currency`; `conversion_bps` is units sold per view, 30 days."""

    id: str
    seller_id: str
    seller: str
    handle: str
    slug: str
    status: str
    title: str
    title_zh: str
    cover_id: str
    category_id: str
    category: str
    category_zh: str
    variant_count: int
    price_low: int
    price_high: int
    currency: str
    quality: int
    sold_30d: int
    views_30d: int
    conversion_bps: int
    has_draft: bool
    tags: tuple[str, ...]
    reason: str
    created_at: str
    updated_at: str
    version: int


def list_listings(
    session: Session,
    member: SellerMember,
    query: ListQuery,
    *,
    among: Sequence[Any] = (),
) -> Page[ListingRow]:
    """The shop's own; without the archive unless asked for. Each of `among`, a select of ids,
    narrows it."""
    member.require(Permission.SHOP_LISTINGS_READ)
    chosen = _base().where(Listing.seller_id == member.seller_id)
    return _page(session, chosen, query, among)


def list_all_listings(session: Session, staff: Staff, query: ListQuery) -> Page[ListingRow]:
    """Everybody's, for staff."""
    staff.require(Permission.CATALOG_READ)
    chosen = _base()
    if sellers := query.filters.get("seller"):
        chosen = chosen.where(or_(col(Seller.id).in_(sellers), col(Seller.slug).in_(sellers)))
    return _page(session, chosen, query)


def list_counts(session: Session, member: SellerMember) -> dict[str, int]:
    """How many listings each view has; `all` is all but the archive."""
    member.require(Permission.SHOP_LISTINGS_READ)
    own = Listing.seller_id == member.seller_id
    counts = {"all": _count(session, own, Listing.status != S.ARCHIVED)}
    return counts | {view: _count(session, own, _view(view)) for view in VIEWS}


def live_counts(session: Session, staff: Staff, seller_ids: Collection[str]) -> dict[str, int]:
    """How many listings each of these sellers has on sale."""
    staff.require(Permission.SELLERS_READ)
    counted = (
        select(Listing.seller_id, func.count())
        .where(Listing.status == S.LIVE, col(Listing.seller_id).in_(seller_ids))
        .group_by(col(Listing.seller_id))
    )
    found = {seller_id: count for seller_id, count in session.exec(counted)}  # noqa: C416  typed
    return dict.fromkeys(seller_ids, 0) | found


def search_ids(
    session: Session, member: SellerMember, query: ListQuery, *, among: Sequence[Any] = ()
) -> list[str]:
    """Every id the list has on all its pages, oldest first, for bulk actions; at most 10,000 and
    one, which tells that there are more."""
    member.require(Permission.SHOP_LISTINGS_READ)
    chosen = _filtered(_base().where(Listing.seller_id == member.seller_id), query, among)
    ids = chosen.with_only_columns(Listing.id)
    return list(
        session.exec(ids.order_by(Listing.created_at, Listing.id).limit(MOST_IDS + 1)).scalars()
    )


def _base() -> Any:
    return (
        select(Listing, Category, Seller)
        .join(Seller, col(Seller.id) == Listing.seller_id)
        .outerjoin(Category, col(Category.id) == Listing.category_id)
    )


def _page(
    session: Session, chosen: Any, query: ListQuery, among: Sequence[Any] = ()
) -> Page[ListingRow]:
    chosen = _filtered(chosen, query, among)
    ids = chosen.with_only_columns(Listing.id).subquery()
    total = session.exec(select(func.count()).select_from(ids)).one()
    orders: dict[str, Any] = {
        "updated": Listing.updated_at,
        "title": func.lower(Listing.title),
        "price": Listing.price_low,
        "quality": Listing.quality,
        "sold": Listing.sold_30d,
        "views": Listing.views_30d,
        "created": Listing.created_at,
        "published": Listing.published_at,
        "variants": Listing.variant_count,
    }
    first = orders.get(query.sort, Listing.updated_at)
    order = (first.desc(), col(Listing.id).desc()) if query.is_descending else (first, Listing.id)
    rows = session.exec(chosen.order_by(*order).offset(query.offset).limit(query.size))
    return Page([_row(*found) for found in rows], total)


def _filtered(chosen: Any, query: ListQuery, among: Sequence[Any]) -> Any:
    asked = query.filters
    for ids in among:
        chosen = chosen.where(col(Listing.id).in_(ids))
    if query.search:
        chosen = chosen.where(_matches(query.search))
    views, statuses = asked.get("view", ()), asked.get("status", ())
    if views:
        chosen = chosen.where(or_(*(_view(view) for view in views)))
    if statuses:
        chosen = chosen.where(col(Listing.status).in_(statuses))
    if not views and not statuses:
        chosen = chosen.where(Listing.status != S.ARCHIVED)
    if categories := asked.get("category"):
        below = (col(Category.path).contains(id_, autoescape=True) for id_ in categories)
        chosen = chosen.where(or_(*below))
    if brands := asked.get("brand"):
        chosen = chosen.where(col(Listing.brand_id).in_(brands))
    if asked.get("has_reason"):
        chosen = chosen.where(Listing.reason != "")
    for tag in asked.get("tag", ()):
        # a short JSON list, kept as the same text by both databases
        kept = cast(col(Listing.tags), String)
        chosen = chosen.where(kept.contains(json.dumps(tag), autoescape=True))
    return _bounded(chosen, asked)


def _bounded(chosen: Any, asked: Mapping[str, tuple[str, ...]]) -> Any:
    """Numbers and days that do not read are left out, as unknown parameters of an address are."""
    if (most := _whole(asked, "quality_below")) is not None:
        chosen = chosen.where(Listing.quality < most)
    if (low := _amount(asked, "price_from")) is not None:
        chosen = chosen.where(Listing.price_high >= low)
    if (high := _amount(asked, "price_to")) is not None:
        chosen = chosen.where(Listing.price_low <= high)
    for name, column in (("updated", Listing.updated_at), ("created", Listing.created_at)):
        if begin := _day(asked, f"{name}_from"):
            chosen = chosen.where(column >= begin)
        if end := _day(asked, f"{name}_to"):
            chosen = chosen.where(column < end + timedelta(days=1))
    return chosen


def _matches(text: str) -> Any:
    """In a title, an address, a handle, or a SKU of its variants."""
    wanted = text.lower()
    with_sku = select(Variant.listing_id).where(
        func.lower(Variant.sku).contains(wanted, autoescape=True),
        col(Variant.archived_at).is_(None),
    )
    return or_(
        *(
            func.lower(each).contains(wanted, autoescape=True)
            for each in (Listing.title, Listing.title_zh, Listing.slug, Listing.handle)
        ),
        col(Listing.id) == text,
        col(Listing.id).in_(with_sku),
    )


def _view(view: str) -> Any:
    views: dict[str, Any] = {
        "live": Listing.status == S.LIVE,
        "in_review": Listing.status == S.PENDING,
        "rejected": col(Listing.status).in_([S.REJECTED, S.NEEDS_CHANGES]),
        "paused": Listing.status == S.OFF_SHELF,
        "drafts": Listing.status == S.DRAFT,
        "pending_edits": (col(Listing.has_draft).is_(True)) & (Listing.status != S.ARCHIVED),
        "no_sales": (Listing.status == S.LIVE) & (Listing.sold_30d == 0),
        "archived": Listing.status == S.ARCHIVED,
        "taken_down": Listing.status == S.TAKEN_DOWN,
    }
    return views[view]


def _count(session: Session, *conditions: Any) -> int:
    return session.exec(select(func.count()).select_from(Listing).where(*conditions)).one()


def _whole(asked: Mapping[str, tuple[str, ...]], name: str) -> int | None:
    text = next(iter(asked.get(name, ())), "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 13 else None


def _amount(asked: Mapping[str, tuple[str, ...]], name: str) -> int | None:
    """Minor units of `1,299.50` as it is typed; the commas have parted it already."""
    whole, _, rest = "".join(asked.get(name, ())).partition(".")
    places = exponent(settings().currency)
    digits = f"{whole}{rest.ljust(places, '0')}"
    is_amount = bool(whole) and digits.isascii() and digits.isdigit() and len(rest) <= places
    return int(digits) if is_amount and len(digits) <= 15 else None


def _day(asked: Mapping[str, tuple[str, ...]], name: str) -> datetime | None:
    try:
        day = date.fromisoformat(next(iter(asked.get(name, ())), ""))
    except ValueError:
        return None
    return datetime.combine(day, time.min, UTC)


def _row(listing: Listing, category: Category | None, seller: Seller) -> ListingRow:
    views = listing.views_30d
    return ListingRow(
        id=listing.id,
        seller_id=seller.id,
        seller=seller.name,
        handle=listing.handle,
        slug=listing.slug,
        status=listing.status,
        title=listing.title,
        title_zh=listing.title_zh,
        cover_id=listing.cover_id,
        category_id=listing.category_id or "",
        category=category.name if category else "",
        category_zh=category.name_zh if category else "",
        variant_count=listing.variant_count,
        price_low=listing.price_low,
        price_high=listing.price_high,
        currency=listing.currency,
        quality=listing.quality,
        sold_30d=listing.sold_30d,
        views_30d=views,
        conversion_bps=listing.sold_30d * WHOLE // views if views else 0,
        has_draft=listing.has_draft,
        tags=tuple(listing.tags),
        reason=listing.reason,
        created_at=iso(listing.created_at),
        updated_at=iso(listing.updated_at),
        version=listing.version,
    )
