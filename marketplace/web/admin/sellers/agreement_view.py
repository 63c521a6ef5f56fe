"""The version that holds today, earlier ones folded, and the dialog that writes the next."""

from typing import Any

import reflex as rx

from marketplace.domain.access.models import Permission
from marketplace.domain.sellers.queries.agreements import AgreementVersion
from marketplace.kit.languages import N_
from marketplace.web.i18n import t, tn
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button
from marketplace.web.ui.dialog import closes, dialog
from marketplace.web.ui.feedback import alert, empty_state, skeleton_card
from marketplace.web.ui.fields import textarea_field
from marketplace.web.ui.layout import card, page_header
from marketplace.web.ui.status import status
from marketplace.web.ui.values import moment

FORM = "agreement"
MAY = Permission.SELLERS_MANAGE.value
LONGEST = 40_000


def agreement_page(state: Any) -> rx.Component:
    may = ShellState.permissions.contains(MAY)
    return rx.el.div(
        page_header(
            N_("Seller agreement"),
            rx.cond(
                may,
                button(N_("New version"), icon="plus", variant="primary", on_click=state.begin),
            ),
            subtitle=N_(
                "What sellers accept when they apply. A version is never changed, only followed "
                "by the next."
            ),
        ),
        rx.cond(
            state.is_loaded,
            rx.cond(
                state.rows.length() > 0,
                rx.el.ul(rx.foreach(state.rows, _version), class_name="stack"),
                rx.el.div(
                    empty_state(
                        "scroll-text",
                        N_("No agreement yet"),
                        N_("Nobody can hand in an application before there is one."),
                    ),
                    class_name="card",
                ),
            ),
            skeleton_card(8),
        ),
        _dialog(state, may),
        class_name="stack",
    )


def _version(row: rx.vars.ObjectVar[AgreementVersion], place: rx.Var[int]) -> rx.Component:
    """The newest one open, the others to be opened."""
    return rx.el.li(
        card(
            rx.cond(
                place == 0,
                _texts(row),
                rx.el.details(
                    rx.el.summary(t("Read it"), class_name="link text-[13px] cursor-pointer w-fit"),
                    rx.el.div(_texts(row), class_name="mt-3"),
                ),
            ),
            title=t("Version {version}", version=row.version),
            subtitle=_facts(row),
            actions=(rx.cond(place == 0, status(N_("Holds today"), "good", icon="circle-check")),),
        ),
        key=row.version.to_string(),
    )


def _facts(row: rx.vars.ObjectVar[AgreementVersion]) -> rx.Component:
    return rx.el.span(
        t("Published"),
        " ",
        moment(row.published_at, "day"),
        " · ",
        tn(
            "{n} application handed in under it",
            "{n} applications handed in under it",
            row.accepted,
        ),
    )


def _texts(row: rx.vars.ObjectVar[AgreementVersion]) -> rx.Component:
    def side(language: str, code: str, text: Any) -> rx.Component:
        return rx.el.section(
            rx.el.h3(t(language), class_name="meta mb-2"),
            rx.el.div(
                text,
                lang=code,
                tab_index=0,
                role="region",
                aria_label=t(language),
                class_name="sunken p-4 max-h-[420px] overflow-y-auto whitespace-pre-line "
                "text-[13px] leading-[1.7]",
            ),
            class_name="min-w-0",
        )

    return rx.el.div(
        side(N_("English"), "en", row.text),
        side(N_("Chinese"), "zh-CN", row.text_zh),
        class_name="grid gap-4 lg:grid-cols-2",
    )


def _dialog(state: Any, may: Any) -> rx.Component:
    newest = state.rows[0].to(AgreementVersion)
    is_first = state.rows.length() == 0

    def of(field: str) -> Any:
        return rx.cond(is_first, "", getattr(newest, field))

    follows = rx.cond(is_first, 0, newest.version)
    return dialog(
        N_("New version of the agreement"),
        rx.el.form(
            alert(
                rx.el.span(
                    t(
                        "It holds for every application from now on, and cannot be taken back. Shops "
                        "that are open keep the version they accepted."
                    ),
                    rx.cond(
                        ~is_first & (newest.drafts > 0),
                        rx.el.span(
                            " ",
                            tn(
                                "{n} draft that accepted the present one is asked again.",
                                "{n} drafts that accepted the present one are asked again.",
                                newest.drafts,
                            ),
                        ),
                    ),
                ),
                level="warn",
            ),
            textarea_field(
                N_("English"), "text", value=of("text"), max_length=LONGEST, rows=10, lang="en"
            ),
            textarea_field(
                N_("Chinese"),
                "text_zh",
                value=of("text_zh"),
                max_length=LONGEST,
                rows=10,
                lang="zh-CN",
            ),
            id=FORM,
            on_submit=lambda data: state.publish(follows, data),
            class_name="stack",
            key=follows.to_string(),
        ),
        footer=(
            closes(button(N_("Cancel"))),
            rx.cond(may, button(N_("Publish"), variant="primary", type="submit", form=FORM)),
        ),
        is_open=state.is_open,
        on_open_change=state.close,
        is_wide=True,
    )
