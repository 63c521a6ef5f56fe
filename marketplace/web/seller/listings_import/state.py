"""What the page knows: the import that the URL names, its tasks, exports, earlier runs."""

import asyncio
from typing import Annotated, Literal

import reflex as rx
from pydantic import Field

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.imports import queries, service
from marketplace.domain.imports.queries import ColumnRow, RunRow
from marketplace.domain.imports.rules import Shown
from marketplace.domain.jobs.queries.tasks import TaskRow, my_tasks
from marketplace.domain.jobs.service import cancel_task
from marketplace.domain.media import queries as media
from marketplace.flows.export_products import task as exports
from marketplace.flows.import_products import beginning
from marketplace.integrations import storage
from marketplace.kit import clock
from marketplace.kit.errors import NotFound
from marketplace.kit.languages import N_
from marketplace.kit.paging import ListQuery
from marketplace.kit.tables import Table, read_table
from marketplace.kit.text import Id
from marketplace.web.guard.forms import Form
from marketplace.web.guard.policy import Rate, allows
from marketplace.web.messages import say
from marketplace.web.session import current_member

PAGE = "/seller/listings/import"
COLUMNS, RUNS = 120, 10
OWN_TASKS = ("import.", "export.products")
Key = Annotated[str, Field(max_length=200)]


class Mapping(Form):
    keys: list[Key]


class Choices(Form):
    valid_only: Literal["on", ""] = ""
    submits: Literal["on", ""] = ""


class Wanted(Form):
    format: Literal["shopify", "shopify_legacy", "csv", "xlsx"]


class ImportState(rx.State):
    """The import that the URL names, as the database knows it; and what ran before."""

    is_loaded: rx.Field[bool] = rx.field(False)
    run_id: rx.Field[str] = rx.field("")
    row: rx.Field[RunRow | None] = rx.field(None)
    state: rx.Field[str] = rx.field("")
    columns: rx.Field[list[ColumnRow]] = rx.field(default_factory=list)
    faults: rx.Field[list[Shown]] = rx.field(default_factory=list)
    tasks: rx.Field[list[TaskRow]] = rx.field(default_factory=list)
    runs: rx.Field[list[RunRow]] = rx.field(default_factory=list)
    exports: rx.Field[list[TaskRow]] = rx.field(default_factory=list)
    is_working: rx.Field[bool] = rx.field(False)

    @rx.event(supersedes=True)
    @allows(Audience.SELLER, Permission.SHOP_LISTINGS_READ)
    async def load(self):
        self.run_id = str(self.router.url.query_parameters.get("run", ""))[:40]
        _show_run(self, await _run(self, self.run_id))
        _show_tasks(self, await _tasks(self), await _runs(self))
        self.is_loaded = True

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_LISTINGS_EDIT, rate=Rate.COSTLY, is_change=True)
    async def begin(self, media_id: Id):
        run_id = await _begun(self, media_id)
        return rx.redirect(f"{PAGE}?run={run_id}")

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_LISTINGS_EDIT, is_change=True)
    async def check(self, run_id: Id, form_data: Mapping):
        await db.run(
            beginning.read_as, await current_member(self), run_id, form_data.keys, at=clock.now()
        )
        return ImportState.load

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_LISTINGS_EDIT)
    async def change_columns(self):
        self.state = "mapping"

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_LISTINGS_EDIT, is_change=True)
    async def run(self, run_id: Id, form_data: Choices):
        await db.run(
            service.start, await current_member(self), run_id, at=clock.now(),
            is_valid_only=form_data.valid_only == "on", submits=form_data.submits == "on",
        )  # fmt: skip
        return ImportState.load

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_LISTINGS_EDIT, rate=Rate.COSTLY, is_change=True)
    async def fetch_again(self, run_id: Id):
        await db.run(service.fetch_again, await current_member(self), run_id, at=clock.now())
        return ImportState.load

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_LISTINGS_EDIT, is_change=True)
    async def cancel(self, task_id: Id):
        await db.run(cancel_task, await current_member(self), task_id, at=clock.now())
        return [ImportState.load, say(N_("It will stop at the next step."))]

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_LISTINGS_EDIT, rate=Rate.COSTLY, is_change=True)
    async def export(self, form_data: Wanted):
        await db.run(
            exports.request_export, await current_member(self), form_data.format, at=clock.now()
        )
        return [
            ImportState.load,
            say(N_("The file is being written. You will find it under the bell.")),
        ]


async def _run(state: rx.State, run_id: str) -> queries.RunView | None:
    """None also for an import of somebody else: the page then begins anew."""
    if not run_id:
        return None
    try:
        return await db.read(queries.run_view, await current_member(state), run_id)
    except NotFound:
        return None


async def _tasks(state: rx.State) -> list[TaskRow]:
    at = clock.now()
    found = await db.read(my_tasks, await current_member(state), at=at, limit=40)
    return [task for task in found if task.kind.startswith(OWN_TASKS)]


async def _runs(state: rx.State) -> list[RunRow]:
    newest = ListQuery(size=RUNS)
    return (await db.read(queries.list_runs, await current_member(state), newest)).rows


def _show_run(state: "ImportState", view: queries.RunView | None) -> None:
    state.row = view.row if view else None
    state.run_id = view.row.id if view else ""
    state.state = view.row.state if view else ""
    state.columns = view.columns[:COLUMNS] if view else []
    state.faults = view.faults if view else []


def _show_tasks(state: "ImportState", tasks: list[TaskRow], runs: list[RunRow]) -> None:
    row = state.row
    own = (row.check_task_id, row.run_task_id, row.pictures_task_id) if row else ()
    state.tasks = [task for task in tasks if task.id in own]
    state.exports = [task for task in tasks if task.kind == exports.KIND][:4]
    state.runs = runs
    working = [*state.tasks, *state.exports]
    state.is_working = any(task.status in ("queued", "running") for task in working)


async def _begun(state: rx.State, media_id: str) -> str:
    """Reads the member's own file; `Unreadable` becomes a toast that names row and column."""
    stored = await db.read(media.file_for, await current_member(state), media_id)
    table = await asyncio.to_thread(_read, stored.key)
    return await db.run(
        beginning.begin, await current_member(state), media_id, stored.name, table, at=clock.now()
    )


def _read(key: str) -> Table:
    with storage().open(key) as file:
        return read_table(file.read())
