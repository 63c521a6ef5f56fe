"""A form the browser itself sends, to a route of our HTTP server.

`rx.el.form` always stops the browser and sends an event instead.
"""

from typing import Any

import reflex as rx
from reflex_components_core.el.element import Element

PROOF = "proof"
"""The field that proves the form came from our own page (`ShellState.proof`)."""


class NativeForm(Element):
    """A plain `<form>`."""

    tag = "form"

    action: rx.Var[str]
    method: rx.Var[str]


def native_form(
    *children: rx.Component,
    action: str | rx.Var[str],
    proof: str | rx.Var[str],
    fields: dict[str, str | rx.Var[str]] | None = None,
    **props: Any,
) -> rx.Component:
    """Posts `fields` and the proof to `action`; the children hold the button."""
    hidden = [
        rx.el.input(type="hidden", name=name, value=value, read_only=True)
        for name, value in {PROOF: proof, **(fields or {})}.items()
    ]
    return NativeForm.create(*hidden, *children, action=action, method="post", **props)


def asking_form(*children: rx.Component, **props: Any) -> rx.Component:
    """Asks for a page by its fields, such as a search; works before any script does."""
    return NativeForm.create(*children, method="get", **props)
