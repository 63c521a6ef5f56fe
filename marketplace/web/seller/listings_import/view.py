"""Seller / Import and export: the page, step by step (ux.md SE-05, C8)."""

from typing import Any

import reflex as rx

from marketplace.domain.imports.queries import RunRow
from marketplace.domain.jobs.queries.tasks import TaskRow
from marketplace.flows.export_products.writing import LABELS
from marketplace.kit.languages import N_
from marketplace.web import i18n
from marketplace.web.i18n import t
from marketplace.web.seller.listings_import import steps
from marketplace.web.seller.listings_import.state import PAGE, ImportState
from marketplace.web.ui.button import button, link
from marketplace.web.ui.fields import select_field
from marketplace.web.ui.jobs import job_card
from marketplace.web.ui.layout import card, page_header
from marketplace.web.ui.media import drop
from marketplace.web.ui.poll import poll
from marketplace.web.ui.status import Status, status_of
from marketplace.web.ui.values import moment

STATE: Any = ImportState
"""Forms: what they send is checked by the handler's own model."""
STATES = {
    "mapping": Status(N_("Columns to confirm"), "info", "table-2"),
    "checking": Status(N_("Being checked"), "info", "loader"),
    "checked": Status(N_("Ready to import"), "warn", "list-checks"),
    "running": Status(N_("Running"), "info", "loader"),
    "done": Status(N_("Done"), "good"),
    "failed": Status(N_("Failed"), "bad"),
}


def page() -> rx.Component:
    return rx.el.div(
        poll(ImportState.is_working, ImportState.load),
        page_header(
            N_("Import and export"),
            rx.cond(
                ImportState.run_id != "",
                button(N_("Another file"), icon="upload", href=PAGE),
            ),
            subtitle=N_("Tables of products in four steps. Nothing changes before the last one."),
        ),
        rx.cond(ImportState.row, _run(), _start()),
        rx.cond(ImportState.runs.length() > 0, _history()),
        class_name="stack",
    )


def _start() -> rx.Component:
    return rx.el.div(
        card(
            drop(
                N_("Product table"),
                purpose="table",
                hat="seller",
                shape="wide",
                hint=N_("CSV or Excel: Shopify's columns, old or new, or ours."),
                on_done=ImportState.begin,
            ),
            rx.el.p(
                t("Begin with a sample:"),
                " ",
                link("/samples/products.csv", N_("our columns"), server=True),
                " · ",
                link("/samples/products-shopify.csv", N_("Shopify's columns"), server=True),
                class_name="meta",
            ),
            title=N_("Import"),
        ),
        card(_export(), title=N_("Export")),
        class_name="grid gap-4 lg:grid-cols-2 items-start",
    )


def _export() -> rx.Component:
    return rx.el.div(
        rx.el.form(
            select_field(
                N_("Format"),
                "format",
                tuple((each.value, label) for each, label in LABELS.items()),
                hint=N_("Every listing that is not archived, with what you see in the editor."),
            ),
            rx.el.div(
                button(N_("Export products"), type="submit", icon="download"), class_name="row"
            ),
            on_submit=lambda form: STATE.export(form),  # noqa: PLW0108  typed by hand
            class_name="stack",
        ),
        rx.el.ul(rx.foreach(ImportState.exports, _export_row), class_name="list"),
        class_name="stack",
    )


def _export_row(task: rx.vars.ObjectVar[TaskRow]) -> rx.Component:
    waiting = rx.cond(
        task.status == "failed",
        rx.el.span(t(task.error), class_name="error"),
        rx.el.span(t("Being written…"), class_name="meta"),
    )
    return rx.el.li(
        moment(task.created_at),
        rx.cond(
            task.download != "",
            button(N_("Download"), icon="download", href=task.download, server=True, is_small=True),
            waiting,
        ),
        class_name="list-row row-between",
        key=task.id,
    )


def _run() -> rx.Component:
    row = ImportState.row
    return rx.el.div(
        rx.el.div(
            rx.el.div(
                rx.el.h2(row.name, class_name="h2 break-all"),
                rx.el.p(
                    i18n.tn("{n} row", "{n} rows", row.rows),
                    " · ",
                    row.who,
                    " · ",
                    moment(row.created_at),
                    class_name="meta",
                ),
            ),
            status_of(ImportState.state, STATES),
            class_name="row-between",
        ),
        steps.stepper(ImportState.state),
        rx.match(
            ImportState.state,
            ("mapping", steps.columns()),
            ("checked", steps.preview()),
            ("done", steps.result()),
            ("failed", steps.failed()),
            rx.fragment(),
        ),
        rx.cond(
            (ImportState.state == "checking")
            | (ImportState.state == "running")
            | (ImportState.state == "done"),
            rx.el.div(rx.foreach(ImportState.tasks, _task), class_name="grid gap-4 lg:grid-cols-2"),
        ),
        class_name="stack",
    )


def _task(task: rx.vars.ObjectVar[TaskRow]) -> rx.Component:
    download = rx.cond(
        task.download != "",
        button(
            N_("Download the report"), icon="download", href=task.download, server=True,
            is_small=True,
        ),
    )  # fmt: skip
    cancel = rx.cond(
        task.can_cancel,
        button(N_("Cancel"), icon="x", is_small=True, on_click=ImportState.cancel(task.id)),
    )
    return job_card(
        t(task.title),
        status=task.status,
        done=task.done,
        total=task.total,
        started_at=task.created_at,
        error=t(task.error),
        actions=(download, cancel),
    )


def _history() -> rx.Component:
    heads = (N_("File"), N_("State"), N_("New"), N_("Changed"), N_("Unchanged"), N_("Left out"))
    return card(
        rx.el.div(
            rx.el.table(
                rx.el.thead(
                    rx.el.tr(
                        *(
                            rx.el.th(t(head), class_name="num" if place > 1 else "")
                            for place, head in enumerate(heads)
                        )
                    )
                ),
                rx.el.tbody(rx.foreach(ImportState.runs, _history_row)),
                class_name="table",
            ),
            class_name="table-wrap",
            tab_index=0,
        ),
        title=N_("Earlier imports"),
        is_flush=True,
    )


def _history_row(row: rx.vars.ObjectVar[RunRow]) -> rx.Component:
    left_out = row.faulty.to(int) + row.refused.to(int)
    numbers = (row.created, row.updated, row.unchanged, left_out)
    return rx.el.tr(
        rx.el.td(
            link(f"{PAGE}?run={row.id}", row.name, class_name="break-all"),
            rx.el.span(row.who, " · ", moment(row.created_at), class_name="meta block"),
        ),
        rx.el.td(status_of(row.state, STATES)),
        *(rx.el.td(i18n.number(value), class_name="num") for value in numbers),
        key=row.id,
    )
