"""The last decision of the desk can be taken back while this bar shows: ten seconds, by the
stylesheet. The server asks the clock again."""

from typing import Any

import reflex as rx

from marketplace.kit.languages import N_
from marketplace.web.i18n import locale, t
from marketplace.web.ui.button import button
from marketplace.web.ui.icon import icon


def undo_bar(state: Any) -> rx.Component:
    last = state.undoable
    title = rx.cond((locale() == "zh-CN") & (last.title_zh != ""), last.title_zh, last.title)
    return rx.el.div(
        rx.cond(
            last,
            rx.el.div(
                icon("circle-check", 16),
                rx.el.span(t("Decided: {title}", title=title), class_name="truncate"),
                button(
                    N_("Undo"),
                    icon="undo-2",
                    kbd="U",
                    is_small=True,
                    custom_attrs={"data-desk-key": "u", "aria-keyshortcuts": "U"},
                    on_click=state.undo(last.id, last.version),
                ),
                class_name="undo-bar",
                key=last.id.to(str) + last.version.to(str),
            ),
        ),
        role="status",
    )
