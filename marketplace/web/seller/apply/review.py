"""The look at everything before it is sent, and what is missing still."""

from typing import cast

import reflex as rx

from marketplace.domain.sellers.queries.requirements import RequirementRow
from marketplace.kit.languages import N_
from marketplace.web.i18n import locale, t, tn
from marketplace.web.seller.apply.asking import said
from marketplace.web.seller.apply.layout import review_page
from marketplace.web.seller.apply.state import ApplyState
from marketplace.web.seller.apply.steps import step_of
from marketplace.web.seller.apply.words import COUNTRIES, KINDS, VERDICTS
from marketplace.web.ui.button import button, link
from marketplace.web.ui.feedback import alert
from marketplace.web.ui.layout import card
from marketplace.web.ui.status import status_of
from marketplace.web.ui.values import facts
from marketplace.web.ui.wording import Content

Shown = tuple[str, Content]
STEPS_OF_KINDS = {
    kind: step_of(step).href
    for kind, step in (
        ("contact", "contact"),
        ("legal", "legal"),
        ("shop", "shop"),
        ("bank", "bank"),
        ("agreement", "bank"),
    )
}
"""Where each kind of requirement is met; all others are documents."""


def review() -> rx.Component:
    return review_page(
        rx.cond(
            ApplyState.missing.length() > 0,
            alert(
                rx.el.ul(rx.foreach(ApplyState.missing, _missing), class_name="list-disc pl-5"),
                level="warn",
                title=N_("Still missing"),
            ),
        ),
        summary(is_open=True),
        _send(),
    )


def summary(*, is_open: bool) -> rx.Component:
    """What the application says, step by step; `is_open` adds the ways to change it."""
    contact, legal, shop, bank = (said(step) for step in ("contact", "legal", "shop", "bank"))
    kind = rx.match(
        ApplyState.app.business_type, *[(kind.code, t(kind.name)) for kind in KINDS], ""
    )
    parts: list[tuple[str, tuple[Shown, ...]]] = [
        (
            "contact",
            (
                (N_("Name"), contact["contact_name"]),
                (N_("Phone"), contact["phone"]),
                (N_("E-mail"), contact["email"]),
            ),
        ),
        (
            "business",
            (
                (N_("Kind of business"), kind),
                (N_("Country or region"), _country(ApplyState.app.country)),
            ),
        ),
        (
            "legal",
            (
                (N_("Name in law"), _or_dash(legal["legal_name"])),
                (N_("Registration number"), _or_dash(legal["registration_number"])),
                (N_("Postal address"), _place(legal["street"], legal["city"], legal["region"])),
                (N_("Legal representative or owner"), _or_dash(legal["representative_name"])),
            ),
        ),
        (
            "shop",
            (
                (N_("Name of the shop"), _or_dash(shop["shop_name"])),
                (N_("Name in Chinese"), _or_dash(shop["shop_name_zh"])),
                (N_("Web address"), _or_dash(shop["slug"])),
                (
                    N_("Ships from"),
                    _place(shop["ship_street"], shop["ship_city"], shop["ship_region"]),
                ),
            ),
        ),
        (
            "bank",
            (
                (N_("Account holder"), _or_dash(bank["bank_holder"])),
                (N_("Bank"), _or_dash(bank["bank_name"])),
                (N_("Account"), rx.cond(bank["bank_last"], "•••• " + bank["bank_last"], "—")),
            ),
        ),
    ]
    return rx.el.div(
        *[_step(code, facts(*shown), is_open=is_open) for code, shown in parts[:3]],
        _step(
            "documents",
            rx.el.ul(rx.foreach(ApplyState.documents, document_line), class_name="grid gap-2"),
            is_open=is_open,
        ),
        *[_step(code, facts(*shown), is_open=is_open) for code, shown in parts[3:]],
        class_name="stack",
    )


def document_line(row: rx.vars.ObjectVar[RequirementRow]) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.cond(locale() == "zh-CN", row.name_zh, row.name),
            rx.cond(
                row.file_name != "", rx.el.span(row.file_name, class_name="meta block truncate")
            ),
            class_name="min-w-0",
        ),
        status_of(row.verdict, VERDICTS),
        class_name="flex items-start justify-between gap-3 text-[13px]",
    )


def _step(code: str, body: rx.Component, *, is_open: bool) -> rx.Component:
    step = step_of(code)
    change = rx.cond(
        ApplyState.editable.contains(step.number),
        link(step.href, N_("Change"), aria_label=t("Change: {step}", step=t(step.title))),
    )
    return card(body, title=step.title, actions=(change,) if is_open else ())


def _missing(row: rx.vars.ObjectVar[RequirementRow]) -> rx.Component:
    """Leads to the step that asks for it."""
    name = rx.cond(locale() == "zh-CN", row.name_zh, row.name)
    href = cast(rx.Var[str], rx.match(row.kind, *STEPS_OF_KINDS.items(), step_of("documents").href))
    return rx.el.li(rx.el.a(name, href=href, class_name="link"))


def _send() -> rx.Component:
    return rx.el.section(
        rx.el.p(
            tn(
                "We answer within {n} working day, by e-mail and here.",
                "We answer within {n} working days, by e-mail and here.",
                ApplyState.app.working_days,
            ),
            class_name="lead flex-1",
        ),
        button(
            rx.cond(ApplyState.is_fixing, t("Send again"), t("Submit application")),
            variant="primary",
            icon="send",
            disabled=ApplyState.missing.length() > 0,
            on_click=ApplyState.submit(ApplyState.app.id, ApplyState.app.version),
        ),
        class_name="card card-body flex items-center gap-4 flex-wrap !p-5",
    )


def _country(code: rx.Var[str]) -> rx.Component:
    return rx.fragment(rx.match(code, *[(key, t(name)) for key, name in COUNTRIES], code))


def _or_dash(text: rx.Var[str]) -> rx.Var[str]:
    return rx.cond(text, text, "—")


def _place(street: rx.Var[str], city: rx.Var[str], region: rx.Var[str]) -> rx.Component:
    written = rx.fragment(street, ", ", city, rx.cond(region, rx.fragment(", ", region)))
    return rx.fragment(rx.cond(city, written, "—"))
