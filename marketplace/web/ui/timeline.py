"""Who did what, when (ux.md C2): newest first."""

from typing import Any

import reflex as rx

from marketplace.web.ui.person import avatar, system_avatar
from marketplace.web.ui.values import moment
from marketplace.web.ui.wording import Content, content


def timeline(*items: rx.Component) -> rx.Component:
    """Takes `event(…)` pieces, or one `rx.foreach` of them."""
    return rx.el.ol(*items, class_name="timeline")


def event(
    actor: str | rx.Var[str],
    text: Content,
    at: str | rx.Var[str],
    *,
    is_system: Any = False,
    detail: rx.Component | None = None,
) -> rx.Component:
    """`at` is a UTC moment; `detail` stands below (a note, a difference)."""
    sign = rx.cond(is_system, system_avatar(), avatar(actor))
    return rx.el.li(
        sign,
        rx.el.div(
            rx.el.p(rx.el.span(actor, class_name="font-semibold"), " ", content(text)),
            detail or rx.fragment(),
            class_name="timeline-words",
        ),
        rx.el.span(moment(at), class_name="meta"),
    )
