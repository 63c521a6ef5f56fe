"""Admin / Catalog / All listings: everybody's, with what staff may do to many at once."""

from typing import Any, cast

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.catalog.queries.taxonomy import possible_parents
from marketplace.domain.catalog.rules.taxonomy import Named
from marketplace.domain.moderation import service as moderation
from marketplace.domain.moderation.queries import CodeRow
from marketplace.flows import all_listings as flow
from marketplace.flows.all_listings import AnyListingRow
from marketplace.flows.export_table import FileKind, request_export
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.kit.text import Id
from marketplace.web.admin.catalog.listing_deeds import Reason, codes_to_choose, down_dialog
from marketplace.web.admin.catalog.listing_words import STATES
from marketplace.web.admin.catalog.pieces import named
from marketplace.web.guard.forms import Form
from marketplace.web.guard.policy import Rate, allows
from marketplace.web.i18n import locale, number, t, tn
from marketplace.web.messages import clear_errors, say
from marketplace.web.session import current_staff
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button
from marketplace.web.ui.dialog import closes, dialog
from marketplace.web.ui.export_menu import export_menu
from marketplace.web.ui.fields import select_field
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
from marketplace.web.ui.media import picture
from marketplace.web.ui.status import status, status_of
from marketplace.web.ui.values import moment, money


class Target(Form):
    category_id: Id


class AllListingsState(rx.State):
    """Listings as the URL asks for them, and what is about to happen to the ticked ones."""

    rows: rx.Field[list[AnyListingRow]] = rx.field(default_factory=list)
    listing: rx.Field[Listing] = rx.field(default_factory=Listing)
    categories: rx.Field[list[Option]] = rx.field(default_factory=list)
    ticked: rx.Field[list[str]] = rx.field(default_factory=list)
    dialog: rx.Field[str] = rx.field("")
    codes: rx.Field[list[CodeRow]] = rx.field(default_factory=list)
    places: rx.Field[list[Named]] = rx.field(default_factory=list)

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.CATALOG_READ)
    async def load(self):
        self.rows, self.listing = await LISTINGS.answer(
            self, flow.all_listings, await current_staff(self)
        )
        self.places = await db.read(possible_parents, await current_staff(self), "")
        self.categories = [Option(each.id, f"{each.name} {each.name_zh}") for each in self.places]

    @rx.event
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE)
    async def ask_down(self, ids: Ids):
        self.codes = await db.read(codes_to_choose, await current_staff(self))
        self.ticked, self.dialog = list(ids), "down"
        return clear_errors()

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_MANAGE)
    async def ask_category(self, ids: Ids):
        self.ticked, self.dialog = list(ids), "category"
        return clear_errors()

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_READ)
    async def close(self, is_open: bool):
        self.dialog = ""

    @rx.event
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE, is_change=True)
    async def take_down(self, ids: Ids, form_data: Reason):
        words = {"code": form_data.code, "note": form_data.note, "at": clock.now()}
        done = await each(moderation.take_down, await current_staff(self), ids, **words)
        return [AllListingsState.close(False), AllListingsState.load, say_outcome(done)]

    @rx.event
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE, is_change=True)
    async def restore(self, ids: Ids):
        words = {"note": "", "at": clock.now()}
        done = await each(moderation.restore, await current_staff(self), ids, **words)
        return [AllListingsState.load, say_outcome(done)]

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_MANAGE, is_change=True)
    async def recategorise(self, ids: Ids, form_data: Target):
        words = {"category_id": form_data.category_id, "at": clock.now()}
        done = await each(flow.recategorise, await current_staff(self), ids, **words)
        return [AllListingsState.close(False), AllListingsState.load, say_outcome(done)]

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_MANAGE, rate=Rate.COSTLY, is_change=True)
    async def export(self, kind: FileKind):
        asked = dict(self.router.url.query_parameters)
        words = {"at": clock.now(), "kind": kind}
        await db.run(request_export, await current_staff(self), "listings", asked, **words)
        return say(N_("The file is being written. You will find it under the bell."))


_act = cast(Any, AllListingsState)
"""The same, where Reflex's types know nothing of a form."""


def _title(row: rx.vars.ObjectVar[AnyListingRow]) -> rx.Var[str]:
    return rx.cond(locale() == "zh-CN", row.title_zh, row.title).to(str)


def _name(row: rx.vars.ObjectVar[AnyListingRow]) -> rx.Component:
    return rx.el.span(
        picture(row.cover, "", size=32),
        rx.el.span(_title(row), class_name="truncate max-w-[320px]"),
        class_name="inline-flex items-center gap-3 min-w-0",
    )


def _state(row: rx.vars.ObjectVar[AnyListingRow]) -> rx.Component:
    return rx.el.span(
        status_of(row.status, STATES),
        rx.cond(
            row.has_draft & (row.status == "live"),
            status(N_("Edit waiting"), "info", icon="pencil"),
        ),
        class_name="inline-flex flex-wrap gap-1",
    )


def _price(row: rx.vars.ObjectVar[AnyListingRow]) -> rx.Component:
    return rx.el.span(
        money(row.price_low, row.currency),
        rx.cond(
            row.price_high != row.price_low,
            rx.fragment(" – ", money(row.price_high, row.currency)),
        ),
        class_name="whitespace-nowrap",
    )


LISTINGS = Index(
    page="/admin/listings",
    audience=Audience.STAFF,
    permission=Permission.CATALOG_READ,
    title=N_("All listings"),
    columns=(
        Column("title", N_("Listing"), _name, sort="title"),
        Column("seller", N_("Seller"), lambda row: row.seller),
        Column(
            "category",
            N_("Category"),
            lambda row: rx.cond(locale() == "zh-CN", row.category_zh, row.category),
        ),
        Column("state", N_("State"), _state, on_phone="status"),
        Column("price", N_("Price"), _price, sort="price", is_number=True),
        Column("variants", N_("Variants"), lambda row: number(row.variant_count), is_number=True),
        Column(
            "quality",
            N_("Quality"),
            lambda row: number(row.quality),
            sort="quality",
            is_number=True,
        ),
        Column(
            "sold", N_("Sold 30 d"), lambda row: number(row.sold_30d), sort="sold", is_number=True
        ),
        Column("updated", N_("Updated"), lambda row: moment(row.updated_at), sort="updated"),
    ),
    sorts=("-updated", "title", "price", "quality", "sold"),
    filters=(
        Choice("status", N_("State"), {key: one.label for key, one in STATES.items()}),
        Choice("category", N_("Category"), AllListingsState.categories),
        Text("seller", N_("Seller (address or id)")),
        Text("quality_below", N_("Quality below")),
        Day("updated_from", N_("Updated from")),
        Day("updated_to", N_("Updated until")),
    ),
    built_in=(
        BuiltIn("live", N_("Live"), "status=live"),
        BuiltIn("pending", N_("In review"), "status=pending"),
        BuiltIn("down", N_("Taken down"), "status=taken_down"),
    ),
    searches=N_("Title, SKU or address"),
)


def page() -> rx.Component:
    return rx.el.div(
        index_page(
            LISTINGS,
            AllListingsState,
            AllListingsState.rows,
            name=_title,
            primary=rx.cond(
                ShellState.permissions.contains(Permission.CATALOG_MANAGE.value),
                export_menu(AllListingsState.export),
            ),
            href=lambda row: "/admin/listings/" + row.id.to(str),
            bulk=(
                Bulk(
                    N_("Take down…"),
                    AllListingsState.ask_down,
                    Permission.MODERATION_DECIDE,
                    is_danger=True,
                ),
                Bulk(
                    N_("Put back on sale"), AllListingsState.restore, Permission.MODERATION_DECIDE
                ),
                Bulk(
                    N_("Change category…"), AllListingsState.ask_category, Permission.CATALOG_MANAGE
                ),
            ),
            empty=Empty(
                N_("No listings yet"),
                N_("What sellers draft, hand in and sell appears here."),
            ),
        ),
        _down(),
        _category(),
    )


def _down() -> rx.Component:
    return down_dialog(
        tn("Take {n} listing down?", "Take {n} listings down?", AllListingsState.ticked.length()),
        t("Buyers no longer see them, the sellers get the rule's points and may appeal."),
        AllListingsState.codes,
        is_open=AllListingsState.dialog == "down",
        on_submit=lambda data: _act.take_down(AllListingsState.ticked, data),
        on_close=AllListingsState.close,
    )


def _category() -> rx.Component:
    return dialog(
        tn(
            "Move {n} listing to another category",
            "Move {n} listings to another category",
            AllListingsState.ticked.length(),
        ),
        rx.el.form(
            select_field(
                N_("Category"),
                "category_id",
                rx.fragment(
                    rx.foreach(
                        AllListingsState.places,
                        lambda place: rx.el.option(named(place), value=place.id),
                    )
                ),
            ),
            id="listings-category",
            on_submit=lambda data: _act.recategorise(AllListingsState.ticked, data),
            class_name="stack",
        ),
        description=t("What is on sale stays on sale; editors that are open must reload."),
        footer=(
            closes(button(N_("Cancel"))),
            button(N_("Move"), variant="primary", type="submit", form="listings-category"),
        ),
        is_open=AllListingsState.dialog == "category",
        on_open_change=AllListingsState.close,
    )
