"""Admin / Catalog / Search questions: what buyers looked for, and what they did not find."""

from zoneinfo import ZoneInfo

import reflex as rx

from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.search.queries import suggested as queries
from marketplace.domain.search.queries.suggested import AskedRow
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.settings import settings
from marketplace.web.admin.catalog.synonyms import SynonymsState
from marketplace.web.guard.policy import allows
from marketplace.web.i18n import moment, number, t
from marketplace.web.session import current_staff
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button
from marketplace.web.ui.index_page import BuiltIn, Choice, Column, Empty, Index, Listing, index_page
from marketplace.web.ui.status import status


class QuestionsState(rx.State):
    """Questions as the URL asks for them."""

    rows: rx.Field[list[AskedRow]] = rx.field(default_factory=list)
    listing: rx.Field[Listing] = rx.field(default_factory=Listing)

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.INSIGHTS_READ)
    async def load(self):
        day = clock.now().astimezone(ZoneInfo(settings().time_zone)).date()
        self.rows, self.listing = await QUESTIONS.answer(
            self, queries.list_asked, await current_staff(self), day=day
        )


def _found(row: rx.vars.ObjectVar[AskedRow]) -> rx.Component:
    return rx.cond(
        row.found == 0,
        status(N_("Nothing"), "warn", icon="search-x"),
        rx.el.span(number(row.found), class_name="num"),
    )


def _last(row: rx.vars.ObjectVar[AskedRow]) -> rx.Component:
    return rx.el.time(moment(row.last, "day"), date_time=row.last, class_name="whitespace-nowrap")


QUESTIONS = Index(
    page="/admin/search",
    audience=Audience.STAFF,
    permission=Permission.INSIGHTS_READ,
    title=N_("Search questions"),
    columns=(
        Column("query", N_("Question"), lambda row: row.query, sort="query"),
        Column(
            "times", N_("Times asked"), lambda row: number(row.times), sort="times", is_number=True
        ),
        Column("found", N_("Results"), _found, sort="found", is_number=True),
        Column("last", N_("Last asked"), _last, sort="last"),
    ),
    sorts=queries.SORTS,
    filters=(
        Choice(
            "days",
            N_("Period"),
            {"7": N_("Last 7 days"), "30": N_("Last 30 days"), "90": N_("Last 90 days")},
        ),
        Choice(
            "found", N_("Results"), {"nothing": N_("Found nothing"), "some": N_("Found something")}
        ),
    ),
    built_in=(BuiltIn("nothing", N_("Found nothing"), "found=nothing"),),
    searches=N_("Search a question"),
)


def page() -> rx.Component:
    may = ShellState.permissions.contains(Permission.CATALOG_MANAGE.value)
    return index_page(
        QUESTIONS,
        QuestionsState,
        QuestionsState.rows,
        name=lambda row: row.query,
        actions=lambda row: [rx.cond(may, _add_synonym(row))],
        empty=Empty(
            N_("Nobody has searched yet"),
            N_("What buyers look for in the last 30 days appears here, with how much they found."),
        ),
    )


def _add_synonym(row: rx.vars.ObjectVar[AskedRow]) -> rx.Component:
    return button(
        N_("Add synonym"),
        icon="arrow-left-right",
        variant="quiet",
        is_small=True,
        aria_label=t("Add synonym for {name}", name=row.query),
        on_click=[SynonymsState.begin(row.query), rx.redirect("/admin/synonyms")],
    )
