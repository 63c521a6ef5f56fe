"""The middle of the desk: what differs, side by side; or an appeal, or what readers reported."""

from typing import Any

import reflex as rx

from marketplace.kit.languages import N_
from marketplace.web.admin.moderation.differences import (
    papers_of,
    pictures_of,
    property_row,
    text_row,
)
from marketplace.web.admin.moderation.level import level_name
from marketplace.web.admin.moderation.opened_claims import appeal_opened, reported_opened
from marketplace.web.admin.moderation.opened_variants import variants
from marketplace.web.admin.moderation.queue import PAGE
from marketplace.web.i18n import locale, t
from marketplace.web.ui.button import button, link
from marketplace.web.ui.feedback import alert, empty_state
from marketplace.web.ui.icon import icon
from marketplace.web.ui.layout import card
from marketplace.web.ui.media import picture
from marketplace.web.ui.status import status
from marketplace.web.ui.tabs import Tab, segmented
from marketplace.web.ui.values import moment


def opened(state: Any) -> rx.Component:
    return rx.cond(
        state.review,
        _review(state),
        rx.cond(
            state.appeal,
            appeal_opened(state),
            rx.cond(
                (state.tab == "reported") & (state.key != ""),
                reported_opened(state),
                rx.cond(
                    state.is_loaded,
                    rx.el.div(
                        empty_state(
                            "inbox",
                            N_("Nothing is open"),
                            N_(
                                "What sellers hand in, readers report and sellers appeal opens here."
                            ),
                        ),
                        class_name="card",
                    ),
                ),
            ),
        ),
    )


def _review(state: Any) -> rx.Component:
    review = state.review
    return rx.el.article(
        _head(state),
        rx.cond(review.needs_rebase, _rebase(state)),
        rx.cond(
            review.is_open,
            rx.fragment(),
            rx.cond(review.needs_look, rx.fragment(), _decided(state)),
        ),
        rx.cond(
            review.texts.length() > 0,
            card(
                rx.foreach(review.texts, lambda row: text_row(review.kind, row)),
                title=N_("Text"),
                subtitle=N_("word by word"),
                is_flush=True,
            ),
        ),
        rx.cond(review.properties.length() > 0, _properties(state)),
        rx.cond(
            review.pictures_changed | (review.kind == "new"),
            card(
                rx.el.div(
                    rx.cond(
                        review.pictures_before.length() > 0,
                        pictures_of(N_("On sale now"), review.pictures_before),
                    ),
                    pictures_of(N_("Proposed"), review.pictures_after),
                    class_name="grid gap-4 sm:grid-cols-[repeat(auto-fit,minmax(220px,1fr))]",
                ),
                title=N_("Pictures"),
            ),
        ),
        rx.cond(review.papers.length() > 0, papers_of(review.papers)),
        variants(state),
        class_name="stack",
        aria_label=t("What is to be decided"),
    )


def _head(state: Any) -> rx.Component:
    review = state.review
    title = rx.cond(locale() == "zh-CN", review.title_zh, review.title).to(str)
    return rx.el.header(
        rx.el.a(
            icon("chevron-left", 14),
            t("Queue"),
            href=PAGE + "?tab=" + state.tab.to(str),
            class_name="link text-[13px] inline-flex items-center gap-1 lg:hidden mb-2",
        ),
        rx.el.div(
            picture(review.cover, "", size=56),
            rx.el.div(
                rx.el.div(
                    rx.el.h2(title, class_name="h2"),
                    rx.cond(
                        review.kind == "new",
                        status(N_("New listing"), "accent", icon="sparkles"),
                        status(N_("Edit of a live listing"), "info", icon="pencil"),
                    ),
                    rx.cond(
                        review.needs_look,
                        status(N_("On sale already"), "warn", icon="eye"),
                    ),
                    class_name="title-line",
                ),
                rx.el.p(
                    rx.cond(
                        (locale() == "zh-CN") & (review.seller.name_zh != ""),
                        review.seller.name_zh,
                        review.seller.name,
                    ),
                    " · ",
                    t("level {level}", level=level_name(review)),
                    " · ",
                    t("sent"),
                    " ",
                    moment(review.submitted_at, "short"),
                    rx.cond(review.submitted_by != "", " · " + review.submitted_by.to(str), ""),
                    class_name="meta",
                ),
                link(
                    "/admin/listings/" + review.listing_id.to(str),
                    N_("The listing and its history"),
                ),
                class_name="min-w-0",
            ),
            class_name="flex gap-3 items-start",
        ),
    )


def _rebase(state: Any) -> rx.Component:
    review = state.review
    return rx.cond(
        review.overlaps != "",
        alert(
            t("Both changed: {fields}. Ask the seller to edit again.", fields=review.overlaps),
            level="bad",
            title=N_("What is on sale changed since, in the same places"),
        ),
        alert(
            N_("Bring the edit up to date first; nothing of either is lost."),
            level="warn",
            title=N_("What is on sale changed since this was sent"),
            action=button(
                N_("Bring up to date"),
                is_small=True,
                on_click=state.rebase(review.id, review.version),
            ),
        ),
    )


def _decided(state: Any) -> rx.Component:
    review = state.review
    return alert(
        rx.el.span(review.note),
        title=rx.cond(
            review.decided_by != "",
            t("Decided by {name}", name=review.decided_by),
            t("No longer waiting"),
        ),
        level="info",
    )


def _properties(state: Any) -> rx.Component:
    review = state.review
    return card(
        rx.el.div(
            rx.el.table(
                rx.el.thead(
                    rx.el.tr(
                        rx.el.th(t("Attribute"), scope="col"),
                        rx.el.th(t("On sale now"), scope="col"),
                        rx.el.th(t("Proposed"), scope="col"),
                    )
                ),
                rx.el.tbody(
                    rx.foreach(
                        review.properties,
                        lambda row: rx.cond(
                            state.shows_all | row.is_changed | (review.kind == "new"),
                            property_row(row),
                        ),
                    )
                ),
                class_name="table",
            ),
            class_name="table-wrap relative",
            tab_index=0,
            role="region",
            aria_label=t("Attributes"),
        ),
        title=N_("Attributes"),
        subtitle=t(
            "{n} of {all} changed", n=review.properties_changed, all=review.properties.length()
        ),
        actions=(
            segmented(
                Tab(N_("Changed only"), is_on=~state.shows_all, on_click=state.show_all(False)),
                Tab(N_("All"), is_on=state.shows_all, on_click=state.show_all(True)),
                label=N_("Which attributes are shown"),
            ),
        ),
        is_flush=True,
    )
