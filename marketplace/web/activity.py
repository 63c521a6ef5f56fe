"""Recent facts of the audit log, as sentences, for the home pages."""

import reflex as rx

from marketplace.flows.overview import ActivityRow
from marketplace.web.i18n import moment, t
from marketplace.web.ui.icon import icon


def activity_list(rows: rx.Var[list[ActivityRow]], more: str = "") -> rx.Component:
    """A card of the last facts; `more` is where the whole log is."""
    return rx.el.section(
        rx.el.div(
            rx.el.h2(t("Activity"), class_name="h3"),
            rx.el.a(t("Audit log"), href=more, class_name="link text-[12px]") if more else rx.fragment(),
            class_name="card-head",
        ),
        rx.cond(
            rows.length() > 0,
            rx.el.ul(rx.foreach(rows, _row)),
            rx.el.p(t("Nothing has happened yet."), class_name="card-body lead"),
        ),
        class_name="card",
    )


def _row(row: rx.vars.ObjectVar[ActivityRow]) -> rx.Component:
    return rx.el.li(
        rx.cond(
            row.actor_kind == "system",
            rx.el.span(icon("cpu", 14), class_name="avatar !bg-[var(--sunken)] !text-[var(--ink-2)]"),
            rx.el.span(row.actor.to(str)[:1], aria_hidden="true", class_name="avatar"),
        ),
        rx.el.span(
            rx.el.span(row.actor, class_name="font-medium"),
            " ",
            rx.el.span(row.action, class_name="mono text-[var(--ink-2)]"),
            class_name="text-[13px] flex-1 min-w-0 truncate",
        ),
        rx.el.time(moment(row.at), date_time=row.at, class_name="meta whitespace-nowrap"),
        class_name="list-row !py-2",
    )
