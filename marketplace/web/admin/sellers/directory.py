"""Admin / Sellers / All sellers: every shop, how it stands and what it owes."""

from typing import Any, cast

import reflex as rx
from sqlmodel import Session

from marketplace import db
from marketplace.domain.access.models import Audience, Permission, Staff
from marketplace.domain.catalog.queries.listings.lists import live_counts
from marketplace.domain.sellers.queries import directory as queries
from marketplace.domain.sellers.queries.directory import SellerRow
from marketplace.domain.sellers.service import standing
from marketplace.flows.export_table import FileKind, request_export
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.web import i18n
from marketplace.web.admin.sellers import acts
from marketplace.web.admin.sellers.words import STATES, SWITCHES, named, said
from marketplace.web.guard.policy import Rate, allows
from marketplace.web.i18n import locale, tn
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
    Empty,
    Index,
    Listing,
    Option,
    index_page,
)
from marketplace.web.ui.index_page.bulk import Ids, each, say_outcome
from marketplace.web.ui.status import badge, status, status_of
from marketplace.web.ui.values import moment

LEVEL = "seller-levels"


class SellersState(rx.State):
    """Sellers as the URL asks for them."""

    rows: rx.Field[list[SellerRow]] = rx.field(default_factory=list)
    listing: rx.Field[Listing] = rx.field(default_factory=Listing)
    levels: rx.Field[list[Option]] = rx.field(default_factory=list)
    live: rx.Field[dict[str, int]] = rx.field(default_factory=dict)
    """Listings on sale, by seller."""
    ticked: rx.Field[list[str]] = rx.field(default_factory=list)
    is_asking: rx.Field[bool] = rx.field(False)

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.SELLERS_READ)
    async def load(self):
        self.rows, self.listing = await SELLERS.answer(
            self, queries.list_sellers, await current_staff(self)
        )
        ids = [row.id for row in self.rows]
        self.live = await db.read(live_counts, await current_staff(self), ids)
        self.levels = await db.read(_levels, await current_staff(self))

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE)
    async def ask_level(self, ids: Ids):
        self.ticked, self.is_asking = ids, True
        return clear_errors()

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_READ)
    async def close(self, is_open: bool):
        self.is_asking = False

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE, is_change=True)
    async def set_levels(self, ids: Ids, form_data: acts.Level):
        staff, level = await current_staff(self), form_data.level
        done = await each(standing.set_level, staff, ids, level, at=clock.now())
        return [SellersState.close(False), SellersState.load, say_outcome(done)]

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE, rate=Rate.COSTLY, is_change=True)
    async def export(self, kind: FileKind):
        asked = dict(self.router.url.query_parameters)
        words = {"at": clock.now(), "kind": kind}
        await db.run(request_export, await current_staff(self), "sellers", asked, **words)
        return say(N_("The file is being written. You will find it under the bell."))


_act = cast(Any, SellersState)


def _levels(session: Session, staff: Staff) -> list[Option]:
    staff.require(Permission.SELLERS_READ)
    return [Option(one.code, f"{one.name} {one.name_zh}") for one in queries.levels(session)]


def _state(row: rx.vars.ObjectVar[SellerRow]) -> rx.Component:
    return rx.el.span(
        status_of(row.status, STATES),
        rx.cond(row.has_appeal, status(N_("Appeal"), "info", icon="message-square")),
        class_name="inline-flex flex-wrap gap-1",
    )


def _owner(row: rx.vars.ObjectVar[SellerRow]) -> rx.Component:
    return rx.el.span(
        rx.el.span(row.owner, class_name="block"),
        rx.el.span(row.owner_email, class_name="meta block"),
    )


def _off(row: rx.vars.ObjectVar[SellerRow]) -> rx.Component:
    return rx.el.span(
        rx.cond(
            row.switches.length() == len(SWITCHES),
            badge(N_("Everything"), "bad"),
            rx.foreach(
                row.switches, lambda code: rx.el.span(said(code, SWITCHES), class_name="pill")
            ),
        ),
        class_name="inline-flex flex-wrap gap-1",
    )


def _level(row: rx.vars.ObjectVar[SellerRow]) -> rx.Component:
    name = rx.cond(locale() == "zh-CN", row.level_name_zh, row.level_name)
    return rx.el.span(name, class_name="whitespace-nowrap")


def _live(row: rx.vars.ObjectVar[SellerRow]) -> rx.Component:
    return rx.el.span(i18n.number(SellersState.live[row.id]), class_name="num")


def _expiry(row: rx.vars.ObjectVar[SellerRow]) -> rx.Component:
    day = rx.cond(row.next_expiry != "", i18n.moment(row.next_expiry, "day"), "–")
    return rx.el.span(day, class_name="whitespace-nowrap")


def _owed(row: rx.vars.ObjectVar[SellerRow]) -> rx.Component:
    day = rx.cond(row.deadline != "", i18n.moment(row.deadline, "day"), "–")
    return rx.el.span(day, class_name="whitespace-nowrap")


SELLERS = Index(
    page="/admin/sellers",
    audience=Audience.STAFF,
    permission=Permission.SELLERS_READ,
    title=N_("All sellers"),
    columns=(
        Column("name", N_("Shop"), named, sort="name"),
        Column("owner", N_("Owner"), _owner),
        Column(
            "level",
            N_("Level"),
            _level,
            sort="level",
        ),
        Column("status", N_("State"), _state, sort="status", on_phone="status"),
        Column("live", N_("Live listings"), _live, is_number=True),
        Column("off", N_("Switched off"), _off),
        Column("expiry", N_("Next document ends"), _expiry),
        Column("owed", N_("Owed until"), _owed),
        Column("joined", N_("Joined"), lambda row: moment(row.joined_at, "day"), sort="joined"),
    ),
    sorts=("-joined", "name", "status", "level"),
    filters=(
        Choice("status", N_("State"), {key: one.label for key, one in STATES.items()}),
        Choice("level", N_("Level"), SellersState.levels),
        Choice("switch", N_("Switched off"), SWITCHES),
        Choice(
            "documents",
            N_("Documents"),
            {
                "expiring": N_("Ending soon"),
                "expired": N_("Expired"),
                "overdue": N_("Owed by a deadline"),
            },
        ),
        Choice("appeal", N_("Appeal"), {"open": N_("Open")}),
    ),
    built_in=(
        BuiltIn("appeal", N_("Appeals"), "appeal=open"),
        BuiltIn("restricted", N_("Restricted"), "status=restricted"),
        BuiltIn("suspended", N_("Suspended"), "status=suspended"),
        BuiltIn("closing", N_("Closing"), "status=closing"),
    ),
    searches=N_("Shop, address or id"),
)


def page() -> rx.Component:
    return rx.el.div(
        index_page(
            SELLERS,
            SellersState,
            SellersState.rows,
            name=named,
            href=lambda row: "/admin/sellers/" + row.id.to(str),
            primary=rx.cond(
                ShellState.permissions.contains(Permission.SELLERS_MANAGE.value),
                export_menu(SellersState.export),
            ),
            bulk=(Bulk(N_("Change level…"), SellersState.ask_level, Permission.SELLERS_MANAGE),),
            empty=Empty(
                N_("No sellers yet"),
                N_("A shop appears here once its application is approved."),
            ),
        ),
        _level_dialog(),
    )


def _level_dialog() -> rx.Component:
    options = rx.fragment(
        rx.foreach(SellersState.levels, lambda one: rx.el.option(one.label, value=one.value))
    )
    return dialog(
        tn(
            "Change the level of {n} shop",
            "Change the level of {n} shops",
            SellersState.ticked.length(),
        ),
        rx.el.form(
            select_field(N_("Level"), "level", options),
            id=LEVEL,
            on_submit=lambda data: _act.set_levels(SellersState.ticked, data),
        ),
        description=N_("How many listings it may have and what is looked at first follow at once."),
        footer=(
            closes(button(N_("Cancel"))),
            button(N_("Change the level"), variant="primary", type="submit", form=LEVEL),
        ),
        is_open=SellersState.is_asking,
        on_open_change=SellersState.close,
    )
