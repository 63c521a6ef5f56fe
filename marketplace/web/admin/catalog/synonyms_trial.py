"""A question tried beside the synonyms: how it is read, and what it finds."""

from typing import Annotated

import reflex as rx
from pydantic import StringConstraints

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.search.queries import synonyms as queries
from marketplace.domain.search.queries.synonyms import FoundTitle, ReadWord, Tried
from marketplace.kit.languages import N_
from marketplace.web.guard.policy import allows
from marketplace.web.i18n import locale, t, tn
from marketplace.web.session import current_staff
from marketplace.web.ui.layout import card

Question = Annotated[str, StringConstraints(max_length=200)]


class TrialState(rx.State):
    """What came of the question."""

    tried: rx.Field[Tried | None] = rx.field(None)

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.CATALOG_READ)
    async def attempt(self, question: Question):
        self.tried = await db.read(
            queries.try_question, await current_staff(self), question.strip()
        )


def trial() -> rx.Component:
    tried = TrialState.tried
    return card(
        rx.el.label(t("A question as buyers type it"), html_for="question", class_name="label"),
        rx.el.input(
            id="question",
            type="text",
            placeholder=t("running shoes, 陶瓷茶杯 …"),
            max_length=200,
            on_change=TrialState.attempt.debounce(300),
            class_name="input",
        ),
        rx.el.div(
            rx.cond(tried, _reading(tried), rx.fragment()),
            aria_live="polite",
            class_name="stack",
        ),
        title=N_("Test a query"),
        subtitle=N_("How it is read, and what it finds"),
        class_name="xl:sticky xl:top-20",
    )


def _reading(tried: rx.vars.ObjectVar[Tried]) -> rx.Component:
    return rx.fragment(
        rx.el.ul(rx.foreach(tried.words, _word), class_name="stack-sm"),
        rx.cond(
            tried.words.length() > 0,
            rx.el.div(
                rx.el.p(
                    tn("{n} listing found", "{n} listings found", tried.total), class_name="h3"
                ),
                rx.cond(
                    tried.read_as != "",
                    rx.el.p(t("Read as: {words}", words=tried.read_as), class_name="hint"),
                ),
                rx.cond(
                    tried.is_relaxed,
                    rx.el.p(t("Not every word was found in each."), class_name="hint"),
                ),
                rx.el.ol(rx.foreach(tried.titles, _title), class_name="text-[13px] stack-sm mt-2"),
            ),
        ),
    )


def _word(word: rx.vars.ObjectVar[ReadWord]) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.foreach(
                word.tokens, lambda token: rx.el.code(token, class_name="pill pill-accent mono")
            ),
            class_name="inline-flex flex-wrap gap-1",
        ),
        rx.cond(
            word.others.length() > 0,
            rx.el.span(
                rx.el.span(t("or"), class_name="meta"),
                rx.foreach(word.others, lambda other: rx.el.span(other, class_name="pill")),
                class_name="inline-flex flex-wrap items-center gap-1 ml-1",
            ),
        ),
        class_name="sunken px-3 py-2",
    )


def _title(found: rx.vars.ObjectVar[FoundTitle]) -> rx.Component:
    title = rx.cond(
        (locale() == "zh-CN") & (found.title_zh != "") | (found.title == ""),
        found.title_zh,
        found.title,
    )
    return rx.el.li(title, class_name="truncate", key=found.id)
