"""What can be done with sellers: open one, and decide who works for it."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from marketplace.domain.access.models import Actor, Audience, Permission, SellerMember
from marketplace.domain.accounts.models import Role
from marketplace.domain.accounts.rules import LastOwner, NotToYourself, may_grant
from marketplace.domain.accounts.service.roles import permissions_of
from marketplace.domain.audit import service as audit
from marketplace.domain.ledger import service as ledger
from marketplace.domain.moves.service import started
from marketplace.domain.sellers import rules
from marketplace.domain.sellers.models import Seller, SellerMembership, SellerStatus
from marketplace.kit.errors import NotAllowed, NotFound, Stale
from marketplace.kit.ids import new_id
from marketplace.settings import settings


def open_seller(
    session: Session,
    actor: Actor,
    *,
    name: str,
    slug: str,
    at: datetime,
    name_zh: str = "",
    about: str = "",
    about_zh: str = "",
    level: str = rules.FIRST_LEVEL,
) -> str:
    """Make a seller that is open for business, with its accounts. Returns its id.

    For approvals and demo data: the caller decided who may.
    """
    seller = Seller(
        id=new_id("sel"),
        name=name,
        name_zh=name_zh,
        slug=slug,
        about=about,
        about_zh=about_zh,
        status=SellerStatus.OPEN,
        level=level,
        created_at=at,
    )
    session.add(seller)
    session.flush()
    ledger.open_seller_accounts(session, seller.id, settings().currency, at=at)
    started(session, actor, "seller", seller, at=at)
    audit.record(
        session,
        actor,
        "sellers.opened",
        "seller",
        seller.id,
        at=at,
        after={"name": name},
        seller_id=seller.id,
    )
    return seller.id


def add_member(
    session: Session, actor: Actor, seller_id: str, person_id: str, role_id: str, *, at: datetime
) -> None:
    """Let a person work for a seller; the caller decided who may.

    Somebody who works there already keeps their role: else an invitation could take an owner's.
    """
    if session.get(SellerMembership, (seller_id, person_id)) is not None:
        return
    session.add(
        SellerMembership(seller_id=seller_id, person_id=person_id, role_id=role_id, joined_at=at)
    )
    session.flush()
    audit.record(
        session,
        actor,
        "sellers.member_added",
        "person",
        person_id,
        at=at,
        after={"role": role_id},
        seller_id=seller_id,
    )


def change_member_role(
    session: Session,
    member: SellerMember,
    person_id: str,
    role_id: str,
    *,
    version: int,
    at: datetime,
) -> None:
    """Raises `NotToYourself`, `LastOwner`, `NotAllowed`, `Stale`, `NotFound`."""
    row, before = _colleague(session, member, person_id, at=at)
    role = session.get(Role, role_id)
    if role is None or role.audience is not Audience.SELLER or role.archived_at is not None:
        raise NotFound
    if row.version != version:
        raise Stale
    if not may_grant(member.permissions, permissions_of(session, [role_id, before.id])):
        raise NotAllowed(Permission.SHOP_MEMBERS.value)
    row.role_id, row.version = role_id, row.version + 1
    session.add(row)
    session.flush()
    _check_an_owner_remains(session, member.seller_id)
    audit.record(
        session,
        member,
        "sellers.member_role_changed",
        "person",
        person_id,
        at=at,
        before={"role": before.code},
        after={"role": role.code},
        seller_id=member.seller_id,
    )


def remove_member(session: Session, member: SellerMember, person_id: str, *, at: datetime) -> None:
    """The person no longer works for the seller, at once, on open pages too.

    Raises `NotToYourself`, `LastOwner`, `NotAllowed`, `NotFound`.
    """
    row, role = _colleague(session, member, person_id, at=at)
    if not may_grant(member.permissions, permissions_of(session, [role.id])):
        raise NotAllowed(Permission.SHOP_MEMBERS.value)
    session.delete(row)
    session.flush()
    _check_an_owner_remains(session, member.seller_id)
    audit.record(
        session,
        member,
        "sellers.member_removed",
        "person",
        person_id,
        at=at,
        before={"role": role.code},
        seller_id=member.seller_id,
    )


def _colleague(
    session: Session, member: SellerMember, person_id: str, *, at: datetime
) -> tuple[SellerMembership, Role]:
    """A colleague in the member's own seller; anybody else's is `NotFound`."""
    member.require(Permission.SHOP_MEMBERS)
    member.require_fresh_proof(at)
    if person_id == member.id:
        raise NotToYourself
    # one change of members at a time, or two owners could remove each other
    session.exec(select(Seller.id).where(Seller.id == member.seller_id).with_for_update())
    row = session.get(SellerMembership, (member.seller_id, person_id))
    if row is None:
        raise NotFound
    return row, session.get_one(Role, row.role_id)


def _check_an_owner_remains(session: Session, seller_id: str) -> None:
    owners = (
        select(func.count())
        .select_from(SellerMembership)
        .join(Role, col(Role.id) == col(SellerMembership.role_id))
        .where(SellerMembership.seller_id == seller_id, Role.code == rules.OWNER)
    )
    if session.exec(owners).one() == 0:
        raise LastOwner
