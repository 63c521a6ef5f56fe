"""Values as people read them: money, moments, numbers, ids, facts in pairs."""

from typing import Any

import reflex as rx

from marketplace.web import i18n
from marketplace.web.i18n import t
from marketplace.web.ui.small import Copyable, Explain, TooltipRoot, TooltipTrigger
from marketplace.web.ui.trigger import Trigger, trigger_parts
from marketplace.web.ui.wording import Content, Text, content, worded

Fact = tuple[Text, Content]


def money(minor: Any, currency: Any, *, is_signed: bool = False) -> rx.Component:
    """Minor units; `is_signed` colours what is below zero, whose minus is always written."""
    amount = i18n.money(minor, currency)
    if not is_signed:
        return rx.el.span(amount, class_name="num")
    below = rx.Var.create(minor).to(int) < 0
    return rx.el.span(amount, class_name=rx.cond(below, "num text-[var(--bad)]", "num"))


def moment(iso: str | rx.Var[str], style: str = "relative") -> rx.Component:
    """UTC in, the platform's zone out; the full moment is the tooltip."""
    return rx.el.time(
        i18n.moment(iso, style),
        date_time=iso,
        title=i18n.moment(iso, "full"),
        class_name="whitespace-nowrap",
        # the build's own clock and language may have written another text into the HTML
        custom_attrs={"suppressHydrationWarning": True},
    )


def number(value: Any) -> rx.Component:
    return rx.el.span(i18n.number(value), class_name="num")


def copyable(value: str | rx.Var[str], *, label: str | rx.Var[str] | None = None) -> rx.Component:
    """An id with a button that copies it; `label` is a shorter form to show."""
    return Copyable.create(value=value, **({} if label is None else {"label": label}))


def kbd(keys: str) -> rx.Component:
    return rx.el.kbd(keys, class_name="kbd")


def facts(*pairs: Fact, is_wide: bool = False) -> rx.Component:
    """Label and value in two columns; `is_wide` puts the label above."""
    return rx.el.dl(
        *[rx.el.div(rx.el.dt(worded(label)), rx.el.dd(content(value))) for label, value in pairs],
        class_name="facts facts-wide" if is_wide else "facts",
    )


def progress(
    value: Any, of: Any = 100, *, label: Text, tone: str = "accent", is_labelled: bool = False
) -> rx.Component:
    """A bar of `value` out of `of`; `label` is its name, shown above if `is_labelled`."""
    bar = rx.el.progress(
        value=value, max=of, aria_label=worded(label), class_name=f"progress progress-{tone}"
    )
    if not is_labelled:
        return bar
    numbers = t("{value} of {of}", value=i18n.number(value), of=i18n.number(of))
    head = rx.el.div(
        rx.el.span(worded(label)), rx.el.span(numbers, class_name="count"), class_name="row-between"
    )
    return rx.el.div(head, bar, class_name="stack-sm text-[13px]")


def tooltip(trigger: Trigger, text: Text) -> rx.Component:
    """A word about a button; what must be read does not belong into a tooltip."""
    children, attributes = trigger_parts(trigger)
    return TooltipRoot.create(TooltipTrigger.create(*children, **attributes), text=worded(text))


def explain(text: Text) -> rx.Component:
    """An (i) that tells how a number is computed."""
    return Explain.create(text=worded(text), label=t("How is this computed?"))
