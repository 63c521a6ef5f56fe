"""The storefront's search field; what it offers comes from `http/search_page.py`."""

import reflex as rx

from marketplace.web.i18n import locale
from marketplace.web.ui.native_form import asking_form
from marketplace.web.ui.scripts import script


class _SearchField(rx.Component):
    library = script("suggest.jsx")
    tag = "SearchField"


def search_field() -> rx.Component:
    """A plain form: it works before any script does, and Enter is all it needs."""
    return asking_form(
        _SearchField.create(),
        action=rx.cond(locale() == "zh-CN", "/zh/search", "/search"),
        role="search",
        class_name="order-last w-full md:order-none md:w-auto md:flex-1 md:max-w-[420px] md:mx-3 min-w-0",
    )
