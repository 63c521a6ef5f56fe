"""The left of a review: what was written and handed in, a verdict beside each, and what was before."""

from typing import Any

import reflex as rx

from marketplace.domain.moves.queries import MoveRow
from marketplace.domain.sellers.queries.applications import EarlierRow
from marketplace.kit.languages import N_
from marketplace.web.admin.catalog.pieces import named
from marketplace.web.admin.sellers.application_reading import Part, Said
from marketplace.web.admin.sellers.application_words import (
    STATES,
    STATUSES,
    VERDICTS,
    reason_name,
    state_name,
    type_name,
)
from marketplace.web.admin.sellers.applications import PAGE, due
from marketplace.web.i18n import moment as moment_text
from marketplace.web.i18n import t, tn
from marketplace.web.ui.button import button
from marketplace.web.ui.feedback import alert
from marketplace.web.ui.icon import icon
from marketplace.web.ui.layout import card, page_header
from marketplace.web.ui.media import document_link, document_preview
from marketplace.web.ui.status import status, status_of
from marketplace.web.ui.timeline import event, timeline
from marketplace.web.ui.values import moment


def header(state: Any) -> rx.Component:
    row = state.review.row
    return page_header(
        row.shop_name,
        button(
            N_("Next application"),
            icon="arrow-right",
            on_click=state.go_on(row.id),
        ),
        subtitle=rx.fragment(
            row.applicant,
            " · ",
            row.email,
            " · ",
            type_name(row.business_type),
            rx.cond(row.round > 1, t(" · round {n}", n=row.round), ""),
        ),
        crumbs=((N_("Applications"), PAGE),),
        beside=(
            status_of(row.status, STATUSES),
            due(row),
            rx.cond(row.is_appeal, status(N_("Appeal"), "warn", icon="scale")),
        ),
    )


def told_by_applicant(state: Any) -> rx.Component:
    review = state.review
    return rx.el.div(
        rx.cond(
            review.is_masked,
            alert(
                N_("Personal fields and documents are hidden: your role does not show them."),
                level="info",
            ),
        ),
        rx.cond(
            review.appeal != "",
            card(
                rx.el.p(review.appeal, class_name="whitespace-pre-line"),
                rx.cond(
                    review.appeal_answer != "",
                    rx.el.p(
                        rx.el.span(t("Our answer:"), class_name="font-medium"),
                        " ",
                        review.appeal_answer,
                        class_name="whitespace-pre-line",
                    ),
                ),
                title=N_("Appeal"),
            ),
        ),
        rx.el.p(
            rx.foreach(state.categories, lambda one: rx.el.span(named(one), class_name="pill")),
            class_name="flex flex-wrap gap-1",
            aria_label=t("Categories"),
        ),
        rx.foreach(state.parts, lambda part: _part(state, part)),
        rx.cond(
            review.earlier.length() > 0,
            card(
                rx.el.ul(rx.foreach(review.earlier, _earlier), class_name="stack-sm"),
                title=N_("Earlier rounds"),
                subtitle=N_("handed in before, replaced since"),
            ),
        ),
        card(timeline(rx.foreach(review.history, _move)), title=N_("History")),
        class_name="stack",
    )


def _part(state: Any, part: rx.vars.ObjectVar[Part]) -> rx.Component:
    row = part.row
    return rx.el.section(
        rx.el.div(
            rx.el.div(
                rx.el.h2(named(row), class_name="h3"),
                status_of(row.state, STATES),
                rx.cond(
                    row.is_required, rx.fragment(), rx.el.span(t("optional"), class_name="hint")
                ),
                rx.cond(
                    part.changed.to(int) > 0,
                    rx.el.span(
                        tn("{n} field changed", "{n} fields changed", part.changed),
                        class_name="pill pill-info",
                    ),
                ),
                rx.cond(
                    part.is_new_file,
                    rx.el.span(t("New file after a refusal"), class_name="pill pill-info"),
                ),
                class_name="flex flex-wrap items-center gap-2",
            ),
            rx.cond(state.review.can_decide, _verdicts(state, row)),
            class_name="card-head flex-wrap gap-2",
        ),
        rx.el.div(
            rx.cond(
                part.said.length() > 0,
                rx.el.dl(rx.foreach(part.said, _said), class_name="facts"),
            ),
            rx.cond(row.media_id != "", _document(part)),
            rx.cond(
                (row.kind == "document") & (row.submission_id == ""),
                rx.el.p(t("Nothing was handed in."), class_name="meta"),
            ),
            rx.cond(
                (row.kind == "legal") & (state.review.registry_url != ""),
                rx.el.a(
                    icon("external-link", 14),
                    t("Look the number up in the public register"),
                    href=state.review.registry_url,
                    target="_blank",
                    rel="noopener noreferrer",
                    class_name="link inline-flex items-center gap-1 text-[13px]",
                ),
            ),
            rx.cond(
                row.note != "",
                rx.el.p(
                    rx.el.span(t("Said to the applicant:"), class_name="font-medium"),
                    " ",
                    row.note,
                    class_name="text-[13px]",
                ),
            ),
            class_name="card-body stack",
        ),
        class_name="card",
        key=row.id,
    )


def _verdicts(state: Any, row: Any) -> rx.Component:
    """Accept, refuse with a word about it, do without, and back to undecided."""
    asks = button(
        rx.cond(row.submission_id != "", t("Not right…"), t("Ask for it…")),
        icon="message-square-warning",
        is_small=True,
        on_click=state.ask_about(row.id),
    )
    decides = rx.fragment(
        button(
            N_("Accept"),
            icon="check",
            is_small=True,
            aria_pressed=row.verdict == "accepted",
            on_click=state.judge(
                row.submission_id,
                state.review.row.version,
                rx.cond(row.verdict == "accepted", "pending", "accepted"),
            ),
        ),
        rx.cond(
            row.kind == "document",
            button(
                N_("Not needed"),
                variant="quiet",
                is_small=True,
                on_click=state.judge(row.submission_id, state.review.row.version, "waived"),
            ),
        ),
    )
    return rx.el.div(rx.cond(row.submission_id != "", decides), asks, class_name="row")


def _said(said: rx.vars.ObjectVar[Said]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(t(said.label)),
        rx.el.dd(
            rx.el.span(
                rx.cond(said.value != "", said.value, "–"), class_name="whitespace-pre-line"
            ),
            rx.cond(
                said.is_changed,
                rx.el.p(
                    rx.el.span(t("Changed"), class_name="pill pill-info"),
                    rx.cond(
                        said.before != "",
                        rx.fragment(
                            rx.el.span(t("before:"), class_name="visually-hidden"),
                            rx.el.del_(said.before, class_name="meta"),
                        ),
                        rx.el.span(t("was empty"), class_name="meta"),
                    ),
                    class_name="flex flex-wrap items-center justify-end gap-2 mt-1",
                ),
            ),
            rx.cond(
                said.note != "",
                rx.el.p(said.note, class_name="text-[12px] text-[var(--bad)]"),
            ),
        ),
        key=said.name,
    )


def _document(part: rx.vars.ObjectVar[Part]) -> rx.Component:
    row = part.row
    return rx.el.div(
        rx.el.div(
            document_link(row.media_id, row.file_name),
            rx.cond(
                row.expires_on != "",
                rx.el.span(
                    t("valid until {day}", day=moment_text(row.expires_on, "day")),
                    class_name="meta",
                ),
            ),
            class_name="row flex-wrap",
        ),
        rx.cond(
            part.is_picture,
            rx.el.details(
                rx.el.summary(t("Look at it here"), class_name="link text-[13px]"),
                document_preview(row.media_id, row.file_name),
            ),
        ),
        class_name="stack-sm",
    )


def _earlier(row: rx.vars.ObjectVar[EarlierRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(named(row), class_name="font-medium"),
            status_of(row.verdict, VERDICTS),
            moment(row.handed_in_at),
            class_name="flex flex-wrap items-center gap-2",
        ),
        rx.cond(row.note != "", rx.el.p(row.note, class_name="meta")),
        key=row.submission_id,
        class_name="text-[13px]",
    )


def _move(row: rx.vars.ObjectVar[MoveRow]) -> rx.Component:
    return event(
        row.actor,
        state_name(row.to_state),
        row.at,
        detail=rx.fragment(
            rx.cond(
                (row.reason != "") & (row.reason != "appeal"),
                rx.el.p(reason_name(row.reason), class_name="meta"),
            ),
            rx.cond(row.note != "", rx.el.p(row.note, class_name="meta whitespace-pre-line")),
        ),
    )
