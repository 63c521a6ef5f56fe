"""Seller / Home: the shop as it stands, and who works in it."""

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.flows.overview import ActivityRow, ShopOverview, shop_overview
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.web.activity import activity_list
from marketplace.web.guard.policy import allows
from marketplace.web.i18n import locale, number, t
from marketplace.web.seller.listings import todo
from marketplace.web.seller.store.standing import StandingState, banners
from marketplace.web.session import current_member
from marketplace.web.shell import ShellState
from marketplace.web.ui.icon import icon

STATUS = {
    "open": (N_("Open"), "pill pill-good", "circle-check"),
    "paused": (N_("Paused"), "pill pill-warn", "circle-pause"),
    "restricted": (N_("Restricted"), "pill pill-warn", "triangle-alert"),
    "suspended": (N_("Suspended"), "pill pill-bad", "circle-x"),
    "closing": (N_("Closing"), "pill pill-warn", "door-open"),
}


class SellerHomeState(rx.State):
    """The member's own shop."""

    is_loaded: rx.Field[bool] = rx.field(False)
    name: rx.Field[str] = rx.field("")
    name_zh: rx.Field[str] = rx.field("")
    status: rx.Field[str] = rx.field("")
    about: rx.Field[str] = rx.field("")
    about_zh: rx.Field[str] = rx.field("")
    members: rx.Field[int] = rx.field(0)
    invitations: rx.Field[int] = rx.field(0)
    listings: rx.Field[int] = rx.field(0)
    activity: rx.Field[list[ActivityRow]] = rx.field(default_factory=list)

    @rx.event(supersedes=True)
    @allows(Audience.SELLER, Permission.SHOP_READ)
    async def load(self):
        self._show(await db.read(shop_overview, await current_member(self), at=clock.now()))
        return [StandingState.load, todo.ListingTodoState.load]

    def _show(self, shop: ShopOverview) -> None:
        self.name, self.name_zh, self.status = shop.name, shop.name_zh, shop.status
        self.about, self.about_zh = shop.about, shop.about_zh
        self.members, self.invitations, self.listings = (
            shop.members, shop.invitations, shop.listings,
        )  # fmt: skip
        self.activity, self.is_loaded = shop.activity, True


def page() -> rx.Component:
    return rx.el.div(
        rx.el.div(banners(), class_name="mb-5 empty:hidden"),
        rx.el.div(
            rx.el.div(
                rx.el.div(
                    rx.el.h1(
                        _spoken(SellerHomeState.name, SellerHomeState.name_zh),
                        class_name="h1 min-h-[28px]",
                    ),
                    _status(),
                    class_name="row",
                ),
                rx.el.p(
                    _spoken(SellerHomeState.about, SellerHomeState.about_zh),
                    class_name="lead mt-1 max-w-[60ch] min-h-[21px]",
                ),
            ),
            class_name="mb-5",
        ),
        rx.el.div(todo.strip(), class_name="mb-4 empty:hidden"),
        rx.el.div(
            _figure(N_("People in the team"), SellerHomeState.members, "/seller/team", "users"),
            _figure(
                N_("Open invitations"),
                SellerHomeState.invitations,
                "/seller/team?tab=invitations",
                "mail-plus",
            ),
            rx.cond(
                ShellState.permissions.contains(Permission.SHOP_MANAGE.value),
                _figure(
                    N_("Documents that need care"),
                    StandingState.due.length(),
                    "/seller/store/documents",
                    "file-warning",
                ),
            ),
            class_name="grid gap-4 sm:grid-cols-3",
        ),
        rx.cond(SellerHomeState.is_loaded & (SellerHomeState.listings == 0), _first_steps()),
        rx.cond(
            ShellState.permissions.contains(Permission.SHOP_MEMBERS.value),
            rx.el.div(activity_list(SellerHomeState.activity), class_name="mt-4"),
        ),
    )


def _first_steps() -> rx.Component:
    may_list = ShellState.permissions.contains(Permission.SHOP_LISTINGS_EDIT.value)
    return rx.el.section(
        icon("package", 20),
        rx.el.div(
            rx.el.h2(t("The shop has no listings yet"), class_name="h3"),
            rx.el.p(
                t("Add the first one; it goes on sale once we have looked at it."),
                class_name="lead mt-1 max-w-[64ch]",
            ),
            rx.cond(
                may_list,
                rx.el.a(
                    icon("plus"),
                    t("Add a listing"),
                    href="/seller/listings",
                    class_name="btn btn-primary mt-4",
                ),
            ),
        ),
        class_name="card card-body flex gap-4 mt-4",
    )


def _spoken(english: rx.Var[str], chinese: rx.Var[str]) -> rx.Component:
    """The seller's own words, in the reader's language."""
    return rx.fragment(rx.cond(locale() == "zh-CN", chinese, english))


def _status() -> rx.Component:
    shown = rx.match(
        SellerHomeState.status,
        *[
            (status, rx.el.span(icon(symbol, 12), t(text), class_name=look))
            for status, (text, look, symbol) in STATUS.items()
        ],
        rx.fragment(),
    )
    return rx.fragment(shown)


def _figure(label: str, value: rx.Var[int], href: str, symbol: str) -> rx.Component:
    return rx.el.a(
        rx.el.span(icon(symbol, 18), class_name="avatar avatar-lg"),
        rx.el.span(
            rx.el.span(t(label), class_name="meta block"),
            rx.el.span(number(value), class_name="text-[22px] font-semibold tabular-nums"),
        ),
        href=href,
        class_name="card card-body flex items-center gap-4 hover:border-[var(--line-strong)]",
    )
