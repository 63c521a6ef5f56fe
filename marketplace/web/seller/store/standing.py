"""What the shop may not do now, why, and what its members can do about it: banners and the home's
to-do list."""

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.sellers.queries import shop
from marketplace.domain.sellers.queries.shop import DocumentRow, StandingView, SwitchRow
from marketplace.domain.sellers.rules.standing import (
    SUSPENSION_REASONS,
    SWITCH_REASONS,
)
from marketplace.domain.sellers.service import standing as service
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.web import i18n
from marketplace.web.guard.policy import allows
from marketplace.web.i18n import locale, t, tn
from marketplace.web.messages import say
from marketplace.web.seller.store.forms import Appeal
from marketplace.web.session import current_member
from marketplace.web.ui.button import button
from marketplace.web.ui.feedback import alert
from marketplace.web.ui.fields import textarea_field
from marketplace.web.ui.form import form
from marketplace.web.ui.layout import card

CARE_DAYS = 60
OFF = {
    "search_visible": N_("Buyers do not find the shop in search"),
    "buyable": N_("Nothing can be bought"),
    "edit_listings": N_("Listings can't be edited"),
    "book_slots": N_("Slots can't be booked"),
    "join_events": N_("Events can't be joined"),
    "payouts": N_("Payouts are held"),
    "sessions": N_("The portal can only be read"),
}
"""What it means for the shop that a switch is off."""


class StandingState(rx.State):
    """The own shop's."""

    is_loaded: rx.Field[bool] = rx.field(False)
    standing: rx.Field[StandingView | None] = rx.field(None)
    due: rx.Field[list[DocumentRow]] = rx.field(default_factory=list)
    """Documents that ended, end soon, are refused or were never handed in."""

    @rx.event(supersedes=True)
    @allows(Audience.SELLER, Permission.SHOP_READ)
    async def load(self):
        self.standing = await db.read(shop.standing, await current_member(self))
        if (await current_member(self)).can(Permission.SHOP_MANAGE):
            self.due = needing_care(await db.read(shop.documents, await current_member(self)))
        self.is_loaded = True

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_MANAGE, is_change=True)
    async def appeal(self, form_data: Appeal):
        await db.run(service.appeal, await current_member(self), form_data.text, at=clock.now())
        return [StandingState.load, say(N_("Your appeal is on its way."))]

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_MANAGE, is_change=True)
    async def resume(self):
        await db.run(service.resume, await current_member(self), at=clock.now())
        return [StandingState.load, say(N_("The shop is open again."))]

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_MANAGE, is_change=True)
    async def close(self):
        await db.run(service.ask_to_close, await current_member(self), at=clock.now())
        return [StandingState.load, say(N_("The shop is closing. You can still take it back."))]

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_MANAGE, is_change=True)
    async def stay_open(self):
        await db.run(service.stay_open, await current_member(self), at=clock.now())
        return [StandingState.load, say(N_("The shop stays open."))]


def needing_care(rows: list[DocumentRow]) -> list[DocumentRow]:
    """What a member should hand in, the most urgent first; what waits for us is left out."""
    due = [row for row in rows if not _waits(row) and _needs_care(row)]
    return sorted(due, key=lambda row: (row.expires_on or "0", row.name))[:50]


def _waits(row: DocumentRow) -> bool:
    return row.renewal_verdict == "pending" or row.state == "pending"


def _needs_care(row: DocumentRow) -> bool:
    if row.state == "incomplete":
        return row.is_required or row.due_at != ""
    is_ending = row.expires_on != "" and row.days_left <= CARE_DAYS
    return is_ending or row.state in ("rejected", "expired")


def banners() -> rx.Component:
    """At the top of every page of the shop's own settings, and of its home."""
    standing = StandingState.standing
    return rx.cond(
        StandingState.is_loaded,
        rx.el.div(
            rx.match(
                standing.status,
                ("suspended", _suspended()),
                ("paused", _paused()),
                ("closing", _closing()),
                rx.fragment(),
            ),
            rx.cond(
                (standing.status != "suspended") & (standing.switches.length() > 0), _restricted()
            ),
            rx.cond((standing.status != "paused") & (standing.paused_from != ""), _pause_to_come()),
            rx.cond(StandingState.due.length() > 0, _documents()),
            class_name="stack empty:hidden",
        ),
    )


def appeal_card() -> rx.Component:
    """Only while the shop is suspended."""
    standing = StandingState.standing
    asked = card(
        form(
            textarea_field(
                N_("Why should we look again?"),
                "text",
                hint=N_("Somebody else than who decided reads it. You can appeal once."),
                max_length=4000,
            ),
            rx.el.div(button(N_("Send the appeal"), type="submit", variant="primary")),
            on_submit=lambda data: StandingState.appeal(data),  # noqa: PLW0108  a model is refused
            no_validate=True,
        ),
        title=N_("Appeal"),
        subtitle=t("until {day}", day=i18n.moment(standing.appeal_until, "day")),
    )
    sent = card(
        rx.el.p(standing.appeal, class_name="whitespace-pre-line"),
        rx.cond(
            standing.appeal_answer != "",
            alert(standing.appeal_answer, title=N_("Our answer")),
            rx.el.p(t("We are looking at it."), class_name="lead"),
        ),
        title=N_("Your appeal"),
    )
    shown = rx.cond(standing.appeal != "", sent, rx.cond(standing.may_appeal, asked))
    return rx.cond(StandingState.is_loaded, shown)


def _suspended() -> rx.Component:
    standing = StandingState.standing
    reason = rx.match(
        standing.suspended_for,
        *[(code, t(text)) for code, text in SUSPENSION_REASONS.items()],
        standing.suspended_for,
    )
    return alert(
        t("Buyers do not find the shop, nothing can be bought, and payouts are held."),
        rx.cond(standing.note != "", rx.el.p(standing.note, class_name="font-medium")),
        level="bad",
        title=t("The shop is suspended: {reason}", reason=reason),
        action=rx.cond(
            standing.may_appeal, button(N_("Appeal"), href="/seller/store#appeal", is_small=True)
        ),
    )


def _paused() -> rx.Component:
    standing = StandingState.standing
    return alert(
        t("Buyers see the shop and can't order. Orders you have must still be shipped."),
        level="warn",
        title=rx.cond(
            standing.paused_until != "",
            t(
                "The shop is paused until {day}",
                day=i18n.moment(standing.paused_until, "day"),
            ),
            t("The shop is paused"),
        ),
        action=button(N_("Open again"), is_small=True, on_click=StandingState.resume),
    )


def _pause_to_come() -> rx.Component:
    standing = StandingState.standing
    return alert(
        t("Until then the shop sells as always."),
        level="info",
        title=t("A break is planned from {day}", day=i18n.moment(standing.paused_from, "day")),
        action=button(N_("Call it off"), is_small=True, on_click=StandingState.resume),
    )


def _closing() -> rx.Component:
    return alert(
        t("New orders are off. The shop closes once its last order, return and payout is done."),
        level="warn",
        title=N_("The shop is closing"),
        action=rx.cond(
            StandingState.standing.may_stay,
            button(N_("Stay open"), is_small=True, on_click=StandingState.stay_open),
        ),
    )


def _restricted() -> rx.Component:
    return alert(
        rx.el.ul(rx.foreach(StandingState.standing.switches, _switch), class_name="list-disc pl-5"),
        level="warn",
        title=N_("Some things are switched off"),
    )


def _switch(row: rx.vars.ObjectVar[SwitchRow]) -> rx.Component:
    what = rx.match(row.switch, *[(key, t(text)) for key, text in OFF.items()], row.switch)
    why = rx.match(
        row.reason, *[(key, t(text)) for key, text in SWITCH_REASONS.items()], row.reason
    )
    return rx.el.li(
        rx.el.span(what, class_name="font-medium"),
        " · ",
        rx.el.span(why),
        rx.cond(
            row.until != "", rx.el.span(" ", t("Until {day}", day=i18n.moment(row.until, "day")))
        ),
        rx.cond(row.note != "", rx.el.span(row.note, class_name="block")),
    )


def _documents() -> rx.Component:
    first = StandingState.due[0]
    name = rx.cond(locale() == "zh-CN", first.name_zh, first.name)
    return alert(
        rx.cond(
            (first.expires_on != "") & (first.days_left.to(int) >= 0),
            tn(
                "{name} ends in {n} day. Without a new one payouts stop first, then sales.",
                "{name} ends in {n} days. Without a new one payouts stop first, then sales.",
                first.days_left,
                name=name,
            ),
            rx.cond(
                first.expires_on != "",
                t("{name} has ended. Please hand in a new one.", name=name),
                t("{name} must be handed in.", name=name),
            ),
        ),
        level="warn",
        title=tn("{n} document needs care", "{n} documents need care", StandingState.due.length()),
        action=button(N_("See documents"), href="/seller/store/documents", is_small=True),
    )
