"""The requirements as a list, and the dialog that changes one or adds another."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from marketplace.domain.access.models import Permission
from marketplace.domain.sellers.queries.requirements import RequirementEditRow
from marketplace.kit.languages import N_
from marketplace.web.admin.sellers.application_words import TYPES
from marketplace.web.i18n import locale, money, number, t, tn
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button
from marketplace.web.ui.confirm import confirm
from marketplace.web.ui.dialog import closes, dialog
from marketplace.web.ui.feedback import skeleton_card
from marketplace.web.ui.fields import (
    checkbox_field,
    field_error,
    money_field,
    select_field,
    text_field,
    textarea_field,
)
from marketplace.web.ui.layout import card, page_header
from marketplace.web.ui.status import status

FORM = "requirement"
MAY = Permission.SELLERS_MANAGE.value
KINDS = {
    "contact": N_("Contact step"),
    "legal": N_("Legal step"),
    "shop": N_("Shop step"),
    "bank": N_("Bank step"),
    "agreement": N_("Agreement"),
    "document": N_("Document"),
    "attestation": N_("Statement to confirm"),
}
FILED = ("document", "attestation")


@dataclass(frozen=True, slots=True)
class CategoryTick:
    id: str
    name: str
    name_zh: str
    is_top: bool
    is_chosen: bool


def requirements_page(state: Any) -> rx.Component:
    may = ShellState.permissions.contains(MAY)
    return rx.el.div(
        page_header(
            N_("Requirements"),
            rx.cond(
                may,
                button(N_("New requirement"), icon="plus", variant="primary", on_click=state.begin),
            ),
            subtitle=N_("What applicants hand in, and what open shops must keep good."),
        ),
        rx.cond(
            state.is_loaded,
            card(
                rx.el.ul(rx.foreach(state.rows, lambda row: _row(state, row, may))), is_flush=True
            ),
            skeleton_card(6),
        ),
        _dialog(state, may),
        class_name="stack",
    )


def _row(state: Any, row: rx.vars.ObjectVar[RequirementEditRow], may: Any) -> rx.Component:
    name = rx.cond(locale() == "zh-CN", row.name_zh, row.name).to(str)
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.span(name, class_name="font-medium"),
                rx.cond(
                    row.is_active,
                    status(N_("Asked for"), "good"),
                    status(N_("Not asked for"), "plain", icon="circle-minus"),
                ),
                class_name="flex flex-wrap items-center gap-2",
            ),
            rx.el.p(_facts(state, row), class_name="meta mt-1"),
            class_name="min-w-0 flex-1",
        ),
        rx.cond(may, rx.el.div(*_acts(state, row, name), class_name="row shrink-0")),
        class_name="flex flex-wrap items-start justify-between gap-3 px-4 py-3 "
        "border-b border-[var(--line)] last:border-b-0",
        key=row.id,
    )


def _facts(state: Any, row: Any) -> rx.Component:
    """Kind · who · for which goods · how long it is good · from when on · who still owes it."""
    types = rx.foreach(
        row.business_types,
        lambda one: rx.fragment(
            " · ", rx.match(one, *[(key, t(text)) for key, text in TYPES.items()], one)
        ),
    )
    return rx.fragment(
        rx.match(row.kind, *[(key, t(text)) for key, text in KINDS.items()], row.kind),
        " · ",
        rx.cond(row.is_required, t("required"), t("optional")),
        rx.cond(row.business_types.length() > 0, types, rx.fragment(" · ", t("every business"))),
        " · ",
        rx.cond(
            row.category_ids.length() > 0,
            tn("{n} category", "{n} categories", row.category_ids.length()),
            t("all categories"),
        ),
        rx.cond(
            row.expires,
            rx.fragment(" · ", t("ends; {n} days of grace", n=number(row.grace_days))),
        ),
        rx.cond(
            row.orders > 0, rx.fragment(" · ", t("from {n} orders a year", n=number(row.orders)))
        ),
        rx.cond(
            row.turnover > 0,
            rx.fragment(
                " · ", t("from {amount} a year", amount=money(row.turnover, state.currency))
            ),
        ),
        rx.cond(
            row.open_deadlines > 0,
            rx.fragment(
                " · ", tn("{n} shop still owes it", "{n} shops still owe it", row.open_deadlines)
            ),
        ),
    )


def _acts(state: Any, row: Any, name: Any) -> list[rx.Component]:
    off = confirm(
        button(N_("Stop asking"), is_small=True, aria_label=t("Stop asking for {name}", name=name)),
        title=N_("Stop asking for it?"),
        consequence=N_(
            "Nobody is asked any more, and open deadlines for it end. What was handed in stays."
        ),
        verb=N_("Stop asking"),
        on_confirm=state.set_active(row.id, row.version, False),
    )
    on = confirm(
        button(N_("Ask again"), is_small=True, aria_label=t("Ask for {name} again", name=name)),
        title=N_("Ask for it again?"),
        consequence=N_("Applicants are asked at once; open shops it concerns get a deadline."),
        verb=N_("Ask again"),
        on_confirm=state.set_active(row.id, row.version, True),
        is_danger=False,
    )
    edit = button(
        N_("Edit"),
        is_small=True,
        on_click=state.open(row.id),
        aria_label=t("Edit {name}", name=name),
    )
    return [edit, rx.cond(row.is_active, off, on)]


def _dialog(state: Any, may: Any) -> rx.Component:
    chosen = state.chosen

    def of(field: str, empty: str = "") -> Any:
        return rx.cond(chosen, getattr(chosen.row, field), empty)

    def figure(field: str, empty: str) -> Any:
        return rx.cond(chosen, getattr(chosen.row, field).to_string(), empty)

    def ticked(field: str, *, empty: bool) -> Any:
        return rx.cond(chosen, getattr(chosen.row, field), empty)

    return dialog(
        rx.cond(chosen, t("Edit the requirement"), t("New requirement")),
        rx.el.form(
            rx.cond(
                chosen,
                rx.fragment(
                    rx.el.input(type="hidden", name="code", value=of("code")),
                    rx.el.input(type="hidden", name="kind", value=of("kind")),
                ),
                rx.fragment(
                    select_field(N_("Kind"), "kind", [(key, KINDS[key]) for key in FILED]),
                    text_field(
                        N_("Code"),
                        "code",
                        hint=N_(
                            "Small letters, digits and underscores. It stays the same for ever."
                        ),
                        max_length=40,
                    ),
                ),
            ),
            text_field(N_("Name"), "name", value=of("name"), max_length=80),
            text_field(N_("Chinese name"), "name_zh", value=of("name_zh"), max_length=80),
            textarea_field(
                N_("What to say about it"),
                "help",
                value=of("help"),
                is_required=False,
                max_length=400,
            ),
            textarea_field(
                N_("The same in Chinese"),
                "help_zh",
                value=of("help_zh"),
                is_required=False,
                max_length=400,
            ),
            checkbox_field(N_("Required"), "is_required", is_on=ticked("is_required", empty=True)),
            _types(chosen),
            _categories(state),
            checkbox_field(
                N_("It ends on a day"),
                "expires",
                is_on=ticked("expires", empty=False),
                hint=N_(
                    "Reminders go out 60, 30 and 7 days before; after the days of grace payouts stop."
                ),
            ),
            text_field(
                N_("Days of grace"),
                "grace_days",
                value=figure("grace_days", "7"),
                input_mode="numeric",
            ),
            text_field(
                N_("Days an open shop has to hand it in"),
                "days_to_comply",
                value=figure("days_to_comply", "30"),
                input_mode="numeric",
            ),
            text_field(
                N_("Only from so many orders a year"),
                "orders",
                value=figure("orders", "0"),
                hint=N_("0: from the start. With both figures, both must be reached."),
                input_mode="numeric",
            ),
            money_field(
                N_("Only from this turnover a year"),
                "turnover",
                currency=state.currency,
                value=rx.cond(chosen, chosen.turnover, "0"),
            ),
            text_field(
                N_("Position"), "position", value=figure("position", "100"), input_mode="numeric"
            ),
            id=FORM,
            on_submit=lambda data: state.save(
                of("id"), rx.cond(chosen, chosen.row.version, 0), data
            ),
            class_name="stack",
            key=of("id"),
        ),
        footer=(
            closes(button(N_("Cancel"))),
            rx.cond(
                may, button(N_("Save requirement"), variant="primary", type="submit", form=FORM)
            ),
        ),
        is_open=state.is_open,
        on_open_change=state.close,
    )


def _types(chosen: Any) -> rx.Component:
    boxes = [
        rx.el.label(
            rx.el.input(
                type="checkbox",
                name="business_types",
                value=key,
                default_checked=rx.cond(chosen, chosen.row.business_types.contains(key), False),
            ),
            rx.el.span(t(text)),
            class_name="check",
        )
        for key, text in TYPES.items()
    ]
    return rx.el.fieldset(
        rx.el.legend(t("For which businesses"), class_name="label"),
        *boxes,
        rx.el.p(t("None ticked: all."), class_name="hint"),
        field_error("business_types"),
        class_name="border-0 p-0 m-0",
    )


def _categories(state: Any) -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(t("For which categories"), class_name="label"),
        rx.el.div(
            rx.foreach(state.categories, _category),
            tab_index=0,
            role="region",
            aria_label=t("Categories"),
            class_name="max-h-[220px] overflow-y-auto border border-[var(--line)] rounded-md px-3 py-2",
        ),
        rx.el.p(t("None ticked: all."), class_name="hint"),
        field_error("category_ids"),
        class_name="border-0 p-0 m-0",
    )


def _category(one: rx.vars.ObjectVar[CategoryTick]) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="checkbox", name="category_ids", value=one.id, default_checked=one.is_chosen
        ),
        rx.el.span(
            rx.cond(locale() == "zh-CN", one.name_zh, one.name),
            class_name=rx.cond(one.is_top, "font-semibold", ""),
        ),
        class_name="check py-1",
        key=one.id,
    )
