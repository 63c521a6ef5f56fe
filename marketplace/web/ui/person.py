"""People: their initials, and with the name and a line below."""

import reflex as rx

from marketplace.web.ui.icon import icon
from marketplace.web.ui.small import initials
from marketplace.web.ui.wording import Content, content, has


def avatar(name: str | rx.Var[str], *, is_large: bool = False) -> rx.Component:
    """Decoration; the name stands beside it."""
    look = "avatar avatar-lg" if is_large else "avatar"
    return rx.el.span(initials(name), aria_hidden="true", class_name=look)


def system_avatar() -> rx.Component:
    """For what no human did."""
    return rx.el.span(icon("cpu", 14), aria_hidden="true", class_name="avatar avatar-system")


def person(name: str | rx.Var[str], detail: Content = "") -> rx.Component:
    """`name` is shown as it is, in the person's own language."""
    lines: list[rx.Component] = [rx.el.span(name, class_name="person-name")]
    if has(detail):
        lines.append(rx.el.span(content(detail), class_name="meta"))
    return rx.el.span(
        avatar(name), rx.el.span(*lines, class_name="person-text"), class_name="person"
    )
