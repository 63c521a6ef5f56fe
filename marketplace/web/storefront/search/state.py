"""The results that the address asks for, of a search or a category."""

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience
from marketplace.domain.search.service.asked import note_question
from marketplace.flows.find_listings.asking import Asked, address, asked_by, category_in
from marketplace.flows.find_listings.results import Results, look_for
from marketplace.kit import clock
from marketplace.web.guard.policy import allows
from marketplace.web.session import current_visitor


class SearchState(rx.State):
    """`results` stay None for a category that is not there."""

    is_loaded: rx.Field[bool] = rx.field(False)
    results: rx.Field[Results | None] = rx.field(None)

    @rx.event(supersedes=True)
    @allows(Audience.PUBLIC)
    async def load(self):
        url = self.router.url
        asked = asked_by(dict(url.query_parameters), category_in(url.path))
        self.results, self.is_loaded = await db.read(look_for, asked), True
        await self._note(asked)
        return self._lead_on(asked)

    async def _note(self, asked: Asked) -> None:
        if self.results is None or not asked.text or asked.page > 1:
            return
        speaks, at = (await current_visitor(self)).locale, clock.now()
        await db.run(note_question, asked.text, speaks, self.results.total, at=at)

    def _lead_on(self, asked: Asked) -> rx.event.EventSpec | None:
        """From an address the category had before, or has besides, to its own."""
        path = self.router.url.path.rstrip("/")
        here = path.removeprefix("/zh")
        if self.results is None or self.results.path == here:
            return None
        to = address(asked, category=self.results.slug, page=asked.page)
        return rx.redirect(path.removesuffix(here) + to, replace=True)
