"""Toasts: only for the result of one's own action (ux.md C6). Sent with `web.messages.say`."""

import reflex as rx

from marketplace.web.messages import MessageState
from marketplace.web.ui.scripts import script


class _ToastBridge(rx.Component):
    library = script("toast.jsx")
    tag = "ToastBridge"
    lib_dependencies: list[str] = ["sonner@2.0.8"]
    message: rx.Var[dict[str, str | int]]
    words: rx.Var[dict[str, str | int]]


def toast_bridge() -> rx.Component:
    """Once in every frame. Errors stay until closed, the rest four seconds."""
    return _ToastBridge.create(message=MessageState.toast, words=MessageState.toast_words)
