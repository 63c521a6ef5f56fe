"""The command palette and the keys of the page (ux.md C9, C10); once in every office frame."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import reflex as rx

from marketplace.web.ui.icon import icon
from marketplace.web.ui.scripts import script


@dataclass(frozen=True, slots=True)
class Jump:
    """A place to go. `keys` follow `g`; `alias` are pinyin initials and other words for it."""

    label: str
    href: str
    icon: str = "arrow-right"
    permission: str = ""
    keys: str = ""
    alias: str = ""
    server: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that a search on the server found."""

    label: str
    hint: str
    href: str


class _Palette(rx.Component):
    library = script("palette.jsx")
    tag = "Palette"
    lib_dependencies: list[str] = ["cmdk@1.1.1", "@radix-ui/react-dialog@1.3.1"]
    jumps: rx.Var[list[dict[str, Any]]]
    icon_names: rx.Var[list[str]]
    permissions: rx.Var[list[str]]
    is_enabled: rx.Var[bool]
    found: rx.Var[list[Found]]
    on_search: rx.EventHandler[rx.event.passthrough_event_spec(str)]


def palette(
    jumps: Sequence[Jump],
    *,
    permissions: rx.Var[Sequence[str]],
    is_enabled: bool | rx.Var[bool] = True,
    found: rx.Var[list[Found]] | None = None,
    on_search: Any = None,
) -> rx.Component:
    """The trigger, the palette (⌘K), the cheat-sheet (?) and the keys.

    `is_enabled` switches single keys off (WCAG 2.1.4); ⌘K stays. `on_search` gets what is typed.
    """
    props: dict[str, Any] = {}
    if found is not None:
        props["found"] = found
    if on_search is not None:
        props["on_search"] = on_search
    names = sorted({jump.icon for jump in jumps})
    return _Palette.create(
        *[icon(name) for name in names],
        icon_names=names,
        jumps=[asdict(jump) for jump in jumps],
        permissions=permissions,
        is_enabled=is_enabled,
        **props,
    )
