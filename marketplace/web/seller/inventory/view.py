"""How a SKU's units are shown, and the dialogs that change them."""

from collections.abc import Mapping
from typing import Any

import reflex as rx

from marketplace.domain.access.models import Permission
from marketplace.domain.inventory.models import StockReason
from marketplace.domain.inventory.queries import MovementRow, StockRow
from marketplace.kit.languages import N_
from marketplace.web import i18n
from marketplace.web.i18n import t
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button
from marketplace.web.ui.dialog import closes, dialog
from marketplace.web.ui.drawer import drawer
from marketplace.web.ui.feedback import empty_state
from marketplace.web.ui.fields import number_field, select_field, text_field
from marketplace.web.ui.media import picture
from marketplace.web.ui.status import status
from marketplace.web.ui.values import moment, number

Row = rx.vars.ObjectVar[StockRow]
FORM, MANY = "stock-form", "stock-many"


def product(row: Row) -> rx.Component:
    return rx.el.span(
        picture(row.picture_url, "", size=36),
        rx.el.span(
            rx.el.span(spoken(row.title, row.title_zh), class_name="block font-medium"),
            rx.el.span(spoken(row.variant, row.variant_zh), class_name="meta block"),
        ),
        class_name="row flex-nowrap min-w-0",
    )


def sku(row: Row) -> rx.Component:
    return rx.el.span(row.sku, class_name="mono")


def on_hand(row: Row) -> rx.Component:
    return number(row.on_hand)


def reserved(row: Row) -> rx.Component:
    return number(row.reserved)


def available(row: Row) -> rx.Component:
    return number(row.available)


def low_at(row: Row) -> rx.Component:
    return rx.cond(
        row.low_at.to(int) > 0, number(row.low_at), rx.el.span(t("Never"), class_name="meta")
    )


def state(row: Row) -> rx.Component:
    return rx.cond(
        row.available.to(int) <= 0,
        status(N_("Sold out"), "bad", icon="circle-slash"),
        rx.cond(
            row.is_low,
            status(N_("Low"), "warn", icon="trending-down"),
            status(N_("In stock"), "good"),
        ),
    )


def updated(row: Row) -> rx.Component:
    return rx.cond(row.updated_at != "", moment(row.updated_at), t("Never"))


def actions(state: Any, row: Row) -> list[rx.Component]:
    can = ShellState.permissions.contains(Permission.SHOP_LISTINGS_EDIT.value)
    return [
        rx.cond(can, button(N_("Change"), is_small=True, on_click=state.ask(row.id))),
        button(N_("Log"), is_small=True, on_click=state.show_log(row.id)),
    ]


def stock_dialog(state: Any, reasons: Mapping[StockReason, str]) -> rx.Component:
    chosen = state.chosen
    return dialog(
        t("Stock of {sku}", sku=chosen.sku),
        rx.el.form(
            rx.el.p(
                t(
                    "On hand {on_hand}, of which {reserved} are promised to buyers.",
                    on_hand=i18n.number(chosen.on_hand),
                    reserved=i18n.number(chosen.reserved),
                ),
                class_name="lead",
            ),
            rx.el.div(
                select_field(
                    N_("What to do"),
                    "how",
                    (
                        ("set", N_("Set to")),
                        ("add", N_("Add")),
                        ("take", N_("Take away")),
                    ),
                    value="set",
                ),
                number_field(N_("Units"), "units", value=chosen.on_hand.to_string(), min=0, step=1),
                class_name="grid gap-4 sm:grid-cols-2",
            ),
            select_field(
                N_("Reason"),
                "reason",
                tuple((reason.value, label) for reason, label in reasons.items()),
                value=StockReason.CORRECTION.value,
            ),
            text_field(N_("Note"), "note", is_required=False, max_length=200),
            number_field(
                N_("Alert when available falls to"),
                "low_at",
                value=chosen.low_at.to_string(),
                hint=N_("0 for no alert. You hear of it once, and again after it recovered."),
                min=0,
                step=1,
            ),
            id=FORM,
            key=chosen.id,
            on_submit=lambda form: state.save(chosen.id, form),
            class_name="stack",
        ),
        footer=(
            closes(button(N_("Cancel"))),
            button(N_("Save stock"), variant="primary", type="submit", form=FORM),
        ),
        is_open=state.dialog == "stock",
        on_open_change=state.close,
    )


def many_dialog(state: Any) -> rx.Component:
    return dialog(
        i18n.tn("Set {n} SKU", "Set {n} SKUs", state.many.length()),
        rx.el.form(
            number_field(
                N_("Units on hand of each"),
                "units",
                hint=N_("All of them or none: less than what buyers were promised is refused."),
                min=0,
                step=1,
            ),
            id=MANY,
            on_submit=lambda form: state.save_many(state.many, form),
        ),
        footer=(
            closes(button(N_("Cancel"))),
            button(N_("Set all"), variant="primary", type="submit", form=MANY),
        ),
        is_open=state.dialog == "many",
        on_open_change=state.close,
    )


def log_drawer(state: Any) -> rx.Component:
    return drawer(
        t("Movements of {sku}", sku=state.chosen.sku),
        rx.cond(
            state.movements.length() > 0,
            rx.el.ol(rx.foreach(state.movements, _movement), class_name="list"),
            empty_state("package", N_("Nothing moved yet")),
        ),
        description=N_("The newest fifty, with what was on hand afterwards."),
        is_open=state.dialog == "log",
        on_open_change=state.close,
    )


def _movement(row: rx.vars.ObjectVar[MovementRow]) -> rx.Component:
    change = rx.fragment(rx.cond(row.change.to(int) > 0, "+", ""), i18n.number(row.change))
    more = rx.cond(row.note != "", row.note, row.reference)
    return rx.el.li(
        rx.el.div(
            rx.el.span(t(row.reason), class_name="font-medium"),
            rx.el.span(change, class_name="num font-medium"),
            class_name="row-between",
        ),
        rx.el.div(
            rx.el.span(
                moment(row.at), rx.cond(row.who != "", f" · {row.who}", ""), class_name="meta"
            ),
            rx.el.span(t("{n} on hand", n=i18n.number(row.on_hand)), class_name="meta num"),
            class_name="row-between",
        ),
        rx.cond(more != "", rx.el.p(more, class_name="meta")),
        class_name="list-row block !px-0",
        key=row.id,
    )


def spoken(english: rx.Var[str], chinese: rx.Var[str]) -> rx.Var[str]:
    """The reader's language, or whichever there is."""
    is_chinese = i18n.locale() == "zh-CN"
    first = rx.cond(is_chinese, chinese, english)
    return rx.cond(first != "", first, rx.cond(is_chinese, english, chinese))
