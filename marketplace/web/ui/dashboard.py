"""Cards of numbers and charts (ux.md C4)."""

from typing import Any, Literal

import reflex as rx

from marketplace.web.ui.icon import icon
from marketplace.web.ui.small import ChartCard, Sparkline
from marketplace.web.ui.values import explain
from marketplace.web.ui.wording import Content, Text, content, has, worded

Direction = Literal["up", "down", "flat"]
_SIGNS = {"up": "trending-up", "down": "trending-down", "flat": "minus"}


def delta(
    text: Content, *, direction: Direction = "flat", is_good: bool | None = None
) -> rx.Component:
    """The change in words with sign and arrow; `is_good` None when it is neither."""
    tone = {True: "delta-good", False: "delta-bad", None: ""}[is_good]
    return rx.el.span(
        icon(_SIGNS[direction], 14), content(text), class_name=f"delta {tone}".strip()
    )


def kpi_card(
    label: Text,
    value: Content,
    *,
    change: rx.Component | None = None,
    definition: Text = "",
    points: Any = None,
    before: Any = None,
    href: str | rx.Var[str] = "",
) -> rx.Component:
    """`points` is the series now, `before` the one it is compared with.

    `definition` says how the number is counted.
    """
    name = rx.el.a(worded(label), href=href, class_name="kpi-link") if has(href) else worded(label)
    series: dict[str, Any] = {"points": points} | ({} if before is None else {"before": before})
    return rx.el.article(
        rx.el.h3(name, explain(definition) if has(definition) else rx.fragment()),
        rx.el.div(
            rx.el.div(rx.el.p(content(value), class_name="kpi-value"), change or rx.fragment()),
            Sparkline.create(**series) if points is not None else rx.fragment(),
            class_name="kpi-body",
        ),
        class_name="card kpi",
    )


def chart_card(
    title: Text,
    takeaway: Text,
    chart: rx.Component,
    table: rx.Component,
    *actions: rx.Component,
) -> rx.Component:
    """The chart says it to eyes, `takeaway` in one sentence, `table` (a `.table`) to everybody."""
    return ChartCard.create(
        chart,
        table,
        rx.fragment(*actions),
        heading=worded(title),
        takeaway=worded(takeaway),
    )
