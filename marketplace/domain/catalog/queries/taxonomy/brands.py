"""Brands: a few that match what a seller types, and the list staff keep."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.catalog.models import Brand, Listing, ListingStatus
from marketplace.kit.errors import NotFound
from marketplace.kit.paging import ListQuery, Page
from marketplace.kit.words import fold

FILTERS: dict[str, tuple[str, ...] | None] = {
    "authorisation": ("yes", "no"),
    "status": ("active", "retired"),
}
SORTS = ("name", "-listings")
AT_MOST = 20


@dataclass(frozen=True, slots=True)
class BrandRow:
    """`listing_count` counts all that are not archived, `live_count` what is on sale."""

    id: str
    name: str
    name_zh: str
    slug: str
    needs_authorisation: bool
    is_active: bool
    listing_count: int = 0
    live_count: int = 0
    version: int = 1


def brands(session: Session, search: str = "", *, ids: tuple[str, ...] = ()) -> list[BrandRow]:
    """Active brands whose name holds `search`, best first; `ids` are added, whatever they are."""
    wanted: list[ColumnElement[bool]] = [col(Brand.is_active).is_(True)]
    if search:
        wanted.append(_named(search))
    begins = col(Brand.name_key).startswith(fold(search), autoescape=True)
    found = session.exec(
        select(Brand).where(*wanted).order_by(begins.desc(), col(Brand.name_key)).limit(AT_MOST)
    ).all()
    chosen = session.exec(select(Brand).where(col(Brand.id).in_(ids))).all() if ids else []
    return [_row(row) for row in {row.id: row for row in (*chosen, *found)}.values()]


def list_brands(session: Session, staff: Staff, query: ListQuery) -> Page[BrandRow]:
    """Filters: `authorisation` (yes, no) and `status` (active, retired)."""
    staff.require(Permission.CATALOG_READ)
    wanted: list[ColumnElement[bool]] = [_named(query.search)] if query.search else []
    for name, column, yes in (
        ("authorisation", col(Brand.needs_authorisation), "yes"),
        ("status", col(Brand.is_active), "active"),
    ):
        if chosen := query.filters.get(name):
            wanted.append(column.in_([value == yes for value in chosen]))
    total = session.exec(select(func.count()).select_from(Brand).where(*wanted)).one()
    all_, live = _counts()
    by: Any = all_ if query.sort == "listings" else col(Brand.name_key)
    rows = session.exec(
        select(Brand, all_, live)
        .where(*wanted)
        .order_by(by.desc() if query.is_descending else by, col(Brand.name_key))
        .offset(query.offset)
        .limit(query.size)
    ).all()
    return Page([_row(row, count, on_sale) for row, count, on_sale in rows], total)


def brand(session: Session, staff: Staff, brand_id: str) -> BrandRow:
    """Raises `NotFound`."""
    staff.require(Permission.CATALOG_READ)
    all_, live = _counts()
    found = session.exec(select(Brand, all_, live).where(Brand.id == brand_id)).first()
    if found is None:
        raise NotFound
    return _row(*found)


def other_brands(session: Session, staff: Staff, brand_id: str, search: str) -> list[BrandRow]:
    """What a brand could be merged into."""
    staff.require(Permission.CATALOG_READ)
    return [row for row in brands(session, search) if row.id != brand_id]


def _named(search: str) -> ColumnElement[bool]:
    return or_(
        col(Brand.name_key).contains(fold(search), autoescape=True),
        col(Brand.name_zh).icontains(search, autoescape=True),
    )


def _counts() -> tuple[Any, Any]:
    own = col(Listing.brand_id) == col(Brand.id)
    kept = col(Listing.status) != ListingStatus.ARCHIVED
    live = col(Listing.status) == ListingStatus.LIVE
    count = select(func.count()).select_from(Listing)
    return count.where(own, kept).scalar_subquery(), count.where(own, live).scalar_subquery()


def _row(row: Brand, listing_count: int = 0, live_count: int = 0) -> BrandRow:
    return BrandRow(
        id=row.id,
        name=row.name,
        name_zh=row.name_zh,
        slug=row.slug,
        needs_authorisation=row.needs_authorisation,
        is_active=row.is_active,
        listing_count=listing_count,
        live_count=live_count,
        version=row.version,
    )
