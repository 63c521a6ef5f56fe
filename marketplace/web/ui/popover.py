"""A small panel at a button."""

from typing import Any, Literal

import reflex as rx

from marketplace.web.ui.scripts import script
from marketplace.web.ui.trigger import Trigger, trigger_parts
from marketplace.web.ui.wording import Text, worded


class _Part(rx.Component):
    library = script("popover.jsx")
    lib_dependencies: list[str] = ["@radix-ui/react-popover@1.3.1"]


class _Root(_Part):
    tag = "PopoverRoot"
    on_open_change: rx.EventHandler[rx.event.passthrough_event_spec(bool)]


class _Trigger(_Part):
    tag = "PopoverTrigger"


class _Close(_Part):
    tag = "PopoverClose"


class _Content(_Part):
    tag = "PopoverContent"
    align: rx.Var[str]
    label: rx.Var[str]
    wide: rx.Var[bool]


class TitleCount(_Part):
    """Puts `(count)` before the page's title."""

    tag = "TitleCount"
    count: rx.Var[int]


def popover(
    trigger: Trigger,
    *body: rx.Component,
    label: Text,
    align: Literal["start", "center", "end"] = "start",
    is_wide: bool = False,
    on_open_change: Any = None,
) -> rx.Component:
    """`label` names the panel for screen readers. Buttons that also close it: `shuts(…)`."""
    children, attributes = trigger_parts(trigger)
    events = {} if on_open_change is None else {"on_open_change": on_open_change}
    return _Root.create(
        _Trigger.create(*children, **attributes),
        _Content.create(*body, align=align, label=worded(label), wide=is_wide),
        **events,
    )


def shuts(button: Trigger) -> rx.Component:
    """The same button; it also closes the popover it is in."""
    children, attributes = trigger_parts(button)
    return _Close.create(*children, **attributes)
