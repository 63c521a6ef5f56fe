"""The stock of one shop, SKU by SKU, and what moved it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, or_, select

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.catalog.models import Listing, ListingStatus, Variant
from marketplace.domain.inventory import rules
from marketplace.domain.inventory.models import StockLevel, StockMovement
from marketplace.domain.media import queries as media
from marketplace.kit.clock import iso
from marketplace.kit.errors import NotFound
from marketplace.kit.paging import ListQuery, Page

FILTERS: Mapping[str, tuple[str, ...] | None] = {
    "state": ("sold_out", "low", "in_stock"),
    "low": ("yes",),
    "status": tuple(status.value for status in ListingStatus),
    "listing": None,
}
SORTS = ("title", "sku", "on_hand", "available", "updated")
MOVEMENT_SORTS = ("-at",)
AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class StockRow:
    """One SKU. `low_at` 0: nobody wants an alert."""

    id: str
    """The variant's."""
    listing_id: str
    title: str
    title_zh: str
    variant: str
    variant_zh: str
    sku: str
    picture_url: str
    status: str
    on_hand: int
    reserved: int
    available: int
    low_at: int
    is_low: bool
    updated_at: str


@dataclass(frozen=True, slots=True)
class MovementRow:
    id: str
    at: str
    change: int
    on_hand: int
    reason: str
    reference: str
    note: str
    who: str


def list_stock(session: Session, member: SellerMember, query: ListQuery) -> Page[StockRow]:
    """Every SKU of the shop that is not archived."""
    member.require(Permission.SHOP_LISTINGS_READ)
    on_hand = func.coalesce(StockLevel.on_hand, 0)
    available = on_hand - func.coalesce(StockLevel.reserved, 0)
    chosen = _of_shop(member)
    chosen = _searched(chosen, query.search)
    chosen = _filtered(chosen, query, available)
    total = session.exec(select(func.count()).select_from(chosen.subquery())).one()
    orders: dict[str, tuple[Any, ...]] = {
        "title": (Listing.title, Variant.listing_id, Variant.position),
        "sku": (Variant.sku,),
        "on_hand": (on_hand, Variant.sku),
        "available": (available, Variant.sku),
        "updated": (StockLevel.updated_at, Variant.sku),
    }
    order = [each.desc() if query.is_descending else each for each in orders[query.sort]]
    rows = session.exec(chosen.order_by(*order).offset(query.offset).limit(query.size)).all()
    urls = _pictures(session, rows)
    return Page([_row(found[0], found[1], found[2], urls) for found in rows], total)


def stock_row(session: Session, member: SellerMember, variant_id: str) -> StockRow:
    """Raises `NotFound` for another seller's SKU as for none."""
    member.require(Permission.SHOP_LISTINGS_READ)
    found = session.exec(_of_shop(member).where(Variant.id == variant_id)).first()
    if found is None:
        raise NotFound
    return _row(found[0], found[1], found[2], _pictures(session, [found]))


def by_sku(session: Session, member: SellerMember, skus: Iterable[str]) -> dict[str, StockRow]:
    """The shop's own SKUs among `skus`, as they are written there; unknown ones are not in it."""
    member.require(Permission.SHOP_LISTINGS_READ)
    every = list(dict.fromkeys(skus))
    found: dict[str, StockRow] = {}
    for start in range(0, len(every), AT_ONCE):
        part = every[start : start + AT_ONCE]
        rows = session.exec(_of_shop(member).where(col(Variant.sku).in_(part)))
        found |= {row[0].sku: _row(row[0], row[1], row[2], {}) for row in rows}
    return found


def list_movements(
    session: Session, member: SellerMember, query: ListQuery, variant_id: str
) -> Page[MovementRow]:
    """What changed one SKU, newest first. Raises `NotFound`."""
    stock_row(session, member, variant_id)
    chosen = select(StockMovement).where(StockMovement.variant_id == variant_id)
    total = session.exec(select(func.count()).select_from(chosen.subquery())).one()
    rows = session.exec(
        chosen.order_by(col(StockMovement.at).desc(), col(StockMovement.id).desc())
        .offset(query.offset)
        .limit(query.size)
    )
    return Page([_movement(row) for row in rows], total)


def _of_shop(member: SellerMember) -> Any:
    return (
        select(Variant, Listing, StockLevel)
        .join(Listing, col(Listing.id) == Variant.listing_id)
        .outerjoin(StockLevel, col(StockLevel.variant_id) == Variant.id)
        .where(
            Variant.seller_id == member.seller_id,
            col(Variant.archived_at).is_(None),
            Listing.status != ListingStatus.ARCHIVED,
        )
    )


def _pictures(session: Session, rows: Sequence[Any]) -> dict[str, str]:
    ids = {variant.picture_id or listing.cover_id for variant, listing, _level in rows}
    return {id_: row.url_160 for id_, row in media.pictures(session, ids - {""}).items()}


def _searched(chosen: Any, text: str) -> Any:
    if not text:
        return chosen
    return chosen.where(
        or_(
            *(
                func.lower(each).contains(text.lower(), autoescape=True)
                for each in (
                    Variant.sku,
                    Variant.title,
                    Variant.title_zh,
                    Listing.title,
                    Listing.title_zh,
                    Variant.barcode,
                )
            )
        )
    )


def _filtered(chosen: Any, query: ListQuery, available: Any) -> Any:
    low_at = func.coalesce(StockLevel.low_at, 0)
    is_low = (low_at > 0) & (available <= low_at)
    states = {
        "sold_out": available <= 0,
        "low": is_low,
        "in_stock": available > 0,
    }
    if wanted := query.filters.get("state"):
        chosen = chosen.where(or_(*(states[each] for each in wanted)))
    if query.filters.get("low"):
        chosen = chosen.where(is_low)
    if statuses := query.filters.get("status"):
        chosen = chosen.where(col(Listing.status).in_(statuses))
    if listings := query.filters.get("listing"):
        chosen = chosen.where(col(Listing.id).in_(listings))
    return chosen


def _row(
    variant: Variant, listing: Listing, level: StockLevel | None, urls: Mapping[str, str]
) -> StockRow:
    units = rules.Level(level.on_hand, level.reserved, level.low_at) if level else rules.Level()
    return StockRow(
        id=variant.id,
        listing_id=listing.id,
        title=listing.title,
        title_zh=listing.title_zh,
        variant=variant.title,
        variant_zh=variant.title_zh,
        sku=variant.sku,
        picture_url=urls.get(variant.picture_id or listing.cover_id, ""),
        status=listing.status,
        on_hand=units.on_hand,
        reserved=units.reserved,
        available=units.available,
        low_at=units.low_at,
        is_low=units.is_low,
        updated_at=iso(level.updated_at) if level else "",
    )


def _movement(row: StockMovement) -> MovementRow:
    return MovementRow(
        id=row.id,
        at=iso(row.at),
        change=row.change,
        on_hand=row.on_hand,
        reason=rules.REASONS[row.reason],
        reference=row.reference,
        note=row.note,
        who=row.actor_name,
    )
