"""Step 6: the bank account, what selling costs, and the agreement in the version it has today."""

import reflex as rx

from marketplace.flows.fees import FeeRow
from marketplace.kit.languages import N_
from marketplace.web.i18n import locale, t
from marketplace.web.seller.apply.asking import ask, ask_choice, pair, part, said, section
from marketplace.web.seller.apply.layout import step_form, step_page
from marketplace.web.seller.apply.state import ApplyState
from marketplace.web.seller.apply.words import COUNTRIES
from marketplace.web.ui.fields import checkbox_field, select_field


def bank() -> rx.Component:
    app = ApplyState.app
    return step_page(
        "bank",
        step_form(
            "bank",
            lambda data: ApplyState.save_bank(app.id, app.version, app.agreement.version, data),
            _account(),
            fee_summary(),
            _agreement(),
        ),
    )


def fee_summary() -> rx.Component:
    return section(
        N_("What selling costs"),
        rx.cond(
            ApplyState.fees.length() > 0,
            rx.el.table(
                rx.el.thead(
                    rx.el.tr(
                        rx.el.th(t("Category"), scope="col"),
                        rx.el.th(t("Commission"), scope="col", class_name="num"),
                    )
                ),
                rx.el.tbody(rx.foreach(ApplyState.fees, _fee)),
                class_name="table",
            ),
            rx.el.p(t("Choose categories in the step before, and their rates stand here.")),
        ),
        text=N_("Of the value of each line after your own discounts. Nothing until you sell."),
    )


def _fee(row: rx.vars.ObjectVar[FeeRow]) -> rx.Component:
    return rx.el.tr(
        rx.el.td(rx.cond(locale() == "zh-CN", row.name_zh, row.name)),
        rx.el.td(rx.cond(row.rate != "", row.rate, "—"), class_name="num"),
    )


def _account() -> rx.Component:
    last = said("bank")["bank_last"]
    return section(
        N_("Where we pay you"),
        ask("bank", N_("Account holder"), "bank_holder", auto_complete="off"),
        pair(
            ask("bank", N_("Bank"), "bank_name", auto_complete="off"),
            ask_choice(
                "bank", N_("Country of the account"), "bank_country", select_field, COUNTRIES
            ),
        ),
        ask(
            "bank",
            N_("Account or card number"),
            "bank_number",
            value="",
            hint=rx.cond(
                last,
                t("On file: ending in {digits}. Leave empty to keep it.", digits=last),
                t("Stored encrypted; afterwards only its last four digits are shown."),
            ),
            auto_complete="off",
        ),
    )


def _agreement() -> rx.Component:
    agreement = ApplyState.app.agreement
    words = rx.cond(locale() == "zh-CN", agreement.text_zh, agreement.text)
    return section(
        N_("Seller agreement"),
        rx.el.div(
            rx.el.p(t("Version {version}", version=agreement.version), class_name="meta mb-2"),
            rx.el.div(words, class_name="whitespace-pre-line text-[13px] leading-[1.7]"),
            tab_index=0,
            role="region",
            aria_label=t("Text of the agreement"),
            class_name="sunken p-4 max-h-[280px] overflow-y-auto",
        ),
        part(
            "bank",
            "accepts",
            checkbox_field(
                t("I have read version {version} and accept it.", version=agreement.version),
                "accepts",
                is_on=ApplyState.has_agreed,
            ),
        ),
    )
