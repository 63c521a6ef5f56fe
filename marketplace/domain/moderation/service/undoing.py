"""A decision is taken back by whoever made it, within seconds, while nothing has come of it."""

from datetime import datetime

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.audit import service as audit
from marketplace.domain.catalog.models import Listing, ListingStatus, ListingVersion
from marketplace.domain.catalog.rules import machine as listing_machine
from marketplace.domain.catalog.service.listings import unpublish
from marketplace.domain.moderation.models import ChangeSet, ChangeStatus
from marketplace.domain.moderation.rules.machines import (
    CHANGE,
    TAKEN_BACK,
    UNDO_WITHIN,
    SomethingFollowed,
    TooLate,
)
from marketplace.domain.moderation.service.deciding import (
    locked,
    locked_listing,
    require_other_shop,
)
from marketplace.domain.moderation.service.telling import untell_shop
from marketplace.domain.moves import service as moves
from marketplace.domain.moves.models import Move
from marketplace.kit.errors import NotFound, Stale

S = ListingStatus


def undo(session: Session, staff: Staff, change_set_id: str, *, version: int, at: datetime) -> None:
    """It waits again as it did before: state, what is on sale, prices, words, unsent letters.
    `version` is the one the decision made. History and audit log keep both.

    Raises `TooLate` after fifteen seconds and for others, `SomethingFollowed`, `AlreadyTold`,
    `Stale`, `NotFound`, `NotYourOwn`.
    """
    staff.require(Permission.MODERATION_DECIDE)
    found = session.get(ChangeSet, change_set_id)
    if found is None:
        raise NotFound
    listing = locked_listing(session, found.listing_id)
    change = locked(session, change_set_id)
    require_other_shop(session, staff, change.seller_id)
    if change.version != version:
        raise Stale
    decided_at = change.looked_at or change.decided_at
    if decided_at is None or change.decided_by != staff.id or at - decided_at > UNDO_WITHIN:
        raise TooLate
    was = "looked" if change.looked_at else change.status.value
    if change.looked_at is not None:
        change.looked_at = None
    else:
        _open_again(session, staff, change, listing, decided_at, at=at)
        untell_shop(session, listing, told_at=decided_at)
    change.decided_by, change.version = "", change.version + 1
    session.add(change)
    audit.record(
        session,
        staff,
        "moderation.undone",
        "listing",
        listing.id,
        at=at,
        before={"decision": was, "reason": change.reason},
        after={"change_set": change.id},
        seller_id=change.seller_id,
    )
    change.reason, change.note, change.comments = "", "", {}


def _open_again(
    session: Session,
    staff: Staff,
    change: ChangeSet,
    listing: Listing,
    decided_at: datetime,
    *,
    at: datetime,
) -> None:
    moved = _moved_by_it(session, change, listing, decided_at)
    if change.status is ChangeStatus.APPROVED:
        _take_off(session, staff, change, listing, decided_at, at=at)
    if moved:
        moves.move(
            session,
            staff,
            listing_machine.TAKEN_BACK,
            listing_machine.KIND,
            listing,
            S.PENDING,
            at=at,
        )
    listing.reason, listing.note = "", ""  # as whatever is handed in has it
    session.add(listing)
    moves.move(session, staff, TAKEN_BACK, CHANGE, change, ChangeStatus.OPEN, at=at)
    change.decided_at = None


def _moved_by_it(
    session: Session, change: ChangeSet, listing: Listing, decided_at: datetime
) -> bool:
    """Whether the decision moved the listing. Raises `SomethingFollowed` for any other step of
    the listing, and for anything handed in since."""
    steps = session.exec(
        select(Move).where(
            Move.kind == listing_machine.KIND,
            Move.subject_id == listing.id,
            col(Move.at) >= decided_at,
        )
    ).all()
    newer = session.exec(
        select(ChangeSet.id).where(
            ChangeSet.listing_id == listing.id,
            ChangeSet.id != change.id,
            col(ChangeSet.submitted_at) >= decided_at,
        )
    ).first()
    of_it = [step for step in steps if step.from_state == S.PENDING]
    if newer is not None or len(steps) > 1 or len(of_it) != len(steps):
        raise SomethingFollowed
    return bool(steps)


def _take_off(
    session: Session,
    staff: Staff,
    change: ChangeSet,
    listing: Listing,
    decided_at: datetime,
    *,
    at: datetime,
) -> None:
    """What went on sale with it goes, and what was on sale before comes back."""
    version = session.get(ListingVersion, listing.live_version_id)
    if version is None or (version.made_by, version.made_at) != (staff.id, decided_at):
        raise SomethingFollowed
    unpublish(session, listing, version, change.base_version_id, at=at)
