"""Admin / Sellers / Agreement: what sellers accept when they apply, version by version."""

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.sellers.queries.agreements import AgreementVersion, agreements
from marketplace.domain.sellers.service.requirements import AgreementForm, publish_agreement
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.kit.text import Count, Document
from marketplace.web.admin.sellers.agreement_view import agreement_page
from marketplace.web.guard.forms import Form
from marketplace.web.guard.policy import allows
from marketplace.web.messages import clear_errors, say
from marketplace.web.session import current_staff


class Texts(Form):
    text: Document = ""
    text_zh: Document = ""

    @property
    def checked(self) -> AgreementForm:
        return AgreementForm(text=self.text, text_zh=self.text_zh)


class AgreementState(rx.State):
    """The versions, newest first, and the dialog that writes the next one."""

    is_loaded: rx.Field[bool] = rx.field(False)
    rows: rx.Field[list[AgreementVersion]] = rx.field(default_factory=list)
    is_open: rx.Field[bool] = rx.field(False)

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.SELLERS_READ)
    async def load(self):
        self.rows = await db.read(agreements, await current_staff(self))
        self.is_loaded, self.is_open = True, False

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE)
    async def begin(self):
        self.is_open = True
        return clear_errors()

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_READ)
    async def close(self, is_open: bool):
        self.is_open = False

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE, is_change=True)
    async def publish(self, follows: Count, form_data: Texts):
        staff, form, at = await current_staff(self), form_data.checked, clock.now()
        number = await db.run(publish_agreement, staff, form, follows=follows, at=at)
        said = say(N_("Version {n} holds from now on."), n=number)
        return [AgreementState.load, said]


def page() -> rx.Component:
    return agreement_page(AgreementState)
