"""What is asked before the tree changes: a new category, another parent, retiring one."""

from typing import Any

import reflex as rx

from marketplace.kit.languages import N_
from marketplace.web.admin.catalog.pieces import named, percent
from marketplace.web.i18n import number, t, tn
from marketplace.web.ui.button import button
from marketplace.web.ui.dialog import closes, dialog
from marketplace.web.ui.feedback import alert
from marketplace.web.ui.fields import text_field
from marketplace.web.ui.icon import icon

NEW = "new-category"


def dialogs(state: Any) -> rx.Component:
    return rx.fragment(_new(state), _move(state), _retire(state))


def _new(state: Any) -> rx.Component:
    return dialog(
        rx.cond(
            state.chosen,
            t("New category below {name}", name=named(state.chosen.node)),
            t("New department"),
        ),
        rx.el.form(
            text_field(N_("English name"), "name", max_length=80),
            text_field(N_("Chinese name"), "name_zh", max_length=80),
            text_field(
                N_("Address"),
                "slug",
                hint=N_("Empty: made from the English name."),
                is_required=False,
                max_length=80,
            ),
            id=NEW,
            on_submit=lambda data: state.create(
                rx.cond(state.chosen, state.chosen.node.id, ""), data
            ),
            class_name="stack",
        ),
        description=t("It starts with the commission, attributes and rules of what is above it."),
        footer=(
            closes(button(N_("Cancel"))),
            button(N_("Create category"), variant="primary", type="submit", form=NEW),
        ),
        is_open=state.dialog == "new",
        on_open_change=state.close,
    )


def _places(state: Any, nothing: str) -> list[rx.Component]:
    return [
        rx.el.option(t(nothing), value=""),
        rx.foreach(state.places, lambda place: rx.el.option(named(place), value=place.id)),
    ]


def _move(state: Any) -> rx.Component:
    return dialog(
        t("Move {name}", name=named(state.chosen.node)),
        rx.el.div(
            rx.el.label(t("New parent"), html_for="move-to", class_name="label"),
            rx.el.select(
                *_places(state, N_("None: a department of its own")),
                id="move-to",
                value=state.into,
                on_change=state.weigh,
                class_name="select",
            ),
            class_name="field",
        ),
        description=t(
            "Everything below comes along. Inherited commission and attributes are those of the "
            "new parent from now on; sales already made keep theirs."
        ),
        footer=(
            closes(button(N_("Cancel"))),
            button(
                N_("Move category"),
                variant="primary",
                on_click=state.move(state.chosen.node.id, state.chosen.version, state.into),
            ),
        ),
        is_open=state.dialog == "move",
        on_open_change=state.close,
    )


def _retire(state: Any) -> rx.Component:
    preview = state.preview
    has_something = (preview.listings > 0) | (preview.subcategories.length() > 0)
    return dialog(
        t("Retire {name}?", name=named(state.chosen.node)),
        rx.el.div(
            rx.el.label(
                t("Its listings and subcategories go to"), html_for="into", class_name="label"
            ),
            rx.el.select(
                *_places(state, N_("Nowhere: there is nothing in it")),
                id="into",
                value=state.into,
                on_change=state.weigh,
                class_name="select",
            ),
            class_name="field",
        ),
        rx.cond(preview, _preview(state), rx.fragment()),
        description=t("Sellers can no longer choose it; its address leads to the other category."),
        footer=(
            closes(button(N_("Cancel"))),
            button(
                N_("Retire category"),
                variant="danger-primary",
                disabled=~state.preview | (has_something & (state.into == "")),
                on_click=state.retire(state.chosen.node.id, state.chosen.version, state.into),
            ),
        ),
        is_open=state.dialog == "retire",
        on_open_change=state.close,
    )


def _preview(state: Any) -> rx.Component:
    """What would follow, line by line, before anything does."""
    preview = state.preview
    return rx.el.ul(
        _consequence(
            "package",
            tn("{n} listing moves", "{n} listings move", preview.listings),
            t("{n} of them live", n=number(preview.live_listings)),
        ),
        rx.cond(
            preview.subcategories.length() > 0,
            _consequence(
                "folder-tree", t("Subcategories move along"), _names(preview.subcategories)
            ),
        ),
        rx.cond(
            (state.into != "") & (preview.commission_bps != preview.commission_bps_then),
            _consequence(
                "percent",
                t("Commission of future sales changes"),
                t(
                    "{before} → {after}",
                    before=percent(preview.commission_bps),
                    after=percent(preview.commission_bps_then),
                ),
            ),
        ),
        rx.cond(
            preview.attributes_lost.length() > 0,
            _consequence("eye-off", t("No longer asked for"), _names(preview.attributes_lost)),
        ),
        rx.cond(
            preview.required_then.length() > 0,
            _consequence(
                "asterisk",
                t("Newly required at the seller's next edit"),
                _names(preview.required_then),
            ),
        ),
        rx.cond(
            (state.into == "") & ((preview.listings > 0) | (preview.subcategories.length() > 0)),
            rx.el.li(
                alert(N_("Choose where its listings and subcategories go first."), level="warn")
            ),
        ),
        class_name="sunken p-3 stack-sm text-[13px]",
        aria_live="polite",
    )


def _consequence(sign: str, what: rx.Var[str], more: Any) -> rx.Component:
    return rx.el.li(
        icon(sign, 15, class_name="mt-[2px] text-[var(--ink-3)]"),
        rx.el.span(
            rx.el.span(what, class_name="font-medium"),
            rx.el.span(more, class_name="meta block"),
        ),
        class_name="flex gap-2",
    )


def _names(rows: Any) -> rx.Component:
    return rx.el.span(
        rx.foreach(rows, lambda row, place: rx.fragment(rx.cond(place > 0, " · ", ""), named(row)))
    )
