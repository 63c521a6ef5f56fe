"""Admin / Interface: every piece of `web/ui` in each of its states, on one page."""

import reflex as rx

from marketplace.web.i18n import t
from marketplace.web.ui.button import button, icon_button, link
from marketplace.web.ui.dialog import closes, dialog
from marketplace.web.ui.drawer import drawer
from marketplace.web.messages import say
from marketplace.web.ui.menu import (
    menu,
    menu_choice,
    menu_item,
    menu_label,
    menu_post,
    menu_separator,
)
from marketplace.web.ui.theme import theme_items


def page() -> rx.Component:
    return rx.el.div(
        _section("buttons", t("Buttons"), _buttons()),
        _section("menus", t("Menus and dialogs"), _menus()),
        class_name="stack-lg",
    )


def _section(anchor: str, title: rx.Var[str], *body: rx.Component) -> rx.Component:
    return rx.el.section(
        rx.el.h2(title, class_name="h2"), *body, id=anchor, class_name="card card-body stack"
    )


def _buttons() -> rx.Component:
    return rx.el.div(
        button("Save", variant="primary", kbd="⌘S"),
        button("Export", icon="download"),
        button("Cancel", variant="quiet"),
        button("Suspend store", variant="danger", icon="ban"),
        button("Delete", variant="danger-primary"),
        button("Add filter", variant="link", icon="plus"),
        button("Small", is_small=True),
        button("Not now", disabled=True),
        button("Account", href="/account", server=True),
        icon_button("ellipsis", "More"),
        link("/admin/ui", "A link"),
        class_name="row",
    )


def _menus() -> rx.Component:
    proof = rx.Var.create("")
    return rx.el.div(
        menu(
            button("Actions", icon="chevron-down"),
            menu_label("Store"),
            menu_item("Open", icon="external-link", href="/admin/ui", kbd="Enter"),
            menu_item("Duplicate", icon="copy", on_select=rx.console_log("copied")),
            menu_item("Archive", icon="archive", disabled=True),
            menu_separator(),
            menu_choice("Dark", icon="moon", is_on=True, on_select=rx.console_log("dark")),
            menu_post("Sign out", "/sign-out", proof, icon="log-out"),
            menu_separator(),
            menu_item("Delete", icon="trash-2", danger=True, on_select=rx.console_log("x")),
        ),
        dialog(
            "Suspend Tea House 88?",
            rx.el.p(t("Its listings disappear from the market at once.")),
            description="Orders that are paid go on.",
            trigger=button("Open a dialog"),
            footer=(closes("Cancel"), closes(button("Suspend store", variant="danger-primary"))),
        ),
        drawer(
            "Order 2026-1124-0031",
            rx.el.p(t("Details beside the list.")),
            trigger=button("Open a drawer"),
        ),
        menu("Theme", *theme_items()),
        button("Say it worked", on_click=say("Saved.")),
        button("Say it failed", on_click=say("That did not work.", "error")),
        class_name="row",
    )
