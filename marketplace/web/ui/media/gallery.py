"""The gallery of a listing: many pictures in an order, each with words and a focal point."""

from typing import Any

import reflex as rx

from marketplace.domain.media.models import Purpose
from marketplace.web.shell import ShellState
from marketplace.web.ui.media.drop import Hat, limits
from marketplace.web.ui.media.scripts import script

_passes: Any = rx.event.passthrough_event_spec


class _Gallery(rx.Component):
    library = script("gallery.jsx")
    tag = "Gallery"
    pictures: rx.Var[list]
    hat: rx.Var[str]
    proof: rx.Var[str]
    limits: rx.Var[dict]
    most: rx.Var[int]
    name: rx.Var[str]
    is_disabled: rx.Var[bool]
    on_change: rx.EventHandler[_passes(list)]


def gallery(
    pictures: Any,
    *,
    on_change: Any = None,
    hat: Hat = "seller",
    name: str = "",
    most: int = 15,
    is_disabled: bool | rx.Var[bool] = False,
) -> rx.Component:
    """`pictures` are `GalleryPicture` rows; the first is the cover.

    `on_change(list)` tells the whole list after each change, each with `id`, `alt`, `alt_zh`,
    `focal_x` and `focal_y`, as `catalog.rules.content.Picture` takes it. With `name` the same list
    is, as JSON, a field of the form around it.
    """
    events = {} if on_change is None else {"on_change": on_change}
    return _Gallery.create(
        pictures=pictures,
        hat=hat,
        proof=ShellState.proof,
        limits=limits(Purpose.PICTURE),
        most=most,
        name=name,
        is_disabled=is_disabled,
        **events,
    )
