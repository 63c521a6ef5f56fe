"""Hands a public page over from the server's HTML to the app (DESIGN D8)."""

import reflex as rx

from marketplace.web.short_stack import in_short_stack


class Handover(rx.Component):
    """Removes the server's copy when `ready`; until then the stylesheet hides the app's."""

    library = in_short_stack(lambda: rx.asset("ssr.js", shared=True).importable_path)
    tag = "Handover"
    ready: rx.Var[bool]


def handover(ready: rx.Var[bool] | bool) -> rx.Component:
    return Handover.create(ready=ready)
