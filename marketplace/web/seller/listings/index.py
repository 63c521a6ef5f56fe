"""Seller / Listings: everything the shop sells or prepares to sell (ux.md SE-03)."""

from typing import Any

import reflex as rx

from marketplace.flows.bulk_listings.deeds import LABELS, Deed
from marketplace.kit.languages import N_
from marketplace.web.seller.listings import bulk_run_view, bulk_view, export, share
from marketplace.web.seller.listings import index_view as view
from marketplace.web.seller.listings.bulk import ListingBulkState
from marketplace.web.seller.listings.bulk_run import ListingBulkRunState
from marketplace.web.seller.listings.listing import EDIT, LISTINGS, READ, ListingsState
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button
from marketplace.web.ui.index_page import Bulk, Empty, index_page

LOADS = (ListingsState.load, ListingBulkRunState.load)
_act: Any = ListingBulkState
_export: Any = export.ListingExportState


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
    return rx.el.div(
        index_page(
            LISTINGS,
            ListingsState,
            ListingsState.rows,
            primary=new,
            notice=bulk_run_view.card(ListingBulkRunState, ListingsState.load),
            secondary=rx.fragment(
                rx.cond(
                    ShellState.viewing,
                    rx.fragment(),
                    button(N_("Export"), icon="download", on_click=_export.ask([], True)),
                ),
                rx.cond(may, button(N_("Import"), icon="file-up", href="/seller/listings/import")),
            ),
            bulk=(
                _at_once("submit"),
                _at_once("pause"),
                _at_once("resume"),
                _question(N_("Prices…"), "prices"),
                _question(N_("Stock…"), "stock"),
                _question(N_("Category…"), "category"),
                _question(N_("Shipping…"), "template"),
                _question(N_("Tags…"), "tags"),
                Bulk(
                    N_("Export"),
                    lambda ids: _export.ask(ids, False),
                    READ,
                    on_all=_export.ask([], True),
                ),
                _at_once("archive"),
                _at_once(
                    "delete",
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
        bulk_view.dialogs(ListingBulkState, ListingsState.listing.total),
        bulk_run_view.results(ListingBulkState, ListingBulkRunState),
        export.dialog_of(export.ListingExportState, ListingsState.listing.total),
        share.dialog_of(share.ListingShareState),
        class_name="stack",
    )


def _at_once(deed: Deed, *, confirm: str = "", is_danger: bool = False) -> Bulk:
    """What needs nothing but the listings."""
    return Bulk(
        LABELS[deed],
        lambda ids: _act.carry_out(ids, False, deed, {}),
        EDIT,
        confirm=confirm,
        is_danger=is_danger,
        on_all=_act.carry_out([], True, deed, {}),
    )


def _question(label: str, deed: Deed) -> Bulk:
    """What a dialog asks about first."""
    return Bulk(
        label,
        lambda ids: _act.ask(deed, ids, False),
        EDIT,
        on_all=_act.ask(deed, [], True),
        asks=True,
    )
