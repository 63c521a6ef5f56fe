"""A menu behind a button: links, actions, choices, and posts to our HTTP server."""

from typing import Any, Literal

import reflex as rx

from marketplace.web.ui.icon import icon as icon_of
from marketplace.web.ui.native_form import native_form
from marketplace.web.ui.scripts import script
from marketplace.web.ui.trigger import Trigger, trigger_parts
from marketplace.web.ui.wording import Content, Text, content, has, worded


class _Part(rx.Component):
    library = script("menu.jsx")
    lib_dependencies: list[str] = ["@radix-ui/react-dropdown-menu@2.2.1"]


class _Root(_Part):
    tag = "MenuRoot"


class _Trigger(_Part):
    tag = "MenuTrigger"


class _Content(_Part):
    tag = "MenuContent"
    align: rx.Var[str]
    side: rx.Var[str]
    label: rx.Var[str]


class _Item(_Part):
    tag = "MenuItem"
    href: rx.Var[str]
    server: rx.Var[bool]
    danger: rx.Var[bool]
    disabled: rx.Var[bool]
    on_select: rx.EventHandler[rx.event.no_args_event_spec]


class _Choice(_Part):
    tag = "MenuChoice"
    on: rx.Var[bool]
    on_select: rx.EventHandler[rx.event.no_args_event_spec]


class _Post(_Part):
    tag = "MenuPost"


class _Label(_Part):
    tag = "MenuLabel"


class _Separator(_Part):
    tag = "MenuSeparator"


def menu(
    trigger: Trigger,
    *items: rx.Component,
    align: Literal["start", "center", "end"] = "start",
    side: Literal["top", "right", "bottom", "left"] = "bottom",
) -> rx.Component:
    """`trigger` is a `button(…)`, an `icon_button(…)` or a message id."""
    children, props = trigger_parts(trigger)
    return _Root.create(
        _Trigger.create(*children, **props), _Content.create(*items, align=align, side=side)
    )


def menu_item(
    text: Content,
    *,
    icon: str = "",
    hint: Content = "",
    kbd: str = "",
    href: str | rx.Var[str] = "",
    server: bool = False,
    on_select: Any = None,
    danger: bool = False,
    disabled: bool | rx.Var[bool] = False,
) -> rx.Component:
    """A link with `href` (`server`: a page the server writes), otherwise an action."""
    props: dict[str, Any] = {"danger": danger, "disabled": disabled}
    if has(href):
        props |= {"href": href, "server": server}
    if on_select is not None:
        props["on_select"] = on_select
    return _Item.create(*_line(text, icon, hint, kbd), **props)


def menu_choice(
    text: Content, *, is_on: bool | rx.Var[bool], on_select: Any, icon: str = ""
) -> rx.Component:
    """One of several states, with a tick beside the one that holds."""
    return _Choice.create(*_line(text, icon, "", ""), on=is_on, on_select=on_select)


def menu_post(
    text: Content,
    action: str,
    proof: rx.Var[str],
    *,
    fields: dict[str, str | rx.Var[str]] | None = None,
    icon: str = "",
    hint: Content = "",
) -> rx.Component:
    """A plain form: sign out, act for another shop, language of the account."""
    return native_form(
        _Post.create(*_line(text, icon, hint, "")), action=action, proof=proof, fields=fields
    )


def menu_label(text: Text) -> rx.Component:
    return _Label.create(worded(text))


def menu_separator() -> rx.Component:
    return _Separator.create()


def _line(text: Content, icon: str, hint: Content, kbd: str) -> list[rx.Component]:
    parts: list[rx.Component] = [icon_of(icon)] if icon else []
    parts.append(rx.el.span(content(text), class_name="menu-text"))
    if has(hint):
        parts.append(rx.el.span(content(hint), class_name="menu-hint"))
    if kbd:
        parts.append(rx.el.span(kbd, class_name="kbd", aria_hidden="true"))
    return parts
