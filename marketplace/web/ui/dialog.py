"""Dialogs in the middle and drawers at a side (ux.md C5); never for information alone."""

from typing import Any, Literal

import reflex as rx

from marketplace.web.ui.scripts import script
from marketplace.web.ui.trigger import Trigger, trigger_parts
from marketplace.web.ui.wording import Text, has, worded

Kind = Literal["centre", "right", "left", "bottom"]


class _Part(rx.Component):
    library = script("dialog.jsx")
    lib_dependencies: list[str] = ["@radix-ui/react-dialog@1.3.1"]


class _Root(_Part):
    tag = "DialogRoot"
    open: rx.Var[bool]
    on_open_change: rx.EventHandler[rx.event.passthrough_event_spec(bool)]


class DialogTrigger(_Part):
    tag = "DialogTrigger"


class _Close(_Part):
    tag = "DialogClose"


class _Content(_Part):
    tag = "DialogContent"
    kind: rx.Var[str]
    heading: rx.Var[str]
    description: rx.Var[str]
    wide: rx.Var[bool]
    role: rx.Var[str]


def dialog(
    title: Text,
    *body: rx.Component,
    description: Text = "",
    footer: tuple[rx.Component, ...] = (),
    trigger: Trigger | None = None,
    is_open: rx.Var[bool] | None = None,
    on_open_change: Any = None,
    kind: Kind = "centre",
    is_wide: bool = False,
) -> rx.Component:
    """Opened by its `trigger`, or by a state's `is_open` with `on_open_change(is_open)`.

    Buttons of the footer that also close it go through `closes(…)`. For a form whose button
    is in the footer: `button(…, type="submit", form="id-of-the-form")`.
    """
    props: dict[str, Any] = {}
    if is_open is not None:
        props["open"] = is_open
    if on_open_change is not None:
        props["on_open_change"] = on_open_change
    opener: rx.Component = rx.fragment()
    if trigger is not None:
        children, attributes = trigger_parts(trigger)
        opener = DialogTrigger.create(*children, **attributes)
    panel = _Content.create(
        rx.fragment(*body),
        rx.el.footer(*footer, class_name="dialog-foot") if footer else rx.fragment(),
        kind=kind,
        heading=worded(title),
        description=worded(description) if has(description) else "",
        wide=is_wide,
    )
    return _Root.create(opener, panel, **props)


def closes(button: Trigger) -> rx.Component:
    """The same button; it also closes the dialog it is in."""
    children, attributes = trigger_parts(button)
    return _Close.create(*children, **attributes)
