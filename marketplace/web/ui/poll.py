"""Live progress: an event every few seconds while something is at work (ux.md C7)."""

from typing import Any

import reflex as rx

from marketplace.web.ui.scripts import script

EVERY = 1500
"""Milliseconds."""


class _Poll(rx.Component):
    library = script("poll.jsx")
    tag = "Poll"
    active: rx.Var[bool]
    every: rx.Var[int]
    on_tick: rx.EventHandler[rx.event.no_args_event_spec]


def poll(is_active: rx.Var[bool], on_tick: Any, *, every: int = EVERY) -> rx.Component:
    """Sends `on_tick` every `every` milliseconds while `is_active` and the tab is in front."""
    return _Poll.create(active=is_active, every=every, on_tick=on_tick)
