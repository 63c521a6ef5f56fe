"""Admin / Catalog / Brands: who may be named as maker, and for whom papers are needed."""

from datetime import datetime

import reflex as rx
from sqlmodel import Session

from marketplace import db
from marketplace.domain.access.models import Audience, Permission, Staff
from marketplace.domain.catalog.queries import taxonomy as queries
from marketplace.domain.catalog.queries.taxonomy import BrandRow
from marketplace.domain.catalog.rules.taxonomy import BrandForm
from marketplace.domain.catalog.service import taxonomy as service
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.kit.text import Count, Id, Line, Name, Version
from marketplace.web.admin.catalog.brand_dialogs import edit_dialog, merge_dialog
from marketplace.web.admin.catalog.pieces import MaybeId, named, other_name
from marketplace.web.guard.forms import Form
from marketplace.web.guard.policy import allows
from marketplace.web.i18n import number, t
from marketplace.web.messages import clear_errors, say
from marketplace.web.session import current_staff
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button, icon_button
from marketplace.web.ui.index_page import (
    BuiltIn,
    Choice,
    Column,
    Empty,
    Index,
    Listing,
    index_page,
)
from marketplace.web.ui.menu import menu, menu_item
from marketplace.web.ui.status import status


class BrandFields(Form):
    name: Name
    name_zh: Line = ""
    needs_authorisation: Line = ""

    @property
    def checked(self) -> BrandForm:
        return BrandForm(
            name=self.name,
            name_zh=self.name_zh[:80],
            needs_authorisation=bool(self.needs_authorisation),
        )


class BrandsState(rx.State):
    """Brands as the URL asks for them, and the dialog that is open."""

    rows: rx.Field[list[BrandRow]] = rx.field(default_factory=list)
    listing: rx.Field[Listing] = rx.field(default_factory=Listing)
    chosen: rx.Field[BrandRow | None] = rx.field(None)
    dialog: rx.Field[str] = rx.field("")
    others: rx.Field[list[BrandRow]] = rx.field(default_factory=list)

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.CATALOG_READ)
    async def load(self):
        self.rows, self.listing = await BRANDS.answer(
            self, queries.list_brands, await current_staff(self)
        )

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_READ)
    async def open(self, brand_id: Id):
        self.chosen = await db.read(queries.brand, await current_staff(self), brand_id)
        self.dialog = "edit"
        return clear_errors()

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_MANAGE)
    async def begin(self):
        self.chosen, self.dialog = None, "edit"
        return clear_errors()

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_MANAGE)
    async def ask_merge(self, brand_id: Id):
        self.chosen = await db.read(queries.brand, await current_staff(self), brand_id)
        self.dialog, self.others = "merge", []

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.CATALOG_READ)
    async def find_other(self, search: Line):
        self.others = await db.read(
            queries.other_brands, await current_staff(self), self.chosen.id if self.chosen else "",
            search,
        )  # fmt: skip

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_READ)
    async def close(self, is_open: bool):
        self.dialog = ""

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_MANAGE, is_change=True)
    async def save(self, brand_id: MaybeId, version: Count, form_data: BrandFields):
        form, words = form_data.checked, {"version": version, "at": clock.now()}
        await db.run(_save, await current_staff(self), brand_id, form, **words)
        return [BrandsState.close(False), BrandsState.load, say(N_("Brand saved."))]

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_MANAGE, is_change=True)
    async def set_active(self, brand_id: Id, version: Version, is_active: bool):
        words = {"is_active": is_active, "version": version, "at": clock.now()}
        await db.run(service.set_brand_active, await current_staff(self), brand_id, **words)
        done = N_("Sellers can choose it again.") if is_active else N_("Out of the choice.")
        return [BrandsState.load, say(done)]

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_MANAGE, is_change=True)
    async def merge(self, brand_id: Id, version: Version, into: Id):
        words = {"version": version, "at": clock.now()}
        moved = await db.run(
            service.merge_brands, await current_staff(self), brand_id, into, **words
        )
        done = say(N_("Merged. Listings moved: {n}."), n=moved)
        return [BrandsState.close(False), BrandsState.load, done]


def _save(
    session: Session, staff: Staff, brand_id: str, form: BrandForm, *, version: int, at: datetime
) -> None:
    """An empty id means a new one."""
    if brand_id:
        service.update_brand(session, staff, brand_id, form, version=version, at=at)
    else:
        service.create_brand(session, staff, form, at=at)


def _name(row: rx.vars.ObjectVar[BrandRow]) -> rx.Component:
    return rx.fragment(named(row), rx.el.span(other_name(row), class_name="meta ml-2"))


def _papers(row: rx.vars.ObjectVar[BrandRow]) -> rx.Component:
    return rx.cond(
        row.needs_authorisation,
        status(N_("Needs authorisation"), "warn", icon="file-badge"),
        rx.el.span(t("Free to use"), class_name="meta"),
    )


def _state(row: rx.vars.ObjectVar[BrandRow]) -> rx.Component:
    return rx.cond(
        row.is_active,
        status(N_("In use"), "good"),
        status(N_("Retired"), "plain", icon="archive"),
    )


BRANDS = Index(
    page="/admin/brands",
    audience=Audience.STAFF,
    permission=Permission.CATALOG_READ,
    title=N_("Brands"),
    columns=(
        Column("name", N_("Brand"), _name, sort="name"),
        Column("papers", N_("Authorisation"), _papers),
        Column(
            "listings",
            N_("Listings"),
            lambda row: number(row.listing_count),
            sort="listings",
            is_number=True,
        ),
        Column("live", N_("Live"), lambda row: number(row.live_count), is_number=True),
        Column("state", N_("State"), _state, on_phone="status"),
    ),
    sorts=("name", "-listings"),
    filters=(
        Choice(
            "authorisation",
            N_("Authorisation"),
            {"yes": N_("Needs authorisation"), "no": N_("Free to use")},
        ),
        Choice("status", N_("State"), {"active": N_("In use"), "retired": N_("Retired")}),
    ),
    built_in=(BuiltIn("papers", N_("Needs authorisation"), "authorisation=yes"),),
    searches=N_("Search brand"),
)


def page() -> rx.Component:
    may = ShellState.permissions.contains(Permission.CATALOG_MANAGE.value)
    return rx.el.div(
        index_page(
            BRANDS,
            BrandsState,
            BrandsState.rows,
            primary=rx.cond(
                may,
                button(N_("New brand"), icon="plus", variant="primary", on_click=BrandsState.begin),
            ),
            name=named,
            on_open=lambda row: BrandsState.open(row.id),
            actions=lambda row: [rx.cond(may, _more(row))],
            empty=Empty(
                N_("No brands yet"),
                N_("Sellers choose from these; unknown names cannot be claimed."),
            ),
        ),
        edit_dialog(BrandsState, may),
        merge_dialog(BrandsState),
    )


def _more(row: rx.vars.ObjectVar[BrandRow]) -> rx.Component:
    return menu(
        icon_button("ellipsis", t("More for {name}", name=named(row))),
        menu_item(N_("Merge into another…"), icon="merge", on_select=BrandsState.ask_merge(row.id)),
        rx.cond(
            row.is_active,
            menu_item(
                N_("Take out of the choice"),
                icon="archive",
                on_select=BrandsState.set_active(row.id, row.version, False),
            ),
            menu_item(
                N_("Take back into use"),
                icon="archive-restore",
                on_select=BrandsState.set_active(row.id, row.version, True),
            ),
        ),
        align="end",
    )
