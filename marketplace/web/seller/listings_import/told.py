"""What an import has to say about rows: errors and notes, and the whole report as a file."""

import reflex as rx

from marketplace.domain.imports.rules import Shown
from marketplace.kit.languages import N_
from marketplace.web.i18n import t
from marketplace.web.seller.listings_import.state import ImportState
from marketplace.web.ui.button import button
from marketplace.web.ui.status import badge


def report() -> rx.Component:
    return rx.el.span(
        rx.foreach(
            ImportState.tasks,
            lambda task: rx.cond(
                (task.download != "") & (task.id == ImportState.row.check_task_id),
                button(
                    N_("Download the report"),
                    icon="download",
                    href=task.download,
                    server=True,
                    is_small=True,
                ),
            ),
        )
    )


def faults() -> rx.Component:
    heads = (N_("Row"), N_("Column"), N_("Product"), N_("Message"))
    return rx.el.div(
        rx.el.table(
            rx.el.thead(rx.el.tr(*(rx.el.th(t(head)) for head in heads))),
            rx.el.tbody(rx.foreach(ImportState.faults, _fault)),
            class_name="table",
        ),
        class_name="table-wrap max-h-[50vh] overflow-y-auto",
        tab_index=0,
    )


def _fault(fault: rx.vars.ObjectVar[Shown]) -> rx.Component:
    return rx.el.tr(
        rx.el.td(fault.row, class_name="num"),
        rx.el.td(
            rx.cond(fault.column != "", rx.el.span(fault.column, class_name="mono")),
            rx.el.span(fault.name, class_name="meta block"),
        ),
        rx.el.td(fault.handle, class_name="break-all"),
        rx.el.td(
            rx.cond(fault.is_note, badge(N_("Note"), "info"), badge(N_("Error"), "bad")),
            " ",
            fault.message,
        ),
    )
