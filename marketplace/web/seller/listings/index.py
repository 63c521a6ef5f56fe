"""Seller / Listings: everything the shop sells or prepares to sell (ux.md SE-03)."""

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.catalog.queries.listings import LISTING_SORTS
from marketplace.domain.catalog.service import listings
from marketplace.domain.moderation import service as moderation
from marketplace.flows.listing_list import ShopListing, list_shop_listings, used_categories
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.kit.text import Id
from marketplace.web.guard.policy import Rate, allows
from marketplace.web.messages import say
from marketplace.web.seller.listings import bulk, bulk_view, share
from marketplace.web.seller.listings import index_view as view
from marketplace.web.seller.listings.wording import STATUSES
from marketplace.web.session import current_member
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button
from marketplace.web.ui.index_page import (
    BuiltIn,
    Bulk,
    Choice,
    Column,
    Day,
    Empty,
    Index,
    Listing,
    Option,
    Text,
    index_page,
)
from marketplace.web.ui.index_page.bulk import Ids, each, say_outcome

READ, EDIT = Permission.SHOP_LISTINGS_READ, Permission.SHOP_LISTINGS_EDIT
SHOW = {
    "pending_edits": N_("Pending edits"),
    "out_of_stock": N_("Out of stock"),
    "low_stock": N_("Low stock"),
    "no_sales": N_("No sales in 30 days"),
}


class ListingsState(rx.State):
    """The shop's listings as the URL asks for them."""

    rows: rx.Field[list[ShopListing]] = rx.field(default_factory=list)
    listing: rx.Field[Listing] = rx.field(default_factory=Listing)
    categories: rx.Field[list[Option]] = rx.field(default_factory=list)

    @rx.event(supersedes=True)
    @allows(Audience.SELLER, READ)
    async def load(self):
        self.rows, self.listing = await LISTINGS.answer(
            self, list_shop_listings, await current_member(self)
        )
        used = await db.read(used_categories, await current_member(self))
        self.categories = [Option(*each) for each in used]

    @rx.event
    @allows(Audience.SELLER, EDIT, is_change=True)
    async def create(self):
        id_ = await db.run(listings.create_draft, await current_member(self), at=clock.now())
        return rx.redirect(f"/seller/listings/{id_}")

    @rx.event
    @allows(Audience.SELLER, EDIT, is_change=True)
    async def duplicate(self, listing_id: Id):
        id_ = await db.run(
            listings.duplicate, await current_member(self), listing_id, at=clock.now()
        )
        return [rx.redirect(f"/seller/listings/{id_}"), say(N_("A copy was made as a draft."))]

    @rx.event
    @allows(Audience.SELLER, EDIT, rate=Rate.COSTLY, is_change=True)
    async def submit(self, ids: Ids):
        """Hand in the working copies; what may go on sale at once does."""
        member, at = await current_member(self), clock.now()
        done = await db.run(moderation.submit_many, member, ids, at=at)
        return [ListingsState.load, bulk.say_results(done)]

    @rx.event
    @allows(Audience.SELLER, EDIT, is_change=True)
    async def pause(self, ids: Ids):
        done = await each(listings.pause, await current_member(self), ids, at=clock.now())
        return [ListingsState.load, say_outcome(done)]

    @rx.event
    @allows(Audience.SELLER, EDIT, is_change=True)
    async def resume(self, ids: Ids):
        done = await each(listings.resume, await current_member(self), ids, at=clock.now())
        return [ListingsState.load, say_outcome(done)]

    @rx.event
    @allows(Audience.SELLER, EDIT, is_change=True)
    async def archive(self, ids: Ids):
        done = await each(listings.archive, await current_member(self), ids, at=clock.now())
        return [ListingsState.load, say_outcome(done)]

    @rx.event
    @allows(Audience.SELLER, EDIT, is_change=True)
    async def unarchive(self, listing_id: Id):
        await db.run(listings.unarchive, await current_member(self), listing_id, at=clock.now())
        return [ListingsState.load, say(N_("Taken out of the archive."))]

    @rx.event
    @allows(Audience.SELLER, EDIT, is_change=True)
    async def delete_drafts(self, ids: Ids):
        done = await each(listings.delete_draft, await current_member(self), ids, at=clock.now())
        return [ListingsState.load, say_outcome(done)]


LISTINGS = Index(
    page="/seller/listings",
    audience=Audience.SELLER,
    permission=READ,
    title=N_("Listings"),
    columns=(
        Column("title", N_("Listing"), view.title, sort="title"),
        Column("status", N_("Status"), view.status, on_phone="status"),
        Column("skus", N_("SKUs"), lambda row: view.count(row.variant_count), sort="variants",
               is_number=True, on_phone="hidden"),
        Column("price", N_("Price"), view.price, sort="price", is_number=True),
        Column("stock", N_("Stock"), view.stock, is_number=True),
        Column("sold", N_("Sold, 30 days"), lambda row: view.count(row.sold_30d), sort="sold",
               is_number=True, on_phone="hidden"),
        Column("views", N_("Views, 30 days"), lambda row: view.count(row.views_30d), sort="views",
               is_number=True, on_phone="hidden"),
        Column("rate", N_("Sold per 100 views"), view.rate, is_number=True, on_phone="hidden",
               is_shown=False),
        Column("quality", N_("Quality"), view.quality, sort="quality"),
        Column("category", N_("Category"), view.category, on_phone="hidden"),
        Column("updated", N_("Updated"), view.updated, sort="updated"),
    ),
    sorts=LISTING_SORTS,
    filters=(
        Choice("status", N_("Status"), {
            key: status.label for key, status in STATUSES.items()
            if key not in ("live_edit", "sold_out")
        }),
        Choice("show", N_("Show"), SHOW),
        Choice("category", N_("Category"), ListingsState.categories),
        Text("price_from", N_("Price from")),
        Text("price_to", N_("Price up to")),
        Text("stock_from", N_("Stock from")),
        Text("stock_to", N_("Stock up to")),
        Text("quality_below", N_("Quality below")),
        Text("tag", N_("Tag")),
        Choice("has_reason", N_("Sent back with a reason"), {"yes": N_("Yes")}),
        Day("created_from", N_("Created from")),
        Day("created_to", N_("Created until")),
        Day("updated_from", N_("Updated from")),
        Day("updated_to", N_("Updated until")),
    ),
    built_in=(
        BuiltIn("live", N_("Live"), "status=live"),
        BuiltIn("review", N_("In review"), "status=pending"),
        BuiltIn("fix", N_("To change"), "status=needs_changes,rejected"),
        BuiltIn("paused", N_("Paused"), "status=off_shelf"),
        BuiltIn("out", N_("Out of stock"), "show=out_of_stock"),
        BuiltIn("low", N_("Low stock"), "show=low_stock"),
        BuiltIn("no_sales", N_("No sales, 30 days"), "show=no_sales"),
        BuiltIn("taken_down", N_("Taken down"), "status=taken_down"),
        BuiltIn("drafts", N_("Drafts"), "status=draft"),
        BuiltIn("edits", N_("Pending edits"), "show=pending_edits"),
        BuiltIn("archive", N_("Archive"), "status=archived"),
    ),
    searches=N_("Search title, handle or SKU"),
)  # fmt: skip


def page() -> rx.Component:
    may = ShellState.permissions.contains(EDIT.value)
    new = rx.cond(
        may,
        button(N_("New listing"), variant="primary", icon="plus", on_click=ListingsState.create),
    )
    first = rx.cond(
        may,
        rx.el.div(
            button(
                N_("Add your first product"),
                variant="primary",
                icon="plus",
                on_click=ListingsState.create,
            ),
            button(N_("Import products"), icon="file-up", href="/seller/listings/import"),
            class_name="row justify-center",
        ),
    )
    state = bulk.ListingBulkState
    return rx.el.div(
        index_page(
            LISTINGS,
            ListingsState,
            ListingsState.rows,
            primary=new,
            secondary=rx.cond(
                may, button(N_("Import"), icon="file-up", href="/seller/listings/import")
            ),
            bulk=(
                Bulk(N_("Submit for review"), ListingsState.submit, EDIT),
                Bulk(N_("Pause"), ListingsState.pause, EDIT),
                Bulk(N_("Resume"), ListingsState.resume, EDIT),
                Bulk(N_("Prices…"), state.ask_prices, EDIT),
                Bulk(N_("Stock…"), state.ask_stock, EDIT),
                Bulk(N_("Category…"), state.ask_category, EDIT),
                Bulk(N_("Shipping…"), state.ask_template, EDIT),
                Bulk(N_("Tags…"), state.ask_tags, EDIT),
                Bulk(N_("Export"), state.export, READ),
                Bulk(N_("Archive"), ListingsState.archive, EDIT),
                Bulk(
                    N_("Delete drafts"),
                    ListingsState.delete_drafts,
                    EDIT,
                    confirm=N_(
                        "Delete {n} drafts? What was on sale once is only archived, never deleted."
                    ),
                    is_danger=True,
                ),
            ),
            name=view.name,
            href=lambda row: f"/seller/listings/{row.id}",
            actions=lambda row: view.actions(ListingsState, row, share.ListingShareState.open),
            empty=Empty(
                N_("Your shelf is empty"),
                N_("Add your first product by hand, or bring a whole catalogue from a file."),
                first,
            ),
        ),
        bulk_view.dialogs(state, ListingsState.load),
        share.dialog_of(share.ListingShareState),
        class_name="stack",
    )
