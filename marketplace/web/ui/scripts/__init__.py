"""Our own components in JavaScript; each Python piece names its file with `script("….jsx")`."""

from pathlib import Path

import reflex as rx

from marketplace.web.short_stack import in_short_stack

# all of them at once, because they import each other
_ADDRESSES = in_short_stack(
    lambda: {
        file.name: rx.asset(file.name, shared=True).importable_path
        for file in Path(__file__).parent.iterdir()
        if file.suffix in {".js", ".jsx"}
    }
)


def script(name: str) -> str:
    """The library of a component that lives in this folder."""
    return _ADDRESSES[name]
