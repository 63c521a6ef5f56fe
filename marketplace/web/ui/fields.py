"""The fields of forms; each has a label, maybe a hint and a unit, and shows its own error."""

from collections.abc import Sequence
from typing import Any, cast

import reflex as rx

from marketplace.web.i18n import t, told
from marketplace.web.messages import MessageState
from marketplace.web.ui.wording import Content, Text, content, has, worded

Options = Sequence[tuple[str, Text]]


def text_field(
    label: Text,
    name: str,
    *,
    value: str | rx.Var[str] = "",
    hint: Content = "",
    is_required: bool = True,
    kind: str = "text",
    unit: Text = "",
    **props: Any,
) -> rx.Component:
    """One line. `kind` is the browser's: email, url, search, password, date …"""
    box = rx.el.input(
        type=cast(Any, kind),
        default_value=value,
        **_attributes(name, hint, is_required, "input"),
        **props,
    )
    return _field(label, name, _with_unit(box, unit), hint, is_required)


def number_field(
    label: Text,
    name: str,
    *,
    value: Any = "",
    unit: Text = "",
    hint: Content = "",
    is_required: bool = True,
    **props: Any,
) -> rx.Component:
    """A whole number unless `step` says otherwise; `min` and `max` go to the element."""
    return text_field(
        label,
        name,
        value=value,
        hint=hint,
        is_required=is_required,
        kind="number",
        unit=unit,
        **{"input_mode": "numeric", **props},
    )


def money_field(
    label: Text,
    name: str,
    *,
    currency: str | rx.Var[str],
    value: str | rx.Var[str] = "",
    hint: Content = "",
    is_required: bool = True,
    **props: Any,
) -> rx.Component:
    """An amount written in major units, as text: the server reads it with the currency's digits."""
    return text_field(
        label,
        name,
        value=value,
        hint=hint,
        is_required=is_required,
        unit=cast(rx.Var[str], rx.Var.create(currency)),
        **{"input_mode": "decimal", "auto_complete": "off", **props},
    )


def textarea_field(
    label: Text,
    name: str,
    *,
    value: str | rx.Var[str] = "",
    hint: Content = "",
    is_required: bool = True,
    **props: Any,
) -> rx.Component:
    box = rx.el.textarea(
        default_value=value, **_attributes(name, hint, is_required, "textarea"), **props
    )
    return _field(label, name, box, hint, is_required)


def select_field(
    label: Text,
    name: str,
    options: Options | rx.Component,
    *,
    value: str | rx.Var[str] = "",
    hint: Content = "",
    is_required: bool = True,
    **props: Any,
) -> rx.Component:
    """`options` are values with their texts, or an `rx.foreach` of `rx.el.option`."""
    inside = (
        [options]
        if isinstance(options, rx.Component)
        else [rx.el.option(worded(text), value=key) for key, text in options]
    )
    box = rx.el.select(
        *inside,
        default_value=value,
        custom_attrs={"data-value": value},
        **_attributes(name, hint, is_required, "select"),
        **props,
    )
    return _field(label, name, box, hint, is_required)


def checkbox_field(
    label: Text,
    name: str,
    *,
    value: str = "on",
    is_on: bool | rx.Var[bool] = False,
    hint: Content = "",
    **props: Any,
) -> rx.Component:
    """Sends `value` when ticked, otherwise nothing."""
    box = rx.el.input(
        type="checkbox",
        name=name,
        id=_id(name),
        value=value,
        default_checked=is_on,
        aria_describedby=_described(name, hint),
        **props,
    )
    return rx.el.div(
        rx.el.label(box, rx.el.span(worded(label)), class_name="check"),
        _hint(name, hint, "hint check-hint"),
        field_error(name),
        class_name="field",
    )


def field_error(name: str) -> rx.Component:
    """The message of `MessageState.errors` for this field, if there is one."""
    message = MessageState.errors[name]
    return rx.el.p(
        rx.cond(MessageState.errors.contains(name), told(message, MessageState.error_words), ""),
        id=f"{_id(name)}-error",
        class_name="error",
    )


def _field(
    label: Text, name: str, box: rx.Component, hint: Content, is_required: bool
) -> rx.Component:
    optional = [] if is_required else [rx.el.span(t("optional"), class_name="hint")]
    return rx.el.div(
        rx.el.label(worded(label), *optional, html_for=_id(name), class_name="label"),
        box,
        _hint(name, hint, "hint"),
        field_error(name),
        class_name="field",
    )


def _attributes(name: str, hint: Content, is_required: bool, look: str) -> dict[str, Any]:
    return {
        "name": name,
        "id": _id(name),
        "required": is_required,
        "aria_describedby": _described(name, hint),
        "aria_invalid": rx.cond(MessageState.errors.contains(name), "true", "false"),
        "class_name": look,
    }


def _with_unit(box: rx.Component, unit: Text) -> rx.Component:
    if not has(unit):
        return box
    return rx.el.div(box, rx.el.span(worded(unit), class_name="unit"), class_name="input-unit")


def _hint(name: str, hint: Content, look: str) -> rx.Component:
    if not has(hint):
        return rx.fragment()
    return rx.el.p(content(hint), id=f"{_id(name)}-hint", class_name=look)


def _described(name: str, hint: Content) -> str:
    has_hint = has(hint)
    return f"{_id(name)}-hint {_id(name)}-error" if has_hint else f"{_id(name)}-error"


def _id(name: str) -> str:
    return f"field-{name}"
