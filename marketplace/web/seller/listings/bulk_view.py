"""The dialogs behind the bulk actions of the list."""

from typing import Any

import reflex as rx

from marketplace.domain.catalog.queries.listings import TemplateRow
from marketplace.domain.moderation.queries import PriceLine
from marketplace.flows.bulk_listings.deeds import LABELS
from marketplace.kit.languages import N_
from marketplace.web.i18n import t, tn
from marketplace.web.seller.listings.screen import CategoryChoice
from marketplace.web.seller.listings.wording import spoken
from marketplace.web.ui.button import button
from marketplace.web.ui.dialog import closes, dialog
from marketplace.web.ui.fields import field_error, select_field, text_field
from marketplace.web.ui.values import money

KINDS = (
    ("percent", N_("Change by per cent")),
    ("amount", N_("Change by an amount")),
    ("set", N_("Set to an amount")),
)


HOW = (("set", N_("Set to this number")), ("add", N_("Add this number")))


def dialogs(state: Any, total: rx.Var[int]) -> rx.Component:
    """`total`: how many listings the list has on all its pages."""
    return rx.fragment(
        _prices(state, total),
        _stock(state, total),
        _category(state, total),
        _template(state, total),
        _tags(state, total),
    )


def _prices(state: Any, total: rx.Var[int]) -> rx.Component:
    nothing = (state.line_count == 0) | (state.line_count == state.problems)
    apply = button(
        N_("Change prices"),
        variant="primary",
        disabled=rx.cond(state.is_all, state.line_count == 0, nothing),
        on_click=state.carry_out(
            state.ids, state.is_all, "prices", {"kind": state.kind, "value": state.value}
        ),
    )
    return dialog(
        N_("Change prices"),
        how_many(state, total),
        rx.el.form(
            rx.el.div(
                select_field(N_("How"), "kind", KINDS),
                text_field(
                    N_("Value"),
                    "value",
                    hint=N_("-10 lowers by 10. Amounts are in the shop's currency."),
                    input_mode="decimal",
                    auto_complete="off",
                    max_length=18,
                ),
                class_name="editor-pair",
            ),
            button(N_("Show what it would do"), type="submit", class_name="self-start"),
            on_submit=lambda form: state.preview(state.ids, state.is_all, form),
            class_name="stack mt-4",
        ),
        rx.cond(state.line_count > 0, _preview(state, total)),
        footer=(closes(button(N_("Cancel"))), apply),
        is_open=state.dialog == "prices",
        on_open_change=state.close,
        is_wide=True,
    )


def _preview(state: Any, total: rx.Var[int]) -> rx.Component:
    return rx.el.div(
        rx.cond(
            state.is_all & (total.to(int) > 50),
            rx.el.p(t("A sample: the first 50 listings."), class_name="hint mt-4"),
        ),
        rx.el.p(
            tn("{n} price changes.", "{n} prices change.", state.line_count - state.problems),
            " ",
            rx.cond(
                state.problems > 0,
                tn("{n} cannot be changed.", "{n} cannot be changed.", state.problems),
                "",
            ),
            class_name="mt-4",
            role="status",
        ),
        rx.el.div(
            rx.el.table(
                rx.el.thead(
                    rx.el.tr(
                        rx.el.th(t("Variant")),
                        rx.el.th(t("Now"), class_name="num"),
                        rx.el.th(t("Then"), class_name="num"),
                        rx.el.th(t("Note")),
                    )
                ),
                rx.el.tbody(rx.foreach(state.lines, lambda line: _line(state, line))),
                class_name="table",
            ),
            class_name="table-wrap mt-2",
        ),
        rx.cond(
            state.line_count > 50,
            rx.el.p(t("The first 50 prices are shown."), class_name="hint mt-2"),
        ),
    )


def _line(state: Any, line: rx.vars.ObjectVar[PriceLine]) -> rx.Component:
    waits = rx.cond(line.waits, t("waits for a review"), "")
    return rx.el.tr(
        rx.el.td(
            spoken(line.title, line.title_zh),
            rx.el.span(line.label, " ", line.sku, class_name="meta block"),
        ),
        rx.el.td(money(line.before, state.currency), class_name="num"),
        rx.el.td(money(line.after, state.currency), class_name="num font-medium"),
        rx.el.td(
            rx.cond(
                line.problem != "",
                rx.el.span(t(line.problem), class_name="error"),
                rx.el.span(waits, class_name="meta"),
            )
        ),
        key=line.variant_id,
    )


def _stock(state: Any, total: rx.Var[int]) -> rx.Component:
    return _form_dialog(
        state,
        total,
        "stock",
        LABELS["stock"],
        select_field(N_("How"), "how", HOW),
        text_field(
            N_("Units of every variant"),
            "units",
            hint=N_("What is reserved for orders stays reserved."),
            input_mode="numeric",
            max_length=6,
        ),
        verb=LABELS["stock"],
    )


def _category(state: Any, total: rx.Var[int]) -> rx.Component:
    return _form_dialog(
        state,
        total,
        "category",
        N_("Move to a category"),
        rx.el.input(
            type="search",
            class_name="input",
            aria_label=t("Search categories"),
            placeholder=t("Search categories"),
            max_length=80,
            on_change=state.find_category.debounce(250),
        ),
        rx.el.fieldset(
            rx.el.legend(t("Category"), class_name="visually-hidden"),
            rx.foreach(state.categories, _choice),
            class_name="stack-sm border-0 p-0 m-0 max-h-[320px] overflow-y-auto",
        ),
        field_error("category_id"),
        rx.el.p(
            t("What is on sale goes on as it is until the move is approved."), class_name="hint"
        ),
        verb=N_("Move"),
    )


def _template(state: Any, total: rx.Var[int]) -> rx.Component:
    none = rx.el.p(
        t("There are no shipping templates yet."),
        " ",
        rx.el.a(t("Write one"), href="/seller/store/shipping", class_name="link"),
    )
    return _form_dialog(
        state,
        total,
        "template",
        N_("Ship with a template"),
        rx.cond(
            state.templates.length() > 0,
            rx.el.fieldset(
                rx.el.legend(t("Shipping template"), class_name="visually-hidden"),
                rx.foreach(state.templates, lambda row: _template_choice(state, row)),
                class_name="stack-sm border-0 p-0 m-0 max-h-[320px] overflow-y-auto",
            ),
            none,
        ),
        field_error("template_id"),
        rx.el.p(t("Buyers see the new fee at once; orders keep theirs."), class_name="hint"),
        verb=N_("Ship with it"),
    )


def _template_choice(state: Any, row: rx.vars.ObjectVar[TemplateRow]) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name="template_id", value=row.id, required=True),
        rx.el.span(row.name),
        rx.el.span(money(row.fee, state.currency), class_name="meta ml-auto"),
        class_name="check",
        key=row.id,
    )


def _choice(row: rx.vars.ObjectVar[CategoryChoice]) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name="category_id", value=row.id, required=True),
        rx.el.span(spoken(row.trail, row.trail_zh)),
        class_name="check",
        key=row.id,
    )


def _tags(state: Any, total: rx.Var[int]) -> rx.Component:
    return _form_dialog(
        state,
        total,
        "tags",
        N_("Change tags"),
        text_field(
            N_("Add"),
            "add",
            is_required=False,
            hint=N_("Several are separated by commas."),
            max_length=200,
        ),
        text_field(N_("Take away"), "remove", is_required=False, max_length=200),
        verb=N_("Change tags"),
    )


def how_many(state: Any, total: rx.Var[int]) -> rx.Component:
    """For how many listings the dialog asks, and that all of them take a while."""
    return rx.el.p(
        rx.cond(
            state.is_all,
            tn(
                "All {n} listings, in the background.",
                "All {n} listings, in the background.",
                total,
            ),
            tn("{n} listing", "{n} listings", state.ids.length()),
        ),
        class_name="lead",
    )


def _form_dialog(
    state: Any, total: rx.Var[int], kind: str, title: str, *body: rx.Component, verb: str
) -> rx.Component:
    name = f"bulk-{kind}"
    return dialog(
        title,
        rx.el.form(
            how_many(state, total),
            *body,
            id=name,
            on_submit=lambda form: state.carry_out(state.ids, state.is_all, kind, form),
            class_name="stack",
        ),
        footer=(
            closes(button(N_("Cancel"))),
            button(verb, variant="primary", type="submit", form=name),
        ),
        is_open=state.dialog == kind,
        on_open_change=state.close,
    )
