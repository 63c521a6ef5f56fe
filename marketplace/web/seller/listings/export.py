"""Listings as a file: which format, and the ticked ones or all that the list has."""

from typing import Any, Literal

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.flows.export_products import task as exports
from marketplace.flows.export_products.writing import LABELS, Format
from marketplace.flows.listing_list import matching_ids
from marketplace.kit import clock
from marketplace.kit.errors import NotFound
from marketplace.kit.languages import N_
from marketplace.web.guard.forms import Form
from marketplace.web.guard.policy import Rate, allows
from marketplace.web.i18n import t
from marketplace.web.messages import clear_errors, say
from marketplace.web.seller.listings.bulk_forms import Some
from marketplace.web.seller.listings.bulk_view import how_many
from marketplace.web.seller.listings.listing import LISTINGS
from marketplace.web.session import current_member
from marketplace.web.ui.button import button
from marketplace.web.ui.dialog import closes, dialog

READ = Permission.SHOP_LISTINGS_READ
USUAL = Format.SHOPIFY.value
FORM = "listing-export"


class Wanted(Form):
    format: Literal["shopify", "shopify_legacy", "csv", "xlsx"]


class ListingExportState(rx.State):
    """Which listings the file is asked for."""

    is_open: rx.Field[bool] = rx.field(False)
    ids: rx.Field[list[str]] = rx.field(default_factory=list)
    is_all: rx.Field[bool] = rx.field(True)

    @rx.event
    @allows(Audience.SELLER, READ)
    async def ask(self, ids: Some, is_all: bool):
        self.ids, self.is_all, self.is_open = ids, is_all, True
        return clear_errors()

    @rx.event
    @allows(Audience.SELLER, READ)
    async def show(self, is_open: bool):
        self.is_open = is_open

    @rx.event
    @allows(Audience.SELLER, READ, rate=Rate.COSTLY)
    async def export(self, ids: Some, is_all: bool, form_data: Wanted):
        chosen, file = await _chosen(self, ids, is_all=is_all), form_data.format
        await db.run(
            exports.request_export, await current_member(self), file, ids=chosen, at=clock.now()
        )
        self.is_open = False
        return say(N_("The file is being written. You will find it under the bell."))


async def _chosen(state: rx.State, ids: list[str], *, is_all: bool) -> list[str]:
    """Never none, which would mean the whole shop. Raises `NothingMatches`, `NotFound`."""
    if is_all:
        return await db.read(matching_ids, await current_member(state), LISTINGS.asked(state))
    if not ids:
        raise NotFound
    return ids


def dialog_of(state: Any, total: rx.Var[int]) -> rx.Component:
    formats = [
        rx.el.label(
            rx.el.input(
                type="radio",
                name="format",
                value=each.value,
                default_checked=each.value == USUAL,
                required=True,
            ),
            rx.el.span(t(label)),
            class_name="check",
        )
        for each, label in LABELS.items()
    ]
    return dialog(
        N_("Export listings"),
        rx.el.form(
            how_many(state, total),
            rx.el.fieldset(
                rx.el.legend(t("Format"), class_name="label"),
                *formats,
                class_name="stack-sm border-0 p-0 m-0",
            ),
            id=FORM,
            on_submit=lambda form: state.export(state.ids, state.is_all, form),
            class_name="stack",
        ),
        footer=(
            closes(button(N_("Cancel"))),
            button(N_("Export"), variant="primary", type="submit", form=FORM),
        ),
        is_open=state.is_open,
        on_open_change=state.show,
    )
