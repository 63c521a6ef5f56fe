"""Variants of what is open, cell by cell, and each price against its own past."""

from typing import Any

import reflex as rx

from marketplace.flows.review_rows import CellRow
from marketplace.kit.languages import N_
from marketplace.web.i18n import locale, t
from marketplace.web.ui.layout import card
from marketplace.web.ui.small import Sparkline
from marketplace.web.ui.status import badge
from marketplace.web.ui.values import explain, money

ADDED = "bg-[var(--good-soft)] text-[var(--good-ink)] rounded-[3px] px-1"
REMOVED = "bg-[var(--bad-soft)] text-[var(--bad-ink)] line-through rounded-[3px] px-1"
LARGE = 2_000
"""Basis points from the median from which a price is marked."""


def variants(state: Any) -> rx.Component:
    review = state.review
    return card(
        rx.el.div(
            rx.el.table(
                rx.el.thead(
                    rx.el.tr(
                        rx.el.th(t("Variant"), scope="col"),
                        rx.el.th(t("Price now"), scope="col", class_name="num"),
                        rx.el.th(t("Proposed"), scope="col", class_name="num"),
                        rx.el.th(t("Struck through"), scope="col", class_name="num"),
                        rx.el.th(
                            t("Against its 30-day median"),
                            explain(N_("The median of what it cost on each of the last 30 days.")),
                            scope="col",
                            class_name="num",
                        ),
                        rx.el.th(t("History"), scope="col"),
                        rx.el.th(t("Other changes"), scope="col"),
                    )
                ),
                rx.el.tbody(rx.foreach(review.variants, lambda row: _row(review, row))),
                class_name="table",
            ),
            class_name="table-wrap relative max-h-[480px] overflow-y-auto",
            tab_index=0,
            role="region",
            aria_label=t("Variants and prices"),
        ),
        title=N_("Variants and prices"),
        subtitle=t("{n} of {all} changed", n=review.variants_changed, all=review.variants.length()),
        actions=(
            rx.cond(
                review.category_median > 0,
                rx.el.span(
                    t("median of the category"),
                    " ",
                    money(review.category_median, review.currency),
                    class_name="meta",
                ),
            ),
        ),
        is_flush=True,
    )


def _row(review: Any, row: Any) -> rx.Component:
    return rx.el.tr(
        rx.el.th(
            rx.el.span(
                rx.cond(locale() == "zh-CN", row.label_zh, row.label),
                class_name="font-medium text-[var(--ink)]",
            ),
            rx.match(
                row.kind,
                ("added", badge(N_("new"), "good")),
                ("removed", badge(N_("removed"), "bad")),
                rx.fragment(),
            ),
            scope="row",
        ),
        rx.el.td(_amount(row.before, review.currency), class_name="num"),
        rx.el.td(
            rx.cond(
                (row.before != row.after) & (row.after >= 0) & (row.before >= 0),
                rx.el.ins(money(row.after, review.currency), class_name=ADDED + " no-underline"),
                _amount(row.after, review.currency),
            ),
            class_name="num",
        ),
        rx.el.td(
            rx.cond(
                row.reference >= 0,
                rx.el.span(
                    money(row.reference, review.currency),
                    rx.cond(
                        row.is_proved,
                        rx.fragment(),
                        rx.el.span(
                            t("never charged"),
                            class_name="block text-[12px] font-medium text-[var(--warn-ink)]",
                        ),
                    ),
                ),
                rx.el.span(t("none"), class_name="meta"),
            ),
            class_name="num",
        ),
        rx.el.td(_against(review, row), class_name="num"),
        rx.el.td(Sparkline.create(points=row.history, before=[])),
        rx.el.td(rx.foreach(row.cells, _cell)),
        key=row.id,
    )


def _amount(minor: Any, currency: Any) -> rx.Component:
    return rx.cond(minor >= 0, money(minor, currency), rx.el.span("–", class_name="meta"))


def _against(review: Any, row: Any) -> rx.Component:
    share = rx.Var(
        f"((bps) => `${{bps > 0 ? '+' : bps < 0 ? '\u2212' : ''}}${{Math.abs(bps / 100).toFixed(1)}}%`)"
        f"({row.against_median!s})",
        _var_data=row.against_median._get_all_var_data(),
    ).to(str)
    return rx.cond(
        row.median > 0,
        rx.el.span(
            rx.el.span(
                share,
                class_name=rx.cond(
                    (row.against_median >= LARGE) | (row.against_median <= -LARGE),
                    "font-semibold text-[var(--warn-ink)]",
                    "",
                ),
            ),
            rx.el.span(money(row.median, review.currency), class_name="meta block"),
        ),
        rx.el.span(t("no history"), class_name="meta"),
    )


def _cell(cell: rx.vars.ObjectVar[CellRow]) -> rx.Component:
    return rx.el.div(
        rx.el.span(t(cell.label), ": ", class_name="meta"),
        rx.cond(cell.before != "", rx.el.del_(cell.before, class_name=REMOVED)),
        " ",
        rx.cond(cell.after != "", rx.el.ins(cell.after, class_name=ADDED + " no-underline")),
        class_name="text-[12px] whitespace-nowrap",
    )
