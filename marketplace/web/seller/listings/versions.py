"""Seller / Listings / one listing / Versions: what was on sale when, what changed, back to it."""

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
from marketplace.domain.catalog.service import listings
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.kit.text import Id, Version
from marketplace.web.guard.policy import allows
from marketplace.web.messages import say
from marketplace.web.seller.listings import reading
from marketplace.web.seller.listings import versions_view as view
from marketplace.web.seller.listings.difference import Difference, shown_difference
from marketplace.web.session import current_member

READ, EDIT = Permission.SHOP_LISTINGS_READ, Permission.SHOP_LISTINGS_EDIT


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
    currency = listing_for_edit(session, member, listing_id).currency
    return shown_difference(session, diff, currency)


def page() -> rx.Component:
    return view.versions(ListingVersionsState)
