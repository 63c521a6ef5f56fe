"""The tabs of *Staff and roles*, above each of its three pages."""

import reflex as rx

from marketplace.kit.languages import N_
from marketplace.web.ui.layout import page_header
from marketplace.web.ui.tabs import Tab, tabs

PLACES = {
    "/admin/staff": N_("Staff"),
    "/admin/staff/roles": N_("Roles"),
    "/admin/staff/invitations": N_("Invitations"),
}


def framed(here: str, *content: rx.Component, action: rx.Component | None = None) -> rx.Component:
    """A page of the three, under the common title."""
    views = [Tab(text, href=href, is_on=href == here) for href, text in PLACES.items()]
    actions = [action] if action else []
    return rx.el.div(
        page_header(N_("Staff and roles"), *actions),
        tabs(*views, label=N_("Staff and roles")),
        *content,
        class_name="stack",
    )
