"""Admin / Catalog / Moderation: the queue, what is open, and the decision, on one desk."""

from typing import Any, Literal
from urllib.parse import urlencode

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.moderation import service
from marketplace.domain.moderation.queries import (
    QUEUE_FILTERS,
    QUEUE_SORTS,
    AppealRow,
    CodeRow,
    ReportRow,
)
from marketplace.domain.moderation.rules.machines import UNDO_OFFERED
from marketplace.flows.export_table import FileKind, request_export
from marketplace.flows.moderation_desk import (
    CategoryChoice,
    Desk,
    DeskRow,
    TabRow,
    moderation_desk,
)
from marketplace.flows.review_rows import ReviewView
from marketplace.flows.take_back import take_back
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.kit.paging import ListQuery
from marketplace.kit.text import Id, Line, Version
from marketplace.web.admin.moderation.asked import Answer, Refusal, SellerAsked, Undoable
from marketplace.web.admin.moderation.decision import decision
from marketplace.web.admin.moderation.dialogs import dialogs
from marketplace.web.admin.moderation.opened import opened
from marketplace.web.admin.moderation.queue import queue, tabs_of
from marketplace.web.admin.moderation.undo_bar import undo_bar
from marketplace.web.guard.policy import Rate, allows
from marketplace.web.messages import clear_errors, say
from marketplace.web.session import current_staff
from marketplace.web.ui.button import button
from marketplace.web.ui.export_menu import export_menu
from marketplace.web.ui.index_page.bulk import Ids
from marketplace.web.ui.layout import page_header

NARROWINGS = ("category", "flag", "waiting", "assignee", "seller")
Narrowing = Literal["category", "flag", "waiting", "assignee", "seller", "sort"]
Dialog = Literal["reject", "changes", "take_down", "grant", "uphold", "restore"]


class DeskState(rx.State):
    """The queue of one tab, what is open of it, and the dialog that is open."""

    is_loaded: rx.Field[bool] = rx.field(False)
    is_chosen: rx.Field[bool] = rx.field(False)
    search: rx.Field[str] = rx.field("")
    tab: rx.Field[str] = rx.field("")
    tabs: rx.Field[list[TabRow]] = rx.field(default_factory=list)
    rows: rx.Field[list[DeskRow]] = rx.field(default_factory=list)
    total: rx.Field[int] = rx.field(0)
    page: rx.Field[int] = rx.field(1)
    pages: rx.Field[int] = rx.field(1)
    asked: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    """What the address narrows and sorts by, by key."""
    narrowed: rx.Field[int] = rx.field(0)
    address: rx.Field[str] = rx.field("")
    """Of this list without its page and what is open: `?tab=…`."""
    categories: rx.Field[list[CategoryChoice]] = rx.field(default_factory=list)
    key: rx.Field[str] = rx.field("")
    review: rx.Field[ReviewView | None] = rx.field(None)
    appeal: rx.Field[AppealRow | None] = rx.field(None)
    reports: rx.Field[list[ReportRow]] = rx.field(default_factory=list)
    codes: rx.Field[list[CodeRow]] = rx.field(default_factory=list)
    dialog: rx.Field[str] = rx.field("")
    shows_all: rx.Field[bool] = rx.field(False)
    undoable: rx.Field[Undoable | None] = rx.field(None)

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE)
    async def load(self):
        query, key = _query(self), self.router.url.query_parameters.get("id", "")[:80]
        words = {"key": key, "at": clock.now()}
        seen = await db.read(moderation_desk, await current_staff(self), query, **words)
        _show(self, seen, key, query)

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE)
    async def find(self, search: Line):
        return rx.redirect(_address(_asked(_query(self), self.tab) | {"q": search[:80]}))

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE)
    async def narrow(self, key: Narrowing, value: Line):
        return rx.redirect(_address(_asked(_query(self), self.tab) | {key: value}))

    @rx.event
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE)
    async def narrow_seller(self, form_data: SellerAsked):
        return DeskState.narrow("seller", form_data.seller.strip())

    @rx.event
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE)
    async def show_all(self, is_on: bool):
        self.shows_all = is_on

    @rx.event
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE)
    async def ask(self, kind: Dialog):
        self.dialog = kind
        return clear_errors()

    @rx.event
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE)
    async def close(self, is_open: bool):
        self.dialog = ""

    @rx.event
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE, is_change=True)
    async def approve(self, change_id: Id, version: Version):
        words = {"version": version, "at": clock.now()}
        await db.run(service.approve, await current_staff(self), change_id, **words)
        _offer_undo(self, change_id, version)
        return [*_next(self), say(N_("Approved. It is on sale now."))]

    @rx.event
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE, is_change=True)
    async def approve_many(self, ids: Ids):
        refused = await db.run(service.approve_many, await current_staff(self), ids, at=clock.now())
        done = len(ids) - len(refused)
        told = say(N_("Approved: {done}. Left for a look: {left}."), done=done, left=len(refused))
        return [*_next(self), told]

    @rx.event
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE, is_change=True)
    async def reject(self, change_id: Id, version: Version, form_data: Refusal):
        await db.run(
            service.reject, await current_staff(self), change_id, version=version,
            reason=form_data.reason, note=form_data.note, comments=form_data.by_field,
            at=clock.now(),
        )  # fmt: skip
        _offer_undo(self, change_id, version)
        return [*_next(self), say(N_("Rejected. The seller is told why."))]

    @rx.event
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE, is_change=True)
    async def request_changes(self, change_id: Id, version: Version, form_data: Refusal):
        await db.run(
            service.request_changes, await current_staff(self), change_id, version=version,
            note=form_data.note, comments=form_data.by_field, at=clock.now(),
            **({"reason": form_data.reason} if form_data.reason else {}),
        )  # fmt: skip
        _offer_undo(self, change_id, version)
        return [*_next(self), say(N_("Sent back. The seller sees your comments."))]

    @rx.event
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE, is_change=True)
    async def undo(self, change_id: Id, version: Version):
        words = {"version": version, "at": clock.now()}
        await db.run(take_back, await current_staff(self), change_id, **words)
        self.undoable = None
        there = rx.redirect(_address(_asked(_query(self), self.tab) | {"id": change_id}))
        return [there, say(N_("Taken back. It waits for a decision again."))]

    @rx.event
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE)
    async def let_go(self):
        _forget_undo(self)

    @rx.event
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE, is_change=True)
    async def rebase(self, change_id: Id, version: Version):
        words = {"version": version, "at": clock.now()}
        await db.run(service.rebase, await current_staff(self), change_id, **words)
        return [DeskState.load, say(N_("The edit now stands on what is on sale."))]

    @rx.event
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE, is_change=True)
    async def look_done(self, change_id: Id):
        at = clock.now()
        await db.run(service.look_done, await current_staff(self), change_id, at=at)
        _offer_undo(self, change_id, self.review.version if self.review else 0)
        return [*_next(self), say(N_("Looked at. It stays on sale."))]

    @rx.event
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE, is_change=True)
    async def take(self, change_id: Id, is_mine: bool):
        staff = await current_staff(self)
        who = staff.id if is_mine else ""
        await db.run(service.assign, await current_staff(self), change_id, who, at=clock.now())
        return DeskState.load

    @rx.event
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE, is_change=True)
    async def take_down(self, listing_id: Id, form_data: Refusal):
        await db.run(
            service.take_down, await current_staff(self), listing_id, code=form_data.reason,
            note=form_data.note, at=clock.now(),
        )  # fmt: skip
        return [*_next(self), say(N_("Taken down. The seller is told and may appeal."))]

    @rx.event
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE, is_change=True)
    async def decide_appeal(
        self, appeal_id: Id, version: Version, is_granted: bool, form_data: Answer
    ):
        await db.run(
            service.decide_appeal, await current_staff(self), appeal_id, is_granted=is_granted,
            answer=form_data.answer, version=version, at=clock.now(),
        )  # fmt: skip
        return [*_next(self), say(N_("Answered. The seller is told."))]

    @rx.event
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE, is_change=True)
    async def close_reports(self, listing_id: Id):
        at = clock.now()
        await db.run(service.close_reports, await current_staff(self), listing_id, at=at)
        return [*_next(self), say(N_("Closed. Nothing is wrong with it."))]

    @rx.event
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE, rate=Rate.COSTLY, is_change=True)
    async def export(self, kind: FileKind):
        asked = dict(self.router.url.query_parameters) | {"tab": self.tab}
        words = {"at": clock.now(), "kind": kind}
        await db.run(request_export, await current_staff(self), "reviews", asked, **words)
        return say(N_("The file is being written. You will find it under the bell."))


def page() -> rx.Component:
    return rx.el.div(
        page_header(
            N_("Moderation"),
            export_menu(DeskState.export),
            button(N_("Rules and words"), icon="book-open", href="/admin/moderation/policies"),
        ),
        tabs_of(DeskState),
        undo_bar(DeskState),
        rx.el.div(
            queue(DeskState),
            rx.el.div(
                opened(DeskState),
                class_name=rx.cond(DeskState.is_chosen, "min-w-0", "min-w-0 hidden lg:block"),
            ),
            rx.el.div(
                decision(DeskState),
                class_name=rx.cond(DeskState.is_chosen, "min-w-0", "min-w-0 hidden lg:block"),
            ),
            class_name="grid gap-4 items-start lg:grid-cols-[260px_minmax(0,1fr)] "
            "xl:grid-cols-[260px_minmax(0,1fr)_270px]",
        ),
        dialogs(DeskState),
        class_name="stack",
    )


def _show(state: DeskState, seen: Desk, chosen: str, query: ListQuery) -> None:
    for name in ("tab", "tabs", "rows", "total", "page", "pages", "categories"):
        setattr(state, name, getattr(seen, name))
    for name in ("key", "review", "appeal", "reports", "codes"):
        setattr(state, name, getattr(seen, name))
    state.is_loaded, state.is_chosen, state.dialog = True, bool(chosen), ""
    _forget_undo(state)
    asked = _asked(query, seen.tab)
    state.asked, state.search, state.address = asked, query.search, "?" + urlencode(asked)
    state.narrowed = sum(key in asked for key in NARROWINGS)


def _offer_undo(state: DeskState, change_id: str, version: int) -> None:
    """Of what is open; `version` is the one before the decision."""
    review = state.review
    title, title_zh = (review.title, review.title_zh) if review else ("", "")
    until = (clock.now() + UNDO_OFFERED).isoformat()
    state.undoable = Undoable(change_id, version + 1, title, title_zh, until)


def _forget_undo(state: DeskState) -> None:
    if state.undoable and state.undoable.until <= clock.now().isoformat():
        state.undoable = None


def _next(state: DeskState) -> list[Any]:
    """The oldest that waits; the address of what was decided would open it again."""
    if state.router.url.query_parameters.get("id"):
        page = {"page": str(state.page)} if state.page > 1 else {}
        return [rx.redirect(_address(_asked(_query(state), state.tab) | page))]
    return [DeskState.load]


def _query(state: DeskState) -> ListQuery:
    asked = state.router.url.query_parameters
    return ListQuery.parse(asked, filters=QUEUE_FILTERS, sorts=QUEUE_SORTS)


def _asked(query: ListQuery, tab: str) -> dict[str, str]:
    """As an address says it, without what goes without saying."""
    sort = f"-{query.sort}" if query.is_descending else query.sort
    kept = {"tab": tab, "q": query.search, "sort": "" if sort == QUEUE_SORTS[0] else sort}
    kept |= {key: ",".join(query.filters.get(key, ())) for key in ("level", *NARROWINGS)}
    return {key: value for key, value in kept.items() if value}


def _address(asked: dict[str, str]) -> str:
    query = urlencode({key: value for key, value in asked.items() if value})
    return f"/admin/moderation?{query}" if query else "/admin/moderation"
