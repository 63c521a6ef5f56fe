"""The strip over every office page while somebody of the staff looks at a shop."""

import reflex as rx

from marketplace.kit.languages import N_
from marketplace.web.i18n import locale, moment, t
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button
from marketplace.web.ui.feedback import alert
from marketplace.web.ui.icon import icon
from marketplace.web.ui.layout import page_header
from marketplace.web.ui.native_form import native_form


def kept_from_onlookers(view: rx.Component, title: str) -> rx.Component:
    """A page that only changes things, or shows what members alone may read."""
    instead = rx.el.div(
        page_header(title),
        alert(
            t("This page is for members who work in the shop. It stays closed while you view it.")
        ),
        class_name="stack",
    )
    return rx.fragment(rx.cond(ShellState.viewing, instead, view))


def viewing_strip() -> rx.Component:
    """Whose shop it is, that nothing can be changed, until when, and the way out."""
    looks = ShellState.viewing
    shop = rx.cond(locale() == "zh-CN", looks.name_zh, looks.name).to(str)
    strip = rx.el.section(
        icon("eye", 18, class_name="shrink-0"),
        rx.el.p(
            rx.el.strong(t("You are viewing {shop} as its members see it.", shop=shop)),
            " ",
            t(
                "Nothing can be changed. Ends at {time} at the latest.",
                time=moment(looks.until, "time"),
            ),
            class_name="flex-1 min-w-0 m-0",
        ),
        native_form(
            button(N_("Stop viewing"), is_small=True, type="submit"),
            action="/auth/stop-viewing",
            proof=ShellState.proof,
        ),
        aria_label=t("Viewing a shop"),
        class_name="viewing-strip",
    )
    return rx.fragment(rx.cond(looks, strip))
