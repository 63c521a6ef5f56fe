"""What somebody does with their application; nobody else's is within reach."""

from datetime import date, datetime, timedelta
from typing import cast

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience
from marketplace.domain.media.queries import DropFile
from marketplace.domain.sellers.queries import applications as queries
from marketplace.domain.sellers.queries.applications import ApplicationView
from marketplace.domain.sellers.queries.requirements import RequirementRow
from marketplace.domain.sellers.service import applications
from marketplace.flows import apply
from marketplace.flows.apply_bank import save_bank_and_agree
from marketplace.flows.apply_page import ApplyPage, CategoryChoice, apply_page, name_answer
from marketplace.flows.fees import FeeRow
from marketplace.flows.recognise import Visitor
from marketplace.kit import clock
from marketplace.kit.errors import Invalid
from marketplace.kit.languages import N_
from marketplace.kit.text import Id, Line, Version
from marketplace.web.guard.policy import Rate, allows
from marketplace.web.messages import say
from marketplace.web.seller.apply.forms import (
    Appeal,
    Bank,
    BusinessType,
    Contact,
    Day,
    Legal,
    Shop,
)
from marketplace.web.seller.apply.saying import fields_open, notes_of, said
from marketplace.web.seller.apply.steps import HOME, first_stop, next_stop
from marketplace.web.session import current_person, current_visitor

CHANGED = "changes_requested"


class ApplyState(rx.State):
    """The newest application of whoever is here."""

    is_loaded: rx.Field[bool] = rx.field(False)
    is_there: rx.Field[bool] = rx.field(False)
    app: rx.Field[ApplicationView | None] = rx.field(None)
    missing: rx.Field[list[RequirementRow]] = rx.field(default_factory=list)
    returned: rx.Field[list[RequirementRow]] = rx.field(default_factory=list)
    done: rx.Field[list[int]] = rx.field(default_factory=list)
    editable: rx.Field[list[int]] = rx.field(default_factory=list)
    to_fix: rx.Field[list[int]] = rx.field(default_factory=list)
    """Numbers of steps, as the two before."""
    go_to: rx.Field[str] = rx.field(HOME)
    """Where to pick it up again."""
    is_open: rx.Field[bool] = rx.field(False)
    is_fixing: rx.Field[bool] = rx.field(False)
    here: rx.Field[str] = rx.field("")
    """The step that was loaded. A page waits for its own: fields that were filled with what the
    step before had loaded would lose what somebody quick has typed."""
    shown: rx.Field[int] = rx.field(0)
    """Counts what was loaded, so that forms know."""
    said: rx.Field[dict[str, dict[str, str]]] = rx.field(default_factory=dict)
    """What each step says, by field."""
    open_fields: rx.Field[dict[str, list[str]]] = rx.field(default_factory=dict)
    field_notes: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    """What reviewers wrote about single fields."""
    returns_to_same: rx.Field[bool] = rx.field(True)
    has_agreed: rx.Field[bool] = rx.field(False)
    documents: rx.Field[list[RequirementRow]] = rx.field(default_factory=list)
    files: rx.Field[dict[str, DropFile]] = rx.field(default_factory=dict)
    logo: rx.Field[DropFile] = rx.field(default_factory=DropFile)
    categories: rx.Field[list[CategoryChoice]] = rx.field(default_factory=list)
    fees: rx.Field[list[FeeRow]] = rx.field(default_factory=list)
    opened: rx.Field[list[str]] = rx.field(default_factory=list)
    """Requirements to be fixed when the page was opened: they stay, also once they are."""
    promised: rx.Field[str] = rx.field("")
    """The last day of the promise, as its last moment."""
    is_late: rx.Field[bool] = rx.field(False)
    waiting: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    """Files that wait for the day they end, by requirement."""
    dates: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    name_is: rx.Field[str] = rx.field("")

    @rx.event(supersedes=True)
    @allows(Audience.PERSON)
    async def load(self):
        self._show(
            await db.read(apply_page, await current_person(self)), await current_visitor(self)
        )

    @rx.event(supersedes=True)
    @allows(Audience.PERSON)
    async def load_step(self):
        """A step cannot be opened before there is an application, or once it is being read."""
        self.waiting, self.dates, self.opened = {}, {}, []
        self._show(
            await db.read(apply_page, await current_person(self)), await current_visitor(self)
        )
        return None if self.is_open else rx.redirect(HOME)

    @rx.event
    @allows(Audience.PERSON, is_change=True)
    async def begin(self):
        await db.run(applications.start, await current_person(self), at=clock.now())
        return rx.redirect(f"{HOME}/contact")

    @rx.event
    @allows(Audience.PERSON, is_change=True)
    async def save_contact(self, application_id: Id, version: Version, form_data: Contact):
        at = clock.now()
        await db.run(
            applications.save_contact,
            await current_person(self),
            application_id,
            form_data,
            version=version,
            at=at,
        )
        return await self._go_on("contact")

    @rx.event
    @allows(Audience.PERSON, is_change=True)
    async def save_business(self, application_id: Id, version: Version, form_data: BusinessType):
        save = applications.save_business_type
        await db.run(
            save,
            await current_person(self),
            application_id,
            form_data,
            version=version,
            at=clock.now(),
        )
        return await self._go_on("business")

    @rx.event
    @allows(Audience.PERSON, is_change=True)
    async def save_legal(self, application_id: Id, version: Version, form_data: Legal):
        at = clock.now()
        await db.run(
            applications.save_legal,
            await current_person(self),
            application_id,
            form_data,
            version=version,
            at=at,
        )
        return await self._go_on("legal")

    @rx.event
    @allows(Audience.PERSON, is_change=True)
    async def save_shop(self, application_id: Id, version: Version, form_data: Shop):
        at = clock.now()
        await db.run(
            apply.save_shop,
            await current_person(self),
            application_id,
            form_data,
            version=version,
            at=at,
        )
        return await self._go_on("shop")

    @rx.event
    @allows(Audience.PERSON, is_change=True)
    async def save_bank(
        self, application_id: Id, version: Version, agreement: Version, form_data: Bank
    ):
        await db.run(
            save_bank_and_agree, await current_person(self), application_id, form_data.account(),
            agreement=agreement if form_data.accepts else 0, version=version, at=clock.now(),
        )  # fmt: skip
        return await self._go_on("bank")

    @rx.event
    @allows(Audience.PERSON, is_change=True)
    async def place_file(self, application_id: Id, requirement_id: Id, media_id: Id):
        self.waiting = {**self.waiting, requirement_id: media_id}
        return await self._hand_in(application_id, requirement_id)

    @rx.event
    @allows(Audience.PERSON, is_change=True)
    async def set_expiry(self, application_id: Id, requirement_id: Id, day: Day):
        self.dates = {**self.dates, requirement_id: day}
        return await self._hand_in(application_id, requirement_id)

    @rx.event
    @allows(Audience.PERSON, is_change=True)
    async def take_back(self, application_id: Id, requirement_id: Id):
        at = clock.now()
        self.waiting = {id_: one for id_, one in self.waiting.items() if id_ != requirement_id}
        await db.run(
            applications.take_back,
            await current_person(self),
            application_id,
            requirement_id,
            at=at,
        )
        return ApplyState.load

    @rx.event
    @allows(Audience.PERSON, is_change=True)
    async def confirm(self, application_id: Id, requirement_id: Id):
        """An attestation: a word of the applicant's, without a file."""
        at = clock.now()
        await db.run(
            applications.hand_in,
            await current_person(self),
            application_id,
            requirement_id,
            "",
            None,
            at=at,
        )
        return ApplyState.load

    @rx.event
    @allows(Audience.PERSON)
    async def leave_documents(self):
        return await self._go_on("documents")

    @rx.event(supersedes=True)
    @allows(Audience.PERSON)
    async def look_up_name(self, name: Line):
        """Answers while one goes on writing, and fills in the address the name would have."""
        answer = await db.read(name_answer, await current_person(self), name)
        self.name_is = answer.state
        has_own = self.said.get("shop", {}).get("slug", "") != ""
        return None if has_own or not answer.slug else rx.set_value("field-slug", answer.slug)

    @rx.event
    @allows(Audience.PERSON, is_change=True, rate=Rate.COSTLY)
    async def submit(self, application_id: Id, version: Version):
        at = clock.now()
        await db.run(
            applications.submit, await current_person(self), application_id, version=version, at=at
        )
        return [rx.redirect(HOME), say(N_("Your application is on its way."))]

    @rx.event
    @allows(Audience.PERSON, is_change=True)
    async def appeal(self, application_id: Id, form_data: Appeal):
        at = clock.now()
        await db.run(
            applications.appeal, await current_person(self), application_id, form_data.text, at=at
        )
        return [ApplyState.load, say(N_("Your appeal is on its way."))]

    @rx.event
    @allows(Audience.PERSON, is_change=True)
    async def discard(self, application_id: Id, version: Version):
        at = clock.now()
        await db.run(
            applications.delete_draft,
            await current_person(self),
            application_id,
            version=version,
            at=at,
        )
        return [rx.redirect(HOME), ApplyState.load, say(N_("The draft is gone."))]

    def _show(self, page: ApplyPage, visitor: Visitor) -> None:
        app = page.application
        self.app, self.is_there = app, app is not None
        self.documents, self.files, self.logo = page.documents, page.files, page.logo
        self.categories, self.fees = page.categories, page.fees
        self.is_open = app is not None and app.is_editable
        self.is_fixing = app is not None and app.status == CHANGED
        self._show_steps(app)
        self.said = said(app, visitor.name, visitor.email)
        self.open_fields, self.field_notes = fields_open(app), notes_of(app)
        self.returns_to_same = bool(app.shop.get("return_same", True)) if app else True
        self.has_agreed = app is not None and 0 < app.agreed == app.agreement.version
        self._show_promise(app)
        self._keep_waiting(page.documents)
        self.name_is = ""
        self.here = self.router.url.path.rstrip("/").rpartition("/")[2]
        self.shown, self.is_loaded = self.shown + 1, True

    def _show_steps(self, app: ApplicationView | None) -> None:
        steps, rows = (app.steps, app.requirements) if app else ((), ())
        self.done = [step.number for step in steps if step.is_complete]
        self.editable = [step.number for step in steps if step.is_editable]
        self.to_fix = [step.number for step in steps if step.to_fix]
        self.missing = [row for row in rows if app and row.code in app.missing]
        self.returned = [row for row in rows if app and row.code in app.to_fix]
        self.opened = sorted({*self.opened, *(row.id for row in self.returned)})
        self.go_to = first_stop(app) if app else HOME

    def _show_promise(self, app: ApplicationView | None) -> None:
        """A promise ends with its last day, so the day is that of the moment before."""
        due = datetime.fromisoformat(app.due_at) if app and app.due_at else None
        self.promised = (due - timedelta(seconds=1)).isoformat() if due else ""
        self.is_late = due is not None and due < clock.now()

    def _keep_waiting(self, rows: list[RequirementRow]) -> None:
        """What was handed in waits no more; the rest of the page's files and days still do."""
        handed_in = {row.id: row for row in rows if row.media_id}
        self.waiting = {
            id_: media_id
            for id_, media_id in self.waiting.items()
            if id_ not in handed_in or handed_in[id_].media_id != media_id
        }
        kept = {id_: day for id_, day in self.dates.items() if id_ not in handed_in}
        self.dates = {row.id: row.expires_on for row in rows} | kept

    async def _go_on(self, code: str) -> rx.event.EventSpec:
        app = await db.read(queries.my_application, await current_person(self))
        return cast(rx.event.EventSpec, rx.redirect(next_stop(app, code)))

    async def _hand_in(self, application_id: str, requirement_id: str) -> rx.event.EventSpec | None:
        """Once the file is there, and the day it ends if it has one. A file that was handed in
        before keeps its place when only its day changes."""
        row = _row(self.documents, requirement_id)
        media_id = self.waiting.get(requirement_id) or (row.media_id if row else "")
        day = self.dates.get(requirement_id, "")
        if not media_id or (row and row.expires and not day):
            return None
        expires_on = _day(day) if row and row.expires else None
        await db.run(
            applications.hand_in, await current_person(self), application_id, requirement_id, media_id,
            expires_on, at=clock.now(),
        )  # fmt: skip
        return cast(rx.event.EventSpec, ApplyState.load)


def _row(rows: list[RequirementRow], requirement_id: str) -> RequirementRow | None:
    return next((row for row in rows if row.id == requirement_id), None)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid({"expires_on": N_("This day does not exist.")}) from None
