"""Forms (ux.md C3): fields with label above and help below, errors beside them, a bar to save.

Forms are uncontrolled: one event with everything, sent by `on_submit`. Errors come back through
`MessageState.errors`, by the name of the field.
"""

from typing import Any

import reflex as rx

from marketplace.web.messages import MessageState
from marketplace.web.ui.scripts import script
from marketplace.web.ui.wording import Content, Text, content, has, worded


class _Part(rx.Component):
    library = script("form.jsx")
    lib_dependencies: list[str] = ["@radix-ui/react-dialog@1.3.1"]


class _SaveBar(_Part):
    tag = "SaveBar"
    version: rx.Var[str | int]
    words: rx.Var[str]
    is_busy: rx.Var[bool]


class _LeaveWatch(_Part):
    tag = "LeaveWatch"
    version: rx.Var[str | int]
    errors: rx.Var[dict[str, str]]


class _ErrorSummary(_Part):
    tag = "ErrorSummary"
    errors: rx.Var[dict[str, str]]
    words: rx.Var[dict[str, str | int]]


def form(
    *sections: rx.Component, on_submit: Any, name: str = "", has_summary: bool = True, **props: Any
) -> rx.Component:
    """The fields' values arrive as a mapping by name; `name` is for buttons outside (`form=`).

    Put a `save_bar` or a submit button last."""
    if name:
        props["id"] = name
    summary = error_summary() if has_summary else rx.fragment()
    return rx.el.form(summary, *sections, on_submit=on_submit, class_name="stack", **props)


def form_section(title: Text, *fields: rx.Component, text: Content = "") -> rx.Component:
    """A card of fields, its title and explanation at the left on wide screens."""
    words: list[rx.Component] = [rx.el.h2(worded(title), class_name="h3")]
    if has(text):
        words.append(rx.el.p(content(text), class_name="lead"))
    return rx.el.section(
        rx.el.div(*words, class_name="form-words"),
        rx.el.div(*fields, class_name="stack form-fields"),
        class_name="card form-section",
    )


def save_bar(
    version: Any, *, text: Text = "", is_busy: bool | rx.Var[bool] = False
) -> rx.Component:
    """Appears when something was changed; also guards against leaving, and answers to ⌘S.

    `version` is a Var that changes whenever the server has loaded or saved the thing: the form
    then shows what the server has.
    """
    words = worded(text) if has(text) else ""
    return _SaveBar.create(version=version, words=words, is_busy=is_busy)


def leave_watch(version: Any) -> rx.Component:
    """The bar's guard and ⌘S without the bar, for a form whose own button saves and goes on."""
    return _LeaveWatch.create(version=version, errors=MessageState.errors)


def error_summary() -> rx.Component:
    """Lists the errors of the form it stands in and focuses the first field that has one."""
    return _ErrorSummary.create(errors=MessageState.errors, words=MessageState.error_words)
