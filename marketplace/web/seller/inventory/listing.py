"""Seller / Inventory: every SKU with its units, set one by one or many at once (ux.md C1)."""

from typing import Annotated, Literal

import reflex as rx
from pydantic import Field

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.inventory import queries, service
from marketplace.domain.inventory.models import StockReason
from marketplace.domain.inventory.queries import MovementRow, StockRow
from marketplace.domain.inventory.rules import BY_HAND
from marketplace.domain.inventory.service import Change
from marketplace.flows.export_table import request_export
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.kit.paging import ListQuery
from marketplace.kit.text import Id, Line
from marketplace.web.guard.forms import Form
from marketplace.web.guard.policy import Rate, allows
from marketplace.web.messages import clear_errors, say
from marketplace.web.seller.inventory import view
from marketplace.web.session import current_member
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button
from marketplace.web.ui.index_page import (
    BuiltIn,
    Bulk,
    Choice,
    Column,
    Empty,
    Index,
    Listing,
    index_page,
)
from marketplace.web.ui.index_page.bulk import Ids
from marketplace.web.ui.menu import menu, menu_item

LOG_ROWS = 50
Units = Annotated[str, Field(max_length=12, pattern=r"^[0-9]{1,10}$")]
"""As the form sends it."""


class Stock(Form):
    how: Literal["set", "add", "take"]
    units: Units
    reason: Literal["set", "received", "counted", "damaged", "returned", "correction"]
    low_at: Annotated[str, Field(max_length=7, pattern=r"^[0-9]{1,7}$")]
    note: Line


class Same(Form):
    units: Units


class StockState(rx.State):
    """SKUs as the URL asks for them, and the dialog that is open."""

    rows: rx.Field[list[StockRow]] = rx.field(default_factory=list)
    listing: rx.Field[Listing] = rx.field(default_factory=Listing)
    chosen: rx.Field[StockRow | None] = rx.field(None)
    movements: rx.Field[list[MovementRow]] = rx.field(default_factory=list)
    many: rx.Field[list[str]] = rx.field(default_factory=list)
    dialog: rx.Field[str] = rx.field("")

    @rx.event(supersedes=True)
    @allows(Audience.SELLER, Permission.SHOP_LISTINGS_READ)
    async def load(self):
        self.rows, self.listing = await STOCK.answer(
            self, queries.list_stock, await current_member(self)
        )

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_LISTINGS_EDIT)
    async def ask(self, variant_id: Id):
        self.chosen = await db.read(queries.stock_row, await current_member(self), variant_id)
        self.dialog = "stock"
        return clear_errors()

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_LISTINGS_READ)
    async def show_log(self, variant_id: Id):
        newest = ListQuery(size=LOG_ROWS)
        self.chosen = await db.read(queries.stock_row, await current_member(self), variant_id)
        found = await db.read(
            queries.list_movements, await current_member(self), newest, variant_id
        )
        self.movements, self.dialog = found.rows, "log"

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_LISTINGS_EDIT)
    async def ask_many(self, ids: Ids):
        self.many, self.dialog = list(ids), "many"
        return clear_errors()

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_LISTINGS_READ)
    async def close(self, is_open: bool):
        self.dialog = ""

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_LISTINGS_EDIT, is_change=True)
    async def save(self, variant_id: Id, form_data: Stock):
        await db.run(
            service.edit, await current_member(self), variant_id, how=form_data.how,
            units=int(form_data.units), reason=StockReason(form_data.reason), note=form_data.note,
            low_at=int(form_data.low_at), at=clock.now(),
        )  # fmt: skip
        return [StockState.close(False), StockState.load, say(N_("Stock saved."))]

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_LISTINGS_EDIT, is_change=True)
    async def save_many(self, ids: Ids, form_data: Same):
        changes = [Change(id_, int(form_data.units)) for id_ in ids]
        count = await db.run(
            service.set_many, await current_member(self), changes,
            reason=StockReason.SET, at=clock.now(),
        )  # fmt: skip
        return [
            StockState.close(False),
            StockState.load,
            say(N_("Changed: {n} of {of}."), n=count, of=len(ids)),
        ]

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_LISTINGS_EDIT, rate=Rate.COSTLY, is_change=True)
    async def export(self):
        asked = dict(self.router.url.query_parameters)
        await db.run(request_export, await current_member(self), "stock", asked, at=clock.now())
        return say(N_("The file is being written. You will find it under the bell."))


STOCK = Index(
    page="/seller/inventory",
    audience=Audience.SELLER,
    permission=Permission.SHOP_LISTINGS_READ,
    title=N_("Inventory"),
    columns=(
        Column("title", N_("Product"), view.product, sort="title"),
        Column("sku", N_("SKU"), view.sku, sort="sku"),
        Column("on_hand", N_("On hand"), view.on_hand, sort="on_hand", is_number=True),
        Column("reserved", N_("Reserved"), view.reserved, is_number=True),
        Column("available", N_("Available"), view.available, sort="available", is_number=True),
        Column("low_at", N_("Alert at"), view.low_at, is_number=True),
        Column("state", N_("State"), view.state, on_phone="status"),
        Column("updated", N_("Changed"), view.updated, sort="updated", is_shown=False),
    ),
    sorts=("title", "sku", "on_hand", "available", "-updated"),
    filters=(
        Choice(
            "state",
            N_("State"),
            {"sold_out": N_("Sold out"), "low": N_("Low"), "in_stock": N_("In stock")},
        ),
        Choice("low", N_("Below the alert"), {"yes": N_("Yes")}),
        Choice(
            "status",
            N_("Listing"),
            {
                "live": N_("Live"),
                "draft": N_("Draft"),
                "pending": N_("In review"),
                "off_shelf": N_("Paused"),
            },
        ),
    ),
    built_in=(
        BuiltIn("low", N_("Low"), "state=low"),
        BuiltIn("sold_out", N_("Sold out"), "state=sold_out"),
    ),
    searches=N_("Search SKU, title or barcode"),
)


def page() -> rx.Component:
    may = ShellState.permissions.contains(Permission.SHOP_LISTINGS_EDIT.value)
    return rx.el.div(
        index_page(
            STOCK,
            StockState,
            StockState.rows,
            primary=rx.cond(
                may,
                button(
                    N_("Count stock"),
                    variant="primary",
                    icon="clipboard-list",
                    href="/seller/inventory/count",
                ),
            ),
            secondary=rx.cond(
                may,
                menu(
                    button(N_("More"), icon="ellipsis"),
                    menu_item(N_("Export"), icon="download", on_select=StockState.export),
                    align="end",
                ),
            ),
            name=lambda row: row.sku,
            on_open=lambda row: StockState.show_log(row.id),
            actions=lambda row: view.actions(StockState, row),
            bulk=(Bulk(N_("Set on hand…"), StockState.ask_many, Permission.SHOP_LISTINGS_EDIT),),
            empty=Empty(
                N_("No SKUs yet"),
                N_("Every variant of your listings appears here with its units."),
                button(N_("Import products"), href="/seller/listings/import", icon="upload"),
            ),
        ),
        view.stock_dialog(StockState, BY_HAND),
        view.many_dialog(StockState),
        view.log_drawer(StockState),
    )
