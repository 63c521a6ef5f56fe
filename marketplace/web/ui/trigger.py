"""A button that opens something: its content and attributes, for the primitive to render."""

from typing import Any

import reflex as rx

from marketplace.web.ui.button import button

Trigger = str | rx.Component


def trigger_parts(trigger: Trigger) -> tuple[list[Any], dict[str, Any]]:
    """The children and props of a `button(…)`, which the primitive renders as its own button.

    A primitive's `asChild` cannot be used: what Reflex compiles does not pass props on.
    """
    made = button(trigger) if isinstance(trigger, str) else trigger
    if made.tag != "button":
        raise TypeError("a trigger is made with button(…) or icon_button(…)")
    props: dict[str, Any] = {
        "class_name": made.class_name,
        "custom_attrs": dict(made.custom_attrs),
        **made.event_triggers,
    }
    for name in ("title", "disabled"):
        if (value := getattr(made, name, None)) is not None:
            props["custom_attrs"][name] = value
    if made.id is not None:
        props["id"] = made.id
    return list(made.children), props
