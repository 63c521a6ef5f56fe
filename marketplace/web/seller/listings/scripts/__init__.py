"""The editor's files, put where the page can import them."""

from pathlib import Path

import reflex as rx

from marketplace.web.short_stack import in_short_stack
from marketplace.web.ui.grid.scripts import ADDRESSES as _GRID

# all of them at once, because they import each other
_ADDRESSES = _GRID | in_short_stack(
    lambda: {
        file.name: rx.asset(file.name, shared=True).importable_path
        for file in Path(__file__).parent.iterdir()
        if file.suffix in {".js", ".jsx"}
    }
)


def script(name: str) -> str:
    """The library of a component that lives in this folder."""
    return _ADDRESSES[name]
