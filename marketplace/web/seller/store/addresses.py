"""Where the shop's parcels leave and come back to, and the dialog that changes it."""

from typing import Any

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.sellers.queries.shop import Address, AddressesView, addresses
from marketplace.kit.languages import N_
from marketplace.web.guard.policy import allows
from marketplace.web.i18n import t
from marketplace.web.messages import clear_errors
from marketplace.web.seller.apply.words import COUNTRIES
from marketplace.web.session import current_member
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button
from marketplace.web.ui.dialog import dialog
from marketplace.web.ui.fields import checkbox_field, select_field, text_field
from marketplace.web.ui.form import form
from marketplace.web.ui.layout import card
from marketplace.web.ui.values import facts

FORM = "shop-addresses"
MAY = ShellState.permissions.contains(Permission.SHOP_MANAGE.value)
NONE = AddressesView(Address(), Address(), is_same=True, version=0)


class AddressesState(rx.State):
    """The own shop's addresses. Saving is the profile's: a shop has one lock for its settings."""

    is_loaded: rx.Field[bool] = rx.field(False)
    shown: rx.Field[AddressesView] = rx.field(NONE)
    is_open: rx.Field[bool] = rx.field(False)

    @rx.event(supersedes=True)
    @allows(Audience.SELLER, Permission.SHOP_READ)
    async def load(self):
        self.shown, self.is_loaded = await db.read(addresses, await current_member(self)), True

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_READ)
    async def edit(self, is_open: bool):
        self.shown = await db.read(addresses, await current_member(self))
        self.is_open = is_open
        return clear_errors()


def addresses_card() -> rx.Component:
    shown = AddressesState.shown
    change = button(
        N_("Change addresses"),
        icon="pencil",
        is_small=True,
        on_click=AddressesState.edit(True),
    )
    return card(
        facts(
            (N_("Ships from"), _written(shown.ship)),
            (
                N_("Returns go to"),
                rx.cond(shown.is_same, t("The same address"), _written(shown.returns)),
            ),
            is_wide=True,
        ),
        title=N_("Addresses"),
        subtitle=N_("Parcels on their way keep the address they were given."),
        actions=(rx.cond(MAY, change),),
    )


def addresses_dialog(save: Any) -> rx.Component:
    """`save(form)` gets what was typed, which stays until it is saved or closed."""
    state: Any = AddressesState
    return dialog(
        N_("Change addresses"),
        form(
            rx.el.h3(t("Where you ship from"), class_name="h3"),
            *_fields("ship", state.shown.ship),
            rx.el.div(
                rx.el.h3(t("Where parcels come back to"), class_name="h3"),
                checkbox_field(N_("The same address"), "return_same", is_on=state.shown.is_same),
                rx.el.div(
                    *_fields("return", state.shown.returns), class_name="return-address stack"
                ),
                class_name="return-choice stack",
            ),
            on_submit=save,
            name=FORM,
            no_validate=True,
        ),
        footer=(
            button(N_("Cancel"), on_click=state.edit(False)),
            button(N_("Save"), variant="primary", type="submit", form=FORM),
        ),
        is_open=state.is_open,
        on_open_change=state.edit,
        is_wide=True,
    )


def _fields(kind: str, said: Any) -> list[rx.Component]:
    pair = "grid gap-4 sm:grid-cols-2 items-start"
    return [
        text_field(N_("Street and number"), f"{kind}_street", value=said.street, max_length=80),
        rx.el.div(
            text_field(N_("City"), f"{kind}_city", value=said.city, max_length=80),
            text_field(
                N_("Province or state"),
                f"{kind}_region",
                value=said.region,
                is_required=False,
                max_length=80,
            ),
            text_field(
                N_("Postcode"),
                f"{kind}_postcode",
                value=said.postcode,
                is_required=False,
                max_length=20,
            ),
            select_field(
                N_("Country or region"),
                f"{kind}_country",
                COUNTRIES,
                value=rx.cond(said.country != "", said.country, "CN"),
            ),
            class_name=pair,
        ),
        text_field(
            N_("Phone for the parcel service"),
            f"{kind}_phone",
            value=said.phone,
            kind="tel",
            max_length=26,
        ),
    ]


def _written(place: Any) -> rx.Component:
    country = rx.match(place.country, *[(code, t(name)) for code, name in COUNTRIES], place.country)
    lines = (place.street, place.city, place.region, place.postcode, country, place.phone)
    return rx.cond(
        place.city != "",
        rx.el.ul(
            *[rx.cond(line != "", rx.el.li(line)) for line in lines],
            class_name="grid gap-0.5",
        ),
        rx.el.span(t("Not given yet"), class_name="meta"),
    )
