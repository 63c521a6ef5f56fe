"""Seller / Listings / one listing / Versions: what was on sale when, what changed, back to it."""

from dataclasses import dataclass, field

import reflex as rx
from sqlmodel import Session

from marketplace import db
from marketplace.domain.access.models import Audience, Permission, SellerMember
from marketplace.domain.catalog.queries.listings import (
    VersionRow,
    listing_for_edit,
    version_diff,
    versions,
)
from marketplace.domain.catalog.rules.diff import ContentDiff, TextPart
from marketplace.domain.catalog.service import listings
from marketplace.domain.media.queries import pictures
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.kit.money import exponent
from marketplace.kit.text import Id, Version
from marketplace.web.guard.policy import allows
from marketplace.web.messages import say
from marketplace.web.seller.listings import reading
from marketplace.web.seller.listings import versions_view as view
from marketplace.web.seller.listings.wording import CELLS, field_name
from marketplace.web.session import current_member

READ, EDIT = Permission.SHOP_LISTINGS_READ, Permission.SHOP_LISTINGS_EDIT
MOST_SHOWN = 50
IN_MINOR_UNITS = {"price", "reference_price", "cost"}


@dataclass(frozen=True, slots=True)
class ChangedText:
    label: str
    parts: list[TextPart]


@dataclass(frozen=True, slots=True)
class ChangedCell:
    variant: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedPicture:
    url: str
    is_added: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """A version against the working copy."""

    texts: list[ChangedText] = field(default_factory=list)
    cells: list[ChangedCell] = field(default_factory=list)
    pictures: list[ChangedPicture] = field(default_factory=list)
    is_reordered: bool = False
    is_same: bool = True


class ListingVersionsState(rx.State):
    """The versions of one listing, and the difference being looked at."""

    is_loaded: rx.Field[bool] = rx.field(False)
    listing_id: rx.Field[str] = rx.field("")
    title: rx.Field[str] = rx.field("")
    title_zh: rx.Field[str] = rx.field("")
    lock: rx.Field[int] = rx.field(0)
    rows: rx.Field[list[VersionRow]] = rx.field(default_factory=list)
    chosen: rx.Field[str] = rx.field("")
    difference: rx.Field[Difference] = rx.field(default_factory=Difference)

    @rx.event(supersedes=True)
    @allows(Audience.SELLER, READ)
    async def load(self):
        listing_id = reading.listing_in(self.router.url.path)
        edit = await db.read(listing_for_edit, await current_member(self), listing_id)
        self.title, self.title_zh, self.lock = (
            edit.content.title,
            edit.content.title_zh,
            edit.version,
        )
        self.rows = await db.read(versions, await current_member(self), listing_id)
        self.listing_id, self.chosen, self.is_loaded = listing_id, "", True

    @rx.event
    @allows(Audience.SELLER, READ)
    async def compare(self, listing_id: Id, version_id: Id):
        self.difference = await db.read(
            read_difference, await current_member(self), listing_id, version_id
        )
        self.chosen = version_id

    @rx.event
    @allows(Audience.SELLER, EDIT, is_change=True)
    async def restore(self, listing_id: Id, version_id: Id, version: Version):
        await db.run(
            listings.restore_version, await current_member(self), listing_id, version_id,
            version=version, at=clock.now(),
        )  # fmt: skip
        said = say(N_("Restored as your working copy. Look it over and publish it."))
        return [rx.redirect(f"/seller/listings/{listing_id}"), said]


def read_difference(
    session: Session, member: SellerMember, listing_id: str, version_id: str
) -> Difference:
    """What the working copy has that the version had not, and the other way round."""
    diff = version_diff(session, member, listing_id, version_id)
    digits = exponent(listing_for_edit(session, member, listing_id).currency)
    faces = pictures(session, (*diff.pictures.added, *diff.pictures.removed))
    shown = [
        ChangedPicture(faces[id_].url_160, is_added)
        for ids, is_added in ((diff.pictures.removed, False), (diff.pictures.added, True))
        for id_ in ids
        if id_ in faces
    ]
    texts, cells = _texts(diff), _cells(diff, digits)
    return Difference(
        texts[:MOST_SHOWN],
        cells[:MOST_SHOWN],
        shown,
        diff.pictures.is_reordered,
        not diff.changed,
    )


def _texts(diff: ContentDiff) -> list[ChangedText]:
    found = [ChangedText(field_name(each.field), list(each.parts)) for each in diff.fields]
    for each in diff.attributes:
        if each.is_changed:
            before, after = ", ".join(each.before), ", ".join(each.after)
            parts = [TextPart("removed", before), TextPart("added", after)]
            found.append(ChangedText(each.code, [part for part in parts if part.text]))
    return found


def _cells(diff: ContentDiff, digits: int) -> list[ChangedCell]:
    found = []
    for row in diff.variants:
        if row.kind in ("added", "removed"):
            words = N_("not there"), N_("there")
            before, after = words if row.kind == "added" else words[::-1]
            found.append(ChangedCell(row.label, N_("Variant"), before, after))
        for cell in row.cells:
            is_money = cell.column in IN_MINOR_UNITS
            before, after = (
                _amount(text, digits) if is_money else text for text in (cell.before, cell.after)
            )
            column = CELLS.get(cell.column, N_("Variant"))
            found.append(ChangedCell(row.label, column, before or "–", after or "–"))
    return found


def _amount(text: str, digits: int) -> str:
    if not text or not digits:
        return text
    padded = text.rjust(digits + 1, "0")
    return f"{padded[:-digits]}.{padded[-digits:]}"


def page() -> rx.Component:
    return view.versions(ListingVersionsState)
