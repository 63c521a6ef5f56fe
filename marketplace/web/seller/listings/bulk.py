"""What can be done to many listings: asked in a dialog, done at once or as a task, and told."""

from typing import Any

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.catalog.queries.listings import TemplateRow, templates
from marketplace.domain.moderation import queries as reviews
from marketplace.domain.moderation.queries import PriceLine
from marketplace.flows.bulk_listings import task as bulk
from marketplace.flows.bulk_listings.deeds import LABELS, Deed, RefusedRow, Report, perform
from marketplace.flows.bulk_listings.told import refused_table
from marketplace.flows.listing_list import matching_ids
from marketplace.kit import clock
from marketplace.kit.errors import NotFound
from marketplace.kit.languages import N_
from marketplace.kit.text import Line
from marketplace.settings import settings
from marketplace.web.guard.policy import Rate, allows
from marketplace.web.messages import clear_errors, say
from marketplace.web.seller.listings.bulk_forms import Prices, Some, Values, rule_of, values_of
from marketplace.web.seller.listings.bulk_run import ListingBulkRunState
from marketplace.web.seller.listings.listing import LISTINGS, ListingsState
from marketplace.web.seller.listings.screen import CategoryChoice, find_categories
from marketplace.web.session import current_member

READ, EDIT = Permission.SHOP_LISTINGS_READ, Permission.SHOP_LISTINGS_EDIT
MOST_SHOWN = 50


class ListingBulkState(rx.State):
    """The listings a deed is for, the dialog that asks about it, and what was refused."""

    dialog: rx.Field[str] = rx.field("")
    ids: rx.Field[list[str]] = rx.field(default_factory=list)
    is_all: rx.Field[bool] = rx.field(False)
    currency: rx.Field[str] = rx.field("CNY")
    lines: rx.Field[list[PriceLine]] = rx.field(default_factory=list)
    line_count: rx.Field[int] = rx.field(0)
    problems: rx.Field[int] = rx.field(0)
    kind: rx.Field[str] = rx.field("percent")
    value: rx.Field[str] = rx.field("")
    categories: rx.Field[list[CategoryChoice]] = rx.field(default_factory=list)
    templates: rx.Field[list[TemplateRow]] = rx.field(default_factory=list)

    deed: rx.Field[str] = rx.field("")
    label: rx.Field[str] = rx.field("")
    values: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    done: rx.Field[int] = rx.field(0)
    waiting: rx.Field[int] = rx.field(0)
    refused: rx.Field[list[RefusedRow]] = rx.field(default_factory=list)

    @rx.event
    @allows(Audience.SELLER, EDIT)
    async def ask(self, deed: Deed, ids: Some, is_all: bool):
        self.ids, self.is_all, self.dialog, self.currency = ids, is_all, deed, settings().currency
        self.lines, self.line_count, self.value = [], 0, ""
        if deed == "template":
            self.templates = (await db.read(templates, await current_member(self)))[:MOST_SHOWN]
        return [clear_errors(), *([ListingBulkState.find_category("")] * (deed == "category"))]

    @rx.event
    @allows(Audience.SELLER, READ)
    async def close(self, is_open: bool):
        self.dialog = ""

    @rx.event
    @allows(Audience.SELLER, EDIT)
    async def preview(self, ids: Some, is_all: bool, form_data: Prices):
        rule = rule_of(form_data.kind, form_data.value)
        shown = await _sample(self) if is_all else ids
        lines = await db.read(
            reviews.preview_prices, await current_member(self), shown, rule, at=clock.now()
        )
        self.kind, self.value = form_data.kind, form_data.value
        self._show(lines)

    @rx.event(supersedes=True)
    @allows(Audience.SELLER, EDIT)
    async def find_category(self, search: Line):
        wanted = search or "/"  # every category that is below another one
        self.categories = await db.read(find_categories, await current_member(self), wanted, "")

    @rx.event
    @allows(Audience.SELLER, EDIT, rate=Rate.COSTLY, is_change=True)
    async def carry_out(self, ids: Some, is_all: bool, deed: Deed, form_data: Values):
        """At once for the ticked; as a task for everything that the list has."""
        values = values_of(deed, form_data)
        if is_all:
            return await _queue(self, deed, values)
        return await _perform(self, deed, ids, values, form_data)

    @rx.event
    @allows(Audience.SELLER, READ)
    async def save_refused(self):
        """The refused as a table, while they are still shown."""
        table = refused_table(self.refused, (await current_member(self)).locale)
        return rx.download(data=b"".join(table), filename=f"refused-{self.deed}.csv")

    def _show(self, lines: list[PriceLine]) -> None:
        self.lines, self.line_count = lines[:MOST_SHOWN], len(lines)
        self.problems = sum(1 for line in lines if line.problem)

    def _tell(self, deed: Deed, report: Report, form: Values) -> None:
        self.deed, self.label, self.values = deed, LABELS[deed], form.model_dump()
        self.done, self.waiting, self.refused = report.done, report.waiting, list(report.refused)
        self.dialog = "refused" if report.refused else ""


async def _sample(state: rx.State) -> list[str]:
    """The first of all that match. Raises `NothingMatches`."""
    found = await db.read(matching_ids, await current_member(state), LISTINGS.asked(state))
    return found[:MOST_SHOWN]


async def _queue(state: ListingBulkState, deed: Deed, values: dict[str, Any]) -> list[Any]:
    """Raises `NothingMatches`, `TooManyAtOnce`."""
    query, at = LISTINGS.asked(state), clock.now()
    await db.run(bulk.request, await current_member(state), deed, query, values, at=at)
    state.dialog = ""
    return [ListingBulkRunState.load]


async def _perform(
    state: ListingBulkState, deed: Deed, ids: list[str], values: dict[str, Any], form: Values
) -> list[Any]:
    """Raises `NotFound` where nothing was ticked."""
    if not ids:
        raise NotFound
    report = await db.run(perform, await current_member(state), deed, ids, values, at=clock.now())
    state._tell(deed, report, form)
    told = say(
        N_("Done: {done}. Waiting for a review: {waiting}."),
        done=report.done,
        waiting=report.waiting,
    )
    return [ListingsState.load, *([] if report.refused else [told])]
