"""What is said of a page: address, title, view, loader, audience."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from marketplace.domain.access.models import Audience, Permission

Frame = Callable[[rx.Component, str], rx.Component]


@dataclass(frozen=True, slots=True)
class Page:
    """A page's handlers guard themselves; `audience` gives the frame, `permission` the menu."""

    route: str
    title: str
    view: Callable[[], rx.Component]
    load: tuple[Any, ...]
    audience: Audience
    permission: Permission | None = None
    frame: Frame | None = None
    """Instead of the audience's."""
