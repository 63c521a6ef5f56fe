"""The notes on a seller: the form for a new one, the list, its pages, and the two dialogs."""

from typing import Any

import reflex as rx

from marketplace.domain.sellers.queries.notes import NoteRow
from marketplace.domain.sellers.rules.notes import LONGEST
from marketplace.kit.languages import N_
from marketplace.web.admin.sellers.head import seller_head
from marketplace.web.i18n import number, t
from marketplace.web.ui.button import button, icon_button
from marketplace.web.ui.dialog import closes, dialog
from marketplace.web.ui.feedback import alert, empty_state, skeleton_card
from marketplace.web.ui.fields import checkbox_field, textarea_field
from marketplace.web.ui.icon import icon
from marketplace.web.ui.layout import card
from marketplace.web.ui.menu import menu, menu_item
from marketplace.web.ui.person import avatar
from marketplace.web.ui.status import badge
from marketplace.web.ui.values import moment

NEW, EDIT = "note-new", "note-edit"


def notes_page(state: Any) -> rx.Component:
    notes = state.notes
    return rx.cond(
        notes,
        rx.el.div(
            seller_head(_Seller(notes), here="notes", notes=notes.total),
            rx.cond(
                notes.is_own_shop,
                alert(t("You belong to this shop, so what is noted about it is not shown to you.")),
                rx.fragment(rx.cond(notes.can_write, _form(state)), _list(state)),
            ),
            _edit(state),
            _delete(state),
            class_name="stack",
        ),
        skeleton_card(6),
    )


class _Seller:
    """The seller of a page of notes, as the head asks for it."""

    def __init__(self, notes: Any) -> None:
        self.id, self.name, self.name_zh = notes.seller_id, notes.name, notes.name_zh
        self.status = notes.status


def _form(state: Any) -> rx.Component:
    return card(
        rx.el.form(
            textarea_field(
                N_("New note"),
                "text",
                hint=N_("Only staff read this. The seller never sees it."),
                max_length=LONGEST,
                rows="3",
            ),
            rx.el.div(
                checkbox_field(N_("Pin to the top"), "pinned"),
                button(N_("Save note"), variant="primary", type="submit"),
                class_name="flex flex-wrap items-center justify-between gap-3",
            ),
            id=NEW,
            on_submit=lambda data: state.write(state.notes.seller_id, data),
            class_name="stack",
            key="new" + state.written.to_string(),
        ),
    )


def _list(state: Any) -> rx.Component:
    notes = state.notes
    return rx.cond(
        notes.rows.length() > 0,
        rx.el.section(
            rx.el.h2(t("Notes"), class_name="visually-hidden"),
            rx.el.ul(
                rx.foreach(notes.rows, lambda row: _note(state, row)),
                class_name="list-none p-0 m-0",
            ),
            rx.cond(notes.pages > 1, _pager(notes)),
            class_name="card",
        ),
        rx.el.div(
            empty_state(
                "sticky-note",
                N_("No notes yet"),
                N_("What colleagues should know about this shop is written down here."),
            ),
            class_name="card",
        ),
    )


def _note(state: Any, row: rx.vars.ObjectVar[NoteRow]) -> rx.Component:
    return rx.el.li(
        avatar(row.author),
        rx.el.div(
            rx.el.div(
                rx.el.span(row.author, class_name="font-semibold"),
                rx.el.span(
                    moment(row.written_at),
                    rx.cond(row.edited_at != "", rx.fragment(" · ", t("edited"))),
                    class_name="meta",
                ),
                rx.cond(row.is_pinned, badge(N_("Pinned"), "accent")),
                class_name="row",
            ),
            rx.el.p(row.text, class_name="mt-1 whitespace-pre-line break-words max-w-[80ch]"),
            class_name="flex-1 min-w-0",
        ),
        rx.cond(state.notes.can_write, _deeds(state, row)),
        class_name="flex gap-3 items-start p-4 border-b border-[var(--line)] last:border-b-0",
        key=row.id,
    )


def _deeds(state: Any, row: rx.vars.ObjectVar[NoteRow]) -> rx.Component:
    mine = ~row.is_mine.to(bool)
    return menu(
        icon_button("ellipsis", t("More for the note of {name}", name=row.author)),
        menu_item(
            rx.cond(row.is_pinned, t("Unpin"), t("Pin to the top")).to(str),
            icon="pin",
            on_select=state.pin(row.id, ~row.is_pinned.to(bool)),
        ),
        menu_item(N_("Edit…"), icon="pencil", on_select=state.ask("edit", row.id), disabled=mine),
        menu_item(
            N_("Delete…"),
            icon="trash-2",
            danger=True,
            on_select=state.ask("delete", row.id),
            disabled=mine,
        ),
        align="end",
    )


def _pager(notes: Any) -> rx.Component:
    return rx.el.nav(
        _turn(notes, notes.page - 1, notes.page > 1, N_("Previous page"), "chevron-left"),
        rx.el.span(
            t("Page {page} of {pages}", page=number(notes.page), pages=number(notes.pages)),
            class_name="meta mx-auto",
        ),
        _turn(notes, notes.page + 1, notes.page < notes.pages, N_("Next page"), "chevron-right"),
        aria_label=t("Pages of the notes"),
        class_name="row p-2 border-t border-[var(--line)]",
    )


def _turn(notes: Any, page: Any, is_there: Any, label: str, sign: str) -> rx.Component:
    place = "/admin/sellers/" + notes.seller_id.to(str) + "/notes?page=" + page.to_string()
    return rx.cond(
        is_there,
        rx.el.a(icon(sign, 16), href=place, aria_label=t(label), class_name="btn btn-icon"),
        rx.el.span(class_name="w-9"),
    )


def _edit(state: Any) -> rx.Component:
    chosen = state.chosen
    return dialog(
        N_("Edit the note"),
        rx.el.form(
            textarea_field(
                N_("Note"),
                "new_text",
                value=rx.cond(chosen, chosen.text, "").to(str),
                max_length=LONGEST,
                rows="6",
            ),
            id=EDIT,
            on_submit=lambda data: state.rewrite(chosen.id, chosen.version, data),
            class_name="stack",
            key=rx.cond(chosen, chosen.id, ""),
        ),
        footer=(
            closes(button(N_("Cancel"))),
            button(N_("Save note"), variant="primary", type="submit", form=EDIT),
        ),
        is_open=state.dialog == "edit",
        on_open_change=state.close,
    )


def _delete(state: Any) -> rx.Component:
    return dialog(
        N_("Delete the note?"),
        rx.el.p(
            rx.cond(state.chosen, state.chosen.text, ""),
            class_name="whitespace-pre-line break-words line-clamp-4",
        ),
        description=N_("Nobody finds it here any more. The audit log keeps what it said."),
        footer=(
            closes(button(N_("Cancel"))),
            button(
                N_("Delete"),
                variant="danger-primary",
                on_click=state.delete(state.chosen.id),
            ),
        ),
        is_open=state.dialog == "delete",
        on_open_change=state.close,
    )
