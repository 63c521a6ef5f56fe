"""Around the editor's script: where the listing stands, what was said about it, what waits."""

from typing import Any

import reflex as rx

from marketplace.domain.access.models import Permission
from marketplace.kit.languages import N_
from marketplace.web.i18n import moment, number, t, tn
from marketplace.web.messages import MessageState
from marketplace.web.seller.listings.difference import difference
from marketplace.web.seller.listings.pieces import ListingEditor
from marketplace.web.seller.listings.screen import Appealed, Comment, Missing
from marketplace.web.seller.listings.wording import STATUSES, spoken
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button
from marketplace.web.ui.dialog import closes, dialog
from marketplace.web.ui.feedback import alert
from marketplace.web.ui.fields import textarea_field
from marketplace.web.ui.layout import card, page_header
from marketplace.web.ui.media import drop, gallery
from marketplace.web.ui.status import status_of

SECTIONS = ("basics", "media", "attributes", "variants", "description", "shipping", "seo")
APPEAL = "appeal"


def editor(state: Any) -> rx.Component:
    data = state.data
    title = spoken(state.told.title, state.told.title_zh)
    return rx.el.div(
        page_header(
            rx.cond(title != "", title, t("New listing")),
            button(
                N_("Versions"),
                icon="history",
                href=f"/seller/listings/{data.id}/versions",
            ),
            crumbs=((N_("Listings"), "/seller/listings"),),
            beside=(rx.cond(data.status != "", _status(state)),),
        ),
        _banners(state),
        ListingEditor.create(
            _rail(state),
            gallery(state.pictures, on_change=state.arrange),
            rx.cond(
                ShellState.permissions.contains(Permission.SHOP_MANAGE.value),
                drop(
                    N_("Add a document"),
                    purpose="document",
                    hat="seller",
                    on_done=state.add_document,
                    is_required=False,
                ),
                rx.el.p(
                    t("Somebody who may manage the shop can add documents."), class_name="hint"
                ),
            ),
            data=data,
            fields=state.fields,
            category=state.category,
            categories=state.categories,
            brand=state.brand,
            brands=state.brands,
            templates=state.templates,
            pictures=state.pictures,
            documents=state.documents,
            previews=state.previews,
            hints=state.hints,
            guesses=state.guesses,
            conflict=state.conflict,
            errors=MessageState.errors,
            error_words=MessageState.error_words,
            on_save=lambda listing_id, version, content, stock, alerts, then: state.save(  # noqa: PLW0108
                listing_id, version, content, stock, alerts, then
            ),
            on_compare=lambda listing_id, content: state.compare(  # noqa: PLW0108
                listing_id, content
            ),
            on_reload=state.load,
            on_find_category=state.find_category,
            on_choose_category=state.choose_category,
            on_find_brand=state.find_brand,
            on_preview=state.preview,
            on_check=state.check,
        ),
        _appeal_dialog(state),
        _comparison(state),
        class_name="stack",
    )


def _status(state: Any) -> rx.Component:
    has_waiting = (state.data.status == "live") & (state.told.change_id != "")
    return status_of(rx.cond(has_waiting, "live_edit", state.data.status), STATUSES)


def _banners(state: Any) -> rx.Component:
    """What is on sale and what waits; what was refused and why; what was taken down."""
    told, data = state.told, state.data
    withdraw = button(
        N_("Withdraw the edit"), is_small=True, on_click=state.withdraw(told.change_id)
    )
    waits = alert(
        rx.cond(
            data.is_live,
            t("What is on sale stays as it is until the edit is approved."),
            t("You will hear from us. You can take it back to go on editing."),
        ),
        _changed(told.change_fields),
        level="info",
        title=t("Waiting for a review, sent in {when}", when=moment(told.change_since)),
        action=rx.cond(told.may_withdraw, withdraw),
    )
    unsent = alert(
        N_("Buyers see the last approved version. Publish the changes, or go back to it."),
        level="info",
        title=N_("You have changes that are not on sale yet"),
        action=button(
            N_("Go back to what is on sale"),
            is_small=True,
            on_click=state.discard(data.id, data.version),
        ),
    )
    return rx.el.div(
        rx.cond(data.status == "taken_down", _taken_down(state)),
        rx.cond(
            ((data.status == "rejected") | (data.status == "needs_changes"))
            | (data.is_live & (told.note != "") & (data.status != "taken_down")),
            _sent_back(state),
        ),
        rx.cond(told.change_id != "", waits, rx.cond(data.is_live & told.has_draft, unsent)),
        class_name="stack-sm empty:hidden",
    )


def _taken_down(state: Any) -> rx.Component:
    """Which rule, why here, what it cost, and the way to say it is a mistake."""
    told = state.told
    until = t(
        "It counts until {day}; the more points a shop has, the less it may do.",
        day=moment(told.points_until, "day"),
    )
    cost = rx.cond(
        told.points > 0,
        rx.el.p(tn("{n} point against the shop.", "{n} points against the shop.", told.points),
                " ", until),
    )  # fmt: skip
    return alert(
        rx.el.p(rx.el.strong(_reason(told)), rx.el.span(_advice(told), class_name="ml-1.5")),
        rx.el.p(told.note, class_name="whitespace-pre-line empty:hidden"),
        rx.fragment(cost),
        rx.el.p(t("Correct what is named and submit it again, or appeal if it is a mistake.")),
        _appeals(told),
        level="bad",
        title=N_("Taken down by the marketplace"),
        action=rx.cond(told.may_appeal, _appeal_button(state)),
    )


def _appeal_button(state: Any) -> rx.Component:
    return button(N_("Appeal"), is_small=True, on_click=state.show_appeal(True))


def _appeals(told: Any) -> rx.Component:
    """Everything the shop said against decisions about this listing, with the answers."""
    return rx.cond(
        told.appeals.length() > 0,
        rx.el.details(
            rx.el.summary(
                rx.cond(
                    told.appeals[0].status == "open",
                    t("Your appeal is being looked at."),
                    tn("{n} appeal, with its answer", "{n} appeals, with their answers",
                       told.appeals.length()),
                ),
                class_name="cursor-pointer font-medium",
            ),
            rx.el.ol(rx.foreach(told.appeals, _appealed), class_name="grid gap-3 mt-2"),
        ),
    )  # fmt: skip


def _appealed(row: rx.vars.ObjectVar[Appealed]) -> rx.Component:
    outcome = rx.match(
        row.status,
        ("granted", t("Granted {when}: {answer}", when=moment(row.decided_at, "day"),
                      answer=row.answer)),
        ("upheld", t("The decision stands, {when}: {answer}", when=moment(row.decided_at, "day"),
                     answer=row.answer)),
        t("No answer yet."),
    )  # fmt: skip
    return rx.el.li(
        rx.el.p(t("Appeal of {when}", when=moment(row.at, "day")), class_name="font-medium"),
        rx.el.p(row.text, class_name="whitespace-pre-line"),
        rx.el.p(outcome, class_name="whitespace-pre-line"),
        key=row.id,
    )


def _sent_back(state: Any) -> rx.Component:
    told = state.told
    return alert(
        rx.el.p(rx.el.strong(_reason(told)), rx.el.span(_advice(told), class_name="ml-1.5")),
        rx.el.p(told.note, class_name="whitespace-pre-line empty:hidden"),
        rx.el.ul(rx.foreach(told.comments, _comment), class_name="list-disc pl-5 empty:hidden"),
        _appeals(told),
        level="warn",
        title=N_("Please change what is named and submit it again"),
        action=rx.cond(told.may_appeal, _appeal_button(state)),
    )


def _reason(told: Any) -> rx.Var[str]:
    """The policy's own words in the reader's language; the bare code only without them."""
    return rx.cond(
        told.reason_text != "", spoken(told.reason_text, told.reason_text_zh), told.reason
    )


def _advice(told: Any) -> rx.Var[str]:
    return spoken(told.advice, told.advice_zh)


def _comment(comment: rx.vars.ObjectVar[Comment]) -> rx.Component:
    return rx.el.li(
        rx.el.strong(t(comment.field)), ": ", rx.el.span(comment.text), key=comment.field
    )


def _changed(fields: rx.vars.ArrayVar[list[str]]) -> rx.Component:
    return rx.cond(
        fields.length() > 0,
        rx.el.p(
            t("Changed:"),
            rx.foreach(fields, lambda name: rx.el.span(" ", t(name), class_name="mr-1")),
        ),
    )


def _rail(state: Any) -> rx.Component:
    told = state.told
    return card(
        rx.el.div(
            rx.el.progress(value=told.quality, max=100, class_name="progress progress-accent",
                           aria_label=t("Quality score")),
            rx.el.strong(number(told.quality), class_name="tabular-nums"),
            class_name="flex items-center gap-3",
        ),
        rx.cond(
            told.missing.length() > 0,
            rx.el.ul(rx.foreach(told.missing, _missing), class_name="editor-checklist"),
            rx.el.p(t("Nothing is missing. Well done."), class_name="lead"),
        ),
        title=N_("Quality"),
        subtitle=N_("Counted when it is saved"),
    )  # fmt: skip


def _missing(point: rx.vars.ObjectVar[Missing]) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            t(point.message),
            href=f"#{point.code}",
            reload_document=True,
            custom_attrs={"data-section": point.code, "data-jump": point.field},
        ),
        rx.el.span("+", number(point.points), class_name="pill pill-good"),
        key=point.message,
    )


def _comparison(state: Any) -> rx.Component:
    return dialog(
        N_("What differs"),
        difference(
            state.difference,
            N_("What you typed says the same as what they saved."),
            before=N_("Theirs"),
            after=N_("Yours"),
        ),
        footer=(closes(button(N_("Close"))),),
        is_open=state.is_comparing,
        on_open_change=state.show_comparison,
        is_wide=True,
    )


def _appeal_dialog(state: Any) -> rx.Component:
    return dialog(
        N_("Appeal against taking it down"),
        rx.el.form(
            textarea_field(
                N_("Why it should be on sale"),
                "text",
                hint=N_("Somebody who did not decide before will read it."),
                max_length=4000,
            ),
            id=APPEAL,
            on_submit=lambda form: state.appeal(state.data.id, form),
        ),
        footer=(
            closes(button(N_("Cancel"))),
            button(N_("Send the appeal"), variant="primary", type="submit", form=APPEAL),
        ),
        is_open=state.is_appealing,
        on_open_change=state.show_appeal,
    )
