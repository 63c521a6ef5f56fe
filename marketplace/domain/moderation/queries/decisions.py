"""The decision that stands against a listing: who took it, when, and what an appeal is about."""

from datetime import datetime

from sqlmodel import Session, col, select

from marketplace.domain.catalog.models import Listing, ListingStatus
from marketplace.domain.moderation.models import (
    Appeal,
    AppealStatus,
    ChangeSet,
    ChangeStatus,
    Violation,
)

APPEALED = (ListingStatus.REJECTED, ListingStatus.TAKEN_DOWN)


def decision_against(session: Session, listing: Listing) -> tuple[str, datetime] | None:
    """Who decided against it, and when; the caller has checked who asks."""
    if listing.status is ListingStatus.TAKEN_DOWN:
        violation = standing_violation(session, listing.id)
        if violation is not None:
            return violation.by, violation.at
    change = last_refused(session, listing)
    return (change.decided_by, change.decided_at) if change and change.decided_at else None


def standing_violation(session: Session, listing_id: str) -> Violation | None:
    """The newest that still stands."""
    return session.exec(
        select(Violation)
        .where(Violation.listing_id == listing_id, col(Violation.cancelled_at).is_(None))
        .order_by(col(Violation.at).desc(), col(Violation.id).desc())
    ).first()


def last_refused(session: Session, listing: Listing) -> ChangeSet | None:
    return session.exec(
        select(ChangeSet)
        .where(ChangeSet.listing_id == listing.id, ChangeSet.status == ChangeStatus.REJECTED)
        .order_by(col(ChangeSet.decided_at).desc(), col(ChangeSet.id).desc())
    ).first()


def is_appealed(session: Session, listing: Listing) -> bool:
    """An appeal waits, or the decision that stands was appealed against already."""
    earlier = session.exec(
        select(Appeal).where(Appeal.listing_id == listing.id).order_by(col(Appeal.at).desc())
    ).first()
    if earlier is None:
        return False
    decision = decision_against(session, listing)
    return earlier.status is AppealStatus.OPEN or bool(decision and earlier.at >= decision[1])
