"""Who is here: from a cookie to an actor, asked anew before every event and page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from marketplace.domain.access.models import (
    SELLER_PERMISSIONS,
    Actor,
    Guest,
    Onlooker,
    Permission,
    Person,
    SellerMember,
    Staff,
)
from marketplace.domain.accounts.queries import identity
from marketplace.domain.accounts.queries.identity import LiveSession
from marketplace.domain.accounts.service import sessions
from marketplace.domain.sellers.models import Switch
from marketplace.domain.sellers.queries import Shop, shops_of
from marketplace.domain.sellers.queries.standing import switches_off
from marketplace.domain.sellers.queries.viewing import Viewing, viewing_of
from marketplace.kit.languages import N_, Locale, as_locale
from marketplace.kit.tokens import hash_token

LEFT_TO_READERS = frozenset(
    {
        Permission.SHOP_READ,
        Permission.SHOP_MANAGE,
        Permission.SHOP_LISTINGS_READ,
        Permission.SHOP_ORDERS_READ,
        Permission.SHOP_ORDERS_FULFIL,
        Permission.SHOP_FINANCE_READ,
        Permission.SHOP_INSIGHTS_READ,
    }
)
"""What members of a shop may still do when its portal can only be read: look, send what buyers have
paid for, and, by managing the shop, appeal and renew documents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """What one cookie means right now. The hats are None where they may not be worn."""

    session_id: str = ""
    browser: str = ""
    """The hash of the cookie of somebody who is not signed in."""
    ip: str = ""
    request_id: str = ""
    locale: Locale = "en"
    email: str = ""
    theme: str = "system"
    is_verified: bool = False
    person: Person | None = None
    staff: Staff | None = None
    member: SellerMember | None = None
    shops: tuple[Shop, ...] = ()
    is_staff: bool = False
    has_second_factor: bool = False
    passed_second_factor: bool = False
    has_shortcuts: bool = True
    last_seen_at: datetime | None = None
    viewing: Viewing | None = None
    """The shop somebody of the staff looks at: nothing can be changed meanwhile, in any hat."""
    viewed: str = ""
    """The id of the shop whose viewing ran out a moment ago."""

    @property
    def own_hats(self) -> tuple[Actor, ...]:
        """The hats in which one may take files away: not the one of a shop one only looks at."""
        hats = (self.staff, None if self.viewing else self.member, self.person)
        return tuple(hat for hat in hats if hat)

    @property
    def person_id(self) -> str:
        return self.person.id if self.person else ""

    @property
    def name(self) -> str:
        return self.person.name if self.person else ""

    @property
    def needs_enrolment(self) -> bool:
        """On the staff, without an authenticator: only the enrolment page is open."""
        return self.is_staff and not self.has_second_factor

    @property
    def needs_second_factor(self) -> bool:
        """The password was right, the code is still missing."""
        return self.has_second_factor and not self.passed_second_factor

    @property
    def guest(self) -> Guest:
        return Guest(
            session_id=self.session_id,
            browser=self.browser,
            ip=self.ip,
            request_id=self.request_id,
            locale=self.locale,
        )


ONLOOKER = N_("Only viewing")
"""The role of staff in a shop they look at."""


def recognise(
    session: Session, cookie: str, *, at: datetime, ip: str = "", request_id: str = ""
) -> Visitor:
    """Who the cookie stands for. An unknown or ended one is a guest without a session."""
    live = identity.live_session(session, cookie, at=at) if cookie else None
    if live is None:
        browser = hash_token(cookie) if cookie else ""
        return Visitor(browser=browser, ip=ip, request_id=request_id)
    return _signed_in(session, live, at=at, ip=ip, request_id=request_id)


def is_presence_due(visitor: Visitor, *, at: datetime) -> bool:
    """Whether the session's last use is old enough to be written down again."""
    return visitor.last_seen_at is not None and at - visitor.last_seen_at > sessions.SEEN_EVERY


def note_presence(session: Session, visitor: Visitor, *, at: datetime) -> None:
    """Keep the visitor's session from idling out."""
    if visitor.session_id:
        sessions.mark_seen(session, visitor.session_id, at=at)


def _signed_in(
    session: Session, live: LiveSession, *, at: datetime, ip: str, request_id: str
) -> Visitor:
    row = live.person
    roles, rights = identity.staff_rights(session, row.id)
    shops = shops_of(session, row.id)
    locale = as_locale(row.locale) or "en"
    has_second_factor = row.totp_enrolled_at is not None
    passed = live.mfa_at is not None
    is_complete = passed or not has_second_factor
    is_enrolling = bool(roles) and not has_second_factor
    common = {
        "id": row.id,
        "name": row.name,
        "locale": locale,
        "proved_at": live.proved_at,
        "session_id": live.id,
        "ip": ip,
        "request_id": request_id,
    }
    person = Person(**common)  # type: ignore[arg-type]
    staff = None
    if roles and passed:  # the staff always need the second factor
        staff = Staff(**common, permissions=rights, roles=roles)  # type: ignore[arg-type]
    watched = viewing_of(session, staff, at=at) if staff else None
    viewing = watched if watched and not watched.is_over else None
    member: SellerMember | None = None
    shop = next(
        (shop for shop in shops if shop.seller_id == live.seller_id), shops[0] if shops else None
    )
    if viewing:
        member = _onlooker(common, viewing, rights)
        shops = (Shop(viewing.seller_id, viewing.name, ONLOOKER, ""),)
    elif shop and is_complete and not is_enrolling:
        member = SellerMember(
            **common,  # type: ignore[arg-type]
            permissions=_portal_rights(session, shop),
            seller_id=shop.seller_id,
            seller_name=shop.name,
            role=shop.role,
        )
    return Visitor(
        session_id=live.id,
        ip=ip,
        request_id=request_id,
        locale=locale,
        email=row.email,
        theme=row.theme,
        is_verified=row.verified_at is not None,
        person=person if is_complete else None,
        staff=staff,
        member=member,
        shops=shops if is_complete else (),
        is_staff=bool(roles),
        has_second_factor=has_second_factor,
        passed_second_factor=passed,
        has_shortcuts=row.has_shortcuts,
        last_seen_at=live.last_seen_at,
        viewing=viewing,
        viewed=watched.seller_id if watched and watched.is_over else "",
    )


def _onlooker(
    common: Mapping[str, object], viewing: Viewing, rights: frozenset[Permission]
) -> Onlooker:
    """Reads all that members read, and people's data only if the staff's own rights say so."""
    return Onlooker(
        **common,  # type: ignore[arg-type]
        permissions=frozenset(one for one in SELLER_PERMISSIONS if one.is_read)
        | (rights & {Permission.PII_READ}),
        seller_id=viewing.seller_id,
        seller_name=viewing.name,
        role=ONLOOKER,
    )


def _portal_rights(session: Session, shop: Shop) -> frozenset[Permission]:
    """A role's rights; where the shop's portal can only be read, what is left of them."""
    rights = identity.role_rights(session, [shop.role_id])
    if Switch.SESSIONS in switches_off(session, shop.seller_id):
        return rights & LEFT_TO_READERS
    return rights
