"""The levels as cards, and the dialog that changes one or makes another."""

from typing import Any

import reflex as rx

from marketplace.domain.access.models import Permission
from marketplace.kit.languages import N_
from marketplace.web.i18n import locale, number, t
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button
from marketplace.web.ui.dialog import closes, dialog
from marketplace.web.ui.feedback import empty_state, skeleton_card
from marketplace.web.ui.fields import checkbox_field, text_field
from marketplace.web.ui.layout import card, page_header
from marketplace.web.ui.values import facts

FORM = "level"
NUMBERS = ("position", "most_listings")
MAY = Permission.SELLERS_MANAGE.value


def levels_page(state: Any) -> rx.Component:
    may = ShellState.permissions.contains(MAY)
    return rx.el.div(
        page_header(
            N_("Levels"),
            rx.cond(
                may,
                button(N_("New level"), icon="plus", variant="primary", on_click=state.begin),
            ),
            subtitle=N_("How far sellers are trusted, and what that spares them."),
        ),
        rx.cond(
            state.is_loaded,
            rx.cond(
                state.rows.length() > 0,
                rx.el.ul(
                    rx.foreach(state.rows, lambda row: _level(state, row, may)),
                    class_name="grid gap-4 md:grid-cols-2 xl:grid-cols-3",
                ),
                rx.el.div(
                    empty_state(
                        "signal",
                        N_("No levels yet"),
                        N_("Sellers need one before they are approved."),
                    ),
                    class_name="card",
                ),
            ),
            skeleton_card(5),
        ),
        _dialog(state, may),
        class_name="stack",
    )


def _level(state: Any, row: Any, may: Any) -> rx.Component:
    name = rx.cond(locale() == "zh-CN", row.name_zh, row.name).to(str)
    return rx.el.li(
        card(
            facts(
                (N_("Sellers"), number(row.sellers)),
                (N_("Most listings on sale"), number(row.most_listings)),
                (N_("Prices may change without review by"), row.price_band + "%"),
                (
                    N_("New pictures"),
                    rx.cond(row.trusts_images, t("looked at later"), t("wait for review")),
                ),
                (N_("Automatic approvals looked at"), row.sample + "%"),
            ),
            title=name,
            subtitle=row.code,
            actions=(
                rx.cond(
                    may,
                    button(
                        N_("Edit"),
                        is_small=True,
                        on_click=state.open(row.code),
                        aria_label=t("Edit level {name}", name=name),
                    ),
                ),
            ),
        ),
        key=row.code,
    )


def _dialog(state: Any, may: Any) -> rx.Component:
    chosen = state.chosen

    def of(field: str, empty: str = "") -> Any:
        value = getattr(chosen, field)
        return rx.cond(chosen, value.to_string() if field in NUMBERS else value, empty)

    return dialog(
        rx.cond(chosen, t("Edit the level"), t("New level")),
        rx.el.form(
            rx.cond(
                chosen,
                rx.el.input(type="hidden", name="code", value=of("code")),
                text_field(
                    N_("Code"),
                    "code",
                    hint=N_("Small letters, digits and underscores. It stays the same for ever."),
                    max_length=40,
                ),
            ),
            text_field(N_("Name"), "name", value=of("name"), max_length=40),
            text_field(N_("Chinese name"), "name_zh", value=of("name_zh"), max_length=40),
            text_field(
                N_("Position"),
                "position",
                value=of("position", "0"),
                hint=N_("The least trusted level comes first."),
                input_mode="numeric",
            ),
            text_field(
                N_("Prices may change without review by"),
                "price_band",
                value=of("price_band", "0"),
                unit="%",
                input_mode="decimal",
            ),
            text_field(
                N_("Automatic approvals looked at"),
                "sample",
                value=of("sample", "5"),
                hint=N_("This share of what was approved by rule is shown to a person afterwards."),
                unit="%",
                input_mode="decimal",
            ),
            text_field(
                N_("Most listings on sale"),
                "most_listings",
                value=of("most_listings", "200"),
                input_mode="numeric",
            ),
            checkbox_field(
                N_("New pictures go on sale at once"),
                "trusts_images",
                is_on=rx.cond(chosen, chosen.trusts_images, False),
                hint=N_("Somebody looks at them later."),
            ),
            id=FORM,
            on_submit=lambda data: state.save(rx.cond(chosen, chosen.version, 0), data),
            class_name="stack",
            key=of("code"),
        ),
        footer=(
            closes(button(N_("Cancel"))),
            rx.cond(may, button(N_("Save level"), variant="primary", type="submit", form=FORM)),
        ),
        is_open=state.is_open,
        on_open_change=state.close,
    )
