"""Admin / Mail: every letter, what became of it, its text, and sending it again (ux.md AD-46)."""

from dataclasses import dataclass

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.notifications import queries, service
from marketplace.domain.notifications.models import MailStatus
from marketplace.domain.notifications.queries import MailRow
from marketplace.flows.send_letters import show
from marketplace.integrations import local_text
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.kit.text import Id
from marketplace.web.guard.policy import allows
from marketplace.web.i18n import moment, t
from marketplace.web.messages import say
from marketplace.web.session import current_staff
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button
from marketplace.web.ui.drawer import drawer
from marketplace.web.ui.index_page import BuiltIn, Choice, Column, Empty, Index, Listing, index_page

STATUSES = {
    MailStatus.WAITING.value: N_("Waiting"),
    MailStatus.SENT.value: N_("Sent"),
    MailStatus.FAILED.value: N_("Failed"),
}
TEMPLATES = {
    "verify_email": N_("Confirm an address"),
    "account_exists": N_("Account exists"),
    "reset_password": N_("New password asked for"),
    "password_changed": N_("Password changed"),
    "email_change_confirm": N_("Confirm a new address"),
    "email_changed": N_("Address changed"),
    "invitation_staff": N_("Invitation to the staff"),
    "invitation_member": N_("Invitation to a shop"),
    "new_sign_in": N_("New sign-in"),
    "two_step_changed": N_("Two-step sign-in changed"),
    "two_step_reset": N_("Two-step reset asked for"),
    "application_received": N_("Application received"),
    "application_waiting": N_("Application: left unfinished"),
    "application_changes": N_("Application: changes asked for"),
    "application_approved": N_("Application approved"),
    "application_rejected": N_("Application rejected"),
    "appeal_granted": N_("Application: appeal granted"),
    "appeal_denied": N_("Application: appeal turned down"),
    "shop_restricted": N_("Shop restricted"),
    "shop_lifted": N_("Restriction lifted"),
    "shop_suspended": N_("Shop suspended"),
    "shop_reinstated": N_("Suspension ended"),
    "shop_appeal_denied": N_("Shop: appeal turned down"),
    "shop_closing": N_("Shop closing"),
    "shop_closed": N_("Shop closed"),
    "shop_terminated": N_("Contract ended"),
    "document_expiring": N_("Document ends soon"),
    "document_expired": N_("Document ended"),
    "document_rejected": N_("Document not accepted"),
    "requirement_new": N_("New requirement"),
}


@dataclass(frozen=True, slots=True)
class OpenLetter:
    """The letter in the drawer. `is_local`: read from the local folder, with its link."""

    id: str = ""
    address: str = ""
    subject: str = ""
    text: str = ""
    error: str = ""
    is_local: bool = False
    can_send_again: bool = False


class MailState(rx.State):
    """One page of letters, and the one that is open beside it."""

    rows: rx.Field[list[MailRow]] = rx.field(default_factory=list)
    listing: rx.Field[Listing] = rx.field(default_factory=Listing)
    letter: rx.Field[OpenLetter] = rx.field(default_factory=OpenLetter)
    is_open: rx.Field[bool] = rx.field(False)

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.MAIL_READ)
    async def load(self):
        self.rows, self.listing = await MAIL.answer(
            self, queries.list_mail, await current_staff(self)
        )

    @rx.event
    @allows(Audience.STAFF, Permission.MAIL_READ)
    async def open_letter(self, mail_id: Id):
        row = await db.read(queries.mail_row, await current_staff(self), mail_id)
        letter = await db.read(show, await current_staff(self), mail_id)
        self.letter, self.is_open = _opened(row, letter.subject, letter.text), True

    @rx.event
    @allows(Audience.STAFF, Permission.MAIL_READ)
    async def show(self, is_open: bool):
        self.is_open = is_open

    @rx.event
    @allows(Audience.STAFF, Permission.MAIL_MANAGE, is_change=True)
    async def send_again(self, mail_id: Id):
        await db.run(service.send_again, await current_staff(self), mail_id, at=clock.now())
        self.is_open = False
        return [MailState.load, say(N_("It will be sent again within seconds."))]


def _opened(row: MailRow, subject: str, text: str) -> OpenLetter:
    local = local_text(row.id)
    return OpenLetter(
        row.id, row.address, subject, local or text, row.error, bool(local), row.can_send_again
    )


def _status(row: rx.vars.ObjectVar[MailRow]) -> rx.Component:
    shown = rx.match(
        row.status,
        (MailStatus.SENT.value, rx.el.span(t("Sent"), class_name="pill pill-good")),
        (MailStatus.FAILED.value, rx.el.span(t("Failed"), class_name="pill pill-bad")),
        rx.el.span(t("Waiting"), class_name="pill pill-info"),
    )
    return rx.fragment(shown)


def _template(row: rx.vars.ObjectVar[MailRow]) -> rx.Component:
    named = [(code, t(title)) for code, title in TEMPLATES.items()]
    return rx.el.span(rx.match(row.template, *named, row.template))


MAIL = Index(
    page="/admin/mail",
    audience=Audience.STAFF,
    permission=Permission.MAIL_READ,
    title=N_("Mail"),
    columns=(
        Column("letter", N_("Letter"), _template),
        Column("to", N_("To"), lambda row: row.address),
        Column("status", N_("Status"), _status, on_phone="status"),
        Column("created", N_("Written"), lambda row: moment(row.created_at), sort="created_at"),
        Column(
            "sent", N_("Sent"), lambda row: rx.cond(row.sent_at != "", moment(row.sent_at), "–")
        ),
        Column("locale", N_("Language"), lambda row: row.locale, on_phone="hidden"),
    ),
    sorts=queries.MAIL_SORTS,
    filters=(
        Choice("status", N_("Status"), STATUSES),
        Choice("template", N_("Letter"), TEMPLATES),
    ),
    built_in=(BuiltIn("failed", N_("Failed"), "status=failed"),),
    searches=N_("Search subjects and addresses"),
)


def page() -> rx.Component:
    letter = MailState.letter
    return rx.el.div(
        index_page(
            MAIL,
            MailState,
            MailState.rows,
            name=lambda row: row.address,
            on_open=lambda row: MailState.open_letter(row.id),
            empty=Empty(
                N_("No mail yet"), N_("Letters to people appear here as they are written.")
            ),
        ),
        drawer(
            rx.cond(letter.subject != "", letter.subject, t("Letter")),
            rx.el.p(t("To {address}", address=letter.address), class_name="meta mb-3"),
            rx.cond(letter.error != "", rx.el.p(letter.error, class_name="alert alert-bad mb-3")),
            rx.el.div(
                letter.text, class_name="card card-body whitespace-pre-wrap break-words text-[14px]"
            ),
            rx.el.p(
                rx.cond(
                    letter.is_local,
                    t("Mail stays on this computer, so you see the letter as it was written."),
                    t("Private links are never shown here."),
                ),
                class_name="meta mt-3",
            ),
            footer=(
                rx.cond(
                    letter.can_send_again
                    & ShellState.permissions.contains(Permission.MAIL_MANAGE.value),
                    button(N_("Send again"), icon="send", on_click=MailState.send_again(letter.id)),
                ),
            ),
            is_open=MailState.is_open,
            on_open_change=MailState.show,
        ),
    )
