"""The shop of the address, with the words, order and page that it asks for."""

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience
from marketplace.flows.find_listings.asking import asked_by
from marketplace.flows.show_shop import ShopView, look_at_shop
from marketplace.web.guard.policy import allows


class ShopPageState(rx.State):
    """`view` stays None for a shop that buyers may not visit."""

    is_loaded: rx.Field[bool] = rx.field(False)
    view: rx.Field[ShopView | None] = rx.field(None)

    @rx.event(supersedes=True)
    @allows(Audience.PUBLIC)
    async def load(self):
        url = self.router.url
        slug = url.path.rstrip("/").rpartition("/")[2]
        asked = asked_by(dict(url.query_parameters))
        self.view, self.is_loaded = await db.read(look_at_shop, slug[:80], asked), True
