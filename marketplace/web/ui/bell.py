"""The bell: what one has been told, newest first (ux.md C11)."""

import reflex as rx

from marketplace.kit.languages import N_
from marketplace.web.i18n import moment, t, tn
from marketplace.web.notifications import BellState, Notice
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button
from marketplace.web.ui.icon import icon
from marketplace.web.ui.popover import TitleCount, popover


def bell() -> rx.Component:
    """Needs `ShellState.load` for the count; the lines come when it is opened."""
    unread = ShellState.unread
    opener = rx.el.button(
        icon("bell", 18),
        rx.cond(unread > 0, rx.el.span(class_name="bell-dot", aria_hidden="true")),
        aria_label=rx.cond(
            unread > 0,
            tn("{n} unread notification", "{n} unread notifications", unread),
            t("Notifications"),
        ),
        class_name="btn btn-icon relative",
    )
    return rx.fragment(
        TitleCount.create(count=unread),
        popover(
            opener,
            _panel(unread),
            label=N_("Notifications"),
            align="end",
            is_wide=True,
            on_open_change=BellState.open_or_shut,
        ),
    )


def _panel(unread: rx.vars.NumberVar[int]) -> rx.Component:
    return rx.fragment(
        rx.el.div(
            rx.el.h2(t("Notifications"), class_name="h3"),
            rx.cond(
                unread > 0,
                button(
                    N_("Mark all as read"),
                    variant="link",
                    is_small=True,
                    on_click=BellState.mark_all,
                ),
            ),
            class_name="popover-head",
        ),
        rx.cond(
            BellState.notices.length() > 0,
            rx.el.ul(rx.foreach(BellState.notices, _line), class_name="bell-list"),
            rx.cond(
                BellState.is_loaded,
                rx.el.p(
                    t("Nothing yet. What happens to your shop or account will be here."),
                    class_name="popover-empty lead",
                ),
                rx.el.p(t("Loading…"), class_name="popover-empty lead"),
            ),
        ),
    )


def _line(notice: rx.vars.ObjectVar[Notice]) -> rx.Component:
    when = rx.el.time(moment(notice.at), date_time=notice.at, class_name="meta")
    return rx.fragment(
        rx.cond(
            notice.begins_day,
            rx.el.li(moment(notice.at, "day"), class_name="menu-label"),
        ),
        rx.el.li(
            rx.cond(
                notice.link != "",
                rx.el.a(
                    notice.text,
                    href=notice.link,
                    class_name="bell-text",
                    reload_document=notice.link.to(str).startswith("/files/"),
                    on_click=BellState.mark_read(notice.id),
                ),
                rx.el.span(notice.text, class_name="bell-text"),
            ),
            when,
            rx.cond(
                notice.is_read,
                rx.fragment(),
                rx.el.button(
                    rx.el.span(class_name="bell-unread", aria_hidden="true"),
                    type="button",
                    title=t("Mark as read"),
                    aria_label=t("Mark as read"),
                    class_name="btn btn-icon",
                    on_click=BellState.mark_read(notice.id),
                ),
            ),
            class_name="bell-line",
        ),
    )
