"""Storefront / Sell with us: what it costs, what is needed, and the way in.

`http/sell_page.py` writes the same content into the HTML for readers without scripts; the two are
kept in step by a test.
"""

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience
from marketplace.flows.fees import FeeRow, fees
from marketplace.kit.languages import N_
from marketplace.web.guard.policy import allows
from marketplace.web.i18n import locale, t
from marketplace.web.ssr import handover
from marketplace.web.ui.icon import icon

TITLE = N_("Open your shop on Jishi")
SUMMARY = N_(
    "Buyers who look for makers, prices that explain themselves, and no fee until you sell."
)
STEPS = (
    (
        "pencil-line",
        N_("Apply in six short steps"),
        N_("What you enter is saved as you go; come back whenever you like."),
    ),
    (
        "file-check",
        N_("We look at it within two working days"),
        N_("If something is missing, you fix only that, and keep the rest."),
    ),
    (
        "package-plus",
        N_("Fill your shelves"),
        N_("Add listings one by one, or bring them over from a spreadsheet."),
    ),
    (
        "wallet",
        N_("Sell and get paid"),
        N_("Every amount opens to the rule and the base it was computed from."),
    ),
)
NEEDS = (
    (
        N_("A private person"),
        N_("Proof of identity, and a bank account in your own name."),
    ),
    (
        N_("A sole trader"),
        N_("The business licence, the owner's proof of identity, and a bank account."),
    ),
    (
        N_("A company"),
        N_(
            "The business licence, the legal representative's proof of identity, who owns it, "
            "and a company account."
        ),
    ),
    (
        N_("A company abroad"),
        N_(
            "The registration of your country, its tax number, and a return address in the "
            "country you sell to."
        ),
    ),
)


class SellState(rx.State):
    """The fees as the category tree has them."""

    is_loaded: rx.Field[bool] = rx.field(False)
    fees: rx.Field[list[FeeRow]] = rx.field(default_factory=list)

    @rx.event(supersedes=True)
    @allows(Audience.PUBLIC)
    async def load(self):
        self.fees = (await db.read(fees))[:50]
        self.is_loaded = True


def page() -> rx.Component:
    return rx.el.div(
        handover(SellState.is_loaded),
        _hero(),
        _how(),
        rx.el.div(_costs(), _needs(), class_name="grid gap-10 lg:grid-cols-2 mt-16"),
        class_name="mx-auto max-w-[1280px] px-4 pb-16",
    )


def _hero() -> rx.Component:
    return rx.el.section(
        rx.el.h1(
            t(TITLE),
            class_name="text-[30px] md:text-[44px] leading-[1.12] font-bold tracking-[-.02em] max-w-[18ch]",
        ),
        rx.el.p(t(SUMMARY), class_name="mt-4 text-[16px] max-w-[46ch] text-[var(--ink-2)]"),
        rx.el.div(
            rx.el.a(
                t("Apply now"),
                href="/seller/apply",
                reload_document=True,
                class_name="btn btn-primary !min-h-[44px] !px-6 !text-[14px]",
            ),
            rx.el.span(t("Takes about fifteen minutes."), class_name="meta"),
            class_name="flex items-center gap-4 mt-7 flex-wrap",
        ),
        class_name="rounded-[14px] mt-6 p-8 md:p-14 bg-[var(--accent-soft)]",
    )


def _how() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("How it goes"), class_name="text-[22px] font-semibold"),
        rx.el.ol(
            *[
                rx.el.li(
                    rx.el.span(icon(symbol, 20), class_name="avatar avatar-lg"),
                    rx.el.h3(t(title), class_name="h2 mt-4"),
                    rx.el.p(t(text), class_name="lead mt-1"),
                )
                for symbol, title, text in STEPS
            ],
            class_name="grid gap-8 mt-6 sm:grid-cols-2 lg:grid-cols-4",
        ),
        class_name="mt-16",
    )


def _costs() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("What it costs"), class_name="text-[22px] font-semibold"),
        rx.el.p(
            t(
                "Commission on the value of what you sell, after your own discounts. "
                "Shipping is not charged."
            ),
            class_name="lead mt-1 mb-5",
        ),
        rx.el.table(
            rx.el.thead(
                rx.el.tr(
                    rx.el.th(t("Category"), scope="col"),
                    rx.el.th(t("Commission"), scope="col", class_name="num"),
                )
            ),
            rx.el.tbody(rx.foreach(SellState.fees, _fee)),
            class_name="table",
        ),
        id="fees",
        class_name="scroll-mt-24",
    )


def _fee(row: rx.vars.ObjectVar[FeeRow]) -> rx.Component:
    return rx.el.tr(
        rx.el.td(rx.cond(locale() == "zh-CN", row.name_zh, row.name)),
        rx.el.td(rx.cond(row.rate != "", row.rate, "—"), class_name="num"),
    )


def _needs() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("What you need"), class_name="text-[22px] font-semibold"),
        rx.el.p(
            t("Some categories ask for a permit as well; the application tells you which."),
            class_name="lead mt-1 mb-5",
        ),
        rx.el.dl(
            *[
                rx.el.div(
                    rx.el.dt(t(who), class_name="h3"),
                    rx.el.dd(t(what), class_name="lead mt-1"),
                    class_name="py-4 border-b border-[var(--line)]",
                )
                for who, what in NEEDS
            ]
        ),
    )
