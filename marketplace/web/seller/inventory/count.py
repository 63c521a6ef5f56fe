"""Seller / Inventory / Count: a table of counted units, looked at before it is written."""

import asyncio
from dataclasses import dataclass

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.jobs.queries.tasks import TaskRow, task
from marketplace.domain.media import queries as media
from marketplace.flows import take_stock
from marketplace.flows.take_stock import CountLine
from marketplace.integrations import storage
from marketplace.kit import clock
from marketplace.kit.languages import N_, translate
from marketplace.kit.tables import Table, read_table
from marketplace.kit.text import Id
from marketplace.web import i18n
from marketplace.web.guard.policy import Rate, allows
from marketplace.web.i18n import t
from marketplace.web.messages import say
from marketplace.web.seller.inventory.view import spoken
from marketplace.web.session import current_member
from marketplace.web.ui.button import button, link
from marketplace.web.ui.feedback import alert
from marketplace.web.ui.jobs import job_card
from marketplace.web.ui.layout import card, page_header
from marketplace.web.ui.media import drop
from marketplace.web.ui.poll import poll

SHOWN = 50


@dataclass(frozen=True, slots=True)
class FaultRow:
    row: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What the file would do; lists hold the first fifty."""

    media_id: str = ""
    name: str = ""
    changes: int = 0
    unchanged: int = 0
    faults: int = 0
    lines: tuple[CountLine, ...] = ()
    fault_rows: tuple[FaultRow, ...] = ()


class CountState(rx.State):
    """One count on its way: the file looked at, then the task that writes it."""

    preview: rx.Field[Preview] = rx.field(default_factory=Preview)
    lines: rx.Field[list[CountLine]] = rx.field(default_factory=list)
    faults: rx.Field[list[FaultRow]] = rx.field(default_factory=list)
    task_id: rx.Field[str] = rx.field("")
    task: rx.Field[TaskRow | None] = rx.field(None)

    @rx.event(supersedes=True)
    @allows(Audience.SELLER, Permission.SHOP_LISTINGS_EDIT)
    async def load(self):
        self.preview, self.lines, self.faults = Preview(), [], []
        self.task_id, self.task = "", None

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_LISTINGS_EDIT, rate=Rate.COSTLY)
    async def look(self, media_id: Id):
        self.preview = await _previewed(self, media_id)
        self.lines, self.faults = list(self.preview.lines), list(self.preview.fault_rows)

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_LISTINGS_EDIT, is_change=True)
    async def run(self, media_id: Id):
        file = await db.read(media.file_for, await current_member(self), media_id)
        self.task_id = await db.run(
            take_stock.request_count, await current_member(self), media_id, file.name,
            at=clock.now(),
        )  # fmt: skip
        return [CountState.tick, say(N_("The count is being written."))]

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_LISTINGS_EDIT)
    async def tick(self):
        at = clock.now()
        self.task = await db.read(task, await current_member(self), self.task_id, at=at)


async def _previewed(state: rx.State, media_id: str) -> Preview:
    """Reads the member's own file; `Unreadable` becomes a toast that names row and column."""
    stored = await db.read(media.file_for, await current_member(state), media_id)
    table = await asyncio.to_thread(_read, stored.key)
    plan = await db.read(take_stock.plan_count, await current_member(state), table)
    locale = (await current_member(state)).locale
    faults = tuple(
        FaultRow(fault.row, fault.column, translate(locale, fault.message, **fault.words))
        for fault in plan.faults[:SHOWN]
    )
    return Preview(
        media_id,
        stored.name,
        len(plan.lines),
        plan.unchanged,
        len(plan.faults),
        plan.lines[:SHOWN],
        faults,
    )


def _read(key: str) -> Table:
    with storage().open(key) as file:
        return read_table(file.read())


def page() -> rx.Component:
    preview = CountState.preview
    return rx.el.div(
        page_header(
            N_("Count stock"),
            crumbs=((N_("Inventory"), "/seller/inventory"),),
            subtitle=N_("Only the SKUs in your file change. Nothing is written before you say so."),
        ),
        rx.cond(
            CountState.task,
            _task(),
            rx.cond(preview.media_id == "", _upload(), _preview()),
        ),
        class_name="stack",
    )


def _upload() -> rx.Component:
    return rx.el.div(
        card(
            drop(
                N_("Counted units"),
                purpose="table",
                hat="seller",
                shape="wide",
                hint=N_("CSV or Excel with the columns SKU and Counted."),
                on_done=CountState.look,
            )
        ),
        card(
            rx.el.ol(
                rx.el.li(
                    t("Export your stock, or start from the sample."),
                    " ",
                    link("/samples/stock-count.csv", N_("Sample file"), server=True),
                ),
                rx.el.li(t("Write what you counted. A SKU without a number stays as it is.")),
                rx.el.li(t("Upload it, look at the differences, and confirm.")),
                class_name="stack-sm list-decimal pl-5",
            ),
            title=N_("How to count"),
        ),
        class_name="grid gap-4 lg:grid-cols-2",
    )


def _preview() -> rx.Component:
    preview = CountState.preview
    return rx.fragment(
        rx.cond(
            preview.faults.to(int) > 0,
            alert(
                t("Nothing can be written until these are mended in the file."),
                level="bad",
                title=i18n.tn("{n} row has an error", "{n} rows have errors", preview.faults),
            ),
            alert(
                i18n.tn(
                    "{n} SKU is as you counted it.",
                    "{n} SKUs are as you counted.",
                    preview.unchanged,
                ),
                level="good",
                title=i18n.tn("{n} SKU changes", "{n} SKUs change", preview.changes),
            ),
        ),
        rx.cond(CountState.faults.length() > 0, card(_faults(), title=N_("Errors"), is_flush=True)),
        rx.cond(CountState.lines.length() > 0, card(_lines(), title=N_("Changes"), is_flush=True)),
        rx.el.div(
            button(N_("Another file"), on_click=CountState.load),
            rx.cond(
                (preview.faults == 0) & (preview.changes.to(int) > 0),
                button(
                    N_("Write the count"),
                    variant="primary",
                    on_click=CountState.run(preview.media_id),
                ),
            ),
            class_name="row",
        ),
    )


def _faults() -> rx.Component:
    return rx.el.div(
        rx.el.table(
            rx.el.thead(
                rx.el.tr(*(rx.el.th(t(each)) for each in (N_("Row"), N_("Column"), N_("Error"))))
            ),
            rx.el.tbody(
                rx.foreach(
                    CountState.faults,
                    lambda each: rx.el.tr(
                        rx.el.td(each.row), rx.el.td(each.column), rx.el.td(each.message)
                    ),
                )
            ),
            class_name="table",
        ),
        class_name="table-wrap",
        tab_index=0,
    )


def _lines() -> rx.Component:
    return rx.el.div(
        rx.el.table(
            rx.el.thead(
                rx.el.tr(
                    rx.el.th(t("SKU")),
                    rx.el.th(t("Product")),
                    rx.el.th(t("Before"), class_name="num"),
                    rx.el.th(t("Counted"), class_name="num"),
                )
            ),
            rx.el.tbody(
                rx.foreach(
                    CountState.lines,
                    lambda each: rx.el.tr(
                        rx.el.td(each.sku, class_name="mono"),
                        rx.el.td(spoken(each.title, each.title_zh)),
                        rx.el.td(i18n.number(each.before), class_name="num"),
                        rx.el.td(i18n.number(each.counted), class_name="num font-medium"),
                    ),
                )
            ),
            class_name="table",
        ),
        class_name="table-wrap",
        tab_index=0,
    )


def _task() -> rx.Component:
    row = CountState.task
    is_working = (row.status == "queued") | (row.status == "running")
    return rx.el.div(
        poll(is_working, CountState.tick),
        job_card(
            t(row.title),
            status=row.status,
            done=row.done,
            total=row.total,
            started_at=row.created_at,
            error=t(row.error),
            actions=(
                button(N_("Back to inventory"), href="/seller/inventory"),
                button(N_("Another file"), on_click=CountState.load),
            ),
        ),
    )
