"""The versions of the agreement as a list, one to read, and the next one with what it means."""

from typing import Any

import reflex as rx

from marketplace.domain.access.models import Permission
from marketplace.domain.sellers.queries.agreements import VersionRow
from marketplace.kit.languages import N_
from marketplace.web import i18n
from marketplace.web.i18n import locale, t, tn
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button
from marketplace.web.ui.dialog import closes, dialog
from marketplace.web.ui.feedback import skeleton_card
from marketplace.web.ui.fields import text_field, textarea_field
from marketplace.web.ui.layout import card, page_header
from marketplace.web.ui.status import Status, status_of
from marketplace.web.ui.values import moment

FORM = "agreement"
MAY = Permission.SELLERS_MANAGE.value
STATES = {
    "current": Status(N_("In force"), "good", "circle-check"),
    "to_come": Status(N_("To come"), "info", "calendar-clock"),
    "past": Status(N_("Followed by a newer one"), "plain", "history"),
}


def agreement_page(state: Any) -> rx.Component:
    may = ShellState.permissions.contains(MAY)
    return rx.el.div(
        page_header(
            N_("Seller agreement"),
            rx.cond(
                may,
                button(N_("New version"), icon="plus", variant="primary", on_click=state.begin),
            ),
            subtitle=N_("What sellers agree to. A version is never changed, only followed."),
        ),
        rx.cond(
            state.is_loaded,
            card(rx.el.ul(rx.foreach(state.rows, lambda row: _row(state, row))), is_flush=True),
            skeleton_card(3),
        ),
        _reader(state),
        _writer(state, may),
        class_name="stack",
    )


def _row(state: Any, row: rx.vars.ObjectVar[VersionRow]) -> rx.Component:
    title = t("Version {version}", version=row.version)
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.span(title, class_name="font-medium"),
                status_of(row.state, STATES),
                class_name="flex flex-wrap items-center gap-2",
            ),
            rx.el.p(
                t("Counts from"),
                " ",
                moment(row.published_at, "day"),
                " · ",
                tn("{n} application agreed", "{n} applications agreed", row.accepted),
                " · ",
                tn("{n} shop", "{n} shops", row.shops),
                class_name="meta mt-1",
            ),
            class_name="min-w-0 flex-1",
        ),
        button(
            N_("Read"),
            is_small=True,
            on_click=state.read(row.version),
            aria_label=t("Read version {version}", version=row.version),
        ),
        class_name="flex flex-wrap items-start justify-between gap-3 px-4 py-3 "
        "border-b border-[var(--line)] last:border-b-0",
        key=row.version,
    )


def _reader(state: Any) -> rx.Component:
    """Both languages, the reader's own first."""
    english = _text(N_("English"), "en", state.shown.text)
    chinese = _text(N_("Chinese"), "zh-CN", state.shown.text_zh)
    return dialog(
        t("Version {version}", version=state.shown.version),
        rx.cond(
            locale() == "zh-CN",
            rx.el.div(chinese, english, class_name="stack"),
            rx.el.div(english, chinese, class_name="stack"),
        ),
        footer=(closes(button(N_("Close"))),),
        is_open=state.dialog == "read",
        on_open_change=state.close,
        is_wide=True,
    )


def _text(language: str, code: str, words: Any) -> rx.Component:
    return rx.el.section(
        rx.el.h3(t(language), class_name="label"),
        rx.el.div(
            words,
            tab_index=0,
            role="region",
            aria_label=t(language),
            lang=code,
            class_name="sunken p-4 max-h-[260px] overflow-y-auto whitespace-pre-line "
            "text-[13px] leading-[1.7]",
        ),
    )


def _writer(state: Any, may: Any) -> rx.Component:
    """One form in two steps: the texts, then whom they concern before they are published."""
    asks = state.effect.is_not_none()
    return dialog(
        rx.cond(asks, t("Publish this version?"), t("New version")),
        rx.el.form(
            text_field(
                N_("Counts from"),
                "begins_on",
                kind="date",
                is_required=False,
                hint=N_("Empty: at once. A day begins in the marketplace's own time zone."),
            ),
            textarea_field(
                N_("English"),
                "text",
                value=state.shown.text,
                max_length=40_000,
                rows="9",
                lang="en",
            ),
            textarea_field(
                N_("Chinese"),
                "text_zh",
                value=state.shown.text_zh,
                max_length=40_000,
                rows="9",
                lang="zh-CN",
            ),
            id=FORM,
            on_submit=lambda data: state.publish(state.shown.version, asks, data),
            class_name=rx.cond(asks, "hidden", "stack"),
            key=state.shown.version.to_string(),
        ),
        rx.cond(asks, _meaning(state.effect)),
        footer=(
            rx.cond(
                asks,
                button(N_("Go on writing"), on_click=state.write_on),
                closes(button(N_("Cancel"))),
            ),
            rx.cond(
                may,
                rx.cond(
                    asks,
                    button(N_("Publish"), variant="primary", type="submit", form=FORM),
                    button(N_("Publish…"), variant="primary", type="submit", form=FORM),
                ),
            ),
        ),
        is_open=state.dialog == "write",
        on_open_change=state.close,
        is_wide=True,
    )


def _meaning(effect: Any) -> rx.Component:
    return rx.el.ul(
        rx.el.li(
            rx.cond(
                effect.is_at_once,
                t("It counts at once."),
                t("It counts from {day}.", day=i18n.moment(effect.begins_at, "day")),
            )
        ),
        rx.el.li(
            tn(
                "{n} applicant whose draft agreed already must agree anew before sending it.",
                "{n} applicants whose drafts agreed already must agree anew before sending them.",
                effect.drafts,
            )
        ),
        rx.el.li(
            tn(
                "{n} application that waits or was sent back keeps the version it agreed to.",
                "{n} applications that wait or were sent back keep the version they agreed to.",
                effect.waiting,
            )
        ),
        rx.el.li(
            tn(
                "{n} shop keeps the version it agreed to.",
                "{n} shops keep the version they agreed to.",
                effect.shops,
            )
        ),
        rx.el.li(t("A published version is never changed; a mistake is mended by the next one.")),
        class_name="list-disc ps-5 stack",
    )
