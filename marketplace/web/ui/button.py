"""Buttons and links. A link looks like what it leads to; a button does something."""

from typing import Any, Literal

import reflex as rx

from marketplace.web.ui.icon import icon as icon_of
from marketplace.web.ui.wording import Text, worded

Variant = Literal["primary", "plain", "quiet", "danger", "danger-primary", "link"]
_CLASSES = {
    "primary": "btn btn-primary",
    "plain": "btn",
    "quiet": "btn btn-quiet",
    "danger": "btn btn-danger",
    "danger-primary": "btn btn-danger btn-primary",
    "link": "btn btn-link",
}


def button(
    text: Text,
    *,
    variant: Variant = "plain",
    icon: str = "",
    kbd: str = "",
    href: str | rx.Var[str] | None = None,
    server: bool = False,
    is_small: bool = False,
    class_name: str = "",
    **props: Any,
) -> rx.Component:
    """One `primary` per screen. With `href` it is a link that looks like a button.

    `server` means a page that our HTTP server writes (sign-in, a download). `kbd` shows the
    shortcut. Other props (`on_click`, `type`, `disabled`, `aria_*`, `id`) go to the element.
    """
    classes = " ".join(filter(None, [_CLASSES[variant], "btn-sm" if is_small else "", class_name]))
    parts = [
        icon_of(icon) if icon else None,
        worded(text),
        rx.el.span(kbd, class_name="kbd btn-kbd", aria_hidden="true") if kbd else None,
    ]
    children = [part for part in parts if part is not None]
    if href is not None:
        return rx.el.a(*children, href=href, reload_document=server, class_name=classes, **props)
    return rx.el.button(*children, class_name=classes, **{"type": "button", **props})


def icon_button(
    name: str,
    label: Text,
    *,
    href: str | rx.Var[str] | None = None,
    server: bool = False,
    size: int = 18,
    class_name: str = "",
    **props: Any,
) -> rx.Component:
    """Only an icon; `label` is its name for screen readers and its tooltip."""
    named = {"aria_label": worded(label), "title": worded(label), **props}
    classes = f"btn btn-icon {class_name}".strip()
    if href is not None:
        return rx.el.a(
            icon_of(name, size), href=href, reload_document=server, class_name=classes, **named
        )
    return rx.el.button(icon_of(name, size), class_name=classes, **{"type": "button", **named})


def link(
    href: str | rx.Var[str], text: Text, *, server: bool = False, class_name: str = "", **props: Any
) -> rx.Component:
    """`server` means a page our HTTP server writes: the browser must load it."""
    return rx.el.a(
        worded(text),
        href=href,
        reload_document=server,
        class_name=f"link {class_name}".strip(),
        **props,
    )
