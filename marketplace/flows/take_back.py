"""A moderator takes a decision back; not once buyers were written to because of it."""

from datetime import datetime

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.catalog.models import Variant
from marketplace.domain.inventory.models import BackInStock
from marketplace.domain.moderation import service
from marketplace.domain.moderation.models import ChangeSet
from marketplace.kit.errors import DomainError
from marketplace.kit.languages import N_


class BuyersWereTold(DomainError):
    message = N_("Buyers who waited for it have been written to. Take it down instead.")


def take_back(
    session: Session, staff: Staff, change_set_id: str, *, version: int, at: datetime
) -> None:
    """Raises `BuyersWereTold`, and as `moderation.service.undo`."""
    staff.require(Permission.MODERATION_DECIDE)
    change = session.get(ChangeSet, change_set_id)
    if change is not None and change.decided_at is not None and not change.looked_at:
        told = session.exec(
            select(BackInStock.id)
            .join(Variant, col(Variant.id) == col(BackInStock.variant_id))
            .where(
                Variant.listing_id == change.listing_id,
                col(BackInStock.told_at) >= change.decided_at,
            )
        ).first()
        if told is not None:
            raise BuyersWereTold
    service.undo(session, staff, change_set_id, version=version, at=at)
