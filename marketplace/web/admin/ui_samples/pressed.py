"""Samples of what is pressed: buttons, menus, dialogs, tabs."""

import reflex as rx

from marketplace.kit.languages import N_
from marketplace.web.i18n import t
from marketplace.web.messages import say
from marketplace.web.ui.button import button, icon_button, link
from marketplace.web.ui.confirm import confirm
from marketplace.web.ui.dialog import closes, dialog
from marketplace.web.ui.drawer import drawer
from marketplace.web.ui.layout import breadcrumb, card
from marketplace.web.ui.menu import (
    menu,
    menu_choice,
    menu_item,
    menu_label,
    menu_separator,
)
from marketplace.web.ui.popover import popover, shuts
from marketplace.web.ui.tabs import Tab, segmented, tabs
from marketplace.web.ui.theme import theme_items
from marketplace.web.ui.values import facts, kbd, tooltip

HERE = "/admin/ui"


def buttons() -> rx.Component:
    return card(
        rx.el.div(
            button(N_("Save"), variant="primary", kbd="⌘S"),
            button(N_("Export"), icon="download"),
            button(N_("Cancel"), variant="quiet"),
            button(N_("Suspend store"), variant="danger", icon="ban"),
            button(N_("Delete"), variant="danger-primary"),
            button(N_("Add filter"), variant="link", icon="plus"),
            class_name="row",
        ),
        rx.el.div(
            button(N_("Small"), is_small=True),
            button(N_("Not allowed now"), disabled=True),
            button(N_("Account"), href="/account", server=True, icon="user-round"),
            icon_button("ellipsis", N_("More actions")),
            tooltip(icon_button("archive", N_("Archive")), N_("Out of the lists; can be undone")),
            link(HERE, N_("A link")),
            kbd("⌘ K"),
            class_name="row",
        ),
    )


def menus() -> rx.Component:
    return card(
        rx.el.div(_menu(), menu(N_("Theme"), *theme_items()), _popover(), class_name="row"),
        rx.el.div(*_dialogs(), class_name="row"),
    )


def places() -> rx.Component:
    return card(
        breadcrumb((N_("Money"), HERE), (N_("Books"), HERE)),
        tabs(
            Tab(N_("All"), HERE, is_on=True, count=1284),
            Tab(N_("Active"), HERE, count=1102),
            Tab(N_("Suspended"), HERE, count=3),
            label=N_("Views"),
        ),
        segmented(
            Tab(N_("Today"), HERE, is_on=True),
            Tab(N_("7 days"), HERE),
            Tab(N_("30 days"), HERE),
            label=N_("Period"),
        ),
    )


def _menu() -> rx.Component:
    return menu(
        button(N_("Actions"), icon="chevron-down"),
        menu_label(N_("Store")),
        menu_item(N_("See the details"), icon="external-link", href=HERE, kbd="Enter"),
        menu_item(N_("Duplicate"), icon="copy", on_select=say(N_("Done."))),
        menu_item(N_("Archive"), icon="archive", disabled=True),
        menu_separator(),
        menu_choice(N_("Dense rows"), icon="rows-3", is_on=True, on_select=say(N_("Done."))),
        menu_separator(),
        menu_item(N_("Delete"), icon="trash-2", danger=True, on_select=say(N_("Done."))),
    )


def _popover() -> rx.Component:
    return popover(
        button(N_("Add filter"), icon="list-filter"),
        rx.el.div(
            rx.el.p(t("Anything small can be set here."), class_name="lead"),
            shuts(button(N_("Apply"), variant="primary", is_small=True)),
            class_name="card-body stack",
        ),
        label=N_("Add filter"),
    )


def _dialogs() -> list[rx.Component]:
    return [
        dialog(
            N_("Invite a colleague"),
            rx.el.p(t("They get a letter with a link that works for three days.")),
            description=N_("They join the store you are in."),
            trigger=button(N_("Open a dialog")),
            footer=(closes(N_("Cancel")), closes(button(N_("Send"), variant="primary"))),
        ),
        drawer(
            N_("Order 2026-1124-0031"),
            facts(
                (N_("Buyer"), rx.Var.create("王琪")), (N_("Store"), rx.Var.create("Tea House 88"))
            ),
            trigger=button(N_("Open a drawer")),
        ),
        drawer(
            N_("Filters"),
            rx.el.p(t("On phones, filters and sorting come from below.")),
            trigger=button(N_("Open a sheet")),
            side="bottom",
        ),
        confirm(
            button(N_("Suspend store"), variant="danger"),
            title=N_("Suspend Tea House 88?"),
            consequence=N_("Its 41 listings disappear from the market. Paid orders go on."),
            verb=N_("Suspend store"),
            reason=N_("Reason, shown to the seller"),
            on_confirm=say(N_("Done.")),
        ),
        confirm(
            button(N_("Pay out"), icon="send"),
            title=N_("Pay ¥8,405.33 to 12 sellers?"),
            consequence=N_("The bank batch cannot be called back."),
            verb=N_("Pay out"),
            type_to_confirm="8405.33",
            is_danger=False,
            on_confirm=say(N_("Done.")),
        ),
    ]
