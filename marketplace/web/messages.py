"""What the page tells its reader after an event: a toast, or a message beside a field (ux.md C6).

Toasts go through this state and a bridge: those that Reflex sends from a handler need `eval`,
which the content policy forbids.
"""

import time
from typing import Annotated, Literal, cast

import reflex as rx
from pydantic import StringConstraints

from marketplace.domain.access.models import Audience
from marketplace.kit.errors import Words
from marketplace.kit.text import Line
from marketplace.web.guard.policy import allows

Level = Literal["success", "error", "info", "warning"]
FieldName = Annotated[str, StringConstraints(max_length=80)]


class MessageState(rx.State):
    """The last toast, and the messages beside fields until the next event that changes something."""

    toast: rx.Field[dict[str, str | int]] = rx.field(default_factory=dict)
    toast_words: rx.Field[dict[str, str | int]] = rx.field(default_factory=dict)
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    error_words: rx.Field[dict[str, str | int]] = rx.field(default_factory=dict)

    @rx.event
    @allows(Audience.PUBLIC)
    async def tell(self, message: Line, level: Level, words: dict[FieldName, Line | int]):
        self.toast = {"id": time.time_ns() // 1000, "level": level, "text": message}
        self.toast_words = words

    @rx.event
    @allows(Audience.PUBLIC)
    async def mark(self, errors: dict[FieldName, Line], words: dict[FieldName, Line | int]):
        self.errors, self.error_words = errors, words

    @rx.event
    @allows(Audience.PUBLIC)
    async def clear(self):
        self.errors, self.error_words = {}, {}


def say(message: str, level: Level = "success", **words: Words) -> rx.event.EventSpec:
    """A toast: the message id, translated in the browser, with its `{places}` filled."""
    return cast(rx.event.EventSpec, MessageState.tell(message, level, words))


def show_errors(errors: dict[str, str], **words: Words) -> rx.event.EventSpec:
    """Messages beside fields: field name to message id. An empty name is the whole form's."""
    return cast(rx.event.EventSpec, MessageState.mark(errors, words))


def clear_errors() -> rx.event.EventSpec:
    """No field is marked any more."""
    return cast(rx.event.EventSpec, MessageState.clear())
