"""Looking demo people up, and signing them in."""

from typing import Any

from sqlmodel import Session, select

from marketplace import db
from marketplace.domain.accounts.models import AuthSession, PersonAccount, Role, StaffRole
from marketplace.domain.accounts.service import people, sessions
from marketplace.domain.sellers.models import Seller, SellerMembership
from marketplace.flows.seed import DOMAIN
from marketplace.kit import clock
from marketplace.kit.errors import DomainError
from marketplace.kit.tokens import hash_token
from tests.web.harness import Tab


def signed_in(key: str, *, seller: str = "") -> str:
    """The cookie of a demo person past their second step; `seller` is the shop they run."""

    def work(session: Session) -> str:
        person = people.find(session, f"{key}@{DOMAIN}")
        assert person is not None
        at = clock.now()
        cookie = sessions.sign_in(
            session, person.id, replaces="", user_agent="test", ip="192.0.2.7", at=at
        )
        session.flush()
        live = session.exec(
            select(AuthSession).where(AuthSession.token_hash == hash_token(cookie))
        ).one()
        if seller:
            sessions.choose_shop(session, live.id, seller)
        return sessions.pass_second_factor(session, live.id, at=at)

    return db.call(work)


async def refusal(tab: Tab, handler: Any, **payload: Any) -> type[DomainError] | None:
    """What the service raises when the tab sends an event; None if nothing does."""
    try:
        await tab.send(handler, **payload)
    except DomainError as refused:
        return type(refused)
    return None


def id_of(key: str) -> str:
    def work(session: Session) -> str:
        person = people.find(session, f"{key}@{DOMAIN}")
        assert person is not None
        return person.id

    return db.call(work)


def role_id(code: str) -> str:
    return db.call(lambda s: s.exec(select(Role.id).where(Role.code == code)).one())


def seller_id(slug: str) -> str:
    return db.call(lambda s: s.exec(select(Seller.id).where(Seller.slug == slug)).one())


def staff_roles(key: str) -> set[str]:
    """Codes of the staff roles somebody has."""
    person_id = id_of(key)
    held = (
        select(Role.code)
        .join(StaffRole, StaffRole.role_id == Role.id)  # type: ignore[arg-type]
        .where(StaffRole.person_id == person_id)
    )
    return set(db.call(lambda s: s.exec(held).all()))


def shop_role(key: str, seller: str) -> str | None:
    """The code of somebody's role in a shop; None for people who do not work there."""
    found = (
        select(Role.code)
        .join(SellerMembership, SellerMembership.role_id == Role.id)  # type: ignore[arg-type]
        .where(SellerMembership.person_id == id_of(key), SellerMembership.seller_id == seller)
    )
    return db.call(lambda s: s.exec(found).first())


def is_disabled(key: str) -> bool:
    person_id = id_of(key)
    row = db.call(lambda s: s.get_one(PersonAccount, person_id))
    return row.disabled_at is not None
