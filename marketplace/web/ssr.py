"""Hands a public page over from the server's HTML to the app (DESIGN D8)."""

import reflex as rx


class Handover(rx.Component):
    """Removes the server's copy when `ready`; until then the stylesheet hides the app's."""

    library = f"$/public{rx.asset('ssr.js', shared=True)}"
    tag = "Handover"
    ready: rx.Var[bool]


def handover(ready: rx.Var[bool] | bool) -> rx.Component:
    return Handover.create(ready=ready)
