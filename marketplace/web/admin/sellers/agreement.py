"""Admin / Sellers / Agreement: its versions, who agreed to which, and the next one."""

from datetime import date, datetime

import reflex as rx
from sqlmodel import Session

from marketplace import db
from marketplace.domain.access.models import Audience, Permission, Staff
from marketplace.domain.sellers.queries import agreements as queries
from marketplace.domain.sellers.queries.agreements import AgreementRow, Effect, VersionRow
from marketplace.domain.sellers.service import requirements as service
from marketplace.domain.sellers.service.requirements import AgreementForm
from marketplace.kit import clock
from marketplace.kit.errors import Invalid
from marketplace.kit.languages import N_
from marketplace.kit.text import Count, Document, Line, Version
from marketplace.web.admin.sellers.agreement_view import agreement_page
from marketplace.web.guard.forms import Form
from marketplace.web.guard.policy import allows
from marketplace.web.messages import clear_errors, say
from marketplace.web.session import current_staff


class AgreementFields(Form):
    text: Document
    text_zh: Document
    begins_on: Line = ""

    @property
    def checked(self) -> AgreementForm:
        """Raises `Invalid` naming the field."""
        day = _day(self.begins_on) if self.begins_on else None
        return AgreementForm(text=self.text, text_zh=self.text_zh, begins_on=day)


class AgreementState(rx.State):
    """The versions, the one that is being read, and the next one while it is written."""

    is_loaded: rx.Field[bool] = rx.field(False)
    rows: rx.Field[list[VersionRow]] = rx.field(default_factory=list)
    shown: rx.Field[AgreementRow] = rx.field(default_factory=AgreementRow)
    effect: rx.Field[Effect | None] = rx.field(None)
    dialog: rx.Field[str] = rx.field("")

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.SELLERS_READ)
    async def load(self):
        self.rows = await db.read(queries.versions, await current_staff(self))
        self.is_loaded, self.dialog, self.effect = True, "", None

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_READ)
    async def read(self, version: Version):
        self.shown = await db.read(queries.version, await current_staff(self), version)
        self.dialog = "read"

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE)
    async def begin(self):
        self.shown = await db.read(_newest, await current_staff(self))
        self.effect, self.dialog = None, "write"
        return clear_errors()

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_READ)
    async def close(self, is_open: bool):
        self.dialog, self.effect = "", None

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE)
    async def write_on(self):
        self.effect = None

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE, is_change=True)
    async def publish(self, version: Count, is_sure: bool, form_data: AgreementFields):
        asked = (form_data.checked, version, is_sure)
        self.effect = await db.run(_publish, await current_staff(self), *asked, at=clock.now())
        return None if self.effect else [AgreementState.load, say(N_("Published."))]


def page() -> rx.Component:
    return agreement_page(AgreementState)


def _newest(session: Session, staff: Staff) -> AgreementRow:
    """What the next version is written from; nothing if there is none."""
    staff.require(Permission.SELLERS_READ)
    found = queries.versions(session, staff)
    return queries.version(session, staff, found[0].version) if found else AgreementRow()


def _publish(
    session: Session,
    staff: Staff,
    form: AgreementForm,
    version: int,
    is_sure: bool,
    *,
    at: datetime,
) -> Effect | None:
    """What it would mean, to be asked about; nothing once it is published."""
    staff.require(Permission.SELLERS_MANAGE)
    if is_sure:
        service.publish_agreement(session, staff, form, version=version, at=at)
        return None
    begins = service.check_agreement(session, staff, form, at=at)
    return queries.effect_of(session, staff, begins, at=at)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid({"begins_on": N_("This day does not exist.")}) from None
