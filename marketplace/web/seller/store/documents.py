"""Seller / Store / Documents: what the shop handed in, until when it counts, and a newer one."""

from datetime import date

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.sellers.queries import shop
from marketplace.domain.sellers.queries.shop import DocumentRow
from marketplace.domain.sellers.service import documents as service
from marketplace.kit import clock
from marketplace.kit.errors import Invalid
from marketplace.kit.languages import N_
from marketplace.kit.text import Id
from marketplace.web import i18n
from marketplace.web.guard.policy import allows
from marketplace.web.i18n import locale, t, tn
from marketplace.web.messages import clear_errors, say
from marketplace.web.seller.store.forms import Renewal
from marketplace.web.seller.store.standing import StandingState, banners
from marketplace.web.session import current_member
from marketplace.web.ui.button import button
from marketplace.web.ui.dialog import dialog
from marketplace.web.ui.feedback import alert, empty_state, skeleton_card
from marketplace.web.ui.fields import text_field
from marketplace.web.ui.form import form
from marketplace.web.ui.layout import page_header
from marketplace.web.ui.media import document_link, drop
from marketplace.web.ui.status import Status, badge, status, status_of

STATES = {
    "incomplete": Status(N_("Missing"), "bad", "file-x"),
    "pending": Status(N_("Waiting for review"), "info", "hourglass"),
    "complete": Status(N_("Accepted"), "good"),
    "rejected": Status(N_("To be fixed"), "bad"),
    "expired": Status(N_("Expired"), "bad", "calendar-x"),
}

Row = rx.vars.ObjectVar[DocumentRow]


class DocumentsState(rx.State):
    """The own shop's, and the one being replaced."""

    is_loaded: rx.Field[bool] = rx.field(False)
    rows: rx.Field[list[DocumentRow]] = rx.field(default_factory=list)
    chosen: rx.Field[DocumentRow | None] = rx.field(None)
    is_open: rx.Field[bool] = rx.field(False)

    @rx.event(supersedes=True)
    @allows(Audience.SELLER, Permission.SHOP_MANAGE)
    async def load(self):
        self.rows = (await db.read(shop.documents, await current_member(self)))[:50]
        self.is_loaded, self.is_open = True, False
        return StandingState.load

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_MANAGE)
    async def choose(self, requirement_id: Id):
        rows = await db.read(shop.documents, await current_member(self))
        self.chosen = next((row for row in rows if row.requirement_id == requirement_id), None)
        self.is_open = self.chosen is not None
        return clear_errors()

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_MANAGE)
    async def close(self, is_open: bool):
        self.is_open = is_open

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_MANAGE, is_change=True)
    async def renew(self, requirement_id: Id, form_data: Renewal):
        file, expires_on = form_data.media_id, _day(form_data.expires_on)
        await db.run(
            service.renew, await current_member(self), requirement_id, file, expires_on,
            at=clock.now(),
        )  # fmt: skip
        return [DocumentsState.load, say(N_("Handed in. We look at it soon."))]

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_MANAGE, is_change=True)
    async def confirm(self, requirement_id: Id):
        """An attestation: the shop's word, without a file."""
        member, at = await current_member(self), clock.now()
        await db.run(service.renew, member, requirement_id, "", None, at=at)
        return [DocumentsState.load, say(N_("Confirmed."))]


def page() -> rx.Component:
    return rx.el.div(
        page_header(
            N_("Documents"),
            subtitle=N_(
                "Only our reviewers open them. The old one counts until a new one is accepted."
            ),
        ),
        banners(),
        rx.cond(
            DocumentsState.is_loaded,
            rx.cond(
                DocumentsState.rows.length() > 0,
                rx.el.ul(rx.foreach(DocumentsState.rows, _row), class_name="card"),
                rx.el.div(
                    empty_state(
                        "file-check",
                        N_("No documents on file"),
                        N_("When the shop needs one, it is listed here with its deadline."),
                    ),
                    class_name="card",
                ),
            ),
            skeleton_card(6),
        ),
        _dialog(),
        class_name="stack",
    )


def _row(row: Row) -> rx.Component:
    is_chinese = locale() == "zh-CN"
    name = rx.cond(is_chinese, row.name_zh, row.name)
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.h2(name, class_name="h3"),
                rx.cond(row.is_required, rx.fragment(), badge(N_("optional"))),
                rx.cond(
                    (row.state == "incomplete") & ~row.is_required,
                    status(N_("Not handed in")),
                    status_of(row.state, STATES),
                ),
                class_name="row",
            ),
            rx.cond(
                row.file_name != "",
                rx.el.p(document_link(row.media_id, row.file_name), class_name="text-[13px]"),
                rx.el.p(rx.cond(is_chinese, row.help_zh, row.help), class_name="meta"),
            ),
            _until(row),
            _renewal(row),
            rx.cond((row.note != "") & (row.state == "rejected"), alert(row.note, level="bad")),
            class_name="min-w-0 flex-1 grid gap-1.5",
        ),
        rx.cond(row.kind == "attestation", _confirming(row, name), _replacing(row, name)),
        class_name="list-row !items-start",
    )


def _replacing(row: Row, name: rx.Var[str]) -> rx.Component:
    return button(
        rx.cond(row.submission_id != "", t("Replace"), t("Hand in")),
        aria_label=rx.cond(
            row.submission_id != "",
            t("Replace: {name}", name=name),
            t("Hand in: {name}", name=name),
        ),
        is_small=True,
        on_click=DocumentsState.choose(row.requirement_id),
    )


def _confirming(row: Row, name: rx.Var[str]) -> rx.Component:
    """A word of the shop's needs no file, and is not given twice."""
    is_given = (row.state == "complete") | (row.state == "pending")
    return rx.cond(
        is_given,
        rx.fragment(),
        button(
            N_("Confirm"),
            aria_label=t("Confirm: {name}", name=name),
            is_small=True,
            on_click=DocumentsState.confirm(row.requirement_id),
        ),
    )


def _until(row: Row) -> rx.Component:
    days = row.days_left.to(int)
    left = rx.cond(
        days < 0,
        t("Ended on {day}", day=i18n.moment(row.expires_on, "day")),
        t("Valid until {day}", day=i18n.moment(row.expires_on, "day")),
    )
    soon = (days >= 0) & (days <= 60)
    return rx.fragment(
        rx.cond(
            row.expires_on != "",
            rx.el.p(
                left,
                rx.cond(
                    soon,
                    rx.el.span(
                        " · ",
                        tn("{n} day left", "{n} days left", row.days_left),
                        class_name="font-medium text-[var(--warn-ink)]",
                    ),
                ),
                class_name="meta",
            ),
        ),
        rx.cond(
            row.due_at != "",
            rx.el.p(
                t("New for your shop: hand it in by {day}.", day=i18n.moment(row.due_at, "day")),
                class_name="text-[12px] font-medium text-[var(--warn-ink)]",
            ),
        ),
    )


def _renewal(row: Row) -> rx.Component:
    shown = rx.match(
        row.renewal_verdict,
        ("pending", rx.el.div(status(N_("A newer one waits for review"), "info"))),
        (
            "rejected",
            alert(row.renewal_note, level="bad", title=N_("The newer one was not accepted")),
        ),
        rx.fragment(),
    )
    return rx.fragment(shown)


def _dialog() -> rx.Component:
    row = DocumentsState.chosen
    name = rx.cond(locale() == "zh-CN", row.name_zh, row.name)
    return dialog(
        name,
        form(
            drop(N_("File"), purpose="document", hat="seller", name="media_id"),
            rx.cond(row.expires, text_field(N_("Valid until"), "expires_on", kind="date")),
            on_submit=lambda data: DocumentsState.renew(row.requirement_id, data),
            name="renew-document",
            no_validate=True,
        ),
        description=N_("The one on file stays valid until we have accepted the new one."),
        footer=(
            button(N_("Cancel"), on_click=DocumentsState.close(False)),
            button(N_("Hand in"), variant="primary", type="submit", form="renew-document"),
        ),
        is_open=DocumentsState.is_open,
        on_open_change=DocumentsState.close,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid({"expires_on": N_("This day does not exist.")}) from None
