"""Small questions of the editor: which listing an address names, who changed it, whose a file is."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.catalog.queries import taxonomy
from marketplace.domain.catalog.queries.listings import listing_for_edit
from marketplace.domain.catalog.rules.content import ListingContent, Picture
from marketplace.domain.catalog.rules.diff import compare
from marketplace.domain.catalog.rules.taxonomy import AttributeField
from marketplace.domain.media.models import Purpose
from marketplace.domain.media.queries import (
    DropFile,
    GalleryPicture,
    drop_file,
    gallery_rows,
    require_owned,
)
from marketplace.domain.moderation.queries import check_words
from marketplace.flows.guess_category import guess
from marketplace.flows.save_listing import kept_listing
from marketplace.kit.text import Prose
from marketplace.web.guard.forms import Form
from marketplace.web.seller.listings.difference import Difference, shown_difference
from marketplace.web.seller.listings.screen import CategoryChoice, choices


class AppealForm(Form):
    text: Prose


def listing_in(path: str) -> str:
    """The id in `/seller/listings/<id>/…`; whatever a client puts there, its owner is checked."""
    parts = path.strip("/").split("/")
    return parts[2][:40] if len(parts) > 2 else ""


def last_change(session: Session, member: SellerMember, listing_id: str) -> dict[str, Any]:
    """Who saved it last, when, and the version that an overwriting save must name."""
    edit = listing_for_edit(session, member, listing_id)
    return {"by": edit.saved_by, "at": edit.updated_at, "version": edit.version}


def difference_to(
    session: Session, member: SellerMember, listing_id: str, content: ListingContent
) -> Difference:
    """What is kept against what is typed but not saved."""
    currency = listing_for_edit(session, member, listing_id).currency
    kept = kept_listing(session, member, listing_id)
    return shown_difference(session, compare(kept.content, content), currency)


def chosen_category(
    session: Session, member: SellerMember, category_id: str
) -> tuple[CategoryChoice, list[AttributeField]]:
    """Raises `NotFound` for a retired one."""
    member.require(Permission.SHOP_LISTINGS_READ)
    node = taxonomy.category(session, category_id)
    row = next(each for each in choices(session) if each.id == node.id)
    return row, taxonomy.attributes_of(session, node.id)


def forbidden_words(session: Session, member: SellerMember, titles: tuple[str, str]) -> list[str]:
    hits = check_words(session, member, {"title": titles[0], "title_zh": titles[1]})
    return list(dict.fromkeys(hit.word for hit in hits))


def judged_title(
    session: Session, member: SellerMember, titles: tuple[str, str]
) -> tuple[list[str], list[CategoryChoice]]:
    """Its forbidden words, and where it probably belongs."""
    rows = {row.id: row for row in choices(session)}
    guessed = [rows[id_] for id_ in guess(session, member, *titles)]
    return forbidden_words(session, member, titles), guessed


def own_pictures(
    session: Session, member: SellerMember, listing_id: str, pictures: Sequence[Picture]
) -> list[GalleryPicture]:
    """The rows of a gallery. Raises `NotFound` for a picture that is neither the seller's nor in
    this listing already."""
    member.require(Permission.SHOP_LISTINGS_EDIT)
    known = {each.id for each in listing_for_edit(session, member, listing_id).content.pictures}
    fresh = [each.id for each in pictures if each.id not in known]
    require_owned(session, member, fresh, Purpose.PICTURE)
    return gallery_rows(session, list(pictures))


def own_document(session: Session, member: SellerMember, media_id: str) -> list[DropFile]:
    require_owned(session, member, [media_id], Purpose.DOCUMENT)
    return [drop_file(session, media_id)]
