"""Leaving the app for a page the server writes itself: sign-in, the account, a refusal.

`rx.redirect` would look for the address among the app's own pages.
"""

import time
from typing import Annotated, cast

import reflex as rx
from pydantic import StringConstraints

from marketplace.domain.access.models import Audience
from marketplace.web.guard.policy import allows
from marketplace.web.short_stack import in_short_stack

Address = Annotated[str, StringConstraints(pattern=r"^/([^/\\]|$)", max_length=2000)]


class LeaveState(rx.State):
    """Where the page is to go; the bridge follows each order once."""

    order: rx.Field[dict[str, str | int]] = rx.field(default_factory=dict)

    @rx.event
    @allows(Audience.PUBLIC)
    async def leave(self, address: Address):
        self.order = {"id": time.time_ns() // 1000, "address": address}


class LeaveBridge(rx.Component):
    """Sits in every page and goes where `LeaveState` says."""

    library = in_short_stack(lambda: rx.asset("leave.js", shared=True).importable_path)
    tag = "LeaveBridge"
    order: rx.Var[dict[str, str | int]]


def bridge() -> rx.Component:
    return LeaveBridge.create(order=LeaveState.order)


def leave_for(address: str) -> rx.event.EventSpec:
    """Go to an address of ours that is not a page of the app."""
    return cast(rx.event.EventSpec, LeaveState.leave(address))
