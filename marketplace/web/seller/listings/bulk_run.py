"""The task that changes many listings: how far it is, and once more for what was refused."""

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.jobs.service import cancel_task
from marketplace.flows.bulk_listings import task as bulk
from marketplace.flows.bulk_listings.told import BulkRun, newest_run
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.kit.text import Id
from marketplace.web.guard.policy import Rate, allows
from marketplace.web.messages import say
from marketplace.web.session import current_member

READ, EDIT = Permission.SHOP_LISTINGS_READ, Permission.SHOP_LISTINGS_EDIT
AT_WORK = ("queued", "running")


class ListingBulkRunState(rx.State):
    """The member's newest task of a day; a closed card stays away until the next one."""

    run: rx.Field[BulkRun | None] = rx.field(None)
    is_working: rx.Field[bool] = rx.field(False)
    closed: rx.Field[str] = rx.field("")
    is_open: rx.Field[bool] = rx.field(False)

    @rx.event(supersedes=True)
    @allows(Audience.SELLER, READ)
    async def load(self):
        found = await db.read(newest_run, await current_member(self), at=clock.now())
        self.run = found
        self.is_working = found is not None and found.task.status in AT_WORK

    @rx.event
    @allows(Audience.SELLER, EDIT, is_change=True)
    async def cancel(self, task_id: Id):
        await db.run(cancel_task, await current_member(self), task_id, at=clock.now())
        return [ListingBulkRunState.load, say(N_("It will stop at the next step."))]

    @rx.event
    @allows(Audience.SELLER, EDIT, rate=Rate.COSTLY, is_change=True)
    async def again(self, task_id: Id):
        await db.run(bulk.request_again, await current_member(self), task_id, at=clock.now())
        self.is_open = False
        return ListingBulkRunState.load

    @rx.event
    @allows(Audience.SELLER, READ)
    async def show(self, is_open: bool):
        self.is_open = is_open

    @rx.event
    @allows(Audience.SELLER, READ)
    async def close(self, task_id: Id):
        self.closed = task_id
