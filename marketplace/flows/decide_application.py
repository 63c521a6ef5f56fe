"""Yes to an application: a seller, its shop, owner, accounts and documents in one transaction."""

from datetime import datetime

from sqlmodel import Session, select

from marketplace.domain.access.models import Audience, Staff
from marketplace.domain.accounts.service import roles
from marketplace.domain.catalog.queries.taxonomy import restricted_of
from marketplace.domain.media import service as media
from marketplace.domain.sellers import rules
from marketplace.domain.sellers import service as sellers
from marketplace.domain.sellers.models import Seller, SellerApplication, SellerLevel, Submission
from marketplace.domain.sellers.queries.applications import is_slug_free
from marketplace.domain.sellers.queries.applications.names import is_name_of_a_shop
from marketplace.domain.sellers.rules.applications import SecondPersonNeeded, first_yes_of
from marketplace.domain.sellers.rules.forms import address_of
from marketplace.domain.sellers.service import applications
from marketplace.domain.sellers.service.applications.saving import NAME_TAKEN, SLUG_TAKEN
from marketplace.kit.errors import Invalid, NotFound


def approve(
    session: Session,
    staff: Staff,
    application_id: str,
    *,
    level: str = rules.FIRST_LEVEL,
    version: int,
    at: datetime,
) -> str:
    """Open the shop; returns the seller's id. What still waits for a verdict is accepted by it.

    Who wants to sell in restricted categories needs the yes of two people: the first is kept, and
    returns an empty id. Raises `Incomplete` (something missing, refused or ended), `Stale`,
    `MoveNotAllowed`, `NotFound`, `SecondPersonNeeded` for a second yes of the same person, and
    `Invalid` if a name or the address was taken meanwhile.
    """
    row = applications.prepare_approval(session, staff, application_id, version=version, at=at)
    if session.get(SellerLevel, level) is None:
        raise NotFound
    _require_free(session, row)
    if restricted_of(session, row.category_ids):
        first = first_yes_of(row)
        if first == staff.id:
            raise SecondPersonNeeded
        if not first:
            applications.agree_first(session, staff, row, level, at=at)
            return ""
    seller_id = _open(session, staff, row, level, at=at)
    _settle(session, staff, row, seller_id, at=at)
    applications.conclude_approval(session, staff, row, seller_id, at=at)
    return seller_id


def _require_free(session: Session, row: SellerApplication) -> None:
    """Raises `Invalid` for names or an address that another shop has."""
    applicant = Staff(id=row.person_id, name="")
    said = {"shop_name": row.shop_name, "shop_name_zh": str(row.shop.get("shop_name_zh", ""))}
    errors = {field: NAME_TAKEN for field, name in said.items() if is_name_of_a_shop(session, name)}
    if not is_slug_free(session, applicant, row.slug):
        errors["slug"] = SLUG_TAKEN
    if errors:
        raise Invalid(errors)


def _open(
    session: Session, staff: Staff, row: SellerApplication, level: str, *, at: datetime
) -> str:
    shop = row.shop
    seller_id = sellers.open_seller(
        session,
        staff,
        name=row.shop_name,
        name_zh=str(shop.get("shop_name_zh", "")),
        slug=row.slug,
        about=str(shop.get("about", "")),
        about_zh=str(shop.get("about_zh", "")),
        level=level,
        at=at,
    )
    seller = session.get_one(Seller, seller_id)
    seller.application_id = row.id
    seller.category_ids = list(row.category_ids)
    seller.ship_from = address_of(shop, "ship")
    seller.return_to = address_of(shop, "return")
    seller.logo_id = str(shop.get("logo_id", ""))
    session.add(seller)
    session.flush()
    return seller_id


def _settle(
    session: Session, staff: Staff, row: SellerApplication, seller_id: str, *, at: datetime
) -> None:
    """The applicant becomes the owner, and their files the seller's."""
    owner = roles.role_by_code(session, Audience.SELLER, rules.OWNER)
    assert owner is not None
    sellers.add_member(session, staff, seller_id, row.person_id, owner.id, at=at)
    given = session.exec(select(Submission).where(Submission.application_id == row.id)).all()
    logo = str(row.shop.get("logo_id", ""))
    media.hand_over(session, [*(one.media_id for one in given), logo], seller_id)
    media.attach(session, staff, "seller", seller_id, [logo], at=at)
