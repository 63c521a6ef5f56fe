"""What the open category, and those above it, ask of their listings."""

from typing import Any

import reflex as rx

from marketplace.kit.languages import N_
from marketplace.web.admin.catalog.pieces import named
from marketplace.web.i18n import t
from marketplace.web.ui.button import button, icon_button, link
from marketplace.web.ui.feedback import empty_state
from marketplace.web.ui.layout import card
from marketplace.web.ui.status import status

TYPES = {
    "choice": N_("One of a list"),
    "choices": N_("Several of a list"),
    "number": N_("Number"),
    "text": N_("Text"),
    "yes_no": N_("Yes or no"),
    "date": N_("Date"),
}


def attribute_template(state: Any, may: rx.Var[bool]) -> rx.Component:
    chosen = state.chosen
    return card(
        rx.cond(
            chosen.template.length() > 0,
            rx.el.div(
                rx.el.table(
                    rx.el.thead(
                        rx.el.tr(
                            rx.el.th(t("Attribute"), scope="col"),
                            rx.el.th(t("Type"), scope="col"),
                            rx.el.th(t("Required"), scope="col"),
                            rx.el.th(t("Asked by"), scope="col"),
                            rx.el.th(
                                rx.el.span(t("Actions"), class_name="visually-hidden"), scope="col"
                            ),
                        )
                    ),
                    rx.el.tbody(
                        rx.foreach(chosen.template, lambda row: _template_row(state, row, may))
                    ),
                    class_name="table",
                ),
                class_name="table-wrap relative",
                tab_index=0,
                role="region",
                aria_label=t("Attribute template"),
            ),
            empty_state(
                "list-checks",
                N_("Asks for nothing yet"),
                N_("Attributes make listings comparable and searches precise."),
            ),
        ),
        rx.cond(may & chosen.node.is_active, _add(state)),
        title=N_("Attribute template"),
        subtitle=N_("What listings here, and in everything below, say about themselves."),
        is_flush=True,
    )


def _template_row(state: Any, row: Any, may: rx.Var[bool]) -> rx.Component:
    """A line, a `TemplateRow`; only the category's own can be changed here."""
    chosen = state.chosen
    is_own = row.from_id == chosen.node.id

    def deed(name: str) -> Any:
        return state.ask_for(chosen.node.id, row.attribute_id, name, chosen.version)

    return rx.el.tr(
        rx.el.th(
            rx.el.span(named(row), class_name="font-medium text-[var(--ink)]"),
            rx.el.span(row.code, class_name="mono block"),
            scope="row",
        ),
        rx.el.td(
            rx.match(row.type, *[(key, t(text)) for key, text in TYPES.items()], row.type),
            rx.cond(row.unit != "", rx.el.span(" · ", row.unit, class_name="meta")),
        ),
        rx.el.td(
            rx.cond(
                row.is_required,
                status(N_("Required"), "warn", icon="asterisk"),
                rx.el.span(t("Optional"), class_name="meta"),
            )
        ),
        rx.el.td(
            rx.cond(
                is_own,
                t("This category"),
                rx.el.span(
                    rx.foreach(
                        chosen.trail,
                        lambda above: rx.cond(above.id == row.from_id, named(above), ""),
                    ),
                    class_name="meta",
                ),
            )
        ),
        rx.el.td(
            rx.cond(
                may & is_own,
                rx.el.div(
                    icon_button(
                        "arrow-up", t("Move {name} up", name=named(row)), on_click=deed("up")
                    ),
                    rx.cond(
                        row.is_required,
                        button(N_("Make optional"), is_small=True, on_click=deed("relax")),
                        button(N_("Require"), is_small=True, on_click=deed("require")),
                    ),
                    icon_button(
                        "x", t("No longer ask for {name}", name=named(row)), on_click=deed("remove")
                    ),
                    class_name="flex items-center justify-end gap-1",
                ),
            )
        ),
        key=row.from_id + row.attribute_id,
    )


def _add(state: Any) -> rx.Component:
    chosen = state.chosen
    return rx.el.div(
        rx.el.label(t("Ask for"), html_for="add-attribute", class_name="label"),
        rx.el.select(
            rx.el.option(t("Choose an attribute…"), value=""),
            rx.foreach(state.addable, lambda each: rx.el.option(named(each), value=each.id)),
            id="add-attribute",
            value="",
            on_change=lambda id_: state.ask_for(chosen.node.id, id_, "add", chosen.version),
            class_name="select max-w-[260px]",
        ),
        link("/admin/attributes", N_("Define attributes"), class_name="text-[13px]"),
        class_name="row p-4 border-t border-[var(--line)]",
    )
