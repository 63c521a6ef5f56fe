"""The open category: its names and rules, what it asks of listings, what searches say of it."""

from typing import Any

import reflex as rx

from marketplace.kit.languages import N_
from marketplace.web.admin.catalog.pieces import named, other_name, percent, percent_typed
from marketplace.web.i18n import t, tn
from marketplace.web.ui.button import button, icon_button, link
from marketplace.web.ui.feedback import alert, empty_state
from marketplace.web.ui.fields import (
    checkbox_field,
    number_field,
    select_field,
    text_field,
    textarea_field,
)
from marketplace.web.ui.form import form, save_bar
from marketplace.web.ui.icon import icon
from marketplace.web.ui.layout import card
from marketplace.web.ui.menu import menu, menu_item, menu_separator
from marketplace.web.ui.status import status

ICONS = {
    "": N_("As its parent"),
    "shirt": N_("Shirt"),
    "footprints": N_("Footprints"),
    "sparkles": N_("Sparkles"),
    "headphones": N_("Headphones"),
    "lamp": N_("Lamp"),
    "coffee": N_("Cup"),
    "toy-brick": N_("Toy brick"),
    "mountain": N_("Mountain"),
    "book-open": N_("Book"),
    "gem": N_("Gem"),
    "sprout": N_("Sprout"),
    "paw-print": N_("Paw print"),
    "wrench": N_("Wrench"),
    "gift": N_("Gift"),
}
TYPES = {
    "choice": N_("One of a list"),
    "choices": N_("Several of a list"),
    "number": N_("Number"),
    "text": N_("Text"),
    "yes_no": N_("Yes or no"),
    "date": N_("Date"),
}


def detail(state: Any, may: rx.Var[bool]) -> rx.Component:
    """Nothing open: what to do. On a phone the tree makes way for it."""
    return rx.cond(
        state.chosen,
        rx.el.div(
            _head(state, may),
            rx.cond(state.chosen.node.is_active, rx.fragment(), _retired(state, may)),
            _form(state, may),
            _template(state, may),
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
                tn("{n} live listing", "{n} live listings", node.listing_count),
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


def _form(state: Any, may: rx.Var[bool]) -> rx.Component:
    chosen, node = state.chosen, state.chosen.node
    return rx.el.fieldset(
        rx.el.legend(t("Category"), class_name="visually-hidden"),
        form(
            card(
                rx.el.div(
                    text_field(N_("English name"), "name", value=node.name, max_length=80),
                    text_field(N_("Chinese name"), "name_zh", value=node.name_zh, max_length=80),
                    text_field(
                        N_("Address"),
                        "slug",
                        value=node.slug,
                        hint=N_("The old address goes on working if you change it."),
                        max_length=80,
                    ),
                    select_field(
                        N_("Icon"),
                        "icon",
                        list(ICONS.items()),
                        value=chosen.icon,
                        is_required=False,
                    ),
                    class_name="grid gap-4 sm:grid-cols-2",
                ),
                title=N_("Names and address"),
            ),
            card(
                rx.el.div(
                    text_field(
                        N_("Commission"),
                        "commission",
                        value=percent_typed(chosen.own_commission_bps),
                        unit=rx.Var.create("%"),
                        hint=_commission_hint(chosen),
                        is_required=False,
                        input_mode="decimal",
                        max_length=8,
                    ),
                    number_field(
                        N_("Days to return"), "return_days", value=node.return_days, min=0, max=365
                    ),
                    class_name="grid gap-4 sm:grid-cols-2",
                ),
                checkbox_field(
                    N_("Every new listing and edit waits for a review"),
                    "is_restricted",
                    is_on=chosen.is_restricted_itself,
                    hint=rx.cond(
                        chosen.restricted_by.id != "",
                        t("It does already, because of {name}.", name=named(chosen.restricted_by)),
                        t("Also for everything below, whatever the seller's level."),
                    ),
                ),
                title=N_("Commission and rules"),
            ),
            card(
                rx.el.div(
                    textarea_field(
                        N_("Text for search engines, English"),
                        "about",
                        value=chosen.about,
                        is_required=False,
                        max_length=400,
                    ),
                    textarea_field(
                        N_("Text for search engines, Chinese"),
                        "about_zh",
                        value=chosen.about_zh,
                        is_required=False,
                        max_length=400,
                    ),
                    class_name="grid gap-4 sm:grid-cols-2",
                ),
                text_field(
                    N_("Google product category"),
                    "google_category",
                    value=chosen.google_category,
                    hint=N_("Such as Home & Garden > Kitchen & Dining > Tableware"),
                    is_required=False,
                    max_length=200,
                ),
                rx.cond(
                    chosen.earlier_slugs.length() > 0,
                    rx.el.p(
                        t("Earlier addresses: {list}", list=chosen.earlier_slugs.join(", ")),
                        class_name="hint",
                    ),
                ),
                title=N_("Found in searches"),
            ),
            rx.cond(may, save_bar(node.id + ":" + chosen.version.to_string())),
            on_submit=lambda data: state.save(node.id, chosen.version, data),
            key=node.id,
        ),
        disabled=~may,
        class_name="border-0 p-0 m-0 min-w-0",
    )


def _commission_hint(chosen: Any) -> rx.Var[str]:
    return rx.cond(
        chosen.commission_from.id != "",
        t(
            "In effect: {rate}, from {name}. Empty leaves it so.",
            rate=percent(chosen.node.commission_bps),
            name=named(chosen.commission_from),
        ),
        t("Applies to everything below that has no rate of its own."),
    )


def _template(state: Any, may: rx.Var[bool]) -> rx.Component:
    chosen = state.chosen
    return card(
        rx.cond(
            chosen.template.length() > 0,
            rx.el.div(
                rx.el.table(
                    rx.el.thead(
                        rx.el.tr(
                            rx.el.th(t("Attribute"), scope="col"),
                            rx.el.th(t("Type"), scope="col"),
                            rx.el.th(t("Required"), scope="col"),
                            rx.el.th(t("Asked by"), scope="col"),
                            rx.el.th(
                                rx.el.span(t("Actions"), class_name="visually-hidden"), scope="col"
                            ),
                        )
                    ),
                    rx.el.tbody(
                        rx.foreach(chosen.template, lambda row: _template_row(state, row, may))
                    ),
                    class_name="table",
                ),
                class_name="table-wrap relative",
                tab_index=0,
                role="region",
                aria_label=t("Attribute template"),
            ),
            empty_state(
                "list-checks",
                N_("Asks for nothing yet"),
                N_("Attributes make listings comparable and searches precise."),
            ),
        ),
        rx.cond(may & chosen.node.is_active, _add(state)),
        title=N_("Attribute template"),
        subtitle=N_("What listings here, and in everything below, say about themselves."),
        is_flush=True,
    )


def _template_row(state: Any, row: Any, may: rx.Var[bool]) -> rx.Component:
    """A line, a `TemplateRow`; only the category's own can be changed here."""
    chosen = state.chosen
    is_own = row.from_id == chosen.node.id

    def deed(name: str) -> Any:
        return state.ask_for(chosen.node.id, row.attribute_id, name, chosen.version)

    return rx.el.tr(
        rx.el.th(
            rx.el.span(named(row), class_name="font-medium text-[var(--ink)]"),
            rx.el.span(row.code, class_name="mono block"),
            scope="row",
        ),
        rx.el.td(
            rx.match(row.type, *[(key, t(text)) for key, text in TYPES.items()], row.type),
            rx.cond(row.unit != "", rx.el.span(" · ", row.unit, class_name="meta")),
        ),
        rx.el.td(
            rx.cond(
                row.is_required,
                status(N_("Required"), "warn", icon="asterisk"),
                rx.el.span(t("Optional"), class_name="meta"),
            )
        ),
        rx.el.td(
            rx.cond(
                is_own,
                t("This category"),
                rx.el.span(
                    rx.foreach(
                        chosen.trail,
                        lambda above: rx.cond(above.id == row.from_id, named(above), ""),
                    ),
                    class_name="meta",
                ),
            )
        ),
        rx.el.td(
            rx.cond(
                may & is_own,
                rx.el.div(
                    icon_button(
                        "arrow-up", t("Move {name} up", name=named(row)), on_click=deed("up")
                    ),
                    rx.cond(
                        row.is_required,
                        button(N_("Make optional"), is_small=True, on_click=deed("relax")),
                        button(N_("Require"), is_small=True, on_click=deed("require")),
                    ),
                    icon_button(
                        "x", t("No longer ask for {name}", name=named(row)), on_click=deed("remove")
                    ),
                    class_name="flex items-center justify-end gap-1",
                ),
            )
        ),
        key=row.from_id + row.attribute_id,
    )


def _add(state: Any) -> rx.Component:
    chosen = state.chosen
    return rx.el.div(
        rx.el.label(t("Ask for"), html_for="add-attribute", class_name="label"),
        rx.el.select(
            rx.el.option(t("Choose an attribute…"), value=""),
            rx.foreach(state.addable, lambda each: rx.el.option(named(each), value=each.id)),
            id="add-attribute",
            value="",
            on_change=lambda id_: state.ask_for(chosen.node.id, id_, "add", chosen.version),
            class_name="select max-w-[260px]",
        ),
        link("/admin/attributes", N_("Define attributes"), class_name="text-[13px]"),
        class_name="row p-4 border-t border-[var(--line)]",
    )
