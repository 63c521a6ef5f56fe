"""Tabs and segmented controls as links, so that each view has an address."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from marketplace.web import i18n
from marketplace.web.ui.wording import Text, worded


@dataclass(frozen=True, slots=True)
class Tab:
    """One view: a link with `href`, otherwise a button with `on_click`."""

    text: Text
    href: str | rx.Var[str] = ""
    is_on: bool | rx.Var[bool] = False
    count: Any = None
    on_click: Any = None


def tabs(*views: Tab, label: Text) -> rx.Component:
    """Below the page's title; they scroll sideways on a phone."""
    return rx.el.nav(
        *[_tab(view, "tab") for view in views], aria_label=worded(label), class_name="tabs"
    )


def segmented(*views: Tab, label: Text) -> rx.Component:
    """Two to five ways to see the same thing."""
    return rx.el.nav(
        *[_tab(view, "segment") for view in views], aria_label=worded(label), class_name="segmented"
    )


def _tab(view: Tab, look: str) -> rx.Component:
    count = [] if view.count is None else [rx.el.span(i18n.number(view.count), class_name="count")]
    children = [worded(view.text), *count]
    is_on = rx.Var.create(view.is_on).to(bool)
    if view.on_click is not None:
        return rx.el.button(
            *children, type="button", aria_pressed=is_on, on_click=view.on_click, class_name=look
        )
    current = rx.cond(is_on, "page", "false")
    return rx.el.a(*children, href=view.href, aria_current=current, class_name=look)
