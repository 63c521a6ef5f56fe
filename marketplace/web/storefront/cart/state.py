"""The cart of whoever is here, and what they do with its lines."""

from typing import Annotated

import reflex as rx
from pydantic import Field

from marketplace import db
from marketplace.domain.access.models import Audience
from marketplace.domain.cart import service as cart
from marketplace.flows.show_cart import CartRow, CartView, show_cart
from marketplace.kit import clock
from marketplace.kit.text import Id
from marketplace.web.guard.policy import Rate, allows
from marketplace.web.session import current_buyer
from marketplace.web.shell import ShellState

Quantity = Annotated[int, Field(ge=1, le=9_999)]
Lines = Annotated[list[Id], Field(max_length=50)]


class CartState(rx.State):
    """`removed`: the line that was taken out last, as long as it can be put back."""

    is_loaded: rx.Field[bool] = rx.field(False)
    view: rx.Field[CartView | None] = rx.field(None)
    removed: rx.Field[CartRow | None] = rx.field(None)

    @rx.event(supersedes=True)
    @allows(Audience.PUBLIC, rate=Rate.VIEW)
    async def load(self):
        self.view = await db.read(show_cart, await current_buyer(self))
        self.is_loaded = True
        return [ShellState.count_cart, *([CartState.know_prices] if self.view.has_changes else [])]

    @rx.event
    @allows(Audience.PUBLIC, is_change=True)
    async def know_prices(self):
        """Once they were shown, the prices of now are the ones the buyer knows."""
        await db.run(cart.note_prices, await current_buyer(self))

    @rx.event
    @allows(Audience.PUBLIC, rate=Rate.VIEW, is_change=True)
    async def set_quantity(self, line: Id, quantity: Quantity):
        buyer, at = await current_buyer(self), clock.now()
        await db.run(cart.set_quantity, buyer, line, quantity, at=at)
        return CartState.load

    @rx.event
    @allows(Audience.PUBLIC, is_change=True)
    async def remove(self, line: Id):
        self.removed = _row(self.view, line)
        await db.run(cart.remove, await current_buyer(self), line, at=clock.now())
        return CartState.load

    @rx.event
    @allows(Audience.PUBLIC, is_change=True)
    async def put_back(self):
        buyer, row, at = await current_buyer(self), self.removed, clock.now()
        if row:
            await db.run(cart.add, buyer, row.variant_id, row.quantity, at=at)
        self.removed = None
        return CartState.load

    @rx.event
    @allows(Audience.PUBLIC, is_change=True)
    async def put_aside(self, line: Id, is_saved: bool):
        buyer, at = await current_buyer(self), clock.now()
        await db.run(cart.put_aside, buyer, line, is_saved=is_saved, at=at)
        return CartState.load

    @rx.event
    @allows(Audience.PUBLIC, rate=Rate.VIEW, is_change=True)
    async def choose(self, lines: Lines, is_chosen: bool):
        buyer, at = await current_buyer(self), clock.now()
        await db.run(cart.choose, buyer, lines, is_chosen=is_chosen, at=at)
        return CartState.load


def _row(view: CartView | None, line: str) -> CartRow | None:
    if view is None:
        return None
    rows = [*view.unavailable, *view.saved, *(row for one in view.groups for row in one.rows)]
    return next((row for row in rows if row.id == line), None)
