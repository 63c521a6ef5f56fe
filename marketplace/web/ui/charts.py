"""Charts in our colours (ux.md 2.6): at most six series; the card around adds title and table."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from marketplace.web.ui.wording import Text, worded

SERIES = (
    "var(--accent)",
    "var(--warn)",
    "var(--info)",
    "var(--good)",
    "var(--bad)",
    "var(--control)",
)
Series = tuple[str, Text]
_SILENT = {"accessibilityLayer": False}  # hidden from screen readers: the table says the same


def bars(rows: Any, *, x: str, y: str, name: Text, height: int = 240) -> rx.Component:
    """One bar for each row of a list of dicts: `x` is its label, `y` its number."""
    return rx.recharts.bar_chart(
        rx.recharts.bar(
            data_key=y,
            name=worded(name),
            fill=SERIES[0],
            radius=[3, 3, 0, 0],
            is_animation_active=False,
        ),
        *_axes(x),
        data=rows,
        custom_attrs=_SILENT,
        width="100%",
        height=height,
    )


def lines(rows: Any, *series: Series, x: str, height: int = 240) -> rx.Component:
    """One line for each `(key, name)`, in the order of the colours."""
    return rx.recharts.line_chart(
        *[
            rx.recharts.line(
                data_key=key,
                name=worded(name),
                stroke=colour,
                stroke_width=2,
                dot=False,
                is_animation_active=False,
            )
            for (key, name), colour in zip(series, SERIES, strict=False)
        ],
        *_axes(x),
        *([rx.recharts.legend()] if len(series) > 1 else []),
        data=rows,
        custom_attrs=_SILENT,
        width="100%",
        height=height,
    )


def _axes(x: str) -> Sequence[rx.Component]:
    return (
        rx.recharts.cartesian_grid(vertical=False, stroke="var(--line)"),
        rx.recharts.x_axis(data_key=x, tick_line=False, axis_line=False, stroke="var(--ink-3)"),
        rx.recharts.y_axis(
            tick_line=False, axis_line=False, width=44, orientation="right", stroke="var(--ink-3)"
        ),
        rx.recharts.graphing_tooltip(cursor={"fill": "var(--sunken)"}),
    )
