"""One change to many listings: each goes on sale or waits as if it were edited alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.catalog.models import Listing
from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.catalog.rules.prices import PriceRule, problem, repriced
from marketplace.domain.catalog.service.listings import live_content, own_listing, write_draft
from marketplace.domain.catalog.service.listings.rows import content_of
from marketplace.domain.moderation.models import ReviewPolicy
from marketplace.domain.moderation.rules.machines import NothingToSubmit
from marketplace.domain.moderation.service.deciding import bring_up_to_date
from marketplace.domain.moderation.service.submitting import ON_SHELF, open_change, propose
from marketplace.kit.errors import DomainError, Invalid
from marketplace.kit.languages import N_, Locale, translate

MOST = 500
Change = Callable[[ListingContent], ListingContent]


@dataclass(frozen=True, slots=True)
class BulkResult:
    """`is_waiting`: done in the draft, and somebody looks before buyers see it. `message` is in the
    member's language, empty where all went well."""

    listing_id: str
    is_done: bool
    is_waiting: bool = False
    message: str = ""


def change_prices(
    session: Session,
    member: SellerMember,
    listing_ids: Sequence[str],
    rule: PriceRule,
    *,
    at: datetime,
) -> list[BulkResult]:
    """New prices for all variants of these listings; one that gets an impossible price stays."""
    return _each(session, member, listing_ids, lambda content: priced(content, rule), at=at)


def change_category(
    session: Session,
    member: SellerMember,
    listing_ids: Sequence[str],
    category_id: str,
    *,
    at: datetime,
) -> list[BulkResult]:
    return _each(session, member, listing_ids, _setting(category_id=category_id), at=at)


def change_template(
    session: Session,
    member: SellerMember,
    listing_ids: Sequence[str],
    template_id: str,
    *,
    at: datetime,
) -> list[BulkResult]:
    return _each(session, member, listing_ids, _setting(shipping_template_id=template_id), at=at)


def change_tags(
    session: Session,
    member: SellerMember,
    listing_ids: Sequence[str],
    *,
    add: Sequence[str] = (),
    remove: Sequence[str] = (),
    at: datetime,
) -> list[BulkResult]:
    def tagged(content: ListingContent) -> ListingContent:
        kept = [tag for tag in content.tags if tag not in remove]
        return content.model_copy(update={"tags": list(dict.fromkeys([*kept, *add]))})

    return _each(session, member, listing_ids, tagged, at=at)


def submit_many(
    session: Session, member: SellerMember, listing_ids: Sequence[str], *, at: datetime
) -> list[BulkResult]:
    """Hand in the working copies."""
    member.require(Permission.SHOP_LISTINGS_EDIT)
    results = []
    for id_ in _few(listing_ids):
        try:
            with session.begin_nested():
                listing = own_listing(session, member, id_)
                outcome = propose(session, member, listing, content_of(listing), at=at)
        except DomainError as error:
            results.append(BulkResult(id_, is_done=False, message=why(error, member.locale)))
        else:
            results.append(BulkResult(id_, is_done=True, is_waiting=not outcome.is_live))
    return results


def priced(content: ListingContent, rule: PriceRule) -> ListingContent:
    """Raises `Invalid` for a price that cannot be."""
    variants, errors = [], {}
    for place, variant in enumerate(content.variants):
        price = repriced(variant.price, rule)
        if fault := problem(price, variant.reference_price, variant.cost):
            errors[f"variants.{place}.price"] = fault
            continue
        variants.append(variant.model_copy(update={"price": price}))
    if errors:
        raise Invalid(errors)
    return content.model_copy(update={"variants": variants})


def _setting(**values: str) -> Change:
    return lambda content: content.model_copy(update=values)


def _each(
    session: Session,
    member: SellerMember,
    listing_ids: Sequence[str],
    change: Change,
    *,
    at: datetime,
) -> list[BulkResult]:
    member.require(Permission.SHOP_LISTINGS_EDIT)
    results = []
    for id_ in _few(listing_ids):
        try:
            with session.begin_nested():
                results.append(_one(session, member, own_listing(session, member, id_), change, at))
        except DomainError as error:
            results.append(BulkResult(id_, is_done=False, message=why(error, member.locale)))
    return results


def _one(
    session: Session, member: SellerMember, listing: Listing, change: Change, at: datetime
) -> BulkResult:
    """The draft gets it, and what is on sale gets it alone: an unfinished edit stays unfinished."""
    live = live_content(session, listing)
    write_draft(session, member, listing, change(content_of(listing)), at=at)
    if live is None or listing.status not in ON_SHELF:
        return BulkResult(listing.id, is_done=True)
    try:
        outcome = propose(session, member, listing, change(live), at=at, replaces=False)
    except NothingToSubmit:
        return BulkResult(listing.id, is_done=True)
    waiting = open_change(session, listing.id)
    if outcome.policy is not ReviewPolicy.PRE_REVIEW and waiting is not None:
        bring_up_to_date(session, waiting, listing)
    return BulkResult(listing.id, is_done=True, is_waiting=not outcome.is_live)


def _few(listing_ids: Sequence[str]) -> list[str]:
    ids = list(dict.fromkeys(listing_ids))
    if len(ids) > MOST:
        raise Invalid({"": N_("At most 500 listings at once.")})
    return ids


def why(error: DomainError, locale: Locale) -> str:
    """The first field's sentence says more than "check the marked fields"."""
    says = (
        next(iter(error.fields.values()))
        if isinstance(error, Invalid) and error.fields
        else error.message
    )
    return translate(locale, says, **error.words)
