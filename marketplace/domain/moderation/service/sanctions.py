"""Taking a listing off the marketplace, bringing it back, and the points it costs the seller."""

from datetime import datetime

from sqlmodel import Session, col, select, update

from marketplace.domain.access.models import Actor, Permission, Staff
from marketplace.domain.audit import service as audit
from marketplace.domain.catalog.models import Listing, ListingStatus
from marketplace.domain.catalog.rules.machine import KIND, MACHINE
from marketplace.domain.catalog.service.listings import live_content
from marketplace.domain.moderation.models import ChangeSet, PolicyCode, Violation
from marketplace.domain.moderation.rules.points import until
from marketplace.domain.moderation.service.deciding import (
    locked_listing,
    require_code,
    require_other_shop,
    require_places,
)
from marketplace.domain.moderation.service.reports import close_all
from marketplace.domain.moderation.service.submitting import ON_SHELF
from marketplace.domain.moderation.service.telling import tell_shop
from marketplace.domain.moderation.service.withdrawing import withdraw_waiting
from marketplace.domain.moves import service as moves
from marketplace.domain.moves.models import Move
from marketplace.domain.sellers.service.telling import tell_market
from marketplace.kit.errors import Invalid, NotFound
from marketplace.kit.ids import new_id
from marketplace.kit.languages import N_
from marketplace.kit.states import MoveNotAllowed

S = ListingStatus
BACK = {
    S.LIVE: N_("“{title}” is on sale again."),
    S.OFF_SHELF: N_("“{title}” is no longer taken down. It stays paused."),
}


def take_down(
    session: Session, staff: Staff, listing_id: str, *, code: str, note: str, at: datetime
) -> None:
    """Off the marketplace for breaking a rule; an edit that waits is withdrawn with it, nobody
    has to look at it any more, open reports are closed. Raises `MoveNotAllowed`, `Invalid`, `NotFound`, `NotYourOwn`.
    """
    staff.require(Permission.MODERATION_DECIDE)
    listing = locked_listing(session, listing_id)
    require_other_shop(session, staff, listing.seller_id)
    broken = require_code(session, code)
    if listing.status not in ON_SHELF:
        raise MoveNotAllowed  # what waits for a review is refused there
    moves.move(session, staff, MACHINE, KIND, listing, S.TAKEN_DOWN, at=at, reason=code, note=note)
    listing.reason, listing.note, listing.updated_at = code, note, at
    withdraw_waiting(session, staff, listing, at=at, reason=code)
    _look_no_more(session, staff, listing, at=at)
    _count(session, staff, listing, broken, note, at=at)
    close_all(session, staff, listing.id, at=at)
    tell_shop(
        session,
        listing,
        N_("“{title}” was taken down: {reason}"),
        at=at,
        code=code,
        note=note,
        by_letter=True,
    )
    _audit(session, staff, "moderation.taken_down", listing, at=at, code=code, note=note)


def restore(session: Session, staff: Staff, listing_id: str, *, note: str, at: datetime) -> None:
    """As it was before, on sale or paused; the points are taken back. Raises `MoveNotAllowed`,
    `NotFound`."""
    staff.require(Permission.MODERATION_DECIDE)
    listing = locked_listing(session, listing_id)
    require_other_shop(session, staff, listing.seller_id)
    if listing.status is not S.TAKEN_DOWN:
        raise MoveNotAllowed
    put_back(session, staff, listing, note=note, at=at)
    _audit(session, staff, "moderation.restored", listing, at=at, note=note)


def put_back(session: Session, actor: Actor, listing: Listing, *, note: str, at: datetime) -> None:
    """A listing taken down is what it was, on sale or paused by its shop, and the points of this
    taking down are gone. Raises `PlaceIsGone`."""
    content = live_content(session, listing)
    if content is not None:
        require_places(session, content)
    down = _last_taken_down(session, listing.id)
    to = S.OFF_SHELF if down is not None and down.from_state == S.OFF_SHELF else S.LIVE
    moves.move(session, actor, MACHINE, KIND, listing, to, at=at, note=note)
    listing.reason, listing.note, listing.updated_at = "", "", at
    violation = last_violation(session, listing.id)
    if violation is not None and down is not None and violation.at == down.at:
        violation.cancelled_at = at
        tell_market(session, violation.seller_id, at=at)
    tell_shop(session, listing, BACK[to], at=at)


def cancel_violation(
    session: Session, staff: Staff, violation_id: str, *, note: str, at: datetime
) -> None:
    """Its points no longer count; the shop is told. `note` is for colleagues, in the audit log.

    Raises `NotFound`, `Invalid` without a note, `MoveNotAllowed` if it was cancelled before.
    """
    staff.require(Permission.MODERATION_DECIDE)
    row = session.exec(
        select(Violation).where(Violation.id == violation_id).with_for_update()
    ).first()
    if row is None:
        raise NotFound
    require_other_shop(session, staff, row.seller_id)
    if row.cancelled_at is not None:
        raise MoveNotAllowed
    if not note.strip():
        raise Invalid({"note": N_("Say why they no longer count.")})
    row.cancelled_at = at
    tell_market(session, row.seller_id, at=at)
    listing = session.get(Listing, row.listing_id)
    if listing is not None:
        tell_shop(session, listing, N_("The points for “{title}” no longer count."), at=at)
    audit.record(
        session,
        staff,
        "moderation.violation_cancelled",
        "violation",
        row.id,
        at=at,
        before={"points": row.points},
        after={"points": 0, "note": note},
        seller_id=row.seller_id,
    )


def last_violation(session: Session, listing_id: str) -> Violation | None:
    """The newest that still stands."""
    return session.exec(
        select(Violation)
        .where(Violation.listing_id == listing_id, col(Violation.cancelled_at).is_(None))
        .order_by(col(Violation.at).desc(), col(Violation.id).desc())
        .with_for_update()
    ).first()


def _last_taken_down(session: Session, listing_id: str) -> Move | None:
    return session.exec(
        select(Move)
        .where(Move.kind == KIND, Move.subject_id == listing_id, Move.to_state == S.TAKEN_DOWN)
        .where(col(Move.from_state).in_([S.LIVE, S.OFF_SHELF]))
        .order_by(col(Move.at).desc(), col(Move.id).desc())
        .limit(1)
    ).first()


def _look_no_more(session: Session, staff: Staff, listing: Listing, *, at: datetime) -> None:
    session.exec(
        update(ChangeSet)
        .where(
            col(ChangeSet.listing_id) == listing.id,
            col(ChangeSet.needs_look).is_(True),
            col(ChangeSet.looked_at).is_(None),
        )
        .values(looked_at=at, decided_by=staff.id)
        .execution_options(synchronize_session="fetch")
    )


def _count(
    session: Session, staff: Staff, listing: Listing, code: PolicyCode, note: str, *, at: datetime
) -> None:
    session.add(
        Violation(
            id=new_id("vio"),
            seller_id=listing.seller_id,
            listing_id=listing.id,
            code=code.code,
            points=code.points,
            note=note[:1000],
            at=at,
            until=until(code, at),
            by=staff.id,
        )
    )
    session.flush()
    tell_market(session, listing.seller_id, at=at)


def _audit(
    session: Session, staff: Staff, action: str, listing: Listing, *, at: datetime, **told: str
) -> None:
    audit.record(
        session,
        staff,
        action,
        "listing",
        listing.id,
        at=at,
        after=told,
        seller_id=listing.seller_id,
    )
