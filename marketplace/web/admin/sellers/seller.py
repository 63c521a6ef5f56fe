"""Admin / Sellers / one seller: how the shop stands, why, and what staff may do about it."""

from typing import Any, Literal

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.moderation import service as moderation
from marketplace.domain.moderation.queries import ViolationRow
from marketplace.domain.sellers.models import Verdict
from marketplace.domain.sellers.queries.directory import SellerDetail
from marketplace.domain.sellers.service import documents, standing, viewing
from marketplace.flows import close_seller
from marketplace.flows.penalties import Penalty, impose_penalty
from marketplace.flows.seller_health import SellerHealth
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.kit.text import Id, Prose
from marketplace.web.admin.sellers import acts, broken_rules, cards, dialogs
from marketplace.web.admin.sellers.head import seller_head
from marketplace.web.admin.sellers.health import health_card
from marketplace.web.admin.sellers.words import named
from marketplace.web.guard.policy import allows
from marketplace.web.guard.visitors import forget, session_cookie
from marketplace.web.i18n import t
from marketplace.web.leave import leave_for
from marketplace.web.messages import clear_errors, say
from marketplace.web.session import current_staff
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button, icon_button
from marketplace.web.ui.feedback import skeleton_card
from marketplace.web.ui.layout import detail_page
from marketplace.web.ui.menu import menu, menu_item, menu_separator

Kind = Literal[
    "restrict", "suspend", "reinstate", "grant", "refuse", "close", "terminate", "level", "reject",
    "view",
]  # fmt: skip


class SellerState(rx.State):
    """One seller, and the dialog that is open."""

    detail: rx.Field[SellerDetail | None] = rx.field(None)
    violations: rx.Field[list[ViolationRow]] = rx.field(default_factory=list)
    penalty: rx.Field[Penalty] = rx.field(default_factory=Penalty)
    health: rx.Field[SellerHealth] = rx.field(default_factory=SellerHealth)
    dialog: rx.Field[str] = rx.field("")
    paper: rx.Field[str] = rx.field("")
    """The submission that is about to be refused."""

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.SELLERS_READ)
    async def load(self):
        seller_id, at = seller_in(self.router.url.path), clock.now()
        found = await db.read(acts.opened, await current_staff(self), seller_id, at=at)
        self.detail, self.violations, self.penalty, self.health = found

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_READ)
    async def ask(self, kind: Kind):
        self.dialog = kind
        return clear_errors()

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_REVIEW)
    async def ask_refusal(self, submission_id: Id):
        self.dialog, self.paper = "reject", submission_id
        return clear_errors()

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_READ)
    async def close(self, is_open: bool):
        self.dialog = ""

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_VIEW_AS, is_change=True)
    async def view_as(self, seller_id: Id, form_data: acts.Reason):
        words = {"reason": form_data.reason, "at": clock.now()}
        await db.run(viewing.begin, await current_staff(self), seller_id, **words)
        forget(session_cookie(self.router.headers.cookie))
        return [SellerState.close(False), leave_for("/seller")]

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE, is_change=True)
    async def restrict(self, seller_id: Id, form_data: acts.Restriction):
        at = clock.now()
        await db.run(acts.restrict, await current_staff(self), seller_id, form_data, at=at)
        return [SellerState.close(False), SellerState.load, say(N_("Switched off."))]

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE, is_change=True)
    async def lift(self, seller_id: Id, switch_id: Id):
        at = clock.now()
        await db.run(standing.lift, await current_staff(self), seller_id, [switch_id], at=at)
        return [SellerState.load, say(N_("Switched on again."))]

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE, is_change=True)
    async def suspend(self, seller_id: Id, form_data: acts.Suspension):
        at = clock.now()
        await db.run(acts.suspend, await current_staff(self), seller_id, form_data, at=at)
        return [SellerState.close(False), SellerState.load, say(N_("The shop is suspended."))]

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE, is_change=True)
    async def reinstate(self, seller_id: Id, form_data: acts.Note):
        words = {"note": form_data.note, "at": clock.now()}
        await db.run(standing.reinstate, await current_staff(self), seller_id, **words)
        return [
            SellerState.close(False),
            SellerState.load,
            say(N_("The shop is no longer suspended.")),
        ]

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE, is_change=True)
    async def decide_appeal(self, seller_id: Id, is_granted: bool, form_data: acts.Answer):
        words = {"is_granted": is_granted, "answer": form_data.answer, "at": clock.now()}
        await db.run(standing.decide_appeal, await current_staff(self), seller_id, **words)
        return [SellerState.close(False), SellerState.load, say(N_("The appeal is decided."))]

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE, is_change=True)
    async def begin_closing(self, seller_id: Id, form_data: acts.Note):
        words = {"note": form_data.note, "at": clock.now()}
        await db.run(standing.close, await current_staff(self), seller_id, **words)
        return [SellerState.close(False), SellerState.load, say(N_("The shop is closing."))]

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE, is_change=True)
    async def finish_closing(self, seller_id: Id):
        await db.run(close_seller.finish, await current_staff(self), seller_id, at=clock.now())
        return [SellerState.load, say(N_("The shop is closed."))]

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE, is_change=True)
    async def terminate(self, seller_id: Id, form_data: acts.Ending):
        at = clock.now()
        await db.run(acts.terminate, await current_staff(self), seller_id, form_data, at=at)
        return [SellerState.close(False), SellerState.load, say(N_("The seller is terminated."))]

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE, is_change=True)
    async def set_level(self, seller_id: Id, form_data: acts.Level):
        at = clock.now()
        await db.run(
            standing.set_level, await current_staff(self), seller_id, form_data.level, at=at
        )
        return [SellerState.close(False), SellerState.load, say(N_("Level saved."))]

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_REVIEW, is_change=True)
    async def accept(self, submission_id: Id):
        verdict, at = Verdict.ACCEPTED, clock.now()
        await db.run(documents.judge, await current_staff(self), submission_id, verdict, at=at)
        return [SellerState.load, say(N_("Document accepted."))]

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_REVIEW, is_change=True)
    async def refuse(self, submission_id: Id, form_data: acts.Note):
        verdict, words = Verdict.REJECTED, {"note": form_data.note, "at": clock.now()}
        await db.run(documents.judge, await current_staff(self), submission_id, verdict, **words)
        return [SellerState.close(False), SellerState.load, say(N_("Document refused."))]

    @rx.event
    @allows(Audience.STAFF, Permission.MODERATION_DECIDE, is_change=True)
    async def cancel_points(self, violation_id: Id, note: Prose):
        words = {"note": note, "at": clock.now()}
        await db.run(moderation.cancel_violation, await current_staff(self), violation_id, **words)
        return [SellerState.load, say(N_("The points no longer count."))]

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE, is_change=True)
    async def impose(self, seller_id: Id, note: Prose):
        words = {"note": note, "at": clock.now()}
        await db.run(impose_penalty, await current_staff(self), seller_id, **words)
        return [SellerState.load, say(N_("Switched off. The shop is told why."))]


def seller_in(path: str) -> str:
    """The id in `/admin/sellers/<id>`, with or without a language before it or a tab behind it."""
    return path.partition("/admin/sellers/")[2].partition("/")[0][:40]


def page() -> rx.Component:
    detail = SellerState.detail
    return rx.cond(
        detail,
        rx.fragment(
            detail_page(
                _header(detail),
                (
                    cards.appeal(SellerState),
                    health_card(SellerState),
                    cards.standing(SellerState),
                    cards.documents(SellerState),
                    rx.el.div(broken_rules.violations(SellerState), id="violations"),
                    cards.history(SellerState),
                ),
                (cards.overview(SellerState), cards.business(SellerState), cards.team(SellerState)),
            ),
            dialogs.all_of(SellerState),
        ),
        skeleton_card(6),
    )


def _header(detail: Any) -> rx.Component:
    look = rx.cond(
        ShellState.viewing,
        button(N_("To the seller portal"), icon="eye", href="/seller"),
        button(N_("View as seller…"), icon="eye", on_click=SellerState.ask("view")),
    )
    deeds = rx.el.div(
        rx.cond(detail.can_view, look), rx.cond(detail.can_manage, _deeds(detail)), class_name="row"
    )
    return seller_head(detail.row, deeds, here="overview", notes=detail.notes)


def _deeds(detail: Any) -> rx.Component:
    is_live = ["open", "paused", "restricted", "closing"]
    return rx.el.div(
        rx.cond(
            detail.can_reinstate,
            button(N_("Open again…"), on_click=SellerState.ask("reinstate")),
        ),
        rx.cond(
            detail.row.status == "closing",
            button(N_("Finish closing"), on_click=SellerState.finish_closing(detail.row.id)),
        ),
        rx.cond(
            rx.Var.create(is_live).contains(detail.row.status),
            button(N_("Restrict…"), icon="shield-alert", on_click=SellerState.ask("restrict")),
        ),
        menu(
            icon_button("ellipsis", t("More for {name}", name=named(detail.row))),
            menu_item(N_("Change level…"), icon="gauge", on_select=SellerState.ask("level")),
            menu_separator(),
            menu_item(
                N_("Close the shop…"),
                icon="archive",
                on_select=SellerState.ask("close"),
                disabled=~detail.can_close.to(bool),
            ),
            menu_item(
                N_("Suspend…"),
                icon="ban",
                danger=True,
                on_select=SellerState.ask("suspend"),
                disabled=~detail.can_suspend.to(bool),
            ),
            menu_item(
                N_("Terminate…"),
                icon="circle-x",
                danger=True,
                on_select=SellerState.ask("terminate"),
                disabled=~detail.can_terminate.to(bool),
            ),
            align="end",
        ),
        class_name="row",
    )
