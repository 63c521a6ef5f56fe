"""The editor's script as Reflex knows it."""

from typing import Any

import reflex as rx

from marketplace.web.seller.listings.screen import BrandChoice, CategoryChoice, EditorData
from marketplace.web.seller.listings.scripts import script

_passes: Any = rx.event.passthrough_event_spec


class ListingEditor(rx.Component):
    """Its three children are slots: the rail's head, the gallery, the documents' drop zone."""

    library = script("editor.jsx")
    lib_dependencies: list[str] = [
        "@radix-ui/react-dialog@1.3.1",
        "@radix-ui/react-popover@1.3.1",
    ]
    tag = "ListingEditor"
    data: rx.Var[EditorData]
    fields: rx.Var[list]
    category: rx.Var[CategoryChoice]
    categories: rx.Var[list]
    brand: rx.Var[BrandChoice]
    brands: rx.Var[list]
    templates: rx.Var[list]
    pictures: rx.Var[list]
    documents: rx.Var[list]
    previews: rx.Var[list]
    hints: rx.Var[list]
    guesses: rx.Var[list]
    conflict: rx.Var[dict]
    errors: rx.Var[dict]
    error_words: rx.Var[dict]
    on_save: rx.EventHandler[_passes(str, int, dict, list, list, str)]
    on_compare: rx.EventHandler[_passes(str, dict)]
    on_reload: rx.EventHandler[rx.event.no_args_event_spec]
    on_find_category: rx.EventHandler[_passes(str, str)]
    on_choose_category: rx.EventHandler[_passes(str)]
    on_find_brand: rx.EventHandler[_passes(str)]
    on_preview: rx.EventHandler[_passes(list)]
    on_check: rx.EventHandler[_passes(str, str)]
