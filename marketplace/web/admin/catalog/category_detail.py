"""The open category: what it is and what can be done with it, above its form and template."""

from typing import Any

import reflex as rx

from marketplace.kit.languages import N_
from marketplace.web.admin.catalog.category_form import category_form
from marketplace.web.admin.catalog.category_template import attribute_template
from marketplace.web.admin.catalog.pieces import named, other_name, percent
from marketplace.web.i18n import t, tn
from marketplace.web.ui.button import button, icon_button, link
from marketplace.web.ui.feedback import alert, empty_state
from marketplace.web.ui.icon import icon
from marketplace.web.ui.menu import menu, menu_item, menu_separator
from marketplace.web.ui.status import status


def detail(state: Any, may: rx.Var[bool]) -> rx.Component:
    """Nothing open: what to do. On a phone the tree makes way for it."""
    return rx.cond(
        state.chosen,
        rx.el.div(
            _head(state, may),
            rx.cond(state.chosen.node.is_active, rx.fragment(), _retired(state, may)),
            category_form(state, may),
            attribute_template(state, may),
            class_name="stack min-w-0",
        ),
        rx.el.div(
            empty_state(
                "mouse-pointer-click",
                N_("Choose a category"),
                N_("Its names, commission, attributes and search texts open here."),
            ),
            class_name="card hidden lg:block",
        ),
    )


def _head(state: Any, may: rx.Var[bool]) -> rx.Component:
    node = state.chosen.node
    return rx.el.header(
        rx.el.nav(
            rx.el.ol(
                rx.el.li(rx.el.a(t("All categories"), href="/admin/categories")),
                rx.foreach(
                    state.chosen.trail,
                    lambda above: rx.el.li(
                        icon("chevron-right", 12),
                        rx.el.a(named(above), href="/admin/categories?id=" + above.id),
                        class_name="inline-flex items-center gap-1",
                    ),
                ),
            ),
            aria_label=t("Breadcrumb"),
            class_name="crumbs",
        ),
        rx.el.div(
            rx.el.div(
                rx.el.h2(named(node), class_name="h1"),
                rx.el.span(other_name(node), class_name="lead"),
                rx.cond(
                    node.is_active,
                    status(N_("In use"), "good"),
                    status(N_("Retired"), "plain", icon="archive"),
                ),
                rx.cond(
                    node.is_restricted,
                    status(N_("Always reviewed"), "info", icon="shield-check"),
                ),
                class_name="title-line",
            ),
            rx.cond(may & node.is_active, _deeds(state)),
            class_name="page-head",
        ),
        rx.el.div(
            link(
                "/admin/listings?category=" + node.id,
                tn("{n} live listing", "{n} live listings", state.chosen.live_listings),
            ),
            rx.el.span(
                tn(
                    "{n} in all in this category",
                    "{n} in all in this category",
                    state.chosen.all_listings,
                )
            ),
            rx.cond(
                node.commission_bps,
                rx.el.span(t("Commission {rate}", rate=percent(node.commission_bps))),
            ),
            rx.el.span("/c/" + node.slug, class_name="mono"),
            class_name="row meta mt-1",
        ),
    )


def _deeds(state: Any) -> rx.Component:
    node = state.chosen.node
    return rx.el.div(
        icon_button("arrow-up", N_("Move up"), on_click=state.shift(node.id, -1)),
        icon_button("arrow-down", N_("Move down"), on_click=state.shift(node.id, 1)),
        button(N_("Add below"), icon="plus", on_click=state.ask("new")),
        menu(
            icon_button("ellipsis", t("More for {name}", name=named(node))),
            menu_item(
                N_("Move to another parent…"), icon="folder-input", on_select=state.ask("move")
            ),
            menu_separator(),
            menu_item(
                N_("Retire or merge…"), icon="archive", danger=True, on_select=state.ask("retire")
            ),
            align="end",
        ),
        class_name="page-actions",
    )


def _retired(state: Any, may: rx.Var[bool]) -> rx.Component:
    node = state.chosen.node
    return alert(
        N_(
            "Sellers cannot choose it and buyers do not see it. Its address leads to where its "
            "listings went."
        ),
        title=N_("This category is retired"),
        action=rx.cond(
            may,
            button(
                N_("Take back into use"),
                is_small=True,
                on_click=state.restore(node.id, state.chosen.version),
            ),
        ),
    )
