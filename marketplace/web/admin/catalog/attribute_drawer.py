"""The open attribute: its form, its choices one by one, merging two of them; and a new one."""

from typing import Any

import reflex as rx

from marketplace.domain.catalog.queries.taxonomy import ValueRow
from marketplace.kit.languages import N_
from marketplace.web.admin.catalog.category_template import TYPES
from marketplace.web.admin.catalog.pieces import named, other_name
from marketplace.web.i18n import t
from marketplace.web.ui.button import button, icon_button
from marketplace.web.ui.dialog import closes
from marketplace.web.ui.drawer import drawer
from marketplace.web.ui.feedback import alert
from marketplace.web.ui.fields import checkbox_field, select_field, text_field, textarea_field
from marketplace.web.ui.form import error_summary
from marketplace.web.ui.menu import menu, menu_item

NEW, OPEN, VALUE = "new-attribute", "attribute", "attribute-value"


def drawers(state: Any, may: rx.Var[bool]) -> rx.Component:
    return rx.fragment(_new(state), _open(state, may))


def _new(state: Any) -> rx.Component:
    return drawer(
        N_("New attribute"),
        rx.el.form(
            error_summary(),
            *_fields(None),
            text_field(
                N_("Code"),
                "code",
                hint=N_("Names it in files. Empty: made from the English name. It never changes."),
                is_required=False,
                max_length=40,
            ),
            textarea_field(
                N_("Values, one per line"),
                "values",
                hint=N_("For lists: English = Chinese, then synonyms. Red = 红色, crimson"),
                is_required=False,
                rows="6",
            ),
            id=NEW,
            on_submit=lambda data: state.create(data),  # noqa: PLW0108  Reflex types a bare one
            class_name="stack",
        ),
        footer=(
            closes(button(N_("Cancel"))),
            button(N_("Create attribute"), variant="primary", type="submit", form=NEW),
        ),
        is_open=state.dialog == "new",
        on_open_change=state.close,
    )


def _open(state: Any, may: rx.Var[bool]) -> rx.Component:
    chosen = state.chosen
    return drawer(
        named(chosen.row),
        rx.el.div(
            rx.el.p(
                rx.el.span(chosen.row.code, class_name="mono"),
                rx.el.span(" · ", other_name(chosen.row), class_name="meta"),
            ),
            rx.el.fieldset(
                rx.el.form(
                    *_fields(chosen),
                    id=OPEN,
                    on_submit=lambda data: state.save(chosen.row.id, chosen.version, data),
                    class_name="stack",
                    key=chosen.row.id + chosen.version.to_string(),
                ),
                disabled=~may,
                class_name="border-0 p-0 m-0",
            ),
            rx.cond(
                (chosen.row.type == "choice") | (chosen.row.type == "choices"),
                _values(state, may),
            ),
            _asked_by(chosen),
            class_name="stack",
        ),
        footer=(
            closes(button(N_("Close"))),
            rx.cond(may, button(N_("Save attribute"), variant="primary", type="submit", form=OPEN)),
        ),
        is_open=state.dialog == "open",
        on_open_change=state.close,
    )


def _fields(chosen: Any) -> list[rx.Component]:
    """The form's fields, empty without `chosen`."""
    row = chosen.row if chosen is not None else None
    prefix = "" if row is None else "open-"
    return [
        rx.el.div(
            text_field(
                N_("English name"), "name", value=row.name if row is not None else "", max_length=80
            ),
            text_field(
                N_("Chinese name"),
                "name_zh",
                value=row.name_zh if row is not None else "",
                max_length=80,
            ),
            select_field(
                N_("Type"),
                "type",
                list(TYPES.items()),
                value=row.type if row is not None else "choice",
            ),
            text_field(
                N_("Unit"),
                "unit",
                value=row.unit if row is not None else "",
                hint=N_("For numbers, such as cm or ml"),
                is_required=False,
                max_length=20,
            ),
            class_name="grid gap-4 sm:grid-cols-2",
        ),
        rx.el.div(
            checkbox_field(
                N_("Buyers can filter by it"),
                "is_filter",
                is_on=row.is_filter if row is not None else False,
            ),
            checkbox_field(
                N_("Variants may differ by it"),
                "is_option",
                is_on=row.is_option if row is not None else False,
            ),
            checkbox_field(
                N_("A change of it on a live listing waits for a review"),
                "is_restricted",
                is_on=row.is_restricted if row is not None else False,
            ),
            class_name="stack-sm",
            key=prefix + "uses",
        ),
    ]


def _values(state: Any, may: rx.Var[bool]) -> rx.Component:
    chosen = state.chosen
    return rx.el.section(
        rx.el.h3(t("Values"), class_name="h3"),
        rx.cond(
            chosen.choices.length() == 0,
            alert(N_("Sellers have nothing to choose from yet."), level="warn"),
        ),
        rx.el.ul(
            rx.foreach(chosen.choices, lambda value: _value(state, value, may)),
            class_name="border border-[var(--line)] rounded-[6px]",
        ),
        rx.cond(may & (state.editing == ""), _value_form(state, None)),
        class_name="stack-sm",
    )


def _value(state: Any, value: rx.vars.ObjectVar[ValueRow], may: rx.Var[bool]) -> rx.Component:
    shown = rx.el.div(
        rx.el.div(
            rx.el.span(named(value), class_name="font-medium"),
            rx.el.span(other_name(value), class_name="meta ml-2"),
            rx.cond(
                value.synonyms != "",
                rx.el.span(t("also: {words}", words=value.synonyms), class_name="meta block"),
            ),
            class_name="min-w-0 flex-1 text-[13px]",
        ),
        rx.cond(
            may,
            menu(
                icon_button("ellipsis", t("More for {name}", name=named(value)), size=16),
                menu_item(N_("Edit"), icon="pencil", on_select=state.edit_value(value.code)),
                menu_item(
                    N_("Merge into another…"), icon="merge", on_select=state.merge_from(value.code)
                ),
                menu_item(
                    N_("Remove"),
                    icon="trash-2",
                    danger=True,
                    on_select=state.remove_value(
                        state.chosen.row.id, state.chosen.version, value.code
                    ),
                ),
                align="end",
            ),
        ),
        class_name="flex items-center gap-2",
    )
    return rx.el.li(
        rx.cond(
            may & (state.editing == value.code),
            _value_form(state, value),
            rx.fragment(shown, rx.cond(may & (state.merging == value.code), _merge(state, value))),
        ),
        class_name="px-3 py-2 border-b border-[var(--line)] last:border-b-0",
        key=value.code,
    )


def _merge(state: Any, value: rx.vars.ObjectVar[ValueRow]) -> rx.Component:
    chosen = state.chosen
    return rx.el.div(
        rx.el.label(
            t("Merge {name} into", name=named(value)), html_for="merge-into", class_name="label"
        ),
        rx.el.select(
            rx.el.option(t("Choose a value…"), value=""),
            rx.foreach(
                chosen.choices,
                lambda other: rx.cond(
                    other.code == value.code,
                    rx.fragment(),
                    rx.el.option(named(other), value=other.code),
                ),
            ),
            id="merge-into",
            value="",
            on_change=lambda into: state.merge(chosen.row.id, chosen.version, value.code, into),
            class_name="select max-w-[220px]",
        ),
        button(N_("Cancel"), is_small=True, on_click=state.merge_from("")),
        class_name="row mt-2",
    )


def _value_form(state: Any, value: Any) -> rx.Component:
    """For a value there is, or without `value` for a new one."""
    chosen = state.chosen
    return rx.el.form(
        rx.el.input(
            type="hidden",
            name="code",
            value=value.code if value is not None else "",
            read_only=True,
        ),
        rx.el.div(
            _box(N_("English name"), "name", value.name if value is not None else ""),
            _box(N_("Chinese name"), "name_zh", value.name_zh if value is not None else ""),
            _box(N_("Synonyms"), "synonyms", value.synonyms if value is not None else ""),
            class_name="grid gap-2 sm:grid-cols-3",
        ),
        rx.el.div(
            button(
                N_("Save value") if value is not None else N_("Add value"),
                is_small=True,
                type="submit",
            ),
            button(N_("Cancel"), is_small=True, variant="quiet", on_click=state.edit_value(""))
            if value is not None
            else rx.fragment(),
            class_name="row",
        ),
        on_submit=lambda data: state.save_value(chosen.row.id, chosen.version, data),
        key="value" + chosen.version.to_string(),
        class_name="stack-sm py-1",
    )


def _box(label: str, name: str, value: Any) -> rx.Component:
    return rx.el.input(
        name=name,
        default_value=value,
        placeholder=t(label),
        aria_label=t(label),
        max_length=200 if name == "synonyms" else 80,
        required=name != "synonyms",
        class_name="input",
    )


def _asked_by(chosen: Any) -> rx.Component:
    return rx.el.section(
        rx.el.h3(t("Asked for in"), class_name="h3"),
        rx.cond(
            chosen.asked_by.length() > 0,
            rx.el.ul(
                rx.foreach(
                    chosen.asked_by,
                    lambda each: rx.el.li(
                        rx.el.a(
                            named(each), href="/admin/categories?id=" + each.id, class_name="link"
                        )
                    ),
                ),
                class_name="flex flex-wrap gap-x-3 gap-y-1 text-[13px]",
            ),
            rx.el.p(t("No category yet."), class_name="meta"),
        ),
        class_name="stack-sm",
    )
