"""The tables of rules and of forbidden words, the form of a rule, and a text to try words on."""

from typing import Any

import reflex as rx

from marketplace.domain.moderation.queries import WordRow
from marketplace.flows.rulebook import HitRow
from marketplace.kit.languages import N_
from marketplace.web.i18n import locale, number, t, tn
from marketplace.web.ui.button import button, icon_button
from marketplace.web.ui.dialog import closes, dialog
from marketplace.web.ui.feedback import empty_state, skeleton_rows
from marketplace.web.ui.fields import checkbox_field, field_error, number_field, text_field
from marketplace.web.ui.icon import icon
from marketplace.web.ui.layout import card
from marketplace.web.ui.status import status

RULE = "policy-code"


def codes(state: Any) -> rx.Component:
    return card(
        rx.cond(
            state.is_loaded,
            rx.el.div(
                rx.el.table(
                    rx.el.thead(
                        rx.el.tr(
                            rx.el.th(t("Rule"), scope="col"),
                            rx.el.th(t("Points"), scope="col", class_name="num"),
                            rx.el.th(t("Gone after"), scope="col", class_name="num"),
                            rx.el.th(t("Advice to sellers"), scope="col"),
                            rx.el.th(
                                rx.el.span(t("Actions"), class_name="visually-hidden"), scope="col"
                            ),
                        )
                    ),
                    rx.el.tbody(rx.foreach(state.codes, lambda row: _code(state, row))),
                    class_name="table",
                ),
                class_name="table-wrap relative",
                tab_index=0,
                role="region",
                aria_label=t("Rules listings can break"),
            ),
            rx.el.div(skeleton_rows(6, 4), class_name="p-4"),
        ),
        title=N_("Rules listings can break"),
        subtitle=N_("Points count when a live listing is taken down, until they are gone."),
        is_flush=True,
    )


def _code(state: Any, row: Any) -> rx.Component:
    chinese = locale() == "zh-CN"
    return rx.el.tr(
        rx.el.th(
            rx.el.span(
                rx.cond(chinese, row.name_zh, row.name), class_name="font-medium text-[var(--ink)]"
            ),
            rx.el.span(row.code, class_name="mono block"),
            rx.cond(row.is_active, rx.fragment(), status(N_("Retired"), icon="archive")),
            scope="row",
        ),
        rx.el.td(number(row.points), class_name="num"),
        rx.el.td(tn("{n} day", "{n} days", row.decay_days), class_name="num"),
        rx.el.td(rx.cond(chinese, row.advice_zh, row.advice), class_name="min-w-[220px]"),
        rx.el.td(
            icon_button(
                "pencil",
                t("Edit {name}", name=rx.cond(chinese, row.name_zh, row.name)),
                size=16,
                on_click=state.open(row.code),
            )
        ),
        key=row.code,
    )


def words(state: Any) -> rx.Component:
    return card(
        rx.el.form(
            rx.el.input(
                name="word",
                placeholder=t("Word, in either language"),
                aria_label=t("Forbidden word"),
                max_length=80,
                required=True,
                class_name="input flex-1 min-w-[160px]",
            ),
            rx.el.select(
                rx.foreach(
                    state.codes,
                    lambda code: rx.el.option(
                        rx.cond(locale() == "zh-CN", code.name_zh, code.name), value=code.code
                    ),
                ),
                name="code",
                aria_label=t("Rule"),
                class_name="select max-w-[240px]",
            ),
            rx.el.select(
                rx.el.option(t("Cannot be handed in"), value="blocks"),
                rx.el.option(t("Is shown to the reviewer"), value="flags"),
                name="force",
                aria_label=t("What follows"),
                class_name="select max-w-[220px]",
            ),
            button(N_("Forbid"), type="submit"),
            on_submit=lambda data: state.save_word(data),  # noqa: PLW0108  Reflex types a bare one
            reset_on_submit=True,
            class_name="row p-4 border-b border-[var(--line)]",
        ),
        rx.el.div(field_error("word"), class_name="px-4"),
        rx.el.div(
            rx.el.input(
                type="search",
                placeholder=t("Search words"),
                aria_label=t("Search words"),
                max_length=80,
                on_change=state.find.debounce(300),
                class_name="input max-w-[260px]",
            ),
            rx.el.span(tn("{n} word", "{n} words", state.total), class_name="meta"),
            class_name="row p-4",
        ),
        rx.cond(
            state.words.length() > 0,
            rx.el.ul(rx.foreach(state.words, lambda row: _word(state, row))),
            rx.cond(
                state.is_loaded,
                empty_state(
                    "message-square-off",
                    N_("No such word"),
                    N_("Forbidden words are found in titles, descriptions and options."),
                ),
            ),
        ),
        title=N_("Forbidden words"),
        subtitle=N_("Found whatever their case, width or the signs between their letters."),
        is_flush=True,
    )


def _word(state: Any, row: rx.vars.ObjectVar[WordRow]) -> rx.Component:
    return rx.el.li(
        rx.el.span(row.word, class_name="font-medium"),
        rx.cond(
            row.blocks,
            status(N_("Cannot be handed in"), "bad", icon="ban"),
            status(N_("Is shown to the reviewer"), "warn", icon="flag"),
        ),
        rx.el.span(row.code, class_name="mono"),
        icon_button(
            "trash-2",
            t("Remove {name}", name=row.word),
            size=16,
            class_name="ml-auto",
            on_click=state.remove_word(row.id),
        ),
        class_name="list-row text-[13px] flex-wrap",
        key=row.id,
    )


def trial(state: Any) -> rx.Component:
    return card(
        rx.el.label(t("A title or a description"), html_for="try-words", class_name="label"),
        rx.el.textarea(
            id="try-words",
            rows="6",
            max_length=4000,
            placeholder=t("Paste what a seller wrote"),
            on_change=state.attempt.debounce(300),
            class_name="textarea",
        ),
        rx.el.div(
            rx.cond(
                state.tried,
                rx.cond(
                    state.hits.length() > 0,
                    rx.el.ul(rx.foreach(state.hits, _hit), class_name="stack-sm"),
                    rx.el.p(
                        icon("circle-check", 15, class_name="text-[var(--good)]"),
                        t("No forbidden word in it."),
                        class_name="flex items-center gap-2 text-[13px]",
                    ),
                ),
            ),
            aria_live="polite",
        ),
        title=N_("Try a text"),
        subtitle=N_("as it is checked when a seller hands in"),
        class_name="xl:sticky xl:top-20",
    )


def _hit(hit: rx.vars.ObjectVar[HitRow]) -> rx.Component:
    return rx.el.li(
        rx.el.span(hit.word, class_name="font-semibold"),
        rx.cond(
            hit.blocks,
            status(N_("Cannot be handed in"), "bad", icon="ban"),
            status(N_("Is shown to the reviewer"), "warn", icon="flag"),
        ),
        rx.el.span(rx.cond(locale() == "zh-CN", hit.rule_zh, hit.rule), class_name="meta"),
        class_name="row text-[13px]",
        key=hit.word,
    )


def code_dialog(state: Any) -> rx.Component:
    chosen = state.chosen

    def now(name: str, otherwise: Any) -> Any:
        return rx.cond(chosen, getattr(chosen, name), otherwise)

    return dialog(
        rx.cond(
            chosen,
            t("Rule {name}", name=rx.cond(locale() == "zh-CN", chosen.name_zh, chosen.name)),
            t("New rule"),
        ),
        rx.el.form(
            rx.cond(
                chosen,
                rx.fragment(),
                text_field(
                    N_("Code"),
                    "code",
                    hint=N_("Small letters and underscores; it never changes."),
                    max_length=60,
                ),
            ),
            rx.el.div(
                text_field(N_("English name"), "name", value=now("name", ""), max_length=80),
                text_field(N_("Chinese name"), "name_zh", value=now("name_zh", ""), max_length=80),
                text_field(
                    N_("Advice, English"), "advice", value=now("advice", ""), max_length=200
                ),
                text_field(
                    N_("Advice, Chinese"), "advice_zh", value=now("advice_zh", ""), max_length=200
                ),
                number_field(N_("Points"), "points", value=now("points", 0), min=0, max=48),
                number_field(
                    N_("Days until they are gone"),
                    "decay_days",
                    value=now("decay_days", 180),
                    min=1,
                    max=1000,
                ),
                class_name="grid gap-4 sm:grid-cols-2",
            ),
            checkbox_field(
                N_("In use"),
                "is_active",
                is_on=now("is_active", True),
                hint=N_("Retired rules stay in the past, but nobody can choose them."),
            ),
            id=RULE,
            key=now("code", ""),
            on_submit=lambda data: state.save_code(now("code", ""), data),
            class_name="stack",
        ),
        description=t("Points of violations in the past stay as they were."),
        footer=(
            closes(button(N_("Cancel"))),
            button(N_("Save rule"), variant="primary", type="submit", form=RULE),
        ),
        is_open=state.is_editing,
        on_open_change=state.close,
        is_wide=True,
    )
