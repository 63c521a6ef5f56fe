"""Step 4: one place for each document that this kind of business and these categories need."""

import reflex as rx

from marketplace.domain.sellers.models import RequirementKind
from marketplace.domain.sellers.queries.requirements import RequirementRow
from marketplace.kit.languages import N_
from marketplace.web.i18n import locale, t
from marketplace.web.seller.apply.layout import step_foot, step_page
from marketplace.web.seller.apply.state import ApplyState
from marketplace.web.seller.apply.steps import step_of
from marketplace.web.seller.apply.words import VERDICTS
from marketplace.web.ui.feedback import alert, empty_state
from marketplace.web.ui.fields import field_error
from marketplace.web.ui.media import drop
from marketplace.web.ui.status import badge, status_of

Row = rx.vars.ObjectVar[RequirementRow]


def documents() -> rx.Component:
    return step_page(
        "documents",
        alert(
            t("A photo from your phone will do: all four corners in the picture, nothing blurred."),
            level="info",
        ),
        rx.cond(
            ApplyState.documents.length() > 0,
            rx.el.ul(rx.foreach(ApplyState.documents, _slot), class_name="stack"),
            rx.el.div(
                empty_state(
                    "file-check",
                    N_("No documents are needed"),
                    N_("Your kind of business and categories ask for none."),
                ),
                class_name="card",
            ),
        ),
        field_error("expires_on"),
        field_error("media_id"),
        step_foot(step_of("documents"), on_next=ApplyState.leave_documents),
    )


def _slot(row: Row) -> rx.Component:
    """While changes are asked for, only what they are asked of is here."""
    is_chinese = locale() == "zh-CN"
    name = rx.cond(is_chinese, row.name_zh, row.name)
    return rx.cond(
        ApplyState.is_fixing & ~ApplyState.opened.contains(row.id),
        rx.fragment(),
        rx.el.li(
            rx.el.div(
                rx.el.h2(name, class_name="h2"),
                rx.cond(row.is_required, rx.fragment(), badge(N_("optional"))),
                status_of(row.verdict, VERDICTS),
                class_name="row",
            ),
            rx.el.p(rx.cond(is_chinese, row.help_zh, row.help), class_name="lead empty:hidden"),
            rx.cond(
                (row.verdict == "rejected") & (row.note != ""),
                alert(row.note, level="warn", title=N_("From our reviewer")),
            ),
            rx.cond(row.kind == RequirementKind.ATTESTATION, _word(row, name), _file(row, name)),
            class_name="apply-slot card card-body stack !p-5",
        ),
    )


def _file(row: Row, name: rx.Var[str]) -> rx.Component:
    return rx.el.div(
        drop(
            name,
            purpose="document",
            hat="person",
            file=ApplyState.files[row.id],
            is_disabled=~row.is_editable,
            on_done=lambda media_id: ApplyState.place_file(ApplyState.app.id, row.id, media_id),
            on_remove=ApplyState.take_back(ApplyState.app.id, row.id),
        ),
        rx.cond(row.expires, _expiry(row)),
        class_name="stack",
    )


def _expiry(row: Row) -> rx.Component:
    """Asked for beside the file; the document counts as handed in once both are there."""
    field = f"field-expires-{row.id}"
    return rx.el.div(
        rx.el.label(t("Valid until"), html_for=field, class_name="label"),
        rx.el.input(
            type="date",
            id=field,
            default_value=row.expires_on,
            disabled=~row.is_editable,
            on_change=lambda day: ApplyState.set_expiry(ApplyState.app.id, row.id, day),
            class_name="input max-w-[200px]",
        ),
        rx.cond(
            ApplyState.waiting.contains(row.id),
            rx.el.p(
                t("Please enter the date on the document; then it is handed in."),
                role="status",
                class_name="text-[12px] font-medium text-[var(--warn-ink)]",
            ),
        ),
        class_name="field",
    )


def _word(row: Row, name: rx.Var[str]) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            checked=row.submission_id != "",
            disabled=~row.is_editable,
            on_change=lambda is_true: rx.cond(
                is_true,
                ApplyState.confirm(ApplyState.app.id, row.id),
                ApplyState.take_back(ApplyState.app.id, row.id),
            ),
        ),
        rx.el.span(t("I confirm: {what}", what=name)),
        class_name="check",
    )
