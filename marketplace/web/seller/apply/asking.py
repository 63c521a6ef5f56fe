"""One question of an application: its field with what was said before, and whether it is open.

While changes are asked for, a step shows only the fields they are asked of. The others are hidden
and not left out: a form sends all of its step.
"""

from collections.abc import Callable
from typing import Any

import reflex as rx

from marketplace.web.seller.apply.state import ApplyState
from marketplace.web.ui.fields import text_field
from marketplace.web.ui.icon import icon
from marketplace.web.ui.wording import Text, worded

Said = rx.vars.ObjectVar[dict[str, str]]


def ask(
    step: str, label: Text, name: str, by: Callable[..., rx.Component] = text_field, **props: Any
) -> rx.Component:
    """`by` is a field of `web/ui/fields.py`; `props` go to it."""
    return part(step, name, by(label, name, **{"value": said(step)[name], **props}))


def ask_needed(
    is_needed: rx.Var[bool], step: str, label: Text, name: str, **props: Any
) -> rx.Component:
    """A question that only some must answer; the rule itself is the server's."""
    return rx.cond(
        is_needed,
        ask(step, label, name, **props),
        ask(step, label, name, is_required=False, **props),
    )


def ask_choice(step: str, label: Text, name: str, by: Any, options: Any) -> rx.Component:
    return part(step, name, by(label, name, options, value=said(step)[name]))


def said(step: str) -> Said:
    """What the application says in a step, by field."""
    return ApplyState.said[step].to(dict[str, str])


def part(step: str, name: str, *pieces: rx.Component) -> rx.Component:
    """Something of a step that can be asked to be changed by itself, with the reviewer's note."""
    is_open = ~ApplyState.is_fixing | ApplyState.open_fields[step].contains(name)
    note = ApplyState.field_notes[name]
    return rx.el.div(
        *pieces,
        rx.cond(
            ApplyState.is_fixing & ApplyState.field_notes.contains(name),
            rx.el.p(
                icon("message-square-warning", 14),
                note,
                class_name="flex gap-2 mt-1.5 text-[13px] font-medium text-[var(--warn-ink)]",
            ),
        ),
        class_name=rx.cond(is_open, "apply-part apply-open", "apply-part hidden"),
    )


def section(title: Text, *fields: rx.Component, text: Text = "") -> rx.Component:
    """A card of fields under its title; it goes with the last of its fields that is open."""
    words: list[rx.Component] = [rx.el.h2(worded(title), class_name="h2")]
    if not isinstance(text, str) or text:
        words.append(rx.el.p(worded(text), class_name="lead"))
    return rx.el.section(
        rx.el.div(*words, class_name="stack-sm !gap-1"),
        *fields,
        class_name="apply-section card card-body stack !p-5",
    )


def pair(*fields: rx.Component) -> rx.Component:
    """Two short fields beside each other where there is room."""
    return rx.el.div(*fields, class_name="grid gap-4 sm:grid-cols-2 items-start")
