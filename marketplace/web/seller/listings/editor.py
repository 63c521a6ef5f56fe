"""Seller / Listings / one listing: the editor (ux.md SE-04)."""

from dataclasses import replace
from typing import Annotated, Any, Literal

import reflex as rx
from pydantic import Field, StringConstraints

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.catalog.queries.listings import TemplateRow
from marketplace.domain.catalog.rules import prose
from marketplace.domain.catalog.rules.content import ListingContent, Picture
from marketplace.domain.catalog.rules.taxonomy import AttributeField
from marketplace.domain.catalog.service import listings
from marketplace.domain.inventory.rules import MOST, MOST_LOW
from marketplace.domain.media.queries import DropFile, GalleryPicture
from marketplace.domain.moderation import service as moderation
from marketplace.flows.save_listing import Kept, save_listing
from marketplace.kit import clock
from marketplace.kit.errors import Stale
from marketplace.kit.languages import N_
from marketplace.kit.text import Id, Line, Version
from marketplace.web.guard.policy import Rate, allows
from marketplace.web.messages import clear_errors, say
from marketplace.web.seller.listings import editor_view as view
from marketplace.web.seller.listings import reading
from marketplace.web.seller.listings.difference import Difference
from marketplace.web.seller.listings.screen import (
    BrandChoice,
    CategoryChoice,
    EditorData,
    Screen,
    Told,
    find_brands,
    find_categories,
    read_screen,
)
from marketplace.web.session import current_member

READ, EDIT = Permission.SHOP_LISTINGS_READ, Permission.SHOP_LISTINGS_EDIT
OptionalId = Annotated[str, StringConstraints(max_length=40, pattern=r"^[a-z0-9_]*$")]
OnHand = Annotated[int, Field(ge=0, le=MOST)]
LowAt = Annotated[int, Field(ge=0, le=MOST_LOW)]
Stock = Annotated[list[OnHand | None], Field(max_length=200)]
"""A number for each variant, None where it is as it was shown."""
Alerts = Annotated[list[LowAt | None], Field(max_length=200)]
Texts = Annotated[list[Annotated[str, StringConstraints(max_length=20_000)]], Field(max_length=80)]
Pictures = Annotated[list[Picture], Field(max_length=15)]
Then = Literal["autosave", "save", "submit"]


class ListingEditorState(rx.State):
    """One listing as its editor shows it; what is typed is in the browser until it is saved."""

    data: rx.Field[EditorData] = rx.field(default_factory=EditorData)
    told: rx.Field[Told] = rx.field(default_factory=Told)
    fields: rx.Field[list[AttributeField]] = rx.field(default_factory=list)
    category: rx.Field[CategoryChoice] = rx.field(default_factory=CategoryChoice)
    categories: rx.Field[list[CategoryChoice]] = rx.field(default_factory=list)
    brand: rx.Field[BrandChoice] = rx.field(default_factory=BrandChoice)
    brands: rx.Field[list[BrandChoice]] = rx.field(default_factory=list)
    templates: rx.Field[list[TemplateRow]] = rx.field(default_factory=list)
    pictures: rx.Field[list[GalleryPicture]] = rx.field(default_factory=list)
    documents: rx.Field[list[DropFile]] = rx.field(default_factory=list)
    previews: rx.Field[list[str]] = rx.field(default_factory=list)
    hints: rx.Field[list[str]] = rx.field(default_factory=list)
    guesses: rx.Field[list[CategoryChoice]] = rx.field(default_factory=list)
    conflict: rx.Field[dict[str, Any]] = rx.field(default_factory=dict)
    is_appealing: rx.Field[bool] = rx.field(False)
    difference: rx.Field[Difference] = rx.field(default_factory=Difference)
    is_comparing: rx.Field[bool] = rx.field(False)

    @rx.event(supersedes=True)
    @allows(Audience.SELLER, READ)
    async def load(self):
        listing_id, at = reading.listing_in(self.router.url.path), clock.now()
        self._leave_other(listing_id)
        self._show(await db.read(read_screen, await current_member(self), listing_id, at=at))
        return clear_errors()

    @rx.event
    @allows(Audience.SELLER, EDIT, rate=Rate.VIEW, is_change=True)
    async def save(
        self, listing_id: Id, version: Version, content: ListingContent, stock: Stock,
        alerts: Alerts, then: Then,
    ):  # fmt: skip
        try:
            kept = await db.run(
                save_listing, await current_member(self), listing_id, content,
                stock=stock, alerts=alerts, version=version, at=clock.now(),
            )  # fmt: skip
        except Stale:
            return ListingEditorState.tell_conflict(listing_id)
        self._keep(kept)
        return AFTER_SAVE[then](listing_id, kept.version)

    @rx.event
    @allows(Audience.SELLER, EDIT)
    async def tell_conflict(self, listing_id: Id):
        """Nothing of what was typed is lost: the page asks whose is to stay."""
        self.conflict = await db.read(reading.last_change, await current_member(self), listing_id)

    @rx.event
    @allows(Audience.SELLER, READ, rate=Rate.VIEW)
    async def compare(self, listing_id: Id, content: ListingContent):
        """What is kept against what is typed here; neither changes."""
        self.difference = await db.read(
            reading.difference_to, await current_member(self), listing_id, content
        )
        self.is_comparing = True

    @rx.event
    @allows(Audience.SELLER, READ)
    async def show_comparison(self, is_open: bool):
        self.is_comparing = is_open

    @rx.event
    @allows(Audience.SELLER, EDIT, is_change=True)
    async def submit(self, listing_id: Id, version: Version):
        outcome = await db.run(
            moderation.submit,
            await current_member(self),
            listing_id,
            version=version,
            at=clock.now(),
        )
        said = N_("It is on sale.") if outcome.is_live else N_("Sent in. We will look at it soon.")
        return [ListingEditorState.load, say(said)]

    @rx.event
    @allows(Audience.SELLER, EDIT, is_change=True)
    async def withdraw(self, change_id: Id):
        await db.run(moderation.withdraw, await current_member(self), change_id, at=clock.now())
        return [ListingEditorState.load, say(N_("Taken back. You can go on editing."))]

    @rx.event
    @allows(Audience.SELLER, EDIT, is_change=True)
    async def discard(self, listing_id: Id, version: Version):
        await db.run(
            listings.discard_draft,
            await current_member(self),
            listing_id,
            version=version,
            at=clock.now(),
        )
        return [ListingEditorState.load, say(N_("Back to what is on sale."))]

    @rx.event
    @allows(Audience.SELLER, EDIT)
    async def show_appeal(self, is_open: bool):
        self.is_appealing = is_open

    @rx.event
    @allows(Audience.SELLER, EDIT, is_change=True)
    async def appeal(self, listing_id: Id, form_data: reading.AppealForm):
        await db.run(
            moderation.appeal,
            await current_member(self),
            listing_id,
            form_data.text,
            at=clock.now(),
        )
        self.is_appealing = False
        return [ListingEditorState.load, say(N_("Your appeal is with us."))]

    @rx.event(supersedes=True)
    @allows(Audience.SELLER, READ)
    async def find_category(self, search: Line, parent_id: OptionalId):
        self.categories = await db.read(
            find_categories, await current_member(self), search, parent_id
        )

    @rx.event
    @allows(Audience.SELLER, READ)
    async def choose_category(self, category_id: Id):
        self.category, self.fields = await db.read(
            reading.chosen_category, await current_member(self), category_id
        )

    @rx.event(supersedes=True)
    @allows(Audience.SELLER, READ)
    async def find_brand(self, search: Line):
        self.brands = await db.read(find_brands, await current_member(self), search)

    @rx.event(supersedes=True)
    @allows(Audience.SELLER, READ)
    async def preview(self, texts: Texts):
        self.previews = [prose.rendered(text) if text else "" for text in texts]

    @rx.event(supersedes=True)
    @allows(Audience.SELLER, READ)
    async def check(self, title: Line, title_zh: Line):
        self.hints, self.guesses = await db.read(
            reading.judged_title, await current_member(self), (title, title_zh)
        )

    @rx.event
    @allows(Audience.SELLER, EDIT)
    async def arrange(self, pictures: Pictures):
        """The gallery's new order and words; they are saved with everything else."""
        self.pictures = await db.read(
            reading.own_pictures, await current_member(self), self.data.id, pictures
        )

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_MANAGE)
    async def add_document(self, media_id: Id):
        rows = await db.read(reading.own_document, await current_member(self), media_id)
        self.documents = [*(row for row in self.documents if row.id != media_id), *rows][-50:]

    def _leave_other(self, listing_id: str) -> None:
        """Nothing of the listing shown before stands where this one will be."""
        if self.data.id != listing_id:
            self.data, self.told = EditorData(), Told()

    def _show(self, screen: Screen) -> None:
        self.data, self.told, self.fields = screen.data, screen.told, screen.fields
        self.category, self.brand, self.templates = screen.category, screen.brand, screen.templates
        self.pictures, self.documents = screen.pictures, screen.documents
        self.conflict, self.hints, self.guesses = {}, [], []
        self.previews = [
            prose.rendered(text)
            for block in screen.data.content["blocks"]
            for text in (block["text"], block["text_zh"])
        ]

    def _keep(self, kept: Kept) -> None:
        self.conflict = {}
        self.data = replace(
            self.data,
            content=kept.content.model_dump(mode="json"),
            version=kept.version,
            stock=kept.stock,
            stockable=self.data.stockable and list(kept.stockable),
            saved=self.data.saved + 1,
            saved_at=clock.now().isoformat(),
            may_submit=True,
        )


AFTER_SAVE = {
    "autosave": lambda listing_id, version: None,
    "save": lambda listing_id, version: say(N_("Saved.")),
    "submit": ListingEditorState.submit,
}


def page() -> rx.Component:
    return view.editor(ListingEditorState)
