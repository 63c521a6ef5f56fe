"""What is written in both languages, and addresses in the reader's."""

from typing import Any

import reflex as rx

from marketplace.web.i18n import locale


def in_language(english: object, chinese: object) -> rx.vars.StringVar[str]:
    """The one in the reader's language."""
    return rx.cond(locale() == "zh-CN", chinese, english).to(str)


def named(one: Any) -> rx.vars.StringVar[str]:
    """The label of anything that has one in both."""
    return in_language(one.label, one.label_zh)


def at(path: str | rx.Var[str]) -> rx.vars.StringVar[str]:
    """The address in the reader's language; `path` is without it."""
    return in_language("", "/zh") + (path if isinstance(path, str) else path.to(str))
