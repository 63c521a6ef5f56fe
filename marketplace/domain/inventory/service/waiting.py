"""People who want to hear when a sold-out SKU is there again; each is told once."""

from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from marketplace.domain.access.models import Actor, Person
from marketplace.domain.accounts import rules as account_rules
from marketplace.domain.accounts.models import PersonAccount
from marketplace.domain.catalog.models import Listing, ListingStatus, Variant
from marketplace.domain.inventory.models import BackInStock, StockLevel
from marketplace.domain.inventory.service.alerts import BACK
from marketplace.domain.notifications import service as notifications
from marketplace.domain.outbox import service as outbox
from marketplace.domain.sellers.queries.standing import is_buyable
from marketplace.kit.errors import DomainError, NotFound
from marketplace.kit.ids import new_id
from marketplace.kit.languages import N_, Locale, as_locale
from marketplace.kit.rows import insert_if_absent
from marketplace.settings import settings

__all__ = ["BACK", "forget_told", "owe_letters", "request_back_in_stock", "tell_back_in_stock"]

KEPT_AFTER = timedelta(days=30)
LETTER = "back_in_stock"


class StillThere(DomainError):
    message = N_("This is in stock. You can buy it now.")


def request_back_in_stock(
    session: Session, visitor: Actor, variant_id: str, *, email: str = "", at: datetime
) -> bool:
    """Ask to be told; a guest gives an `email`, a signed-in person is written to at their own.

    False if the address waits already; it is then told once all the same. Raises `NotFound` for
    what is not on sale, `StillThere`, `Invalid`.
    """
    variant = session.get(Variant, variant_id)
    listing = session.get(Listing, variant.listing_id) if variant else None
    if variant is None or variant.archived_at or not listing:
        raise NotFound
    if listing.status is not ListingStatus.LIVE or not variant.is_active:
        raise NotFound
    level = session.get(StockLevel, variant_id)
    if level and level.on_hand > level.reserved:
        raise StillThere
    address, person_id = _address_of(session, visitor, email)
    return insert_if_absent(
        session,
        BackInStock,
        id=new_id("bis"),
        variant_id=variant_id,
        seller_id=variant.seller_id,
        email=address,
        email_key=account_rules.email_key(address),
        person_id=person_id,
        locale=visitor.locale,
        asked_at=at,
    ) or _wait_again(session, variant_id, account_rules.email_key(address), at)


def tell_back_in_stock(session: Session, variant_id: str, *, at: datetime) -> int:
    """Write to everybody who waits for this SKU and was not told; returns how many letters.

    Nobody is written to if it was sold out again meanwhile, or cannot be bought for another
    reason: they go on waiting. Safe to repeat.
    """
    level = session.get(StockLevel, variant_id)
    variant = session.get(Variant, variant_id)
    if level is None or variant is None or level.on_hand <= level.reserved:
        return 0
    listing = session.get_one(Listing, variant.listing_id)
    if not _is_sold(session, listing, variant):
        return 0
    told = session.exec(
        update(BackInStock)
        .where(col(BackInStock.variant_id) == variant_id, col(BackInStock.told_at).is_(None))
        .values(told_at=at)
        .returning(col(BackInStock.id))
    ).all()
    waiting = session.exec(
        select(BackInStock).where(col(BackInStock.id).in_([row[0] for row in told]))
    ).all()
    for one in waiting:
        locale: Locale = as_locale(one.locale) or "en"
        is_chinese = locale == "zh-CN"
        prefix = "/zh" if is_chinese else ""
        title = (listing.title_zh if is_chinese else "") or listing.title or listing.title_zh
        notifications.write_letter(
            session,
            one.email,
            locale,
            LETTER,
            {"title": title, "link": f"{settings().public_url}{prefix}/p/{listing.slug}"},
            at=at,
            person_id=one.person_id or None,
        )
    return len(waiting)


def owe_letters(
    session: Session, *, at: datetime, listing_id: str = "", seller_id: str = ""
) -> int:
    """Something, or a whole shop, may be sold again: whoever waits for what is in stock is due a
    letter. Returns how many SKUs; harmless twice."""
    awaited = (
        select(StockLevel.variant_id)
        .join(BackInStock, col(BackInStock.variant_id) == col(StockLevel.variant_id))
        .join(Listing, col(Listing.id) == col(StockLevel.listing_id))
        .where(
            col(BackInStock.told_at).is_(None),
            col(StockLevel.on_hand) > col(StockLevel.reserved),
            Listing.status == ListingStatus.LIVE,
            StockLevel.listing_id == listing_id if listing_id else Listing.seller_id == seller_id,
        )
        .distinct()
        .order_by(col(StockLevel.variant_id))
    )
    ids = list(session.exec(awaited))
    for variant_id in ids:
        outbox.put(session, BACK, f"{BACK}:{new_id('bis')}", {"variant_id": variant_id}, at=at)
    return len(ids)


def _is_sold(session: Session, listing: Listing, variant: Variant) -> bool:
    """A letter's link leads to something that can be bought."""
    is_offered = listing.status is ListingStatus.LIVE and variant.is_active
    return is_offered and not variant.archived_at and is_buyable(session, listing.seller_id)


def forget_told(session: Session, *, at: datetime) -> int:
    """Delete the addresses of people told over thirty days ago; returns how many."""
    gone = session.exec(
        delete(BackInStock).where(
            col(BackInStock.told_at).is_not(None), col(BackInStock.told_at) < at - KEPT_AFTER
        )
    )
    return gone.rowcount


def _address_of(session: Session, visitor: Actor, email: str) -> tuple[str, str]:
    if isinstance(visitor, Person):
        return session.get_one(PersonAccount, visitor.id).email, visitor.id
    return account_rules.checked_email(email), ""


def _wait_again(session: Session, variant_id: str, email_key: str, at: datetime) -> bool:
    """Somebody told once asks anew after it was sold out again."""
    again = session.exec(
        update(BackInStock)
        .where(
            col(BackInStock.variant_id) == variant_id,
            col(BackInStock.email_key) == email_key,
            col(BackInStock.told_at).is_not(None),
        )
        .values(told_at=None, asked_at=at)
    )
    return again.rowcount == 1
