"""Nobody decides about a shop they work for, nor about an application of their own."""

from sqlmodel import Session

from marketplace.domain.access.models import Staff
from marketplace.domain.sellers.models import SellerApplication
from marketplace.domain.sellers.queries.members import works_for
from marketplace.domain.sellers.rules.standing import OwnShop


def require_other_shop(session: Session, staff: Staff, seller_id: str) -> None:
    """Raises `OwnShop`."""
    if works_for(session, staff.id, seller_id):
        raise OwnShop


def require_other_person(staff: Staff, row: SellerApplication) -> None:
    """Raises `OwnShop`."""
    if row.person_id == staff.id:
        raise OwnShop
