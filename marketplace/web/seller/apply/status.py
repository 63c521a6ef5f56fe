"""Where an application stands: before it, in it, sent, to be fixed, approved or rejected."""

from typing import cast

import reflex as rx

from marketplace.domain.sellers.queries.requirements import RequirementRow
from marketplace.domain.sellers.rules.applications import REASONS
from marketplace.kit.languages import N_
from marketplace.web import i18n
from marketplace.web.i18n import locale, t, tn
from marketplace.web.seller.apply.review import document_line, summary
from marketplace.web.seller.apply.state import ApplyState
from marketplace.web.seller.apply.steps import STEPS, Step
from marketplace.web.seller.apply.words import STATUSES
from marketplace.web.ui.button import button
from marketplace.web.ui.confirm import confirm
from marketplace.web.ui.feedback import alert, skeleton_card
from marketplace.web.ui.fields import textarea_field
from marketplace.web.ui.form import form
from marketplace.web.ui.icon import icon
from marketplace.web.ui.layout import card, page_header
from marketplace.web.ui.status import status_of
from marketplace.web.ui.values import moment, progress

GUIDE = (
    ("store", N_("Complete the shop's profile"), "/seller/store"),
    ("package-plus", N_("Add your first listing"), "/seller/listings"),
    ("user-plus", N_("Bring your team in"), "/seller/team"),
)


def status() -> rx.Component:
    app = ApplyState.app
    return rx.el.div(
        page_header(
            N_("Your application"),
            beside=(rx.cond(ApplyState.is_there, status_of(app.status, STATUSES)),),
        ),
        rx.cond(
            ApplyState.is_loaded,
            rx.match(
                app.status,
                ("draft", _draft()),
                ("submitted", _sent()),
                ("in_review", _sent()),
                ("changes_requested", _to_fix()),
                ("approved", _approved()),
                ("rejected", _rejected()),
                _start(),
            ),
            skeleton_card(6),
        ),
        class_name="stack max-w-[760px] mx-auto",
    )


def _start() -> rx.Component:
    return card(
        rx.el.p(
            t("Six short steps. What you enter is saved, and you can come back at any time."),
            class_name="lead",
        ),
        rx.el.ol(*[_step(step) for step in STEPS], class_name="grid gap-3"),
        rx.el.div(
            button(
                N_("Start the application"),
                variant="primary",
                icon="arrow-right",
                on_click=ApplyState.begin,
            ),
            button(N_("Fees and needs"), variant="quiet", href="/sell", server=True),
            class_name="row pt-2",
        ),
        title=N_("Open a shop on Jishi"),
    )


def _step(step: Step) -> rx.Component:
    return rx.el.li(
        rx.el.span(str(step.number), aria_hidden="true", class_name="avatar"),
        rx.el.span(
            rx.el.span(t(step.title), class_name="block h3"),
            rx.el.span(t(step.about), class_name="meta"),
        ),
        class_name="flex items-center gap-3",
    )


def _draft() -> rx.Component:
    app = ApplyState.app
    gone = confirm(
        button(N_("Delete the draft"), variant="quiet"),
        title=N_("Delete the draft?"),
        consequence=N_("Everything you entered and every file is deleted. You can start anew."),
        verb=N_("Delete the draft"),
        on_confirm=ApplyState.discard(app.id, app.version),
    )
    return card(
        progress(ApplyState.done.length(), len(STEPS), label=N_("Steps done"), is_labelled=True),
        rx.el.p(
            t(
                "Last saved {when}. Nobody reads it before you submit it.",
                when=_day(app.updated_at),
            ),
            class_name="lead",
        ),
        rx.el.div(
            button(N_("Continue"), variant="primary", icon="arrow-right", href=ApplyState.go_to),
            gone,
            class_name="row",
        ),
        title=N_("Your draft"),
    )


def _sent() -> rx.Component:
    day = i18n.moment(ApplyState.promised, "day")
    return rx.fragment(
        rx.cond(
            ApplyState.is_late,
            alert(
                t("We promised an answer by {day} and are late. It is near the top now.", day=day),
                level="warn",
                title=N_("We have your application"),
            ),
            alert(
                t("You hear from us by {day}, by e-mail and here.", day=day),
                level="info",
                title=N_("We have your application"),
            ),
        ),
        _progress(),
        summary(is_open=False),
    )


def _to_fix() -> rx.Component:
    return rx.fragment(
        alert(
            rx.cond(ApplyState.app.note != "", ApplyState.app.note, t("See each item below.")),
            level="warn",
            title=N_("Please change a few things"),
        ),
        card(
            rx.el.ul(rx.foreach(ApplyState.returned, _returned), class_name="grid gap-4"),
            rx.el.div(
                rx.cond(
                    ApplyState.returned.length() > 0,
                    button(
                        tn("Fix {n} item", "Fix {n} items", ApplyState.returned.length()),
                        variant="primary",
                        icon="arrow-right",
                        href=ApplyState.go_to,
                    ),
                    button(
                        N_("Check and send again"),
                        variant="primary",
                        icon="arrow-right",
                        href=ApplyState.go_to,
                    ),
                ),
                class_name="row pt-1",
            ),
            title=N_("What is to be fixed"),
            subtitle=N_("Everything else stays as it is."),
        ),
        _documents(),
    )


def _returned(row: rx.vars.ObjectVar[RequirementRow]) -> rx.Component:
    return rx.el.li(
        rx.el.span(icon("triangle-alert", 16), class_name="text-[var(--warn)] mt-0.5"),
        rx.el.span(
            rx.el.span(rx.cond(locale() == "zh-CN", row.name_zh, row.name), class_name="block h3"),
            rx.cond(row.note != "", rx.el.span(row.note, class_name="block lead")),
            rx.foreach(row.fields, lambda note: rx.el.span(note.note, class_name="block lead")),
        ),
        class_name="flex gap-3",
    )


def _approved() -> rx.Component:
    return rx.fragment(
        alert(
            t("Your shop exists, and buyers will find it once its first listing is live."),
            level="good",
            title=N_("Welcome to Jishi"),
            action=button(
                N_("Enter the seller portal"), variant="primary", href="/seller", server=True
            ),
        ),
        card(
            rx.el.ol(*[_guide(*line) for line in GUIDE]),
            title=N_("What to do first"),
            is_flush=False,
        ),
    )


def _guide(symbol: str, text: str, href: str) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            rx.el.span(icon(symbol), class_name="avatar"),
            rx.el.span(t(text), class_name="flex-1"),
            icon("chevron-right", 16),
            href=href,
            reload_document=True,
            class_name="flex items-center gap-3 py-2.5 hover:underline",
        ),
    )


def _rejected() -> rx.Component:
    app = ApplyState.app
    known = rx.match(app.reason, *[(code, t(text)) for code, text in REASONS.items()], app.reason)
    reason = cast(rx.Var[str], known)
    return rx.fragment(
        alert(
            rx.cond(app.note != "", app.note, t("There is no further note.")),
            level="bad",
            title=reason,
        ),
        rx.cond(app.appeal != "", _appeal_sent(), rx.cond(app.may_appeal, _appeal())),
        card(
            rx.cond(
                app.may_apply_again,
                rx.el.div(
                    rx.el.p(t("Your earlier answers come along."), class_name="lead flex-1"),
                    button(N_("Apply again"), on_click=ApplyState.begin),
                    class_name="row",
                ),
                rx.el.p(
                    rx.cond(
                        (app.appeal != "") & (app.appeal_answer == ""),
                        t("Once your appeal is answered."),
                        t("You may apply again from {day}.", day=_day(app.again_from)),
                    ),
                    class_name="lead",
                ),
            ),
            title=N_("A new application"),
        ),
        _progress(),
    )


def _appeal() -> rx.Component:
    app = ApplyState.app
    return card(
        form(
            textarea_field(
                N_("Why should we look again?"),
                "text",
                hint=N_("Somebody else than the first reviewer reads it. You can appeal once."),
                max_length=4000,
                min_length=10,
            ),
            rx.el.div(button(N_("Send the appeal"), type="submit"), class_name="row"),
            on_submit=lambda data: ApplyState.appeal(app.id, data),
            no_validate=True,
        ),
        title=N_("Appeal"),
        subtitle=t("until {day}", day=_day(app.appeal_until)),
    )


def _appeal_sent() -> rx.Component:
    app = ApplyState.app
    return card(
        rx.el.p(app.appeal, class_name="whitespace-pre-line"),
        rx.cond(
            app.appeal_answer != "",
            alert(app.appeal_answer, level="info", title=N_("Our answer")),
            rx.el.p(t("We are looking at it."), class_name="lead"),
        ),
        title=N_("Your appeal"),
    )


def _documents() -> rx.Component:
    return card(
        rx.el.ul(rx.foreach(ApplyState.documents, document_line), class_name="grid gap-3"),
        title=N_("Documents"),
    )


def _progress() -> rx.Component:
    """What happened so far, newest first."""
    return card(
        rx.el.ul(
            rx.foreach(
                ApplyState.app.history,
                lambda move: rx.el.li(
                    status_of(move.to_state, STATUSES),
                    moment(move.at, "short"),
                    class_name="flex items-center justify-between gap-3 text-[13px]",
                ),
            ),
            class_name="grid gap-3",
        ),
        title=N_("So far"),
    )


def _day(iso: rx.Var[str]) -> rx.Var[str]:
    return i18n.moment(iso, "short")
