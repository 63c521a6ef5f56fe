"""The link of a listing on sale, to copy or to photograph."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
import segno
from sqlmodel import Session

from marketplace import db
from marketplace.domain.access.models import Audience, Permission, SellerMember
from marketplace.domain.catalog.queries.listings import listing_for_edit
from marketplace.kit.errors import NotFound
from marketplace.kit.languages import N_
from marketplace.kit.text import Id
from marketplace.settings import settings
from marketplace.web.guard.policy import allows
from marketplace.web.i18n import t
from marketplace.web.seller.listings.wording import spoken
from marketplace.web.session import current_member
from marketplace.web.ui.button import button
from marketplace.web.ui.dialog import closes, dialog
from marketplace.web.ui.values import copyable


@dataclass(frozen=True, slots=True)
class Shared:
    """`qr` is the link as a picture, an address of its own (`data:`)."""

    title: str = ""
    title_zh: str = ""
    link: str = ""
    qr: str = ""


class ListingShareState(rx.State):
    """The listing whose link is shown."""

    shared: rx.Field[Shared] = rx.field(default_factory=Shared)
    is_open: rx.Field[bool] = rx.field(False)

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_LISTINGS_READ)
    async def open(self, listing_id: Id):
        self.shared = await db.read(shared, await current_member(self), listing_id)
        self.is_open = True

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_LISTINGS_READ)
    async def show(self, is_open: bool):
        self.is_open = is_open


def shared(session: Session, member: SellerMember, listing_id: str) -> Shared:
    """Raises `NotFound`, also for what is not on sale: its link would lead nowhere."""
    listing = listing_for_edit(session, member, listing_id)
    if listing.status != "live":
        raise NotFound
    prefix = "/zh" if member.locale.startswith("zh") else ""
    link = f"{settings().public_url}{prefix}/p/{listing.slug}"
    live = listing.live or listing.content
    qr = segno.make(link, error="m").svg_data_uri(scale=5, border=2, dark="#000", light="#fff")
    return Shared(live.title, live.title_zh, link, qr)


def dialog_of(state: Any) -> rx.Component:
    row = state.shared
    return dialog(
        N_("Share"),
        rx.el.div(
            rx.el.p(spoken(row.title, row.title_zh), class_name="lead"),
            rx.el.img(
                src=row.qr,
                alt=t("QR code of the link"),
                class_name="mx-auto w-[200px] max-w-full rounded",
            ),
            rx.el.p(copyable(row.link), class_name="break-all"),
            class_name="stack",
        ),
        footer=(closes(button(N_("Close"))),),
        is_open=state.is_open,
        on_open_change=state.show,
    )
