"""Saved views of list pages: what the tabs above a list show, and what can be done with them."""

from dataclasses import dataclass
from typing import Annotated

import reflex as rx
from pydantic import Field, StringConstraints

from marketplace import db
from marketplace.domain.access.models import Audience, Permission, SellerMember, Staff
from marketplace.domain.accounts.queries.views import ViewRow, list_views
from marketplace.domain.accounts.service import views
from marketplace.kit import clock
from marketplace.kit.errors import NotFound
from marketplace.kit.languages import N_
from marketplace.kit.text import Id, Name, Query
from marketplace.web.guard.policy import allows
from marketplace.web.messages import say
from marketplace.web.session import current_member, current_staff

Address = Annotated[str, StringConstraints(pattern=r"^/[a-z/-]{1,40}$")]
Columns = Annotated[
    list[Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")]], Field(max_length=40)
]


@dataclass(frozen=True, slots=True)
class Place:
    """A list page, and who may open it."""

    audience: Audience
    permission: Permission


_places: dict[str, Place] = {}


def register(page: str, audience: Audience, permission: Permission) -> None:
    """Let a list page have saved views; every `Index` calls this."""
    _places[page] = Place(audience, permission)


class ViewsState(rx.State):
    """The views of the list page in this tab."""

    page: rx.Field[str] = rx.field("")
    views: rx.Field[list[ViewRow]] = rx.field(default_factory=list)

    @rx.event
    @allows(Audience.PERSON)
    async def show(self, page: Address):
        needs = _place(page).permission
        self.views = await db.read(list_views, await _colleague(self, page), page, needs=needs)
        self.page = page

    @rx.event
    @allows(Audience.PERSON, is_change=True)
    async def save(self, page: Address, name: Name, query: Query, columns: Columns, shared: bool):
        await db.run(
            views.save_view, await _colleague(self, page), page, needs=_place(page).permission,
            name=name, query=query, columns=columns, is_shared=shared, at=clock.now(),
        )  # fmt: skip
        return [ViewsState.show(page), say(N_("View saved."))]

    @rx.event
    @allows(Audience.PERSON, is_change=True)
    async def update_query(self, page: Address, view_id: Id, query: Query, columns: Columns):
        actor = await _colleague(self, page)
        await db.run(views.change_view, actor, view_id, query=query, columns=columns)
        return [ViewsState.show(page), say(N_("View saved."))]

    @rx.event
    @allows(Audience.PERSON, is_change=True)
    async def rename(self, page: Address, view_id: Id, name: Name):
        await db.run(views.rename_view, await _colleague(self, page), view_id, name)
        return ViewsState.show(page)

    @rx.event
    @allows(Audience.PERSON, is_change=True)
    async def share(self, page: Address, view_id: Id, shared: bool):
        actor = await _colleague(self, page)
        await db.run(views.share_view, actor, view_id, is_shared=shared)
        done = (
            N_("Your colleagues see this view now.")
            if shared
            else N_("Only you see this view now.")
        )
        return [ViewsState.show(page), say(done)]

    @rx.event
    @allows(Audience.PERSON, is_change=True)
    async def make_default(self, page: Address, view_id: Id, default: bool):
        actor = await _colleague(self, page)
        await db.run(views.set_default_view, actor, view_id, is_default=default)
        return ViewsState.show(page)

    @rx.event
    @allows(Audience.PERSON, is_change=True)
    async def delete(self, page: Address, view_id: Id):
        await db.run(views.delete_view, await _colleague(self, page), view_id)
        return [ViewsState.show(page), say(N_("View deleted."))]


def _place(page: str) -> Place:
    try:
        return _places[page]
    except KeyError:
        raise NotFound from None


async def _colleague(state: rx.State, page: str) -> Staff | SellerMember:
    """The hat the page is for."""
    if _place(page).audience is Audience.STAFF:
        return await current_staff(state)
    return await current_member(state)
