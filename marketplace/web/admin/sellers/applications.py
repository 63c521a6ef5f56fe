"""Admin / Sellers / Applications: who wants to sell here, oldest first, and what is promised."""

from typing import Annotated, Any, cast

import reflex as rx
from pydantic import Field
from reflex_base.event import EventSpec

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.catalog.rules.taxonomy import Named
from marketplace.domain.sellers.queries import applications as queries
from marketplace.domain.sellers.queries import requirements
from marketplace.domain.sellers.queries.applications import QueueRow
from marketplace.domain.sellers.queries.requirements import RequirementEditRow
from marketplace.domain.sellers.service import applications
from marketplace.flows.application_reviewers import Reviewer, application_reviewers
from marketplace.flows.export_table import FileKind, request_export
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.kit.text import Id, Prose
from marketplace.web.admin.catalog.pieces import named
from marketplace.web.admin.sellers.application_reading import category_names, category_options
from marketplace.web.admin.sellers.application_words import STATUSES, TYPES, risk_name, type_name
from marketplace.web.guard.forms import Form
from marketplace.web.guard.policy import Rate, allows
from marketplace.web.i18n import t, tn
from marketplace.web.messages import clear_errors, say
from marketplace.web.session import current_staff
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button
from marketplace.web.ui.dialog import closes, dialog
from marketplace.web.ui.export_menu import export_menu
from marketplace.web.ui.fields import select_field, textarea_field
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
from marketplace.web.ui.index_page.bulk import Ids
from marketplace.web.ui.status import status, status_of
from marketplace.web.ui.values import moment, progress

PAGE = "/admin/applications"
ASSIGN, DOCUMENT = "assign-form", "document-form"


class Colleague(Form):
    reviewer_id: Id


class Asked(Form):
    requirement_id: Id
    note: Annotated[Prose, Field(max_length=1000)] = ""


class ApplicationsState(rx.State):
    """The queue as the URL asks for it, and the dialog that is open."""

    rows: rx.Field[list[QueueRow]] = rx.field(default_factory=list)
    listing: rx.Field[Listing] = rx.field(default_factory=Listing)
    categories: rx.Field[list[Named]] = rx.field(default_factory=list)
    offered: rx.Field[list[Option]] = rx.field(default_factory=list)
    reviewers: rx.Field[list[Reviewer]] = rx.field(default_factory=list)
    documents: rx.Field[list[RequirementEditRow]] = rx.field(default_factory=list)
    ticked: rx.Field[list[str]] = rx.field(default_factory=list)
    dialog: rx.Field[str] = rx.field("")

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.SELLERS_READ)
    async def load(self):
        staff = await current_staff(self)
        self.rows, self.listing = await APPLICATIONS.answer(self, queries.queue, staff)
        self.offered = await db.read(category_options, staff)
        ids = {each for row in self.rows for each in row.category_ids}
        self.categories = await db.read(category_names, staff, ids)

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_REVIEW)
    async def review_next(self):
        return onward(await db.read(queries.next_open, await current_staff(self)))

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_REVIEW, is_change=True)
    async def take(self, ids: Ids):
        staff = await current_staff(self)
        done = await db.run(applications.assign, staff, ids, staff.id, at=clock.now())
        return [ApplicationsState.load, say(N_("Assigned: {n}."), n=done)]

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_REVIEW)
    async def ask_colleague(self, ids: Ids):
        self.reviewers = await db.read(application_reviewers, await current_staff(self))
        self.ticked, self.dialog = list(ids), "assign"
        return clear_errors()

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_REVIEW)
    async def ask_document(self, ids: Ids):
        found = await db.read(requirements.list_requirements, await current_staff(self))
        self.documents = [one for one in found if one.is_active and one.kind == "document"]
        self.ticked, self.dialog = list(ids), "document"
        return clear_errors()

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_READ)
    async def close(self, is_open: bool):
        self.dialog = ""

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_REVIEW, is_change=True)
    async def assign(self, ids: Ids, form_data: Colleague):
        staff, to = await current_staff(self), form_data.reviewer_id
        done = await db.run(applications.assign, staff, ids, to, at=clock.now())
        told = say(N_("Assigned: {n}."), n=done)
        return [ApplicationsState.close(False), ApplicationsState.load, told]

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_REVIEW, is_change=True)
    async def request_document(self, ids: Ids, form_data: Asked):
        asked = (ids, form_data.requirement_id, form_data.note)
        staff, at = await current_staff(self), clock.now()
        done = await db.run(applications.ask_for, staff, *asked, at=at)
        told = say(N_("Sent back: {n}. The others are not asked for it."), n=done)
        return [ApplicationsState.close(False), ApplicationsState.load, told]

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_REVIEW, rate=Rate.COSTLY, is_change=True)
    async def export(self, kind: FileKind):
        asked = dict(self.router.url.query_parameters)
        words = {"at": clock.now(), "kind": kind}
        await db.run(request_export, await current_staff(self), "applications", asked, **words)
        return say(N_("The file is being written. You will find it under the bell."))


_act = cast(Any, ApplicationsState)
"""The same, where Reflex's types know nothing of a form."""


def onward(application_id: str) -> EventSpec | list[EventSpec]:
    """To that application; to the queue if none waits."""
    if application_id:
        return cast(EventSpec, rx.redirect(f"{PAGE}/{application_id}"))
    return [cast(EventSpec, rx.redirect(PAGE)), say(N_("Nothing waits for you."), "info")]


def due(row: Any) -> rx.Component:
    """Until when an answer is promised, as a chip."""
    return rx.fragment(
        rx.match(
            row.urgency,
            ("late", status(N_("Late"), "bad", icon="alarm-clock")),
            ("soon", status(N_("Due today"), "warn", icon="clock")),
            ("fine", status(N_("In time"), "plain", icon="clock")),
            rx.fragment(),
        )
    )


def risks(row: Any) -> rx.Component:
    return rx.el.span(
        rx.foreach(
            row.risks.to(list[str]),
            lambda code: rx.el.span(risk_name(code), class_name="pill pill-warn"),
        ),
        class_name="inline-flex flex-wrap gap-1",
    )


def _submitted(row: Any) -> rx.Component:
    return rx.el.span(
        moment(row.submitted_at), due(row), class_name="inline-flex flex-wrap items-center gap-2"
    )


def _categories(row: Any) -> rx.Component:
    return rx.el.span(
        rx.foreach(
            ApplicationsState.categories,
            lambda one: rx.cond(
                row.category_ids.to(list[str]).contains(one.id),
                rx.el.span(named(one), class_name="pill"),
            ),
        ),
        class_name="inline-flex flex-wrap gap-1",
    )


def _state(row: Any) -> rx.Component:
    return rx.el.span(
        status_of(row.status, STATUSES),
        rx.cond(row.is_appeal, status(N_("Appeal"), "warn", icon="scale")),
        rx.cond(row.first_yes != "", status(N_("Second yes"), "info", icon="users")),
        class_name="inline-flex flex-wrap gap-1",
    )


def _reviewer(row: Any) -> rx.Component:
    return rx.cond(row.is_mine, t("You"), rx.cond(row.reviewer != "", row.reviewer, "–"))


APPLICATIONS = Index(
    page=PAGE,
    audience=Audience.STAFF,
    permission=Permission.SELLERS_READ,
    title=N_("Applications"),
    columns=(
        Column("applicant", N_("Applicant"), lambda row: row.applicant, sort="applicant"),
        Column("shop", N_("Shop"), lambda row: row.shop_name),
        Column("type", N_("Kind of business"), lambda row: type_name(row.business_type)),
        Column("categories", N_("Categories"), _categories),
        Column("submitted", N_("Submitted"), _submitted, sort="submitted"),
        Column(
            "completeness",
            N_("Completeness"),
            lambda row: progress(row.completeness, label=N_("Completeness"), is_labelled=False),
        ),
        Column("risks", N_("Hints"), risks),
        Column("reviewer", N_("Reviewer"), _reviewer),
        Column("state", N_("State"), _state, on_phone="status"),
    ),
    sorts=("submitted", "applicant", "due"),
    filters=(
        Choice(
            "status",
            N_("State"),
            {**{key: one.label for key, one in STATUSES.items()}, "appeal": N_("Appeal waits")},
        ),
        Choice("type", N_("Kind of business"), TYPES),
        Choice("category", N_("Category"), ApplicationsState.offered),
        Choice("risk", N_("Hints"), {"any": N_("With a hint"), "none": N_("Without")}),
        Choice("reviewer", N_("Reviewer"), {"me": N_("Me"), "nobody": N_("Nobody")}),
        Choice(
            "urgency",
            N_("Answer due"),
            {"late": N_("Late"), "soon": N_("Due today"), "fine": N_("In time")},
        ),
    ),
    built_in=(
        BuiltIn("mine", N_("Mine"), "reviewer=me"),
        BuiltIn("changes", N_("Changes requested"), "status=changes_requested"),
        BuiltIn("decided", N_("Decided"), "status=approved,rejected"),
        BuiltIn("appeals", N_("Appeals"), "status=appeal"),
    ),
    searches=N_("Search shop, applicant or e-mail"),
)


def page() -> rx.Component:
    may_review = Permission.SELLERS_REVIEW
    return rx.el.div(
        index_page(
            APPLICATIONS,
            ApplicationsState,
            ApplicationsState.rows,
            name=lambda row: row.applicant,
            href=lambda row: PAGE + "/" + row.id.to(str),
            primary=rx.cond(
                ShellState.permissions.contains(may_review.value),
                rx.fragment(
                    export_menu(ApplicationsState.export),
                    button(
                        N_("Review next"),
                        variant="primary",
                        icon="arrow-right",
                        on_click=ApplicationsState.review_next,
                    ),
                ),
            ),
            bulk=(
                Bulk(N_("Assign to me"), ApplicationsState.take, may_review),
                Bulk(N_("Assign…"), ApplicationsState.ask_colleague, may_review),
                Bulk(N_("Ask for a document…"), ApplicationsState.ask_document, may_review),
            ),
            empty=Empty(
                N_("No application waits"),
                N_("Who wants to sell here applies on the page “Sell with us”."),
            ),
        ),
        _assign(),
        _document(),
    )


def _assign() -> rx.Component:
    n = ApplicationsState.ticked.length()
    options = rx.fragment(
        rx.foreach(ApplicationsState.reviewers, lambda one: rx.el.option(one.name, value=one.id))
    )
    return dialog(
        tn("Assign {n} application", "Assign {n} applications", n),
        rx.el.form(
            select_field(N_("Reviewer"), "reviewer_id", options),
            id=ASSIGN,
            on_submit=lambda data: _act.assign(ApplicationsState.ticked, data),
            class_name="stack",
        ),
        footer=(
            closes(button(N_("Cancel"))),
            button(N_("Assign"), variant="primary", type="submit", form=ASSIGN),
        ),
        is_open=ApplicationsState.dialog == "assign",
        on_open_change=ApplicationsState.close,
    )


def _document() -> rx.Component:
    n = ApplicationsState.ticked.length()
    options = rx.fragment(
        rx.foreach(ApplicationsState.documents, lambda one: rx.el.option(named(one), value=one.id))
    )
    return dialog(
        tn("Ask {n} applicant for a document", "Ask {n} applicants for a document", n),
        rx.el.form(
            select_field(N_("Document"), "requirement_id", options),
            textarea_field(N_("Message to the applicant"), "note", max_length=1000, rows="3"),
            id=DOCUMENT,
            on_submit=lambda data: _act.request_document(ApplicationsState.ticked, data),
            class_name="stack",
        ),
        description=N_("Their applications go back to them until they hand it in."),
        footer=(
            closes(button(N_("Cancel"))),
            button(N_("Send back"), variant="primary", type="submit", form=DOCUMENT),
        ),
        is_open=ApplicationsState.dialog == "document",
        on_open_change=ApplicationsState.close,
    )
