"""Admin / Sellers / one seller / Notes: what staff tell each other about a shop."""

from typing import Annotated, Literal

import reflex as rx
from pydantic import StringConstraints

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.sellers.queries.notes import NoteRow, NotesPage, notes
from marketplace.domain.sellers.service import notes as service
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.kit.text import Id, Prose, Version
from marketplace.web.admin.sellers import notes_view as view
from marketplace.web.admin.sellers.seller import seller_in
from marketplace.web.guard.forms import Form
from marketplace.web.guard.policy import allows
from marketplace.web.messages import clear_errors, say
from marketplace.web.session import current_staff

Kind = Literal["edit", "delete"]
Tick = Annotated[str, StringConstraints(pattern=r"^(on)?$")]


class Note(Form):
    text: Prose = ""
    pinned: Tick = ""


class Rewritten(Form):
    new_text: Prose = ""


class SellerNotesState(rx.State):
    """One page of the notes, and the dialog that is open."""

    notes: rx.Field[NotesPage | None] = rx.field(None)
    chosen: rx.Field[NoteRow | None] = rx.field(None)
    dialog: rx.Field[str] = rx.field("")
    written: rx.Field[int] = rx.field(0)
    """How many were written here; each empties the form."""

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.SELLERS_READ)
    async def load(self):
        seller_id, page = seller_in(self.router.url.path), _page_in(self)
        self.notes = await db.read(notes, await current_staff(self), seller_id, page=page)

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE)
    async def ask(self, kind: Kind, note_id: Id):
        rows = self.notes.rows if self.notes else ()
        self.chosen = next((row for row in rows if row.id == note_id), None)
        self.dialog = kind if self.chosen else ""
        return clear_errors()

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_READ)
    async def close(self, is_open: bool):
        self.dialog = ""

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE, is_change=True)
    async def write(self, seller_id: Id, form_data: Note):
        words = {"text": form_data.text, "is_pinned": bool(form_data.pinned), "at": clock.now()}
        await db.run(service.write_note, await current_staff(self), seller_id, **words)
        self.written += 1
        return [SellerNotesState.load, say(N_("Note saved."))]

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE, is_change=True)
    async def rewrite(self, note_id: Id, version: Version, form_data: Rewritten):
        words = {"new_text": form_data.new_text, "version": version, "at": clock.now()}
        await db.run(service.rewrite_note, await current_staff(self), note_id, **words)
        return [SellerNotesState.close(False), SellerNotesState.load, say(N_("Note saved."))]

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE, is_change=True)
    async def pin(self, note_id: Id, is_pinned: bool):
        words = {"is_pinned": is_pinned, "at": clock.now()}
        await db.run(service.pin_note, await current_staff(self), note_id, **words)
        return SellerNotesState.load

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE, is_change=True)
    async def delete(self, note_id: Id):
        await db.run(service.delete_note, await current_staff(self), note_id, at=clock.now())
        return [SellerNotesState.close(False), SellerNotesState.load, say(N_("Note deleted."))]


def page() -> rx.Component:
    return view.notes_page(SellerNotesState)


def _page_in(state: SellerNotesState) -> int:
    """The page the address asks for; the first for nonsense."""
    asked = state.router.url.query_parameters.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
