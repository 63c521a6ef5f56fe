"""The steps of an import: what each column is, what would happen, what happened."""

from typing import Any

import reflex as rx

from marketplace.domain.imports.queries import ColumnRow
from marketplace.flows.product_tables.columns import IGNORE
from marketplace.flows.product_tables.labels import KEEP, LEAVE_OUT, chosen_fields
from marketplace.kit.languages import N_
from marketplace.web import i18n
from marketplace.web.i18n import t
from marketplace.web.seller.listings_import import told
from marketplace.web.seller.listings_import.state import ImportState
from marketplace.web.ui.button import button, link
from marketplace.web.ui.feedback import alert
from marketplace.web.ui.fields import checkbox_field
from marketplace.web.ui.layout import card

STEPS = (N_("Upload"), N_("Columns"), N_("Preview"), N_("Import"))
AT = {"mapping": 1, "checking": 2, "checked": 2, "running": 3, "done": 4, "failed": 2}
STATE: Any = ImportState
"""Forms: what they send is checked by the handler's own model."""
MAPPING, RUN = "import-columns", "import-run"


def stepper(state: rx.Var[str]) -> rx.Component:
    """Which of the four steps it is at."""
    now: Any = rx.Var.create(rx.match(state, *AT.items(), 0)).to(int)
    return rx.el.ol(
        *(_step(place, label, now) for place, label in enumerate(STEPS)),
        aria_label=t("Steps"),
        class_name="grid grid-cols-4 gap-2",
    )


def _step(place: int, label: str, now: Any) -> rx.Component:
    look = rx.cond(
        now >= place, "border-[var(--accent)] text-[var(--ink)]", "border-[var(--line)] meta"
    )
    return rx.el.li(
        rx.el.span(f"{place + 1}. ", class_name="num"),
        t(label),
        aria_current=rx.cond(now == place, "step", "false"),
        class_name=f"border-t-2 pt-2 text-[13px] font-medium {look}",
    )


def columns() -> rx.Component:
    return rx.el.form(
        card(
            rx.el.div(
                rx.el.table(
                    rx.el.thead(
                        rx.el.tr(
                            rx.el.th(t("Column in your file")),
                            rx.el.th(t("First value")),
                            rx.el.th(t("Becomes")),
                        )
                    ),
                    rx.el.tbody(rx.foreach(ImportState.columns, _column)),
                    class_name="table",
                ),
                class_name="table-wrap max-h-[60vh] overflow-y-auto",
                tab_index=0,
            ),
            title=N_("What each column is"),
            subtitle=N_("Read off the names, or as you set it for such a file last time."),
            is_flush=True,
        ),
        rx.el.div(
            button(N_("Check the file"), variant="primary", type="submit"),
            class_name="row mt-4",
        ),
        id=MAPPING,
        on_submit=lambda form: STATE.check(ImportState.run_id, form),
    )


def _column(column: rx.vars.ObjectVar[ColumnRow]) -> rx.Component:
    """Columns we only keep have keys of their own; in the form all of these are `keep`."""
    keys = [key for key, _label in chosen_fields()]
    is_known = rx.Var.create([*keys, IGNORE]).contains(column.key)
    chosen = rx.cond(is_known, column.key, rx.cond(column.key == "", IGNORE, "keep"))
    return rx.el.tr(
        rx.el.td(column.name, class_name="font-medium"),
        rx.el.td(
            rx.el.span(column.sample, class_name="meta block max-w-[28ch] truncate"),
        ),
        rx.el.td(
            rx.el.select(
                rx.el.option(t(KEEP), value="keep"),
                rx.el.option(t(LEAVE_OUT), value=IGNORE),
                *(rx.el.option(t(label), value=key) for key, label in chosen_fields()),
                name="keys",
                default_value=chosen,
                aria_label=t("What {column} is", column=column.name),
                class_name="select min-w-[200px]",
            )
        ),
        key=column.name,
    )


def preview() -> rx.Component:
    row = ImportState.row
    return rx.fragment(
        _numbers(),
        rx.cond(
            row.faulty.to(int) > 0,
            alert(
                t("Mend them in your file and upload it again, or import the others without them."),
                level="bad",
                title=i18n.tn("{n} product has errors", "{n} products have errors", row.faulty),
            ),
        ),
        rx.cond(
            ImportState.faults.length() > 0,
            card(
                told.faults(),
                title=N_("Errors and notes"),
                subtitle=N_("The first fifty; the report has all of them."),
                actions=(told.report(),),
                is_flush=True,
            ),
        ),
        rx.el.form(
            rx.cond(
                row.faulty.to(int) > 0,
                checkbox_field(
                    N_("Import the valid rows only"),
                    "valid_only",
                    hint=N_("Products with an error are left out whole."),
                ),
            ),
            checkbox_field(
                N_("Hand in for review what is complete"),
                "submits",
                hint=N_("Otherwise new products stay drafts until you hand them in."),
            ),
            rx.el.p(
                t(
                    "New products become drafts. What is on sale stays as it is until you hand in "
                    "the change. Pictures are fetched afterwards."
                ),
                class_name="meta",
            ),
            rx.el.div(
                button(N_("Change the columns"), on_click=ImportState.change_columns),
                rx.cond(
                    row.created.to(int) + row.updated.to(int) > 0,
                    button(
                        i18n.tn(
                            "Import {n} product",
                            "Import {n} products",
                            row.created.to(int) + row.updated.to(int),
                        ),
                        variant="primary",
                        type="submit",
                    ),
                ),
                class_name="row",
            ),
            id=RUN,
            on_submit=lambda form: STATE.run(ImportState.run_id, form),
            class_name="stack",
        ),
    )


def result() -> rx.Component:
    row: Any = ImportState.row
    return rx.fragment(
        rx.cond(
            row.refused.to(int) > 0,
            alert(
                t(
                    "They were changed by somebody else while the import was writing. Check the "
                    "file again to import them; what is in already is found unchanged."
                ),
                level="warn",
                title=i18n.tn(
                    "{n} product was left out", "{n} products were left out", row.refused
                ),
            ),
        ),
        _numbers(),
        rx.cond(
            ImportState.faults.length() > 0,
            card(
                told.faults(),
                title=N_("Errors and notes"),
                subtitle=N_("The first fifty; the report has all of them."),
                is_flush=True,
            ),
        ),
        rx.cond(
            row.may_fetch_again,
            alert(
                button(
                    N_("Fetch pictures again"),
                    icon="refresh-cw",
                    is_small=True,
                    on_click=ImportState.fetch_again(ImportState.run_id),
                ),
                level="warn",
                title=N_("The pictures were not all fetched"),
            ),
        ),
        rx.el.div(
            link("/seller/listings", N_("Go to your listings")),
            " · ",
            link("/seller/inventory", N_("Go to the inventory")),
        ),
    )


def failed() -> rx.Component:
    return rx.fragment(
        rx.foreach(
            ImportState.tasks,
            lambda task: rx.cond(
                task.error != "",
                alert(t(task.error), level="bad", title=N_("This did not work")),
            ),
        ),
        rx.el.p(
            t(
                "Each product is written whole or not at all. What was written before the import "
                "stopped stays; check the file again, and it is found unchanged."
            ),
            class_name="meta",
        ),
        rx.el.div(
            button(N_("Change the columns"), on_click=ImportState.change_columns), class_name="row"
        ),
    )


def _numbers() -> rx.Component:
    row: Any = ImportState.row
    pairs = (
        (N_("New"), row.created),
        (N_("Changed"), row.updated),
        (N_("Unchanged"), row.unchanged),
        (N_("Left out"), row.faulty.to(int) + row.refused.to(int)),
    )
    return rx.el.dl(
        *(
            rx.el.div(
                rx.el.dt(t(label), class_name="meta"),
                rx.el.dd(i18n.number(value), class_name="text-[22px] font-semibold tabular-nums"),
                class_name="card card-body",
            )
            for label, value in pairs
        ),
        class_name="grid grid-cols-2 gap-3 sm:grid-cols-4",
    )
