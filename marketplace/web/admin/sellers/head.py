"""The head of one seller's pages: name, state, what may be done, and the tabs."""

from typing import Any, Literal

import reflex as rx

from marketplace.kit.languages import N_
from marketplace.web.admin.sellers.words import STATES, named
from marketplace.web.ui.layout import page_header
from marketplace.web.ui.status import status_of
from marketplace.web.ui.tabs import Tab, tabs


def seller_head(
    row: Any, *actions: rx.Component, here: Literal["overview", "notes"], notes: rx.Var[int]
) -> rx.Component:
    """`row` has the id, both names and the state of the seller; `notes` is how many there are."""
    place = "/admin/sellers/" + row.id.to(str)
    return rx.fragment(
        page_header(
            named(row),
            *actions,
            crumbs=((N_("All sellers"), "/admin/sellers"),),
            beside=(status_of(row.status, STATES),),
        ),
        tabs(
            Tab(N_("Overview"), href=place, is_on=here == "overview"),
            Tab(N_("Notes"), href=place + "/notes", is_on=here == "notes", count=notes),
            label=N_("Seller"),
        ),
    )
