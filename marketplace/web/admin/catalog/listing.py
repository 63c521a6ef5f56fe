"""Admin / Catalog / one listing: everything there is of it, and what staff may do about it."""

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.moderation import service as moderation
from marketplace.domain.moderation.queries import CodeRow
from marketplace.flows.content_view import ContentView
from marketplace.flows.listing_file import ListingFile, listing_file, what_changed
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.kit.text import Id, Prose
from marketplace.web.admin.catalog import listing_view as view
from marketplace.web.admin.catalog.listing_deeds import Reason, codes_to_choose
from marketplace.web.guard.policy import allows
from marketplace.web.messages import clear_errors, say
from marketplace.web.session import current_staff


class ListingFileState(rx.State):
    """One listing, the version that is looked at, and the dialog that is open."""

    found: rx.Field[ListingFile | None] = rx.field(None)
    chosen: rx.Field[str] = rx.field("")
    change: rx.Field[ContentView] = rx.field(default_factory=ContentView)
    codes: rx.Field[list[CodeRow]] = rx.field(default_factory=list)
    is_asking: rx.Field[bool] = rx.field(False)

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.CATALOG_READ)
    async def load(self):
        listing_id, at = listing_in(self.router.url.path), clock.now()
        self.found = await db.read(listing_file, await current_staff(self), listing_id, at=at)
        self.chosen, self.is_asking = "", False

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_READ)
    async def compare(self, listing_id: Id, version_id: Id):
        staff = await current_staff(self)
        self.change = await db.read(what_changed, staff, listing_id, version_id)
        self.chosen = version_id

    @rx.event
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE)
    async def ask_down(self):
        self.codes = await db.read(codes_to_choose, await current_staff(self))
        self.is_asking = True
        return clear_errors()

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_READ)
    async def close(self, is_open: bool):
        self.is_asking = False

    @rx.event
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE, is_change=True)
    async def take_down(self, listing_id: Id, form_data: Reason):
        words = {"code": form_data.code, "note": form_data.note, "at": clock.now()}
        await db.run(moderation.take_down, await current_staff(self), listing_id, **words)
        said = say(N_("Taken down. The seller is told and may appeal."))
        return [ListingFileState.load, said]

    @rx.event
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE, is_change=True)
    async def restore(self, listing_id: Id, note: Prose):
        words = {"note": note, "at": clock.now()}
        await db.run(moderation.restore, await current_staff(self), listing_id, **words)
        return [ListingFileState.load, say(N_("It is on sale again, and its points are gone."))]


def listing_in(path: str) -> str:
    """The id in `/admin/listings/<id>`, with or without a language before it."""
    return path.rstrip("/").rsplit("/", 1)[-1][:40]


def page() -> rx.Component:
    return view.listing(ListingFileState)
