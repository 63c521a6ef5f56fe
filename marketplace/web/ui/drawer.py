"""A panel at the side, for details beside a list or a menu on a phone."""

from typing import Any

import reflex as rx

from marketplace.web.ui.dialog import Kind, dialog
from marketplace.web.ui.trigger import Trigger
from marketplace.web.ui.wording import Text


def drawer(
    title: Text,
    *body: rx.Component,
    description: Text = "",
    footer: tuple[rx.Component, ...] = (),
    trigger: Trigger | None = None,
    is_open: rx.Var[bool] | None = None,
    on_open_change: Any = None,
    side: Kind = "right",
) -> rx.Component:
    """As `dialog`, at a side; `bottom` is a sheet on every screen."""
    return dialog(
        title,
        *body,
        description=description,
        footer=footer,
        trigger=trigger,
        is_open=is_open,
        on_open_change=on_open_change,
        kind=side,
    )
