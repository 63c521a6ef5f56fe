"""Text that was Markdown, as HTML cleaned on the server by `catalog.rules.prose`."""

import reflex as rx

from marketplace.web.ui.scripts import script


class _Prose(rx.Component):
    library = script("prose.jsx")
    tag = "Prose"
    html: rx.Var[str]


def prose(html: rx.Var[str]) -> rx.Component:
    """`html` comes from `rendered` and from nowhere else."""
    return _Prose.create(html=html)
