"""Light and dark, as items of a menu."""

import reflex as rx

from marketplace.kit.languages import N_
from marketplace.web.i18n import t
from marketplace.web.ui.icon import icon
from marketplace.web.ui.menu import menu_label, menu_separator
from marketplace.web.ui.scripts import script

_MODES = (
    ("light", N_("Light"), "sun"),
    ("dark", N_("Dark"), "moon"),
    ("system", N_("As the device"), "monitor"),
)


class _ThemeChoice(rx.Component):
    library = script("theme.jsx")
    tag = "ThemeChoice"
    mode: rx.Var[str]


def theme_items() -> list[rx.Component]:
    """A label and three choices; they begin with a line."""
    return [
        menu_separator(),
        menu_label(N_("Theme")),
        *[
            _ThemeChoice.create(
                icon(symbol), rx.el.span(t(label), class_name="menu-text"), mode=mode
            )
            for mode, label, symbol in _MODES
        ],
    ]
