"""The components of `scripts/` as Reflex knows them."""

from typing import Any

import reflex as rx

from marketplace.web.ui.index_page.listing import Listing
from marketplace.web.ui.index_page.scripts import script

_no_args = rx.event.no_args_event_spec
_passes: Any = rx.event.passthrough_event_spec


class IndexPage(rx.Component):
    """Heading, views, tools, table or cards, footer; its children are slots, see `view.py`."""

    library = script("index_page.jsx")
    lib_dependencies: list[str] = [
        "@radix-ui/react-dialog@1.3.1",
        "@radix-ui/react-popover@1.3.1",
    ]
    tag = "IndexPage"
    spec: rx.Var[dict]
    listing: rx.Var[Listing]
    views: rx.Var[list]
    allowed: rx.Var[bool]
    on_retry: rx.EventHandler[_no_args]
    on_save_view: rx.EventHandler[_passes(str, str, list, bool)]
    on_update_view: rx.EventHandler[_passes(str, str, list)]
    on_rename_view: rx.EventHandler[_passes(str, str)]
    on_share_view: rx.EventHandler[_passes(str, bool)]
    on_default_view: rx.EventHandler[_passes(str, bool)]
    on_delete_view: rx.EventHandler[_passes(str)]


class IndexRow(rx.Component):
    library = script("rows.jsx")
    tag = "IndexRow"
    row_id: rx.Var[str]
    name: rx.Var[str]
    href: rx.Var[str]
    on_open: rx.EventHandler[_no_args]


class IndexCell(rx.Component):
    library = script("rows.jsx")
    tag = "IndexCell"
    column: rx.Var[str]


class IndexRowActions(rx.Component):
    library = script("rows.jsx")
    tag = "IndexRowActions"


class BulkAction(rx.Component):
    library = script("bulk.jsx")
    tag = "BulkAction"
    label: rx.Var[str]
    confirm: rx.Var[str]
    danger: rx.Var[bool]
    asks: rx.Var[bool]
    on_run: rx.EventHandler[_passes(list)]
    on_run_all: rx.EventHandler[_no_args]
