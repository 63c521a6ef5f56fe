"""Decisions of staff about what was handed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.accounts.queries import identity
from marketplace.domain.audit import service as audit
from marketplace.domain.catalog.models import Brand, Category, Listing, ListingStatus
from marketplace.domain.catalog.queries.listings import version_content
from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.catalog.rules.machine import KIND, MACHINE, TooManyListings
from marketplace.domain.catalog.rules.merge import rebased
from marketplace.domain.catalog.service.listings import live_content, publish
from marketplace.domain.catalog.service.listings.shelf import check_room
from marketplace.domain.moderation.models import ChangeSet, ChangeStatus, PolicyCode
from marketplace.domain.moderation.queries import judging
from marketplace.domain.moderation.rules.machines import (
    CHANGE,
    CHANGES,
    UNDO_WITHIN,
    NeedsRebase,
    NotYourOwn,
    Overlaps,
    ShopHasEnded,
)
from marketplace.domain.moderation.service.telling import tell_shop
from marketplace.domain.moves import service as moves
from marketplace.domain.sellers.models import Seller
from marketplace.domain.sellers.queries.members import works_for
from marketplace.domain.sellers.rules.standing import ENDED
from marketplace.kit.errors import DomainError, Invalid, NotFound, Stale
from marketplace.kit.languages import N_
from marketplace.kit.states import MoveNotAllowed

S = ListingStatus
C = ChangeStatus
TRUSTED_FROM = 3
"""Position of the level from which listings without a flag may be approved many at once."""
MOST_COMMENT = 400


class PlaceIsGone(DomainError):
    message = N_("Its category or brand is not there any more. Ask the shop to choose another one.")


class ShopIsFull(DomainError):
    message = N_("The shop has as many listings on sale as its level allows.")


class NotForMany(DomainError):
    message = N_("Only edits without a hint, of sellers of level 3 and up, are approved in bulk.")


@dataclass(frozen=True, slots=True)
class Refused:
    """`message` is a message id."""

    id: str
    message: str


def approve(
    session: Session,
    staff: Staff,
    change_set_id: str,
    *,
    version: int,
    at: datetime,
    note: str = "",
) -> None:
    """On sale from now on; a paused listing stays paused.

    Raises `NeedsRebase`, `Stale`, `MoveNotAllowed`, `NotFound`, `NotYourOwn`, `Invalid`,
    `PlaceIsGone`, `ShopIsFull`.
    """
    change, listing = _waiting(session, staff, change_set_id, version)
    if change.base_version_id != listing.live_version_id:
        raise NeedsRebase
    content = ListingContent.model_validate(change.content)
    require_places(session, content)
    if listing.status is S.PENDING:
        _require_room(session, listing)
    _decide(session, staff, change, C.APPROVED, at=at, note=note)
    listing.reason, listing.note = "", ""
    if listing.status is S.PENDING:
        moves.move(session, staff, MACHINE, KIND, listing, S.LIVE, at=at, note=note)
    publish(session, staff, listing, content, how="review", at=at)
    tell_shop(session, listing, N_("“{title}” was approved and is on sale."), at=at)
    _audit(session, staff, "moderation.approved", change, at=at)


def reject(
    session: Session,
    staff: Staff,
    change_set_id: str,
    *,
    version: int,
    reason: str,
    at: datetime,
    note: str = "",
    comments: Mapping[str, str] | None = None,
) -> None:
    """Refused for a rule's sake; what is on sale stays. `comments` by dotted field.

    Raises `Invalid` for an unknown rule, and as `approve`.
    """
    change, listing = _waiting(session, staff, change_set_id, version)
    require_code(session, reason)
    _refuse(session, staff, change, reason, note, comments, at=at)
    if listing.status is S.PENDING:
        to = S.TAKEN_DOWN if listing.live_version_id else S.REJECTED
        moves.move(session, staff, MACHINE, KIND, listing, to, at=at, reason=reason, note=note)
    listing.reason, listing.note = reason, note
    tell_shop(
        session,
        listing,
        N_("“{title}” was refused: {reason}"),
        at=at,
        code=reason,
        note=note,
        by_letter=True,
        due_at=at + UNDO_WITHIN,
    )
    _audit(session, staff, "moderation.rejected", change, at=at)


def request_changes(
    session: Session,
    staff: Staff,
    change_set_id: str,
    *,
    version: int,
    at: datetime,
    reason: str = "incomplete",
    note: str = "",
    comments: Mapping[str, str] | None = None,
) -> None:
    """Back to the seller, who may hand it in again. A note or a comment is needed.

    Raises `Invalid`, and as `approve`.
    """
    change, listing = _waiting(session, staff, change_set_id, version)
    require_code(session, reason)
    if not (note.strip() or any((comments or {}).values())):
        raise Invalid({"note": N_("Say what shall be changed.")})
    _refuse(session, staff, change, reason, note, comments, at=at)
    if listing.status is S.PENDING:
        moves.move(
            session, staff, MACHINE, KIND, listing, S.NEEDS_CHANGES, at=at, reason=reason, note=note
        )
    listing.reason, listing.note = reason, note
    tell_shop(session, listing, N_("Please change “{title}” before it can go on sale."), at=at)
    _audit(session, staff, "moderation.changes_requested", change, at=at)


def rebase(
    session: Session, staff: Staff, change_set_id: str, *, version: int, at: datetime
) -> int:
    """Put an edit on top of what is on sale now. Returns the change set's new version.

    Raises `Overlaps` with the fields both sides changed, and as `approve`.
    """
    change, listing = _waiting(session, staff, change_set_id, version)
    overlaps = bring_up_to_date(session, change, listing)
    if overlaps:
        raise Overlaps(overlaps)
    return change.version


def bring_up_to_date(session: Session, change: ChangeSet, listing: Listing) -> tuple[str, ...]:
    """Rebase if nothing overlaps; else change nothing and name what does."""
    if change.base_version_id == listing.live_version_id:
        return ()
    base, live = version_content(session, change.base_version_id), live_content(session, listing)
    if live is None:
        return ()
    ours = ListingContent.model_validate(change.content)
    merged = rebased(base or ListingContent(), live, ours)
    if merged.content is None:
        return merged.overlaps
    change.content = merged.content.model_dump(mode="json")
    change.base_version_id, change.version = listing.live_version_id, change.version + 1
    session.add(change)
    session.flush()
    return ()


def approve_many(
    session: Session, staff: Staff, change_set_ids: Sequence[str], *, at: datetime
) -> list[Refused]:
    """Approve what no rule speaks against, of sellers of level 3 and up; returns the others."""
    staff.require(Permission.MODERATION_DECIDE)
    refused = []
    for id_ in dict.fromkeys(change_set_ids):
        change = session.get(ChangeSet, id_)
        if change is None or change.status is not C.OPEN:
            refused.append(Refused(id_, MoveNotAllowed.message))
            continue
        trust = judging.trust_of(session, change.seller_id)
        if change.flags or trust.position < TRUSTED_FROM:
            refused.append(Refused(id_, NotForMany.message))
            continue
        try:
            with session.begin_nested():
                approve(session, staff, id_, version=change.version, at=at)
        except DomainError as error:
            refused.append(Refused(id_, error.message))
    return refused


def assign(
    session: Session, staff: Staff, change_set_id: str, assignee_id: str, *, at: datetime
) -> None:
    """Say who looks at it; empty for nobody. Raises `NotFound`, also for who may not decide."""
    staff.require(Permission.MODERATION_DECIDE)
    if assignee_id not in ("", staff.id):
        _, rights = identity.staff_rights(session, assignee_id)
        if Permission.MODERATION_DECIDE not in rights:
            raise NotFound
    change = locked(session, change_set_id)
    before = change.assignee_id
    change.assignee_id = assignee_id
    session.add(change)
    audit.record(
        session,
        staff,
        "moderation.assigned",
        CHANGE,
        change.id,
        at=at,
        before={"assignee": before},
        after={"assignee": assignee_id},
        seller_id=change.seller_id,
    )


def look_done(session: Session, staff: Staff, change_set_id: str, *, at: datetime) -> None:
    """What went on sale without waiting is fine. Raises `MoveNotAllowed`, `NotFound`."""
    staff.require(Permission.MODERATION_DECIDE)
    change = locked(session, change_set_id)
    require_other_shop(session, staff, change.seller_id)
    if not change.needs_look or change.looked_at is not None:
        raise MoveNotAllowed
    change.looked_at, change.decided_by = at, staff.id
    change.version += 1
    session.add(change)
    _audit(session, staff, "moderation.looked", change, at=at)


def locked(session: Session, change_set_id: str) -> ChangeSet:
    change = session.exec(
        select(ChangeSet)
        .where(ChangeSet.id == change_set_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if change is None:
        raise NotFound
    return change


def locked_listing(session: Session, listing_id: str) -> Listing:
    listing = session.exec(
        select(Listing)
        .where(Listing.id == listing_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if listing is None:
        raise NotFound
    return listing


def require_code(session: Session, code: str) -> PolicyCode:
    row = session.get(PolicyCode, code)
    if row is None or not row.is_active:
        raise Invalid({"reason": N_("Choose a reason.")})
    return row


def require_other_shop(session: Session, staff: Staff, seller_id: str) -> None:
    """Nobody decides about a shop they work for."""
    if works_for(session, staff.id, seller_id):
        raise NotYourOwn


def _waiting(
    session: Session, staff: Staff, change_set_id: str, version: int
) -> tuple[ChangeSet, Listing]:
    """Both rows locked, the listing first as everywhere, and still to be decided."""
    staff.require(Permission.MODERATION_DECIDE)
    found = session.get(ChangeSet, change_set_id)
    if found is None:
        raise NotFound
    listing = locked_listing(session, found.listing_id)
    change = locked(session, change_set_id)
    require_other_shop(session, staff, change.seller_id)
    if change.status is not C.OPEN or listing.status is ListingStatus.ARCHIVED:
        raise MoveNotAllowed
    if session.get_one(Seller, change.seller_id).status in ENDED:
        raise ShopHasEnded
    if change.version != version:
        raise Stale
    return change, listing


def require_places(session: Session, content: ListingContent) -> None:
    """What waited may name a category or brand that was retired or merged meanwhile.

    Raises `PlaceIsGone`.
    """
    category = session.get(Category, content.category_id)
    brand = session.get(Brand, content.brand_id) if content.brand_id else None
    if category is None or not category.is_active:
        raise PlaceIsGone
    if content.brand_id and (brand is None or not brand.is_active):
        raise PlaceIsGone


def _require_room(session: Session, listing: Listing) -> None:
    """More may have been handed in than the level has room for: that is only asked there one by
    one. What was on sale before, and is put back by an appeal, keeps its place."""
    try:
        check_room(session, listing.seller_id)
    except TooManyListings as full:
        raise ShopIsFull from full


def _refuse(
    session: Session,
    staff: Staff,
    change: ChangeSet,
    reason: str,
    note: str,
    comments: Mapping[str, str] | None,
    *,
    at: datetime,
) -> None:
    change.reason, change.note = reason, note
    change.comments = {
        field[:80]: text[:MOST_COMMENT] for field, text in (comments or {}).items() if text.strip()
    }
    _decide(session, staff, change, C.REJECTED, at=at, reason=reason, note=note)


def _decide(
    session: Session,
    staff: Staff,
    change: ChangeSet,
    to: ChangeStatus,
    *,
    at: datetime,
    reason: str = "",
    note: str = "",
) -> None:
    moves.move(session, staff, CHANGES, CHANGE, change, to, at=at, reason=reason, note=note)
    change.decided_by, change.decided_at, change.version = staff.id, at, change.version + 1
    session.flush()


def _audit(session: Session, staff: Staff, action: str, change: ChangeSet, *, at: datetime) -> None:
    audit.record(
        session,
        staff,
        action,
        "listing",
        change.listing_id,
        at=at,
        after={"change_set": change.id, "reason": change.reason},
        seller_id=change.seller_id,
    )
