"""Admin / Sellers / Documents: what ended, ends soon, or was handed in anew and waits."""

from dataclasses import dataclass

import reflex as rx
from sqlmodel import Session

from marketplace import db
from marketplace.domain.access.models import Audience, Permission, Staff
from marketplace.domain.sellers.queries import directory as queries
from marketplace.domain.sellers.queries.directory import ExpiringRow
from marketplace.flows.export_table import FileKind, request_export
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.kit.paging import ListQuery, Page
from marketplace.web import i18n
from marketplace.web.admin.sellers.words import SWITCHES, named, said
from marketplace.web.guard.policy import Rate, allows
from marketplace.web.i18n import locale, tn
from marketplace.web.messages import say
from marketplace.web.session import current_staff
from marketplace.web.shell import ShellState
from marketplace.web.ui.export_menu import export_menu
from marketplace.web.ui.index_page import (
    BuiltIn,
    Choice,
    Column,
    Empty,
    Index,
    Listing,
    index_page,
)
from marketplace.web.ui.status import Status, status_of

STATES = {
    "soon": Status(N_("Ending soon"), "warn", "calendar-clock"),
    "expired": Status(N_("Expired"), "bad", "calendar-x"),
    "pending": Status(N_("Waiting for review"), "info", "hourglass"),
}


@dataclass(frozen=True, slots=True)
class Paper:
    id: str
    row: ExpiringRow


class PapersState(rx.State):
    """Documents that need an eye, as the URL asks for them."""

    rows: rx.Field[list[Paper]] = rx.field(default_factory=list)
    listing: rx.Field[Listing] = rx.field(default_factory=Listing)

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.SELLERS_READ)
    async def load(self):
        self.rows, self.listing = await PAPERS.answer(self, _papers, await current_staff(self))

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE, rate=Rate.COSTLY, is_change=True)
    async def export(self, kind: FileKind):
        asked = dict(self.router.url.query_parameters)
        words = {"at": clock.now(), "kind": kind}
        await db.run(request_export, await current_staff(self), "papers", asked, **words)
        return say(N_("The file is being written. You will find it under the bell."))


def _papers(session: Session, staff: Staff, query: ListQuery) -> Page[Paper]:
    staff.require(Permission.SELLERS_READ)
    found = queries.expiring(session, staff, query)
    return Page([Paper(row.submission_id, row) for row in found.rows], found.total)


def _shop(paper: rx.vars.ObjectVar[Paper]) -> rx.Var[str]:
    return rx.cond(locale() == "zh-CN", paper.row.seller_zh, paper.row.seller).to(str)


def _ends(paper: rx.vars.ObjectVar[Paper]) -> rx.Component:
    days = paper.row.days_left.to(int)
    left = rx.cond(
        days < 0,
        tn("{n} day ago", "{n} days ago", -days),
        tn("{n} day left", "{n} days left", days),
    )
    return rx.cond(
        paper.row.expires_on != "",
        rx.el.span(
            i18n.moment(paper.row.expires_on, "day"),
            rx.el.span(left, class_name="meta block"),
        ),
        rx.el.span("–"),
    )


def _reminded(paper: rx.vars.ObjectVar[Paper]) -> rx.Component:
    sent = tn("{n} day before", "{n} days before", paper.row.reminded)
    return rx.fragment(rx.cond(paper.row.reminded.to(int) > 0, sent, "–"))


def _cost(paper: rx.vars.ObjectVar[Paper]) -> rx.Component:
    return rx.el.span(
        rx.foreach(
            paper.row.switches, lambda code: rx.el.span(said(code, SWITCHES), class_name="pill")
        ),
        class_name="inline-flex flex-wrap gap-1",
    )


PAPERS = Index(
    page="/admin/sellers/documents",
    audience=Audience.STAFF,
    permission=Permission.SELLERS_READ,
    title=N_("Documents expiring"),
    columns=(
        Column("seller", N_("Shop"), _shop),
        Column("document", N_("Document"), lambda paper: named(paper.row)),
        Column(
            "state",
            N_("State"),
            lambda paper: status_of(paper.row.state, STATES),
            on_phone="status",
        ),
        Column("ends", N_("Ends"), _ends),
        Column("reminded", N_("Last reminder"), _reminded),
        Column("cost", N_("Switched off"), _cost),
    ),
    sorts=("ends",),
    filters=(Choice("state", N_("State"), {key: one.label for key, one in STATES.items()}),),
    built_in=tuple(BuiltIn(key, one.label, f"state={key}") for key, one in STATES.items()),
    searches=N_("Shop"),
)


def page() -> rx.Component:
    return index_page(
        PAPERS,
        PapersState,
        PapersState.rows,
        name=_shop,
        href=lambda paper: "/admin/sellers/" + paper.row.seller_id.to(str) + "#documents",
        primary=rx.cond(
            ShellState.permissions.contains(Permission.SELLERS_MANAGE.value),
            export_menu(PapersState.export),
        ),
        empty=Empty(
            N_("No document needs an eye"),
            N_("Documents appear here 60 days before they end, and when a new one waits."),
        ),
    )
