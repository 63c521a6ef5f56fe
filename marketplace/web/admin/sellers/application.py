"""Admin / Sellers / Applications / one: what was handed in, what is odd, and the decision."""

from typing import Annotated, Literal

import reflex as rx
from pydantic import Field, StringConstraints

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.catalog.rules.taxonomy import Named
from marketplace.domain.sellers.models import Verdict
from marketplace.domain.sellers.queries import applications as queries
from marketplace.domain.sellers.queries.applications import ReviewView
from marketplace.domain.sellers.service import applications
from marketplace.flows import decide_application
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.kit.text import Id, Line, Prose, Version
from marketplace.web.admin.sellers.application_decision import decision
from marketplace.web.admin.sellers.application_dialogs import dialogs
from marketplace.web.admin.sellers.application_reading import Part, application_in, opened
from marketplace.web.admin.sellers.application_view import header, told_by_applicant
from marketplace.web.admin.sellers.applications import onward
from marketplace.web.guard.forms import Form
from marketplace.web.guard.policy import allows
from marketplace.web.messages import clear_errors, say
from marketplace.web.session import current_staff
from marketplace.web.ui.feedback import skeleton_card

Dialog = Literal["approve", "changes", "reject", "grant", "deny"]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")]
FieldKey = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,60}$")]
AGREED_FIRST = N_("You agreed. A second person decides now.")
Given = Literal["accepted", "waived", "pending"]


class Yes(Form):
    level: Code


class Message(Form):
    note: Annotated[Prose, Field(max_length=2000)] = ""


class No(Message):
    reason: Code


class Answer(Form):
    answer: Annotated[Prose, Field(max_length=2000)] = ""


class Wrong(Message):
    """`fields` and `comments` belong together by their places."""

    fields: Annotated[list[FieldKey], Field(max_length=40)]
    comments: Annotated[list[Line], Field(max_length=40)]

    @property
    def by_field(self) -> dict[str, str]:
        return {key: text for key, text in zip(self.fields, self.comments, strict=False) if text}


class ApplicationReviewState(rx.State):
    """One application, and the dialog that is open about it."""

    is_loaded: rx.Field[bool] = rx.field(False)
    review: rx.Field[ReviewView | None] = rx.field(None)
    parts: rx.Field[list[Part]] = rx.field(default_factory=list)
    categories: rx.Field[list[Named]] = rx.field(default_factory=list)
    restricted: rx.Field[list[Named]] = rx.field(default_factory=list)
    chosen: rx.Field[Part | None] = rx.field(None)
    dialog: rx.Field[str] = rx.field("")

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.SELLERS_READ)
    async def load(self):
        asked = application_in(self.router.url.path)
        seen = await db.read(opened, await current_staff(self), asked)
        self.review, self.parts, self.categories = seen.review, seen.parts, seen.categories
        self.restricted, self.is_loaded, self.dialog, self.chosen = seen.restricted, True, "", None

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_REVIEW)
    async def ask(self, kind: Dialog):
        self.dialog = kind
        return clear_errors()

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_REVIEW)
    async def ask_about(self, requirement_id: Id):
        self.chosen = next((one for one in self.parts if one.row.id == requirement_id), None)
        self.dialog = "wrong" if self.chosen else ""
        return clear_errors()

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_READ)
    async def close(self, is_open: bool):
        self.dialog = ""

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_REVIEW)
    async def go_on(self, application_id: Id):
        staff = await current_staff(self)
        return onward(await db.read(queries.next_open, staff, after=application_id))

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_REVIEW, is_change=True)
    async def take(self, application_id: Id):
        staff = await current_staff(self)
        await db.run(applications.assign, staff, [application_id], staff.id, at=clock.now())
        return ApplicationReviewState.load

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_REVIEW, is_change=True)
    async def judge(self, submission_id: Id, version: Version, verdict: Given):
        staff, words = await current_staff(self), {"version": version, "at": clock.now()}
        await db.run(applications.judge, staff, submission_id, Verdict(verdict), **words)
        return ApplicationReviewState.load

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_REVIEW, is_change=True)
    async def find_wrong(self, submission_id: Id, version: Version, form_data: Wrong):
        said = {"note": form_data.note, "fields": form_data.by_field}
        staff, words = await current_staff(self), {**said, "version": version, "at": clock.now()}
        await db.run(applications.judge, staff, submission_id, Verdict.REJECTED, **words)
        return ApplicationReviewState.load

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_REVIEW, is_change=True)
    async def ask_for(self, application_id: Id, requirement_id: Id, form_data: Wrong):
        asked = ([application_id], requirement_id, form_data.note)
        await db.run(applications.ask_for, await current_staff(self), *asked, at=clock.now())
        sent = say(N_("Sent back. The applicant sees your comments."))
        return [ApplicationReviewState.go_on(application_id), sent]

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_REVIEW, is_change=True)
    async def approve(self, application_id: Id, version: Version, form_data: Yes):
        words = {"level": form_data.level, "version": version, "at": clock.now()}
        staff = await current_staff(self)
        seller_id = await db.run(decide_application.approve, staff, application_id, **words)
        return [
            ApplicationReviewState.go_on(application_id),
            say(N_("Approved. The shop is open.") if seller_id else AGREED_FIRST),
        ]

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_REVIEW, is_change=True)
    async def request_changes(self, application_id: Id, version: Version, form_data: Message):
        asked, words = (application_id, form_data.note), {"version": version, "at": clock.now()}
        await db.run(applications.request_changes, await current_staff(self), *asked, **words)
        sent = say(N_("Sent back. The applicant sees your comments."))
        return [ApplicationReviewState.go_on(application_id), sent]

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_REVIEW, is_change=True)
    async def reject(self, application_id: Id, version: Version, form_data: No):
        said = (application_id, form_data.reason, form_data.note)
        words = {"version": version, "at": clock.now()}
        await db.run(applications.reject, await current_staff(self), *said, **words)
        told = say(N_("Rejected. The applicant is told why and may appeal."))
        return [ApplicationReviewState.go_on(application_id), told]

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_REVIEW, is_change=True)
    async def decide_appeal(self, application_id: Id, is_granted: bool, form_data: Answer):
        words = {"is_granted": is_granted, "answer": form_data.answer, "at": clock.now()}
        staff = await current_staff(self)
        await db.run(applications.decide_appeal, staff, application_id, **words)
        return [ApplicationReviewState.load, say(N_("Answered. The applicant is told."))]


def page() -> rx.Component:
    state = ApplicationReviewState
    return rx.cond(
        state.is_loaded,
        rx.el.div(
            header(state),
            rx.el.div(
                rx.el.div(told_by_applicant(state), class_name="min-w-0"),
                rx.el.div(decision(state), class_name="min-w-0"),
                class_name="grid gap-4 items-start xl:grid-cols-[minmax(0,1fr)_320px]",
            ),
            dialogs(state),
            class_name="stack",
        ),
        skeleton_card(8),
    )
