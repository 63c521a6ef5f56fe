"""What a page says about its own state: empty, loading, wrong, in need of care (ux.md C6)."""

from typing import Literal

import reflex as rx

from marketplace.web.i18n import t
from marketplace.web.ui.icon import icon as icon_of
from marketplace.web.ui.wording import Content, Text, content, has, worded

Level = Literal["info", "good", "warn", "bad"]
_ICONS: dict[Level, str] = {
    "info": "info",
    "good": "circle-check",
    "warn": "triangle-alert",
    "bad": "circle-x",
}


def alert(
    text: Content,
    *more: rx.Component,
    level: Level = "info",
    title: Text = "",
    action: rx.Component | None = None,
) -> rx.Component:
    """Page-level state, at the top of the page it is about, with the button that mends it."""
    words: list[rx.Component] = [rx.el.div(content(text)), *more]
    if has(title):
        words.insert(0, rx.el.div(worded(title), class_name="alert-title"))
    return rx.el.div(
        icon_of(_ICONS[level], 18),
        rx.el.div(*words, class_name="alert-words"),
        action or rx.fragment(),
        class_name=f"alert alert-{level}",
    )


def empty_state(
    icon: str, title: Text, text: Content = "", action: rx.Component | None = None
) -> rx.Component:
    """Says what will be here and how it gets here."""
    words: list[rx.Component] = [rx.el.p(worded(title), class_name="h3")]
    if has(text):
        words.append(rx.el.p(content(text), class_name="lead"))
    return rx.el.div(
        rx.el.span(icon_of(icon, 22), class_name="empty-sign"),
        *words,
        action or rx.fragment(),
        class_name="empty",
    )


def failure(request_id: str | rx.Var[str], retry: rx.Component) -> rx.Component:
    """Something went wrong while loading; `retry` is a button."""
    return rx.el.div(
        rx.el.span(icon_of("cloud-off", 22), class_name="empty-sign"),
        rx.el.p(t("This could not be loaded."), class_name="h3"),
        rx.el.p(t("Request {id}", id=request_id), class_name="mono"),
        retry,
        class_name="empty",
        role="alert",
    )


def skeleton_rows(rows: int = 8, columns: int = 4) -> rx.Component:
    """In the geometry of the table to come; appears only after 150 ms."""
    row = [rx.el.span(class_name="skeleton") for _ in range(columns)]
    return rx.el.div(
        *[rx.el.div(*row, class_name="skeleton-row") for _ in range(rows)],
        rx.el.span(t("Loading…"), class_name="visually-hidden"),
        role="status",
        class_name="skeleton-late",
    )


def skeleton_card(lines: int = 3) -> rx.Component:
    return rx.el.div(
        *[rx.el.span(class_name="skeleton") for _ in range(lines)],
        rx.el.span(t("Loading…"), class_name="visually-hidden"),
        role="status",
        class_name="card card-body stack skeleton-late",
    )


def spinner(text: Text = "") -> rx.Component:
    """Beside the thing that is working; without `text` it only says so to screen readers."""
    words = worded(text) if has(text) else rx.el.span(t("Working…"), class_name="visually-hidden")
    return rx.el.span(
        icon_of("loader-circle", class_name="spin"), words, role="status", class_name="spinner"
    )
