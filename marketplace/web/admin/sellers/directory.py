"""Admin / Sellers / All sellers: every shop, how it stands and what it owes."""

import reflex as rx
from sqlmodel import Session

from marketplace import db
from marketplace.domain.access.models import Audience, Permission, Staff
from marketplace.domain.sellers.queries import directory as queries
from marketplace.domain.sellers.queries.directory import SellerRow
from marketplace.flows.export_table import request_export
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.web import i18n
from marketplace.web.admin.sellers.words import STATES, SWITCHES, named, said
from marketplace.web.guard.policy import Rate, allows
from marketplace.web.i18n import locale
from marketplace.web.messages import say
from marketplace.web.session import current_staff
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button
from marketplace.web.ui.index_page import (
    BuiltIn,
    Choice,
    Column,
    Empty,
    Index,
    Listing,
    Option,
    index_page,
)
from marketplace.web.ui.status import badge, status, status_of
from marketplace.web.ui.values import moment


class SellersState(rx.State):
    """Sellers as the URL asks for them."""

    rows: rx.Field[list[SellerRow]] = rx.field(default_factory=list)
    listing: rx.Field[Listing] = rx.field(default_factory=Listing)
    levels: rx.Field[list[Option]] = rx.field(default_factory=list)

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.SELLERS_READ)
    async def load(self):
        self.rows, self.listing = await SELLERS.answer(
            self, queries.list_sellers, await current_staff(self)
        )
        self.levels = await db.read(_levels, await current_staff(self))

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE, rate=Rate.COSTLY, is_change=True)
    async def export(self):
        asked = dict(self.router.url.query_parameters)
        await db.run(request_export, await current_staff(self), "sellers", asked, at=clock.now())
        return say(N_("The file is being written. You will find it under the bell."))


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


def _expiry(row: rx.vars.ObjectVar[SellerRow]) -> rx.Component:
    day = rx.cond(row.next_expiry != "", i18n.moment(row.next_expiry, "day"), "–")
    return rx.fragment(day)


def _owed(row: rx.vars.ObjectVar[SellerRow]) -> rx.Component:
    day = rx.cond(row.deadline != "", i18n.moment(row.deadline, "day"), "–")
    return rx.fragment(day)


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
            lambda row: rx.cond(locale() == "zh-CN", row.level_name_zh, row.level_name),
            sort="level",
        ),
        Column("status", N_("State"), _state, sort="status", on_phone="status"),
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
    return index_page(
        SELLERS,
        SellersState,
        SellersState.rows,
        name=named,
        href=lambda row: "/admin/sellers/" + row.id.to(str),
        primary=rx.cond(
            ShellState.permissions.contains(Permission.SELLERS_MANAGE.value),
            button(N_("Export"), icon="download", on_click=SellersState.export),
        ),
        empty=Empty(
            N_("No sellers yet"),
            N_("A shop appears here once its application is approved."),
        ),
    )
