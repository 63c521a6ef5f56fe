"""What a change of stock makes people hear: once per fall the seller, once ever those who wait."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import datetime

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission
from marketplace.domain.accounts.models import PersonAccount
from marketplace.domain.accounts.queries import identity
from marketplace.domain.catalog.models import Listing, ListingStatus, Variant
from marketplace.domain.catalog.service.listings.publishing import CHANGED
from marketplace.domain.inventory import rules
from marketplace.domain.inventory.models import BackInStock, StockLevel
from marketplace.domain.notifications import service as notifications
from marketplace.domain.outbox import service as outbox
from marketplace.domain.sellers.models import SellerMembership
from marketplace.kit.ids import new_id
from marketplace.kit.languages import N_

BACK = "stock.back"
LOW = N_("{title} is running low: {n} left of {sku}.")
PAGE = "/seller/inventory"


def look(
    session: Session,
    level: StockLevel,
    *,
    at: datetime,
    before: int | None = None,
    awaited: AbstractSet[str] | None = None,
    turned: set[str] | None = None,
) -> None:
    """Tell what there is to tell after a change; `before` is what was available, `awaited` the
    SKUs somebody waits for, where the caller has looked already. Listings of which something ran
    out or came back are put into `turned`, for the caller to tell of together."""
    now = rules.Level(level.on_hand, level.reserved, level.low_at)
    if not now.is_low:
        level.alerted_at = None
    elif level.alerted_at is None:
        level.alerted_at = at
        _alert(session, level, now.available, at)
    if before is not None and (before > 0) != (now.available > 0):
        if turned is None:
            tell_turned(session, [level.listing_id], at=at)
        else:
            turned.add(level.listing_id)
    if before is None or not rules.is_back(before, now.available):
        return
    if awaited is None:
        awaited = awaited_among(session, [level.variant_id])
    if level.variant_id in awaited:
        owed = {"variant_id": level.variant_id}
        outbox.put(session, BACK, f"{BACK}:{new_id('bis')}", owed, at=at)


def _alert(session: Session, level: StockLevel, available: int, at: datetime) -> None:
    variant = session.get_one(Variant, level.variant_id)
    listing = session.get_one(Listing, variant.listing_id)
    for person_id, locale in _listeners(session, level.seller_id):
        titles = (listing.title, listing.title_zh)
        own, other = reversed(titles) if locale == "zh-CN" else titles
        notifications.notify(
            session,
            person_id,
            "stock",
            LOW,
            at=at,
            link=f"{PAGE}?low=yes",
            title=own or other or variant.sku,
            n=available,
            sku=variant.sku,
        )


def _listeners(session: Session, seller_id: str) -> list[tuple[str, str]]:
    """The members who may do something about it, each with the language they read."""
    members = session.exec(
        select(SellerMembership.person_id, SellerMembership.role_id, PersonAccount.locale)
        .join(PersonAccount, col(PersonAccount.id) == col(SellerMembership.person_id))
        .where(SellerMembership.seller_id == seller_id)
    ).all()
    return [
        (person_id, locale)
        for person_id, role_id, locale in members
        if Permission.SHOP_LISTINGS_EDIT in identity.role_rights(session, [role_id])
    ]


def tell_turned(session: Session, listing_ids: Iterable[str], *, at: datetime) -> None:
    """Owe searches the news that something of these (some hundred at most) can be had, or cannot."""
    live = select(Listing.id).where(
        col(Listing.id).in_(list(listing_ids)), Listing.status == ListingStatus.LIVE
    )
    owed = {f"{CHANGED}:{id_}:{new_id('stm')}": {"listing_id": id_} for id_ in session.exec(live)}
    outbox.put_many(session, CHANGED, owed, at=at)


def awaited_among(session: Session, variant_ids: Iterable[str]) -> set[str]:
    """The SKUs among these (some hundred at most) that somebody waits for."""
    waiting = select(BackInStock.variant_id).where(
        col(BackInStock.variant_id).in_(list(variant_ids)), col(BackInStock.told_at).is_(None)
    )
    return set(session.exec(waiting.distinct()))
