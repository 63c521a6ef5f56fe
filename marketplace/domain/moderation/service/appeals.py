"""A seller asks somebody else to look at a decision again."""

from datetime import datetime

from sqlmodel import Session

from marketplace.domain.access.models import Permission, SellerMember, Staff
from marketplace.domain.audit import service as audit
from marketplace.domain.catalog.models import Listing, ListingStatus
from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.catalog.rules.machine import KIND, MACHINE
from marketplace.domain.catalog.service.listings import publish
from marketplace.domain.moderation.models import (
    Appeal,
    AppealStatus,
    ChangeSet,
    ChangeStatus,
    ReviewPolicy,
)
from marketplace.domain.moderation.queries.decisions import (
    APPEALED,
    decision_against,
    is_appealed,
    last_refused,
)
from marketplace.domain.moderation.rules.machines import (
    APPEAL,
    APPEALS,
    CHANGE,
    AlreadyAppealed,
    NothingToAppeal,
    NotYourOwn,
)
from marketplace.domain.moderation.service.deciding import (
    locked_listing,
    require_other_shop,
    require_places,
)
from marketplace.domain.moderation.service.sanctions import last_violation, put_back
from marketplace.domain.moderation.service.telling import tell_shop
from marketplace.domain.moves import service as moves
from marketplace.kit.errors import Invalid, NotFound, Stale
from marketplace.kit.ids import new_id
from marketplace.kit.languages import N_
from marketplace.kit.states import MoveNotAllowed

S = ListingStatus


def appeal(
    session: Session, member: SellerMember, listing_id: str, text: str, *, at: datetime
) -> str:
    """Against a refusal or a taking down; open to those whose editing was taken away, too.

    Returns its id. Raises `NothingToAppeal`, `AlreadyAppealed`, `Invalid`, `NotFound`.
    """
    member.require(Permission.SHOP_LISTINGS_EDIT)
    listing = locked_listing(session, listing_id)
    if listing.seller_id != member.seller_id:
        raise NotFound
    if listing.status not in APPEALED:
        raise NothingToAppeal
    if not text.strip():
        raise Invalid({"text": N_("Say why you think the decision is wrong.")})
    if is_appealed(session, listing):
        raise AlreadyAppealed
    decision = decision_against(session, listing)
    violation = last_violation(session, listing.id) if listing.status is S.TAKEN_DOWN else None
    row = Appeal(
        id=new_id("apl"),
        listing_id=listing.id,
        seller_id=listing.seller_id,
        violation_id=violation.id if violation else "",
        against=decision[0] if decision else "",
        status=AppealStatus.OPEN,
        text=text.strip(),
        by=member.id,
        at=at,
    )
    session.add(row)
    session.flush()
    moves.started(session, member, APPEAL, row, at=at)
    audit.record(
        session,
        member,
        "moderation.appealed",
        APPEAL,
        row.id,
        at=at,
        after={"listing": listing.id},
        seller_id=row.seller_id,
    )
    return row.id


def decide_appeal(
    session: Session,
    staff: Staff,
    appeal_id: str,
    *,
    is_granted: bool,
    answer: str,
    version: int,
    at: datetime,
) -> None:
    """Somebody else than who decided says whether it stands.

    Granted: what was taken down is on sale again and its points are gone; what was refused goes
    on sale as it was handed in. Raises `NotYourOwn`, `Stale`, `MoveNotAllowed`, `NotFound`,
    `Invalid` without an answer, `PlaceIsGone`.
    """
    staff.require(Permission.MODERATION_DECIDE)
    row, listing = _locked(session, appeal_id)
    require_other_shop(session, staff, row.seller_id)
    if staff.id == row.against:
        raise NotYourOwn
    if row.status is not AppealStatus.OPEN:
        raise MoveNotAllowed
    if row.version != version:
        raise Stale
    if not answer.strip():
        raise Invalid({"answer": N_("Write an answer to the seller.")})
    to = AppealStatus.GRANTED if is_granted else AppealStatus.UPHELD
    moves.move(session, staff, APPEALS, APPEAL, row, to, at=at, note=answer)
    row.answer, row.decided_by, row.decided_at = answer.strip(), staff.id, at
    row.version += 1
    if is_granted:
        _take_back(session, staff, listing, answer, at=at)
    else:
        message = N_("Your appeal about “{title}” was read; the decision stands.")
        tell_shop(session, listing, message, at=at)
    audit.record(
        session,
        staff,
        "moderation.appeal_decided",
        APPEAL,
        row.id,
        at=at,
        after={"granted": is_granted, "listing": listing.id},
        seller_id=row.seller_id,
    )


def _locked(session: Session, appeal_id: str) -> tuple[Appeal, Listing]:
    found = session.get(Appeal, appeal_id)
    if found is None:
        raise NotFound
    listing = locked_listing(session, found.listing_id)
    session.refresh(found, with_for_update=True)
    return found, listing


def _take_back(
    session: Session, staff: Staff, listing: Listing, answer: str, *, at: datetime
) -> None:
    if listing.status is S.TAKEN_DOWN:
        put_back(session, staff, listing, note=answer, at=at)
        return
    refused = last_refused(session, listing)
    if listing.status is not S.REJECTED or refused is None:
        return  # the seller went another way meanwhile; the answer is all that is left to give
    content = ListingContent.model_validate(refused.content)
    require_places(session, content)
    change = ChangeSet(
        id=new_id("chg"),
        listing_id=listing.id,
        seller_id=listing.seller_id,
        kind=refused.kind,
        status=ChangeStatus.APPROVED,
        policy=ReviewPolicy.PRE_REVIEW,
        base_version_id=refused.base_version_id,
        content=refused.content,
        fields=refused.fields,
        flags=refused.flags,
        submitted_by=refused.submitted_by,
        submitted_at=at,
        decided_by=staff.id,
        decided_at=at,
    )
    session.add(change)
    session.flush()
    moves.started(session, staff, CHANGE, change, at=at)
    listing.reason, listing.note = "", ""
    moves.move(session, staff, MACHINE, KIND, listing, S.PENDING, at=at)
    moves.move(session, staff, MACHINE, KIND, listing, S.LIVE, at=at, note=answer)
    publish(session, staff, listing, content, how="review", at=at)
    tell_shop(session, listing, N_("“{title}” was approved and is on sale."), at=at)
