"""The last decision of the desk can be taken back while this bar shows: ten seconds."""

from typing import Any

import reflex as rx

from marketplace.domain.moderation.rules.machines import UNDO_OFFERED
from marketplace.kit.languages import N_
from marketplace.web.i18n import locale, t
from marketplace.web.ui.button import button
from marketplace.web.ui.icon import icon
from marketplace.web.ui.poll import poll

OFFERED = int(UNDO_OFFERED.total_seconds() * 1000)


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
                poll(rx.Var.create(True), state.let_go, every=OFFERED),
                class_name="undo-bar",
                key=last.id.to(str) + last.version.to(str),
            ),
        ),
        role="status",
    )
