"""The grid's files, put where other scripts import them as soon as this package is loaded."""

from pathlib import Path

import reflex as rx

from marketplace.web.short_stack import in_short_stack

ADDRESSES = in_short_stack(
    lambda: {
        file.name: rx.asset(file.name, shared=True).importable_path
        for file in Path(__file__).parent.iterdir()
        if file.suffix in {".js", ".jsx"}
    }
)
