"""The working copy of a listing: made, saved, copied, thrown away. Buyers never see it."""

import re
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.audit import service as audit
from marketplace.domain.catalog.models import Listing, ListingStatus, ListingVersion, Variant
from marketplace.domain.catalog.rules.content import ListingContent, VariantContent
from marketplace.domain.catalog.rules.machine import KIND, NotADraft
from marketplace.domain.catalog.rules.sku import fill
from marketplace.domain.catalog.rules.slugs import slug_of
from marketplace.domain.catalog.rules.validate import draft_errors
from marketplace.domain.catalog.service.listings.addresses import tail_of
from marketplace.domain.catalog.service.listings.rows import (
    actor_name,
    check_purposes,
    check_references,
    check_skus,
    content_of,
    document,
    foreign_variants,
    free_handle,
    live_content,
    others_skus,
    own_listing,
    project,
    require_editing,
    use_files,
)
from marketplace.domain.media.service import detach
from marketplace.domain.moves import service as moves
from marketplace.kit.errors import Invalid, NotFound, Stale
from marketplace.kit.ids import ID_PATTERN, new_id
from marketplace.kit.languages import N_
from marketplace.kit.states import MoveNotAllowed
from marketplace.settings import settings

LONGEST_HANDLE = 120


def create_draft(
    session: Session,
    member: SellerMember,
    *,
    at: datetime,
    content: ListingContent | None = None,
    handle: str = "",
) -> str:
    """A new listing nobody sees yet, with one variant to begin with. Returns its id.

    Raises `Invalid`, also for a `handle` the seller uses already, and `NotAllowed`.
    """
    member.require(Permission.SHOP_LISTINGS_EDIT)
    require_editing(session, member)
    wanted = content or ListingContent()
    id_ = new_id("lst")
    named = handle or slug_of(wanted.title, wanted.title_zh) or f"item-{tail_of(id_)}"
    free = free_handle(session, member.seller_id, named, tail_of(id_))
    if handle and (free != handle or len(handle) > LONGEST_HANDLE):
        raise Invalid({"handle": N_("Another listing of yours has this handle.")})
    listing = Listing(
        id=id_,
        seller_id=member.seller_id,
        status=ListingStatus.DRAFT,
        handle=free,
        slug=f"item-{id_[4:]}",
        currency=settings().currency,
        draft={},
        created_at=at,
        updated_at=at,
    )
    session.add(listing)
    try:
        session.flush()
    except IntegrityError as taken:
        raise Invalid({"handle": N_("Another listing of yours has this handle.")}) from taken
    _store(session, member, listing, wanted, at=at)
    moves.started(session, member, KIND, listing, at=at)
    return id_


def save_draft(
    session: Session,
    member: SellerMember,
    listing_id: str,
    content: ListingContent,
    *,
    version: int,
    at: datetime,
) -> int:
    """Keep the working copy; what is on sale stays as it is. Returns the new version.

    Raises `Stale`, `NotFound`, `Invalid` by dotted field, `MoveNotAllowed` in the archive.
    """
    listing = own_listing(session, member, listing_id)
    if listing.version != version:
        raise Stale
    return write_draft(session, member, listing, content, at=at)


def write_draft(
    session: Session,
    member: SellerMember,
    listing: Listing,
    content: ListingContent,
    *,
    at: datetime,
) -> int:
    """As `save_draft`, of a row the caller has locked."""
    if listing.status is ListingStatus.ARCHIVED:
        raise MoveNotAllowed
    _store(session, member, listing, content, at=at)
    listing.version += 1
    listing.saved_by = actor_name(member)
    session.add(listing)
    session.flush()
    return listing.version


def discard_draft(
    session: Session, member: SellerMember, listing_id: str, *, version: int, at: datetime
) -> int:
    """Back to what is on sale. Raises `Stale`, `NotFound`, `MoveNotAllowed` if never on sale."""
    listing = own_listing(session, member, listing_id)
    if listing.version != version:
        raise Stale
    live = live_content(session, listing)
    if live is None:
        raise MoveNotAllowed
    listing.draft, listing.has_draft = document(live), False
    listing.version, listing.updated_at = listing.version + 1, at
    listing.saved_by = actor_name(member)
    use_files(session, listing, live)
    session.add(listing)
    return listing.version


def restore_version(
    session: Session,
    member: SellerMember,
    listing_id: str,
    version_id: str,
    *,
    version: int,
    at: datetime,
) -> int:
    """An old content becomes the working copy; it goes on sale as any other edit does.

    Variants archived since are back in it. Raises `Stale`, `NotFound`, `Invalid`.
    """
    listing = own_listing(session, member, listing_id)
    old = session.get(ListingVersion, version_id)
    if old is None or old.listing_id != listing.id:
        raise NotFound
    if listing.version != version:
        raise Stale
    return write_draft(session, member, listing, ListingContent.model_validate(old.content), at=at)


def duplicate(session: Session, member: SellerMember, listing_id: str, *, at: datetime) -> str:
    """A new draft like this one, with SKUs, address and handle of its own. Returns its id."""
    content = content_of(own_listing(session, member, listing_id))
    variants = [
        variant.model_copy(update={"id": "", "sku": "", "barcode": "", "extra": {}})
        for variant in content.variants
    ]
    copy = content.model_copy(update={"variants": variants, "slug": "", "extra": {}})
    return create_draft(session, member, at=at, content=copy)


def delete_draft(session: Session, member: SellerMember, listing_id: str, *, at: datetime) -> None:
    """Gone for good; only what was never handed in nor on sale. Raises `NotADraft`, `NotFound`."""
    listing = own_listing(session, member, listing_id)
    if listing.status is not ListingStatus.DRAFT or listing.live_version_id:
        raise NotADraft
    title = listing.title or listing.title_zh
    detach(session, "listing", listing.id, at=at)
    try:
        with session.begin_nested():  # stock or a review may still name it
            session.exec(delete(Variant).where(col(Variant.listing_id) == listing.id))
            session.delete(listing)
            session.flush()
    except IntegrityError as named:
        raise NotADraft from named
    audit.record(
        session,
        member,
        "catalog.draft_deleted",
        "listing",
        listing_id,
        at=at,
        before={"title": title},
        seller_id=member.seller_id,
    )


def _store(
    session: Session,
    member: SellerMember,
    listing: Listing,
    content: ListingContent,
    *,
    at: datetime,
) -> None:
    content = _identified(session, listing, content)
    if errors := draft_errors(content):
        raise Invalid(errors)
    check_references(session, member, content)
    check_purposes(session, member, content)
    content = _with_skus(session, listing, content)
    check_skus(session, listing, content)
    live = live_content(session, listing)
    listing.draft = document(content)
    listing.has_draft = live is not None and document(live) != listing.draft
    listing.updated_at = at
    if live is None:
        project(session, listing, content, at=at)
    if listing.handle.startswith("item-") and (name := slug_of(content.title, content.title_zh)):
        listing.handle = free_handle(session, listing.seller_id, name, tail_of(listing.id))
    session.add(listing)
    use_files(session, listing, content, live)


def _identified(session: Session, listing: Listing, content: ListingContent) -> ListingContent:
    """Every variant gets an id of its own. Raises `NotFound` for one of another listing."""
    if not content.variants:
        first = VariantContent(id=new_id("var"))
        lists = [option for option in content.options if option.values]
        return content if lists else content.model_copy(update={"variants": [first]})
    variants = [
        variant
        if variant.id.startswith("var_") and re.fullmatch(ID_PATTERN, variant.id)
        else variant.model_copy(update={"id": new_id("var")})
        for variant in content.variants
    ]
    if foreign_variants(session, listing.id, [variant.id for variant in variants]):
        raise NotFound
    return content.model_copy(update={"variants": variants})


def _with_skus(session: Session, listing: Listing, content: ListingContent) -> ListingContent:
    if all(variant.sku for variant in content.variants):
        return content
    base = slug_of(content.title, content.title_zh) or listing.handle
    filled = fill(content, base)
    taken = others_skus(session, listing, (variant.sku for variant in filled.variants))
    return fill(content, f"{tail_of(listing.id)}-{base}", taken) if taken else filled
