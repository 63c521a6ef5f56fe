"""Seller / Store / Profile: the face of the shop, and its pauses."""

from dataclasses import replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.media.queries import DropFile
from marketplace.domain.sellers.queries.shop import ProfileView
from marketplace.domain.sellers.service import shop as service
from marketplace.domain.sellers.service import standing
from marketplace.flows.apply_page import shop_face
from marketplace.kit import clock
from marketplace.kit.errors import Invalid
from marketplace.kit.languages import N_
from marketplace.kit.text import Version
from marketplace.settings import settings
from marketplace.web.guard.policy import allows
from marketplace.web.i18n import t
from marketplace.web.messages import clear_errors, say
from marketplace.web.seller.store.addresses import (
    AddressesState,
    addresses_card,
    addresses_dialog,
)
from marketplace.web.seller.store.forms import Addresses, Pause, Profile
from marketplace.web.seller.store.leaving import leaving_card
from marketplace.web.seller.store.standing import StandingState, appeal_card, banners
from marketplace.web.session import current_member
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button
from marketplace.web.ui.dialog import dialog
from marketplace.web.ui.feedback import skeleton_card
from marketplace.web.ui.fields import text_field, textarea_field
from marketplace.web.ui.form import form, form_section, save_bar
from marketplace.web.ui.layout import card, page_header
from marketplace.web.ui.media import drop
from marketplace.web.ui.values import copyable, facts

MAY = ShellState.permissions.contains(Permission.SHOP_MANAGE.value)
CONSEQUENCES = (
    N_("Buyers still see the shop, with the day it opens again; they can't order."),
    N_("Orders you have already must be shipped in time."),
    N_("Booked slots and events go on; cancel them first if you can't serve them."),
    N_("Nothing is lost: listings, stock and ranking stay."),
)


class ProfileState(rx.State):
    """The own shop's face, and the dialog of the pause."""

    is_loaded: rx.Field[bool] = rx.field(False)
    profile: rx.Field[ProfileView | None] = rx.field(None)
    logo: rx.Field[DropFile] = rx.field(default_factory=DropFile)
    shown: rx.Field[int] = rx.field(0)
    is_pausing: rx.Field[bool] = rx.field(False)

    @rx.event(supersedes=True)
    @allows(Audience.SELLER, Permission.SHOP_READ)
    async def load(self):
        self.profile, self.logo = await db.read(shop_face, await current_member(self))
        self.shown, self.is_loaded = self.shown + 1, True
        return [StandingState.load, AddressesState.load]

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_MANAGE, is_change=True)
    async def save(self, version: Version, form_data: Profile):
        save, at = service.save_profile, clock.now()
        await db.run(save, await current_member(self), form_data, version=version, at=at)
        return [ProfileState.load, say(N_("Profile saved."))]

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_MANAGE, is_change=True)
    async def save_addresses(self, version: Version, form_data: Addresses):
        """What is typed into the profile meanwhile stays, and can still be saved."""
        save, at = service.save_addresses, clock.now()
        now = await db.run(save, await current_member(self), form_data, version=version, at=at)
        self.profile = replace(self.profile, version=now) if self.profile else None
        return [AddressesState.edit(False), say(N_("Addresses saved."))]

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_READ)
    async def show_pause(self, is_open: bool):
        self.is_pausing = is_open
        return clear_errors()

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_MANAGE, is_change=True)
    async def pause(self, form_data: Pause):
        begins, until = _start_of(form_data.begins, "begins"), _start_of(form_data.until, "until")
        days = {"begins": begins, "until": until}
        await db.run(standing.pause, await current_member(self), **days, at=clock.now())
        self.is_pausing = False
        return [ProfileState.load, say(N_("The pause is set."))]


def page() -> rx.Component:
    return rx.el.div(
        page_header(N_("Shop profile"), subtitle=N_("How buyers meet the shop.")),
        banners(),
        rx.cond(
            ProfileState.is_loaded,
            rx.fragment(
                _form(), addresses_card(), _opening(), leaving_card(ProfileState.profile.slug)
            ),
            skeleton_card(8),
        ),
        addresses_dialog(
            lambda data: ProfileState.save_addresses(ProfileState.profile.version, data)
        ),
        rx.el.div(appeal_card(), id="appeal", class_name="scroll-mt-20 empty:hidden"),
        _pause_dialog(),
        class_name="stack",
    )


def _form() -> rx.Component:
    profile = ProfileState.profile
    return form(
        form_section(
            N_("Name of the shop"),
            text_field(N_("Name of the shop"), "name", value=profile.name, max_length=80),
            text_field(
                N_("Name in Chinese"),
                "name_zh",
                value=profile.name_zh,
                is_required=False,
                max_length=80,
            ),
            facts((N_("Web address"), copyable(profile.slug))),
            text=N_("Letters and orders carry it as well."),
        ),
        form_section(
            N_("About"),
            textarea_field(
                N_("About the shop"),
                "about",
                value=profile.about,
                is_required=False,
                max_length=400,
            ),
            textarea_field(
                N_("About the shop in Chinese"),
                "about_zh",
                value=profile.about_zh,
                is_required=False,
                max_length=400,
            ),
            text=N_("Two or three sentences: what you make, and where."),
        ),
        form_section(
            N_("Logo"),
            drop(
                N_("Logo"),
                hat="seller",
                file=ProfileState.logo,
                name="logo_id",
                is_required=False,
                is_disabled=~MAY,
            ),
            text=N_("Square, at least 400 pixels."),
        ),
        rx.cond(MAY, save_bar(ProfileState.shown)),
        on_submit=lambda data: ProfileState.save(profile.version, data),
        no_validate=True,
    )


def _opening() -> rx.Component:
    """Pausing is offered where the shop is open; the banner opens it again."""
    status = StandingState.standing.status
    can = MAY & ((status == "open") | (status == "restricted"))
    return rx.cond(
        can,
        card(
            rx.el.div(
                rx.el.p(
                    t("For a holiday or a move. You choose the days, and buyers are told."),
                    class_name="lead flex-1",
                ),
                button(
                    N_("Pause the shop…"),
                    icon="circle-pause",
                    on_click=ProfileState.show_pause(True),
                ),
                class_name="row",
            ),
            title=N_("Take a break"),
        ),
    )


def _pause_dialog() -> rx.Component:
    return dialog(
        N_("Pause the shop"),
        form(
            rx.el.ul(
                *[rx.el.li(t(text)) for text in CONSEQUENCES],
                class_name="list-disc pl-5 grid gap-1 text-[13px]",
            ),
            text_field(
                N_("From"),
                "begins",
                kind="date",
                is_required=False,
                hint=N_("Left empty: at once."),
            ),
            text_field(
                N_("Open again on"),
                "until",
                kind="date",
                is_required=False,
                hint=N_("Left empty: when you open it yourself. At most 180 days."),
            ),
            on_submit=lambda data: ProfileState.pause(data),  # noqa: PLW0108  a model is refused
            name="pause-shop",
            no_validate=True,
        ),
        footer=(
            button(N_("Cancel"), on_click=ProfileState.show_pause(False)),
            button(N_("Pause the shop"), variant="primary", type="submit", form="pause-shop"),
        ),
        is_open=ProfileState.is_pausing,
        on_open_change=ProfileState.show_pause,
    )


def _start_of(day: str, field: str) -> datetime | None:
    """The day's first moment in the platform's zone, as UTC."""
    if not day:
        return None
    try:
        start = datetime.combine(
            datetime.fromisoformat(day).date(), time.min, ZoneInfo(settings().time_zone)
        )
    except ValueError:
        raise Invalid({field: N_("This day does not exist.")}) from None
    return start.astimezone(UTC)
