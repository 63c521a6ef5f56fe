"""The drop zone: one picture, document or table."""

from typing import Any, Literal

import reflex as rx

from marketplace.domain.media.models import Purpose
from marketplace.domain.media.queries import DropFile
from marketplace.domain.media.rules import LIMITS
from marketplace.web.messages import MessageState
from marketplace.web.shell import ShellState
from marketplace.web.ui.media.scripts import script
from marketplace.web.ui.wording import Text, has, worded

Hat = Literal["person", "seller", "staff"]
PurposeName = Literal["picture", "document", "table"]
_no_args: Any = rx.event.no_args_event_spec
_passes: Any = rx.event.passthrough_event_spec


class _Drop(rx.Component):
    library = script("drop.jsx")
    tag = "Drop"
    label: rx.Var[str]
    optional: rx.Var[bool]
    hint: rx.Var[str]
    purpose: rx.Var[str]
    hat: rx.Var[str]
    proof: rx.Var[str]
    limits: rx.Var[dict]
    file: rx.Var[Any]
    name: rx.Var[str]
    shape: rx.Var[str]
    error: rx.Var[str]
    error_words: rx.Var[dict]
    is_disabled: rx.Var[bool]
    on_done: rx.EventHandler[_passes(str)]
    on_remove: rx.EventHandler[_no_args]


def drop(
    label: Text,
    *,
    purpose: PurposeName = "picture",
    hat: Hat,
    file: Any = None,
    name: str = "",
    hint: Text = "",
    on_done: Any = None,
    on_remove: Any = None,
    shape: Literal["square", "banner", "wide"] = "square",
    is_required: bool = True,
    is_disabled: bool | rx.Var[bool] = False,
) -> rx.Component:
    """Chosen, dropped, pasted or photographed; `on_done(media_id)` comes once the server has
    checked the file, refusals are shown here. `file` is a `DropFile`, or a row like it.

    With `name` it is also a field of the form around it, whose value is the file's id, and it
    shows that field's error.
    """
    events = {"on_done": on_done, "on_remove": on_remove}
    error = rx.cond(MessageState.errors.contains(name), MessageState.errors[name], "")
    return _Drop.create(
        label=worded(label),
        optional=not is_required,
        hint=worded(hint) if has(hint) else "",
        purpose=purpose,
        hat=hat,
        proof=ShellState.proof,
        limits=limits(Purpose(purpose)),
        file=DropFile() if file is None else file,
        name=name,
        shape=shape,
        error=error if name else "",
        error_words=MessageState.error_words,
        is_disabled=is_disabled,
        **{event: handler for event, handler in events.items() if handler is not None},
    )


def limits(purpose: Purpose) -> dict[str, Any]:
    """What the browser checks before it sends anything; the server does so again."""
    limit = LIMITS[purpose]
    return {"types": list(limit.types), "names": limit.names, "most": limit.most_bytes}
