"""What was decided about a listing, for those who decide: reviews, violations, appeals, reports."""

from typing import Any

import reflex as rx

from marketplace.domain.moderation.queries import AppealRow, ReportRow, ReviewRow, ViolationRow
from marketplace.kit.languages import N_
from marketplace.web.admin.catalog.listing_words import APPEALS, POLICIES, REVIEWS
from marketplace.web.i18n import locale, t, tn
from marketplace.web.ui.layout import card
from marketplace.web.ui.status import badge, status, status_of
from marketplace.web.ui.values import moment

LINE = "grid gap-1 py-3 border-b border-[var(--line)] last:border-b-0 text-[13px]"


def decisions(found: Any) -> tuple[rx.Component, ...]:
    return (
        _list(N_("Reviews"), found.reviews, lambda row: _review(row, found)),
        _list(N_("Violations"), found.violations, _violation),
        _list(N_("Appeals"), found.appeals, _appeal),
        _list(N_("Reports of readers"), found.reports, lambda row: _report(row, found)),
    )


def _list(title: str, rows: Any, line: Any) -> rx.Component:
    """Left out where there is nothing, or nothing for this reader."""
    return rx.cond(
        rows.length() > 0,
        card(rx.el.ul(rx.foreach(rows, line), class_name="list-none p-0 m-0"), title=title),
    )


def rule_name(found: Any, code: Any) -> rx.Var[str]:
    """What a rule is called; what is no rule of ours is shown as it is kept."""
    named = rx.cond(locale() == "zh-CN", found.rules_zh[code], found.rules[code])
    return rx.cond(found.rules.contains(code), named, code).to(str)


def _review(row: rx.vars.ObjectVar[ReviewRow], found: Any) -> rx.Component:
    policy = rx.match(row.policy, *[(key, t(text)) for key, text in POLICIES.items()], row.policy)
    return rx.el.li(
        rx.el.div(
            rx.el.a(
                rx.cond(row.kind == "new", t("New listing"), t("Edit")),
                href="/admin/moderation?id=" + row.id.to(str),
                class_name="link",
            ),
            status_of(row.status, REVIEWS),
            rx.cond(row.needs_look, status(N_("To look at"), "warn", icon="eye")),
            rx.cond(row.flags.to(int) > 0, badge(tn("{n} hint", "{n} hints", row.flags))),
            class_name="row",
        ),
        rx.el.p(
            row.submitted_by,
            " ",
            moment(row.submitted_at, "short"),
            " · ",
            policy,
            rx.cond(row.assignee != "", " · " + row.assignee.to(str), ""),
            class_name="meta",
        ),
        rx.cond(
            row.decided_by != "",
            rx.el.p(
                t("Decided by {name}", name=row.decided_by),
                " ",
                moment(row.decided_at, "short"),
                class_name="meta",
            ),
        ),
        rx.cond(
            (row.reason != "") | (row.note != ""),
            rx.el.p(
                rx.el.span(rule_name(found, row.reason), class_name="font-medium mr-2"), row.note
            ),
        ),
        class_name=LINE,
        key=row.id,
    )


def _violation(row: rx.vars.ObjectVar[ViolationRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(rx.cond(locale() == "zh-CN", row.rule_zh, row.rule)),
            rx.cond(
                row.is_cancelled,
                badge(N_("Taken back")),
                rx.cond(
                    row.is_counted,
                    rx.el.span(
                        tn("{n} point", "{n} points", row.points), class_name="pill pill-warn"
                    ),
                    badge(N_("Decayed")),
                ),
            ),
            rx.el.span(moment(row.at), class_name="meta"),
            class_name="row",
        ),
        rx.cond(row.note != "", rx.el.p(row.note)),
        class_name=LINE,
        key=row.id,
    )


def _appeal(row: rx.vars.ObjectVar[AppealRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            status_of(row.status, APPEALS),
            rx.el.span(row.by, " ", moment(row.at, "short"), class_name="meta"),
            class_name="row",
        ),
        rx.el.p(row.text, class_name="whitespace-pre-wrap"),
        rx.cond(
            row.answer != "",
            rx.el.p(row.decided_by, ": ", row.answer, class_name="whitespace-pre-wrap meta"),
        ),
        class_name=LINE,
        key=row.id,
    )


def _report(row: rx.vars.ObjectVar[ReportRow], found: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(rule_name(found, row.code), class_name="font-medium"),
            rx.cond(row.is_closed, badge(N_("closed"))),
            rx.el.span(
                rx.cond(row.is_guest, t("a guest"), t("a buyer")),
                " · ",
                moment(row.at),
                class_name="meta",
            ),
            class_name="row",
        ),
        rx.el.p(row.note, class_name="whitespace-pre-wrap"),
        class_name=LINE,
        key=row.id,
    )
