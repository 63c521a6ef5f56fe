"""Admin / Style guide: every piece of `web/ui` in each of its states, on one page."""

from collections.abc import Callable

import reflex as rx

from marketplace.kit.languages import N_
from marketplace.web.admin.ui_samples import data, files, forms, messages, numbers, people, pressed
from marketplace.web.i18n import t
from marketplace.web.ui.layout import page_header
from marketplace.web.ui.wording import worded

SECTIONS: tuple[tuple[str, str, Callable[[], rx.Component]], ...] = (
    ("buttons", N_("Buttons and links"), pressed.buttons),
    ("menus", N_("Menus, dialogs and drawers"), pressed.menus),
    ("tabs", N_("Tabs and places"), pressed.places),
    ("status", N_("Status"), data.statuses),
    ("values", N_("Values"), data.values),
    ("people", N_("People and timeline"), people.people),
    ("messages", N_("Messages"), messages.messages),
    ("waiting", N_("Empty, loading and failed"), messages.waiting),
    ("forms", N_("Forms"), forms.forms),
    ("files", N_("Files and pictures"), files.files),
    ("numbers", N_("Numbers and charts"), numbers.numbers),
    ("tasks", N_("Long tasks"), numbers.tasks),
    ("detail", N_("Detail page"), people.detail),
)


def page() -> rx.Component:
    return rx.el.div(
        page_header(
            N_("Style guide"),
            subtitle=N_("Every piece in each of its states. Switch theme and language to compare."),
        ),
        rx.el.div(
            rx.el.nav(
                *[
                    rx.el.a(worded(title), href=f"#{anchor}", reload_document=True)
                    for anchor, title, _ in SECTIONS
                ],
                aria_label=t("On this page"),
                class_name="side-nav guide-nav",
            ),
            rx.el.div(
                *[_section(anchor, title, view()) for anchor, title, view in SECTIONS],
                class_name="stack-lg min-w-0",
            ),
            class_name="guide",
        ),
        class_name="stack-lg",
    )


def _section(anchor: str, title: str, body: rx.Component) -> rx.Component:
    return rx.el.section(
        rx.el.h2(worded(title), class_name="h2"), body, id=anchor, class_name="stack"
    )
