"""Texts of pieces: a plain string is a message id, a Var is shown as it is."""

import reflex as rx
from reflex.vars import Var

from marketplace.web.i18n import t

Text = str | Var[str]
Content = str | Var[str] | rx.Component


def worded(text: Text) -> Var[str]:
    """The text in the reader's language."""
    return text if isinstance(text, Var) else t(text)


def content(piece: Content) -> Var[str] | rx.Component:
    """A text in the reader's language, or the component as it is."""
    return piece if isinstance(piece, rx.Component) else worded(piece)


def has(piece: Content) -> bool:
    """Whether there is anything to show: a component or a Var always is."""
    return not isinstance(piece, str) or piece != ""
