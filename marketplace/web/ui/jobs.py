"""A long task as a card: how far it is, what can be done about it (ux.md C7)."""

from typing import Any

import reflex as rx

from marketplace.kit.languages import N_
from marketplace.web import i18n
from marketplace.web.i18n import t
from marketplace.web.ui.status import Status, status_of
from marketplace.web.ui.values import moment
from marketplace.web.ui.wording import Content, content, has

TASK_STATUSES = {
    "queued": Status(N_("Waiting"), "plain", "hourglass"),
    "running": Status(N_("Running"), "info", "loader"),
    "done": Status(N_("Done"), "good"),
    "failed": Status(N_("Failed"), "bad"),
    "cancelled": Status(N_("Cancelled"), "plain", "circle-slash"),
}


def job_card(
    name: Content,
    *,
    status: rx.Var[str],
    done: Any,
    total: Any,
    started_at: str | rx.Var[str],
    error: Content = "",
    actions: tuple[rx.Component, ...] = (),
) -> rx.Component:
    """`total` 0 means that nobody knows yet; `actions` are Cancel, Download, Log."""
    counted = rx.Var.create(total).to(int) > 0
    numbers = t("{value} of {of}", value=i18n.number(done), of=i18n.number(total))
    label = t("Progress")
    bar = rx.el.progress(value=done, max=total, aria_label=label, class_name="progress")
    unknown = rx.el.progress(aria_label=label, class_name="progress")
    return rx.el.article(
        rx.el.div(
            rx.el.h3(content(name), class_name="h3"),
            status_of(status, TASK_STATUSES),
            class_name="row-between",
        ),
        rx.cond(status == "running", rx.cond(counted, bar, unknown)),
        rx.el.div(
            rx.el.span(rx.cond(counted, numbers, t("Not counted yet")), class_name="count"),
            rx.el.span(moment(started_at), class_name="meta"),
            class_name="row-between",
        ),
        rx.el.p(content(error), class_name="error") if has(error) else rx.fragment(),
        rx.el.div(*actions, class_name="row") if actions else rx.fragment(),
        class_name="card card-body stack-sm",
    )
