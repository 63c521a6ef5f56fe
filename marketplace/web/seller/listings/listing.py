"""The shop's listings as a list page: what its URL may ask for, and the rows that answer."""

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.catalog.queries.listings import LISTING_SORTS
from marketplace.domain.catalog.service import listings
from marketplace.flows.listing_list import ShopListing, list_shop_listings, used_categories
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.kit.text import Id
from marketplace.web.guard.policy import allows
from marketplace.web.messages import say
from marketplace.web.seller.listings import index_view as view
from marketplace.web.seller.listings.wording import STATUSES
from marketplace.web.session import current_member
from marketplace.web.ui.index_page import (
    BuiltIn,
    Choice,
    Column,
    Day,
    Index,
    Listing,
    Option,
    Text,
)

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
    @allows(Audience.SELLER, EDIT, is_change=True)
    async def pause(self, listing_id: Id):
        await db.run(listings.pause, await current_member(self), listing_id, at=clock.now())
        return [ListingsState.load, say(N_("Paused. Buyers do not see it for now."))]

    @rx.event
    @allows(Audience.SELLER, EDIT, is_change=True)
    async def resume(self, listing_id: Id):
        await db.run(listings.resume, await current_member(self), listing_id, at=clock.now())
        return [ListingsState.load, say(N_("On sale again."))]

    @rx.event
    @allows(Audience.SELLER, EDIT, is_change=True)
    async def unarchive(self, listing_id: Id):
        await db.run(listings.unarchive, await current_member(self), listing_id, at=clock.now())
        return [ListingsState.load, say(N_("Taken out of the archive."))]


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
