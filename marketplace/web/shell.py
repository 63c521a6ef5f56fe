"""What every frame shows: who is here, which hats they may put on, how much is unread."""

from dataclasses import dataclass

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience
from marketplace.domain.accounts.service import people
from marketplace.domain.cart.queries import count_items
from marketplace.domain.notifications import queries as notifications
from marketplace.flows.recognise import Visitor
from marketplace.kit.clock import iso
from marketplace.kit.languages import Locale
from marketplace.kit.tokens import form_proof
from marketplace.settings import settings
from marketplace.web.guard.policy import Rate, allows
from marketplace.web.guard.visitors import session_cookie
from marketplace.web.session import current_visitor


@dataclass(frozen=True, slots=True)
class Hat:
    """A shop somebody may act for."""

    seller_id: str
    name: str
    role: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class ShownViewing:
    """The shop somebody of the staff looks at; `until` is ISO 8601, UTC."""

    name: str
    name_zh: str
    until: str


class ShellState(rx.State):
    """Loaded first on every page."""

    is_signed_in: rx.Field[bool] = rx.field(False)
    name: rx.Field[str] = rx.field("")
    email: rx.Field[str] = rx.field("")
    staff_role: rx.Field[str] = rx.field("")
    member_role: rx.Field[str] = rx.field("")
    hats: rx.Field[list[Hat]] = rx.field(default_factory=list)
    is_staff: rx.Field[bool] = rx.field(False)
    permissions: rx.Field[list[str]] = rx.field(default_factory=list)
    viewing: rx.Field[ShownViewing | None] = rx.field(None)
    unread: rx.Field[int] = rx.field(0)
    cart: rx.Field[int] = rx.field(0)
    has_shortcuts: rx.Field[bool] = rx.field(True)
    proof: rx.Field[str] = rx.field("")
    """What the page's plain forms must carry (sign out, switch shop)."""

    @rx.event
    @allows(Audience.PUBLIC)
    async def load(self):
        visitor = await current_visitor(self)
        self._show(visitor)
        if visitor.person:
            self.unread = await db.read(notifications.unread_count, visitor.person)
        self.cart = await db.read(count_items, visitor.person or visitor.guest)

    @rx.event
    @allows(Audience.PUBLIC, rate=Rate.VIEW)
    async def count_cart(self):
        visitor = await current_visitor(self)
        self.cart = await db.read(count_items, visitor.person or visitor.guest)

    @rx.event
    @allows(Audience.PUBLIC, is_change=True)
    async def keep_language(self, code: Locale):
        visitor = await current_visitor(self)
        if visitor.person:
            await db.run(people.prefer, visitor.person, locale=code)

    def _show(self, visitor: Visitor) -> None:
        member, staff = visitor.member, visitor.staff
        self.is_signed_in = visitor.person is not None
        self.name, self.email = visitor.name, visitor.email if visitor.person else ""
        self.staff_role = staff.roles[0] if staff else ""
        self.member_role = member.role if member else ""
        self.hats = [
            Hat(
                shop.seller_id,
                shop.name,
                shop.role,
                member is not None and shop.seller_id == member.seller_id,
            )
            for shop in visitor.shops
        ][:50]
        looks = visitor.viewing
        self.viewing = ShownViewing(looks.name, looks.name_zh, iso(looks.until)) if looks else None
        if looks:  # no other shop can be chosen meanwhile
            self.hats = []
        self.is_staff = staff is not None
        self.permissions = sorted(
            permission.value
            for actor in (staff, member)
            if actor
            for permission in actor.permissions
        )
        self.has_shortcuts = visitor.has_shortcuts
        cookie = session_cookie(self.router.headers.cookie)
        self.proof = form_proof(settings().key(), cookie) if cookie else ""
