"""Admin / Catalog / Synonyms: words that find the same goods."""

from datetime import datetime
from typing import Annotated, Any, cast

import reflex as rx
from pydantic import StringConstraints
from sqlmodel import Session

from marketplace import db
from marketplace.domain.access.models import Audience, Permission, Staff
from marketplace.domain.search.queries import synonyms as queries
from marketplace.domain.search.queries.synonyms import SynonymRow
from marketplace.domain.search.service import synonyms as service
from marketplace.domain.search.service.synonyms import SynonymForm
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.kit.text import Count, Id, Line, Name
from marketplace.web.admin.catalog.pieces import MaybeId, listed
from marketplace.web.admin.catalog.synonyms_trial import Question, trial
from marketplace.web.guard.forms import Form
from marketplace.web.guard.policy import allows
from marketplace.web.i18n import t
from marketplace.web.messages import clear_errors, say
from marketplace.web.session import current_staff
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button, icon_button
from marketplace.web.ui.confirm import confirm
from marketplace.web.ui.dialog import closes, dialog
from marketplace.web.ui.fields import checkbox_field, text_field
from marketplace.web.ui.icon import icon
from marketplace.web.ui.index_page import Choice, Column, Empty, Index, Listing, index_page

FORM = "synonym"


class SynonymFields(Form):
    word: Name
    others: Annotated[str, StringConstraints(max_length=1000)]
    is_one_way: Line = ""

    @property
    def checked(self) -> SynonymForm:
        others = tuple(word[:80] for word in listed(self.others)[:40])
        return SynonymForm(word=self.word, others=others, is_one_way=bool(self.is_one_way))


class SynonymsState(rx.State):
    """Synonyms as the URL asks for them, the one being edited, and the question tried."""

    rows: rx.Field[list[SynonymRow]] = rx.field(default_factory=list)
    listing: rx.Field[Listing] = rx.field(default_factory=Listing)
    chosen: rx.Field[SynonymRow | None] = rx.field(None)
    typed: rx.Field[str] = rx.field("")
    is_editing: rx.Field[bool] = rx.field(False)

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.CATALOG_READ)
    async def load(self):
        self.rows, self.listing = await SYNONYMS.answer(
            self, queries.list_synonyms, await current_staff(self)
        )

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_READ)
    async def open(self, synonym_id: Id):
        self.chosen = await db.read(queries.synonym, await current_staff(self), synonym_id)
        self.is_editing = True
        return clear_errors()

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_MANAGE)
    async def begin(self, word: Question = ""):
        self.chosen, self.typed, self.is_editing = None, word, True
        return clear_errors()

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_READ)
    async def close(self, is_open: bool):
        self.is_editing = False

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_MANAGE, is_change=True)
    async def save(self, synonym_id: MaybeId, version: Count, form_data: SynonymFields):
        form, words = form_data.checked, {"version": version, "at": clock.now()}
        await db.run(_save, await current_staff(self), synonym_id, form, **words)
        return [SynonymsState.close(False), SynonymsState.load, say(N_("Synonyms saved."))]

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_MANAGE, is_change=True)
    async def delete(self, synonym_id: Id):
        at = clock.now()
        await db.run(service.delete_synonym, await current_staff(self), synonym_id, at=at)
        return [SynonymsState.close(False), SynonymsState.load, say(N_("Synonyms deleted."))]


def _save(
    session: Session,
    staff: Staff,
    synonym_id: str,
    form: SynonymForm,
    *,
    version: int,
    at: datetime,
) -> None:
    """An empty id means new ones."""
    if synonym_id:
        service.update_synonym(session, staff, synonym_id, form, version=version, at=at)
    else:
        service.create_synonym(session, staff, form, at=at)


def _others(row: rx.vars.ObjectVar[SynonymRow]) -> rx.Component:
    return rx.el.span(
        rx.foreach(row.others, lambda word: rx.el.span(word, class_name="pill")),
        class_name="inline-flex flex-wrap gap-1",
    )


def _way(row: rx.vars.ObjectVar[SynonymRow]) -> rx.Component:
    return rx.cond(
        row.is_one_way,
        rx.el.span(icon("arrow-right", 14), t("One way"), class_name="row gap-1 meta"),
        rx.el.span(icon("arrow-left-right", 14), t("Both ways"), class_name="row gap-1 meta"),
    )


SYNONYMS = Index(
    page="/admin/synonyms",
    audience=Audience.STAFF,
    permission=Permission.CATALOG_READ,
    title=N_("Synonyms"),
    columns=(
        Column("word", N_("Word"), lambda row: row.word, sort="word"),
        Column("way", N_("Direction"), _way, on_phone="status"),
        Column("others", N_("Also finds"), _others),
    ),
    sorts=("word",),
    filters=(Choice("way", N_("Direction"), {"both": N_("Both ways"), "one": N_("One way")}),),
    searches=N_("Search a word"),
)


def page() -> rx.Component:
    may = ShellState.permissions.contains(Permission.CATALOG_MANAGE.value)
    return rx.el.div(
        rx.el.div(
            index_page(
                SYNONYMS,
                SynonymsState,
                SynonymsState.rows,
                primary=rx.cond(
                    may,
                    button(
                        N_("New synonyms"),
                        icon="plus",
                        variant="primary",
                        on_click=SynonymsState.begin(""),
                    ),
                ),
                name=lambda row: row.word,
                on_open=lambda row: SynonymsState.open(row.id),
                actions=lambda row: [rx.cond(may, _delete(row))],
                empty=Empty(
                    N_("No synonyms yet"),
                    N_("Trainers and sneakers, 杯子 and 马克杯: say which words mean the same."),
                ),
            ),
            class_name="min-w-0",
        ),
        trial(),
        _edit(may),
        class_name="grid gap-4 items-start xl:grid-cols-[minmax(0,1fr)_360px]",
    )


def _delete(row: rx.vars.ObjectVar[SynonymRow]) -> rx.Component:
    return confirm(
        icon_button("trash-2", t("Delete {name}", name=row.word), size=16),
        title=t("Delete the synonyms of {name}?", name=row.word),
        consequence=N_("Searches for one word no longer find the other."),
        verb=N_("Delete synonyms"),
        on_confirm=SynonymsState.delete(row.id),
    )


def _edit(may: rx.Var[bool]) -> rx.Component:
    chosen, save = SynonymsState.chosen, cast(Any, SynonymsState.save)
    return dialog(
        rx.cond(chosen, t("Synonyms of {name}", name=chosen.word), t("New synonyms")),
        rx.el.form(
            text_field(
                N_("Word"),
                "word",
                value=rx.cond(chosen, chosen.word, SynonymsState.typed),
                hint=N_("As people type it, in either language"),
                max_length=80,
            ),
            text_field(
                N_("Also finds"),
                "others",
                value=rx.cond(chosen, chosen.others.join(", "), ""),
                hint=N_("Separated by commas"),
                max_length=1000,
            ),
            checkbox_field(
                N_("One way only"),
                "is_one_way",
                is_on=rx.cond(chosen, chosen.is_one_way, False),
                hint=N_("The word finds the others, but they do not find the word."),
            ),
            id=FORM,
            on_submit=lambda data: save(
                rx.cond(chosen, chosen.id, ""), rx.cond(chosen, chosen.version, 0), data
            ),
            class_name="stack",
        ),
        footer=(
            closes(button(N_("Cancel"))),
            rx.cond(may, button(N_("Save synonyms"), variant="primary", type="submit", form=FORM)),
        ),
        is_open=SynonymsState.is_editing,
        on_open_change=SynonymsState.close,
    )
