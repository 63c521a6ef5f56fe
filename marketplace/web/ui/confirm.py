"""Asking before what is costly (ux.md C5): name the thing, say what follows, verb on the button.

What can be undone is not confirmed; it is done, and the toast says so.
"""

from typing import Any

import reflex as rx

from marketplace.web.ui.dialog import DialogTrigger
from marketplace.web.ui.scripts import script
from marketplace.web.ui.trigger import Trigger, trigger_parts
from marketplace.web.ui.wording import Text, has, worded


class _Confirm(rx.Component):
    library = script("form.jsx")
    tag = "Confirm"
    lib_dependencies: list[str] = ["@radix-ui/react-dialog@1.3.1"]
    heading: rx.Var[str]
    consequence: rx.Var[str]
    verb: rx.Var[str]
    danger: rx.Var[bool]
    expected: rx.Var[str]
    reason_label: rx.Var[str]
    on_confirm: rx.EventHandler[rx.event.passthrough_event_spec(str)]


def confirm(
    trigger: Trigger,
    *body: rx.Component,
    title: Text,
    consequence: Text,
    verb: Text,
    on_confirm: Any,
    is_danger: bool = True,
    type_to_confirm: str | rx.Var[str] = "",
    reason: Text = "",
) -> rx.Component:
    """`on_confirm` may take one argument: the reason, asked for when `reason` labels its box.

    `type_to_confirm` is the amount or name to type, for money going out and for deletion.
    """
    children, attributes = trigger_parts(trigger)
    return _Confirm.create(
        DialogTrigger.create(*children, **attributes),
        rx.fragment(*body),
        heading=worded(title),
        consequence=worded(consequence),
        verb=worded(verb),
        danger=is_danger,
        expected=type_to_confirm,
        reason_label=worded(reason) if has(reason) else "",
        on_confirm=on_confirm,
    )
