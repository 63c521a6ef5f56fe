"""The seller hears of every decision: a line under the bell of those who edit listings."""

from datetime import datetime

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission
from marketplace.domain.accounts.models import PersonAccount, RolePermission
from marketplace.domain.catalog.models import Listing
from marketplace.domain.moderation.models import PolicyCode
from marketplace.domain.notifications import service as notifications
from marketplace.domain.sellers.models import SellerMembership
from marketplace.settings import settings

KIND = "listing"
LETTER = "listing_decided"


def tell_shop(
    session: Session,
    listing: Listing,
    message: str,
    *,
    at: datetime,
    code: str = "",
    note: str = "",
    by_letter: bool = False,
    due_at: datetime | None = None,
) -> None:
    """`message` has `{title}`, and `{reason}` where a rule was broken; both are in each reader's
    own language. A letter goes with what takes something from the shop, not before `due_at`."""
    reason = session.get(PolicyCode, code) if code else None
    link = _page(listing)
    for person in _editors(session, listing.seller_id):
        is_chinese = person.locale == "zh-CN"
        title = _in(is_chinese, listing.title, listing.title_zh)
        named = _in(is_chinese, reason.name, reason.name_zh) if reason else ""
        words = {"title": title, "reason": named}
        notifications.notify(session, person.id, KIND, message, at=at, link=link, **words)
        if by_letter:
            advice = _in(is_chinese, reason.advice, reason.advice_zh) if reason else ""
            notifications.write_letter(
                session,
                person.email,
                "zh-CN" if is_chinese else "en",
                LETTER,
                {
                    "name": person.name,
                    "title": title,
                    "reason": named or "-",
                    "advice": advice or "-",
                    "note": note or "-",
                    "link": f"{settings().public_url}{link}",
                },
                at=at,
                person_id=person.id,
                due_at=due_at,
            )


def untell_shop(session: Session, listing: Listing, *, told_at: datetime) -> None:
    """Raises `AlreadyTold` if somebody read it, or the letter is on its way."""
    notifications.take_back(session, _page(listing), LETTER, written_at=told_at)


def _page(listing: Listing) -> str:
    return f"/seller/listings/{listing.id}"


def _editors(session: Session, seller_id: str) -> list[PersonAccount]:
    return list(
        session.exec(
            select(PersonAccount)
            .join(SellerMembership, col(SellerMembership.person_id) == col(PersonAccount.id))
            .join(RolePermission, col(RolePermission.role_id) == col(SellerMembership.role_id))
            .where(
                SellerMembership.seller_id == seller_id,
                RolePermission.permission == Permission.SHOP_LISTINGS_EDIT.value,
                col(PersonAccount.disabled_at).is_(None),
            )
            .order_by(col(PersonAccount.id))
        )
    )


def _in(is_chinese: bool, english: str, chinese: str) -> str:
    return (chinese or english) if is_chinese else (english or chinese)
