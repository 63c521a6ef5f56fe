"""Handing content in: what may go on sale at once does, the rest waits for somebody."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.audit import service as audit
from marketplace.domain.catalog.models import Listing, ListingStatus
from marketplace.domain.catalog.queries.taxonomy import attributes_of
from marketplace.domain.catalog.rules import merge
from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.catalog.rules.diff import changed_fields
from marketplace.domain.catalog.rules.machine import HAS_BEEN_ON_SALE, KIND, MACHINE
from marketplace.domain.catalog.rules.validate import submit_errors
from marketplace.domain.catalog.service.listings import live_content, own_listing, publish
from marketplace.domain.catalog.service.listings.rows import (
    CARRIER,
    check_references,
    check_skus,
    files_of,
    pictures_of,
)
from marketplace.domain.catalog.service.listings.shelf import check_room
from marketplace.domain.media.models import MediaStatus
from marketplace.domain.media.queries import readiness
from marketplace.domain.media.service import attach
from marketplace.domain.moderation.models import (
    ChangeKind,
    ChangeSet,
    ChangeStatus,
    ReviewPolicy,
)
from marketplace.domain.moderation.queries import judging
from marketplace.domain.moderation.rules import policy
from marketplace.domain.moderation.rules.flags import Flag
from marketplace.domain.moderation.rules.machines import (
    CHANGE,
    CHANGES,
    ChangeWaits,
    NothingToSubmit,
)
from marketplace.domain.moderation.rules.words import Hit
from marketplace.domain.moves import service as moves
from marketplace.kit.errors import Invalid, NotFound, Stale
from marketplace.kit.ids import new_id
from marketplace.kit.languages import N_
from marketplace.kit.states import MoveNotAllowed

S = ListingStatus
P = ReviewPolicy
ON_SHELF = frozenset({S.LIVE, S.OFF_SHELF})
CAN_HAND_IN = frozenset({S.DRAFT, S.PENDING, S.NEEDS_CHANGES, S.TAKEN_DOWN}) | ON_SHELF


@dataclass(frozen=True, slots=True)
class Outcome:
    """`policy` of the strictest part. `is_live`: buyers see all of it now."""

    policy: ReviewPolicy
    change_set_id: str
    is_live: bool


@dataclass(frozen=True, slots=True)
class _Judged:
    policy: ReviewPolicy
    at_once: frozenset[str]
    """Units that need nobody, though others wait."""
    flags: list[Flag]


def submit(
    session: Session, member: SellerMember, listing_id: str, *, version: int, at: datetime
) -> Outcome:
    """Hand in the working copy. What is on sale stays on sale meanwhile (getdokan/dokan#2150).

    Raises `Invalid` by dotted field, `Stale`, `NotFound`, `NothingToSubmit`, `TooManyListings`,
    `MoveNotAllowed` for what was refused for good or is in the archive.
    """
    listing = own_listing(session, member, listing_id)
    if listing.version != version:
        raise Stale
    content = ListingContent.model_validate(listing.draft)
    outcome = propose(session, member, listing, content, at=at)
    _audit(session, member, "moderation.submitted", listing, outcome.change_set_id, at=at)
    return outcome


def propose(
    session: Session,
    member: SellerMember,
    listing: Listing,
    content: ListingContent,
    *,
    at: datetime,
    replaces: bool = True,
) -> Outcome:
    """As `submit`, of any content, for a row the caller has locked.

    What waits already is superseded; without `replaces` it goes on waiting beside a change that
    needs nobody, and `ChangeWaits` is raised for one that does.
    """
    if listing.status not in CAN_HAND_IN:
        raise MoveNotAllowed
    live = live_content(session, listing)
    waiting = open_change(session, listing.id)
    _check_news(waiting if replaces else None, live, content)
    found = _check(session, member, listing, content)
    judged = _judge(session, listing, live, content, found, at=at)
    if waiting is not None and replaces:
        _supersede(session, member, waiting, at=at)
    elif waiting is not None and judged.policy is P.PRE_REVIEW:
        raise ChangeWaits
    if replaces and listing.status in ON_SHELF:
        listing.reason, listing.note = "", ""  # what was sent back is handed in anew
    if listing.status not in ON_SHELF:
        if live is None:
            check_room(session, listing.seller_id)
        return _hand_in(session, member, listing, content, judged, at=at)
    return _edit(session, member, listing, live or content, content, judged, at=at)


def withdraw(session: Session, member: SellerMember, change_set_id: str, *, at: datetime) -> None:
    """Take back what waits; the working copy stays. Raises `MoveNotAllowed`, `NotFound`."""
    member.require(Permission.SHOP_LISTINGS_EDIT)
    change = session.exec(
        select(ChangeSet).where(
            ChangeSet.id == change_set_id, ChangeSet.seller_id == member.seller_id
        )
    ).first()
    if change is None:
        raise NotFound
    listing = own_listing(session, member, change.listing_id)
    session.refresh(change, with_for_update=True)
    moves.move(session, member, CHANGES, CHANGE, change, ChangeStatus.WITHDRAWN, at=at)
    change.decided_at, change.version = at, change.version + 1
    if listing.status is S.PENDING:
        back = S.TAKEN_DOWN if listing.live_version_id else S.DRAFT
        moves.move(session, member, MACHINE, KIND, listing, back, at=at)
    _audit(session, member, "moderation.withdrawn", listing, change.id, at=at)


def open_change(session: Session, listing_id: str) -> ChangeSet | None:
    """The one that waits, locked."""
    return session.exec(
        select(ChangeSet)
        .where(ChangeSet.listing_id == listing_id, ChangeSet.status == ChangeStatus.OPEN)
        .with_for_update()
    ).first()


def _check_news(
    waiting: ChangeSet | None, live: ListingContent | None, content: ListingContent
) -> None:
    before = ListingContent.model_validate(waiting.content) if waiting else live
    if before is not None and not merge.units(before, content):
        raise NothingToSubmit


def _supersede(session: Session, member: SellerMember, waiting: ChangeSet, *, at: datetime) -> None:
    moves.move(session, member, CHANGES, CHANGE, waiting, ChangeStatus.SUPERSEDED, at=at)
    waiting.decided_at, waiting.version = at, waiting.version + 1
    session.flush()


def _check(
    session: Session, member: SellerMember, listing: Listing, content: ListingContent
) -> list[Hit]:
    """Everything that keeps it from being sold, however it would be decided. Returns words that
    only flag."""
    errors = submit_errors(content, attributes_of(session, content.category_id))
    known = readiness(session, pictures_of(content))
    for place, picture in enumerate(content.pictures):
        if known.get(picture.id) is not MediaStatus.READY:
            errors.setdefault(f"pictures.{place}", N_("This picture is not ready yet."))
    hits = judging.word_hits(session, judging.texts(content))
    blocked = [hit for hit in hits if hit.blocks]
    for hit in blocked:
        errors[hit.field] = N_("Words that may not be used here: {words}.")
    if errors:
        raise Invalid(errors, words=", ".join(dict.fromkeys(hit.word for hit in blocked)))
    check_references(session, member, content)
    check_skus(session, listing, content)
    return hits


def _judge(
    session: Session,
    listing: Listing,
    live: ListingContent | None,
    content: ListingContent,
    found: list[Hit],
    *,
    at: datetime,
) -> _Judged:
    flags = judging.flags_of(session, listing, content, found)
    setting = judging.setting_of(session, listing.seller_id, live, content, at=at)
    if live is None:
        return _Judged(policy.new_listing(setting, bool(flags)), frozenset(), flags)
    if listing.status not in ON_SHELF:
        return _Judged(P.PRE_REVIEW, frozenset(), flags)
    changed = merge.units(live, content)
    by_unit = {unit: policy.of_unit(unit, live, content, setting) for unit in changed}
    touched = {_top(unit) for unit in changed}
    concerning = [flag for flag in flags if _top(flag.field) in touched]
    at_once = frozenset(unit for unit, one in by_unit.items() if one is P.AUTO)
    if any(flag.code != "price_outlier" for flag in concerning):
        by_unit = {
            unit: one if one is P.AUTO and _is_number(unit) else P.PRE_REVIEW
            for unit, one in by_unit.items()
        }
        at_once = frozenset(unit for unit in at_once if _is_number(unit))
    return _Judged(policy.strictest(by_unit.values()), at_once, flags)


def _top(field: str) -> str:
    top = field.split(".", maxsplit=1)[0]
    return "title" if top == "title_zh" else top


def _is_number(unit: str) -> bool:
    """Prices and the like say nothing a flag about words or pictures is about."""
    return unit.startswith("variants.") or policy.FIELDS.get(unit) is P.AUTO


def _hand_in(
    session: Session,
    member: SellerMember,
    listing: Listing,
    content: ListingContent,
    judged: _Judged,
    *,
    at: datetime,
) -> Outcome:
    """A listing that is not on the shelf: new, asked to be changed, or taken down and mended."""
    if listing.status is not S.PENDING:
        moves.move(session, member, MACHINE, KIND, listing, S.PENDING, at=at)
    if judged.policy is P.PRE_REVIEW:
        change = _write(session, member, listing, content, judged, P.PRE_REVIEW, at=at)
        return Outcome(P.PRE_REVIEW, change.id, is_live=False)
    change = _pass(session, member, listing, content, judged, judged.policy, at=at)
    moves.move(session, member, MACHINE, KIND, listing, S.LIVE, at=at)
    return Outcome(judged.policy, change.id, is_live=True)


def _edit(
    session: Session,
    member: SellerMember,
    listing: Listing,
    live: ListingContent,
    content: ListingContent,
    judged: _Judged,
    *,
    at: datetime,
) -> Outcome:
    """A listing on the shelf: what may go at once goes, the rest waits beside what is on sale."""
    if judged.policy is not P.PRE_REVIEW:
        change = _pass(session, member, listing, content, judged, judged.policy, at=at)
        return Outcome(judged.policy, change.id, is_live=True)
    if judged.at_once:
        now = merge.applied(live, content, judged.at_once)
        _pass(session, member, listing, now, judged, P.AUTO, at=at)
    change = _write(session, member, listing, content, judged, P.PRE_REVIEW, at=at)
    return Outcome(P.PRE_REVIEW, change.id, is_live=False)


def _pass(
    session: Session,
    member: SellerMember,
    listing: Listing,
    content: ListingContent,
    judged: _Judged,
    how: ReviewPolicy,
    *,
    at: datetime,
) -> ChangeSet:
    """On sale now; somebody looks afterwards if the policy or the sample says so."""
    change = _write(session, member, listing, content, judged, how, at=at)
    trust = judging.trust_of(session, listing.seller_id)
    change.needs_look = how is P.POST_REVIEW or policy.is_sampled(change.id, trust.sample_bps)
    change.decided_at = at
    publish(session, member, listing, content, how=how, at=at)
    return change


def _write(
    session: Session,
    member: SellerMember,
    listing: Listing,
    content: ListingContent,
    judged: _Judged,
    how: ReviewPolicy,
    *,
    at: datetime,
) -> ChangeSet:
    live = live_content(session, listing)
    change = ChangeSet(
        id=new_id("chg"),
        listing_id=listing.id,
        seller_id=listing.seller_id,
        kind=ChangeKind.EDIT if live is not None else ChangeKind.NEW,
        status=ChangeStatus.OPEN if how is P.PRE_REVIEW else ChangeStatus.APPROVED,
        policy=how,
        base_version_id=listing.live_version_id,
        content=content.model_dump(mode="json"),
        fields=list(changed_fields(live, content)),
        flags=[flag.kept() for flag in judged.flags],
        submitted_by=member.id,
        submitted_at=at,
    )
    if listing.status not in HAS_BEEN_ON_SALE:
        listing.reason, listing.note = "", ""
    session.add(listing)
    session.add(change)
    session.flush()
    attach(session, CARRIER, "change_set", change.id, files_of(content), at=at)
    moves.started(session, member, CHANGE, change, at=at)
    return change


def _audit(
    session: Session,
    member: SellerMember,
    action: str,
    listing: Listing,
    change_set_id: str,
    *,
    at: datetime,
) -> None:
    audit.record(
        session,
        member,
        action,
        "listing",
        listing.id,
        at=at,
        after={"change_set": change_set_id},
        seller_id=listing.seller_id,
    )
