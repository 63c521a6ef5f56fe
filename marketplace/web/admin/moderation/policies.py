"""Admin / Catalog / Moderation / Rules and words: what listings can break, and words to try."""

from typing import Annotated, Any

import reflex as rx
from pydantic import StringConstraints

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.moderation import service
from marketplace.domain.moderation.queries import CodeRow, WordRow
from marketplace.domain.moderation.rules.codes import CodeForm, WordForm
from marketplace.flows.rulebook import HitRow, rulebook, try_words
from marketplace.kit import clock
from marketplace.kit.errors import Invalid
from marketplace.kit.languages import N_
from marketplace.kit.text import Id, Line
from marketplace.web.admin.moderation.figures import figures_card
from marketplace.web.admin.moderation.policies_view import code_dialog, codes, trial, words
from marketplace.web.guard.forms import Form
from marketplace.web.guard.policy import allows
from marketplace.web.messages import clear_errors, say
from marketplace.web.session import current_staff
from marketplace.web.ui.button import button
from marketplace.web.ui.layout import page_header

MaybeCode = Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9_]{0,59})?$")]
Typed = Annotated[str, StringConstraints(max_length=4000)]


class CodeFields(Form):
    code: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] = ""
    name: Line
    name_zh: Line
    advice: Line
    advice_zh: Line
    points: Line
    decay_days: Line
    is_active: Line = ""

    @property
    def checked(self) -> CodeForm:
        """Raises `Invalid` by field."""
        errors = {}
        for name in ("name", "name_zh"):
            if not getattr(self, name) or len(getattr(self, name)) > 80:
                errors[name] = N_("Enter a name of at most 80 characters.")
        if not (self.points.isdecimal() and int(self.points) <= 48):
            errors["points"] = N_("Enter a whole number from 0 to 48.")
        if not (self.decay_days.isdecimal() and 1 <= int(self.decay_days) <= 1000):
            errors["decay_days"] = N_("Enter a whole number of days from 1 to 1,000.")
        if errors:
            raise Invalid(errors)
        return CodeForm(
            name=self.name, name_zh=self.name_zh, advice=self.advice, advice_zh=self.advice_zh,
            points=int(self.points), decay_days=int(self.decay_days), is_active=bool(self.is_active),
        )  # fmt: skip


class WordFields(Form):
    word: Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)]
    code: Annotated[str, StringConstraints(max_length=60)]
    force: Annotated[str, StringConstraints(pattern=r"^(blocks|flags)$")]

    @property
    def checked(self) -> WordForm:
        if not self.word:
            raise Invalid({"word": N_("Enter a word with letters or characters.")})
        return WordForm(word=self.word, code=self.code, blocks=self.force == "blocks")


class PoliciesState(rx.State):
    """The rules, the words found by the search, and the text being tried."""

    is_loaded: rx.Field[bool] = rx.field(False)
    codes: rx.Field[list[CodeRow]] = rx.field(default_factory=list)
    words: rx.Field[list[WordRow]] = rx.field(default_factory=list)
    total: rx.Field[int] = rx.field(0)
    search: rx.Field[str] = rx.field("")
    chosen: rx.Field[CodeRow | None] = rx.field(None)
    is_editing: rx.Field[bool] = rx.field(False)
    hits: rx.Field[list[HitRow]] = rx.field(default_factory=list)
    tried: rx.Field[bool] = rx.field(False)

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE)
    async def load(self):
        seen = await db.read(rulebook, await current_staff(self), self.search)
        self.codes, self.words, self.total = seen.codes, seen.words, seen.total
        self.is_loaded, self.is_editing = True, False

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE)
    async def find(self, search: Line):
        self.search = search
        return PoliciesState.load

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE)
    async def attempt(self, text: Typed):
        self.hits = await db.read(try_words, await current_staff(self), text)
        self.tried = bool(text.strip())

    @rx.event
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE)
    async def open(self, code: MaybeCode):
        self.chosen = next((row for row in self.codes if row.code == code), None)
        self.is_editing = True
        return clear_errors()

    @rx.event
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE)
    async def close(self, is_open: bool):
        self.is_editing = False

    @rx.event
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE, is_change=True)
    async def save_code(self, code: MaybeCode, form_data: CodeFields):
        form, code = form_data.checked, code or _new_code(form_data.code)
        await db.run(service.save_code, await current_staff(self), code, form, at=clock.now())
        return [PoliciesState.load, say(N_("Rule saved."))]

    @rx.event
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE, is_change=True)
    async def save_word(self, form_data: WordFields):
        form, at = form_data.checked, clock.now()
        await db.run(service.save_word, await current_staff(self), form, at=at)
        return [PoliciesState.load, clear_errors(), say(N_("Word saved. It counts from now on."))]

    @rx.event
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE, is_change=True)
    async def remove_word(self, word_id: Id):
        await db.run(service.remove_word, await current_staff(self), word_id, at=clock.now())
        return [PoliciesState.load, say(N_("Word removed."))]


def _new_code(code: str) -> str:
    """Raises `Invalid` for what is no name for a rule."""
    if not code.replace("_", "a").isalnum() or not code.isascii() or code != code.lower():
        raise Invalid({"code": N_("Use small letters, digits and underscores, a letter first.")})
    return code


def page() -> rx.Component:
    state: Any = PoliciesState
    return rx.el.div(
        page_header(
            N_("Rules and words"),
            button(N_("New rule"), icon="plus", variant="primary", on_click=state.open("")),
            crumbs=((N_("Moderation"), "/admin/moderation"),),
        ),
        rx.el.div(
            rx.el.div(codes(state), words(state), class_name="stack min-w-0"),
            trial(state),
            class_name="grid gap-4 items-start xl:grid-cols-[minmax(0,1fr)_340px]",
        ),
        figures_card(),
        code_dialog(state),
        class_name="stack",
    )
