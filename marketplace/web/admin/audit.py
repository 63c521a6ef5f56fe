"""Admin / Audit log: who did what, filtered, opened with its changes, exported (ux.md AD-43)."""

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.audit import queries
from marketplace.domain.audit.queries import AuditRow
from marketplace.domain.audit.rules import Change
from marketplace.flows.export_table import request_export
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.kit.text import Id
from marketplace.web.activity import action_text
from marketplace.web.guard.policy import allows
from marketplace.web.i18n import moment, t, tn
from marketplace.web.messages import say
from marketplace.web.session import current_staff
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button
from marketplace.web.ui.drawer import drawer
from marketplace.web.ui.index_page import (
    Choice,
    Column,
    Day,
    Empty,
    Index,
    Listing,
    Option,
    Text,
    index_page,
)

NO_ENTRY = AuditRow(0, "", "", "", "", "", "", "", "", "", "", "", [])
WRITING = N_("Your file is being written. The bell tells you when it is ready.")


class AuditState(rx.State):
    """One page of the log, and the entry that is open beside it."""

    rows: rx.Field[list[AuditRow]] = rx.field(default_factory=list)
    listing: rx.Field[Listing] = rx.field(default_factory=Listing)
    actions: rx.Field[list[Option]] = rx.field(default_factory=list)
    entry: rx.Field[AuditRow] = rx.field(NO_ENTRY)
    is_open: rx.Field[bool] = rx.field(False)

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.AUDIT_READ)
    async def load(self):
        self.rows, self.listing = await AUDIT.answer(
            self, queries.list_entries, await current_staff(self)
        )
        known = await db.read(queries.known_actions, await current_staff(self))
        self.actions = [Option(action, action) for action in known]

    @rx.event
    @allows(Audience.STAFF, Permission.AUDIT_READ)
    async def open_entry(self, entry_id: Id):
        self.entry = await db.read(queries.entry, await current_staff(self), entry_id)
        self.is_open = True

    @rx.event
    @allows(Audience.STAFF, Permission.AUDIT_READ)
    async def show(self, is_open: bool):
        self.is_open = is_open

    @rx.event
    @allows(Audience.STAFF, Permission.AUDIT_EXPORT, is_change=True)
    async def export(self):
        asked = dict(self.router.url.query_parameters)
        await db.run(request_export, await current_staff(self), "audit", asked, at=clock.now())
        return say(WRITING)


def _who(row: rx.vars.ObjectVar[AuditRow]) -> rx.Component:
    return rx.el.span(row.actor_name, class_name="truncate")


def _what(row: rx.vars.ObjectVar[AuditRow]) -> rx.Component:
    return rx.el.span(
        rx.el.span(action_text(row.action), class_name="block"),
        rx.el.span(row.action, class_name="mono block text-[var(--ink-3)]"),
    )


def _on_what(row: rx.vars.ObjectVar[AuditRow]) -> rx.Component:
    return rx.el.span(
        row.object_kind, " ", rx.el.span(row.object_id, class_name="mono text-[var(--ink-3)]")
    )


def _changed(row: rx.vars.ObjectVar[AuditRow]) -> rx.Component:
    count = row.changes.to(list).length()
    return rx.fragment(rx.cond(count > 0, tn("{n} field", "{n} fields", count), ""))


AUDIT = Index(
    page="/admin/audit",
    audience=Audience.STAFF,
    permission=Permission.AUDIT_READ,
    title=N_("Audit log"),
    columns=(
        Column("action", N_("Action"), _what),
        Column("time", N_("Time"), lambda row: moment(row.at, "short"), sort="seq"),
        Column("actor", N_("Who"), _who),
        Column("object", N_("What it concerns"), _on_what),
        Column("changes", N_("Changes"), _changed),
        Column("number", N_("Number"), lambda row: row.seq, is_number=True, on_phone="hidden"),
        Column("address", N_("Address"), lambda row: row.ip, on_phone="hidden", is_shown=False),
        Column(
            "seller", N_("Seller"), lambda row: row.seller_id, on_phone="hidden", is_shown=False
        ),
    ),
    sorts=queries.SORTS,
    filters=(
        Choice("action", N_("Action"), AuditState.actions),
        Text("actor", N_("Actor ID")),
        Text("kind", N_("Object kind")),
        Text("object", N_("Object ID")),
        Text("seller", N_("Seller ID")),
        Day("from", N_("From")),
        Day("to", N_("Until")),
    ),
    searches=N_("Search names, actions and IDs"),
)


def page() -> rx.Component:
    return rx.el.div(
        index_page(
            AUDIT,
            AuditState,
            AuditState.rows,
            name=lambda row: row.action,
            on_open=lambda row: AuditState.open_entry(row.id),
            primary=rx.cond(
                ShellState.permissions.contains(Permission.AUDIT_EXPORT.value),
                button(N_("Export"), icon="download", on_click=AuditState.export),
            ),
            empty=Empty(
                N_("Nothing has happened yet"),
                N_("Every change that somebody makes will stand here, and nobody can alter it."),
            ),
        ),
        drawer(
            AuditState.entry.action,
            _facts(),
            _changes(),
            is_open=AuditState.is_open,
            on_open_change=AuditState.show,
        ),
    )


def _facts() -> rx.Component:
    entry = AuditState.entry
    return rx.el.dl(
        _fact(N_("Number"), entry.seq),
        _fact(N_("Time"), moment(entry.at, "full")),
        _fact(N_("Who"), entry.actor_name),
        _fact(N_("Actor ID"), entry.actor_id, "mono"),
        _fact(N_("What it concerns"), entry.object_kind),
        _fact(N_("Object ID"), entry.object_id, "mono"),
        _fact(N_("Seller ID"), entry.seller_id, "mono"),
        _fact(N_("Address"), entry.ip, "mono"),
        _fact(N_("Request ID"), entry.request_id, "mono"),
        class_name="grid grid-cols-[120px_1fr] gap-x-4 gap-y-2 text-[13px]",
    )


def _fact(label: str, value: rx.Var, class_name: str = "") -> rx.Component:
    return rx.fragment(
        rx.el.dt(t(label), class_name="meta"),
        rx.el.dd(rx.cond(value, value, "–"), class_name=f"{class_name} break-all"),
    )


def _changes() -> rx.Component:
    return rx.el.section(
        rx.el.h3(t("Changes"), class_name="h3 mt-5 mb-2"),
        rx.cond(
            AuditState.entry.changes.length() > 0,
            rx.el.dl(rx.foreach(AuditState.entry.changes, _change), class_name="stack-sm"),
            rx.el.p(t("This entry changed no field."), class_name="meta"),
        ),
    )


def _change(change: rx.vars.ObjectVar[Change]) -> rx.Component:
    """Before and after are told apart by word and sign, not by colour alone."""
    return rx.el.div(
        rx.el.dt(change.field, class_name="mono text-[12px] text-[var(--ink-2)]"),
        rx.cond(
            change.before != "",
            rx.el.dd(
                rx.el.span(t("Before"), class_name="visually-hidden"),
                rx.el.span("− ", aria_hidden="true"),
                change.before,
                class_name="rounded px-2 py-1 bg-[var(--bad-soft)] text-[13px] break-words",
            ),
        ),
        rx.cond(
            change.after != "",
            rx.el.dd(
                rx.el.span(t("After"), class_name="visually-hidden"),
                rx.el.span("+ ", aria_hidden="true"),
                change.after,
                class_name="rounded px-2 py-1 bg-[var(--good-soft)] text-[13px] break-words",
            ),
        ),
        class_name="stack-sm",
    )
