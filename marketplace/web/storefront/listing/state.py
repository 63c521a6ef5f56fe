"""The listing of the address, the kind that is chosen, and what buyers may ask about it."""

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience
from marketplace.domain.inventory.service import request_back_in_stock
from marketplace.domain.moderation.queries.rulebook import CodeRow, list_codes
from marketplace.domain.moderation.service.reports import report
from marketplace.flows.show_listing import look
from marketplace.flows.shown_listing import ListingView, Shown, first_of
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.kit.text import Count, Email, Id, Key, Line
from marketplace.web.guard.forms import Form
from marketplace.web.guard.policy import Rate, allows
from marketplace.web.messages import say
from marketplace.web.session import current_buyer


class Waiting(Form):
    """Where to write when it is back; somebody signed in is written to at their own address."""

    variant: Id
    email: Email = ""


class Complaint(Form):
    listing: Id
    code: Key
    note: Line = ""


class ListingPageState(rx.State):
    """The listing of the address, and the kind that is chosen: one value for each option.
    `images`: its pictures, that of the chosen kind first."""

    is_loaded: rx.Field[bool] = rx.field(False)
    view: rx.Field[ListingView | None] = rx.field(None)
    chosen: rx.Field[list[str]] = rx.field(default_factory=list)
    key: rx.Field[str] = rx.field("")
    images: rx.Field[list[Shown]] = rx.field(default_factory=list)
    reasons: rx.Field[list[CodeRow]] = rx.field(default_factory=list)

    @rx.event(supersedes=True)
    @allows(Audience.PUBLIC)
    async def load(self):
        slug = self.router.url.path.rstrip("/").rpartition("/")[2]
        self.view, self.is_loaded = await db.read(look, slug[:120], at=clock.now()), True
        self._choose(first_of(self.view) if self.view else [])
        return self._lead_on(slug) if self.view else None

    @rx.event
    @allows(Audience.PUBLIC)
    async def choose(self, place: Count, value: Line):
        self._choose([*self.chosen[:place], value, *self.chosen[place + 1 :]])

    @rx.event
    @allows(Audience.PUBLIC)
    async def ask_reasons(self):
        self.reasons = await db.read(list_codes)

    @rx.event
    @allows(Audience.PUBLIC, rate=Rate.COSTLY, is_change=True)
    async def wait_for(self, form_data: Waiting):
        buyer, sent, at = await current_buyer(self), form_data, clock.now()
        await db.run(request_back_in_stock, buyer, sent.variant, email=sent.email, at=at)
        return say(N_("We write to you once it is back."))

    @rx.event
    @allows(Audience.PUBLIC, rate=Rate.COSTLY, is_change=True)
    async def complain(self, form_data: Complaint):
        buyer, sent, at = await current_buyer(self), form_data, clock.now()
        await db.run(report, buyer, sent.listing, sent.code, sent.note, at=at)
        return say(N_("Thank you. Our team looks at it."))

    def _lead_on(self, slug: str) -> rx.event.EventSpec | None:
        """From an address it had before to the present one."""
        url, view = self.router.url, self.view
        if view is None or view.slug == slug:
            return None
        path = url.path.rstrip("/").removesuffix(slug) + view.slug
        return rx.redirect(f"{path}?{url.query}" if url.query else path, replace=True)

    def _choose(self, values: list[str]) -> None:
        self.chosen, self.key = values[:3], "|".join(values[:3])
        self.images = self.view.with_first(self.key) if self.view else []
