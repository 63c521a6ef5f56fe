"""What can be asked about sellers and their members."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, or_, select

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.accounts.models import AuthSession, PersonAccount, Role
from marketplace.domain.accounts.queries.staff import InvitationRow, open_invitations
from marketplace.domain.sellers import rules
from marketplace.domain.sellers.models import Seller, SellerMembership, SellerStatus
from marketplace.kit.errors import NotFound
from marketplace.kit.paging import ListQuery, Page
from marketplace.kit.redaction import mask_email


def works_for(session: Session, person_id: str, seller_id: str) -> bool:
    return session.get(SellerMembership, (seller_id, person_id)) is not None


@dataclass(frozen=True, slots=True)
class Shop:
    """A shop somebody works for, as the switcher shows it."""

    seller_id: str
    name: str
    role: str
    role_id: str


@dataclass(frozen=True, slots=True)
class ShopCard:
    """A shop as buyers see it."""

    id: str
    slug: str
    name: str
    name_zh: str
    about: str
    about_zh: str
    is_paused: bool


@dataclass(frozen=True, slots=True)
class MemberRow:
    id: str
    """The person's."""
    name: str
    email: str
    role: str
    role_id: str
    joined_at: str
    """ISO 8601, UTC."""
    last_seen_at: str
    is_owner: bool
    is_self: bool
    version: int


@dataclass(frozen=True, slots=True)
class RoleChoice:
    id: str
    name: str
    purpose: str


def shops_of(session: Session, person_id: str) -> tuple[Shop, ...]:
    """The sellers a person works for, by name; those that are gone are left out."""
    rows = session.exec(
        select(Seller, Role)
        .join(SellerMembership, col(SellerMembership.seller_id) == col(Seller.id))
        .join(Role, col(Role.id) == col(SellerMembership.role_id))
        .where(SellerMembership.person_id == person_id, col(Seller.status).in_(rules.PORTAL))
        .order_by(col(Seller.name))
    )
    return tuple(Shop(seller.id, seller.name, role.name, role.id) for seller, role in rows)


def open_shops(session: Session) -> list[ShopCard]:
    """Shops that buyers may visit, newest first; at most 24. Public."""
    rows = session.exec(
        select(Seller)
        .where(col(Seller.status).in_(rules.SHOWN))
        .order_by(col(Seller.created_at).desc(), col(Seller.id))
        .limit(24)
    )
    return [
        ShopCard(
            row.id,
            row.slug,
            row.name,
            row.name_zh or row.name,
            row.about,
            row.about_zh or row.about,
            row.status is SellerStatus.PAUSED,
        )
        for row in rows
    ]


def list_members(session: Session, member: SellerMember, query: ListQuery) -> Page[MemberRow]:
    """People who work for the member's own seller. Filter: `role` (role ids)."""
    member.require(Permission.SHOP_READ)
    people = (
        select(SellerMembership, PersonAccount, Role)
        .join(PersonAccount, col(PersonAccount.id) == col(SellerMembership.person_id))
        .join(Role, col(Role.id) == col(SellerMembership.role_id))
        .where(SellerMembership.seller_id == member.seller_id)
    )
    if query.search:
        people = people.where(
            or_(
                col(PersonAccount.name).icontains(query.search, autoescape=True),
                col(PersonAccount.email_key).icontains(query.search, autoescape=True),
            )
        )
    if chosen := query.filters.get("role"):
        people = people.where(col(SellerMembership.role_id).in_(chosen))
    total = session.exec(select(func.count()).select_from(people.subquery())).one()
    order = col(
        {"email": PersonAccount.email_key, "joined": SellerMembership.joined_at}.get(
            query.sort, PersonAccount.name
        )
    )
    people = people.order_by(order.desc() if query.is_descending else order, col(PersonAccount.id))
    rows = session.exec(people.offset(query.offset).limit(query.size)).all()
    return Page([_member_row(session, member, *row) for row in rows], total)


def colleague(session: Session, member: SellerMember, person_id: str) -> MemberRow:
    """One of the member's own seller. Raises `NotFound` for people of others."""
    member.require(Permission.SHOP_READ)
    membership = session.get(SellerMembership, (member.seller_id, person_id))
    if membership is None:
        raise NotFound
    person = session.get_one(PersonAccount, person_id)
    role = session.get_one(Role, membership.role_id)
    return _member_row(session, member, membership, person, role)


def list_member_invitations(
    session: Session, member: SellerMember, *, at: datetime
) -> list[InvitationRow]:
    """Open invitations to the member's own seller."""
    member.require(Permission.SHOP_MEMBERS)
    return open_invitations(session, member.seller_id, at=at)


def role_choices(session: Session, member: SellerMember) -> list[RoleChoice]:
    """Roles a member of this seller may have."""
    member.require(Permission.SHOP_READ)
    rows = session.exec(
        select(Role)
        .where(Role.audience == Permission.SHOP_READ.audience, col(Role.archived_at).is_(None))
        .order_by(col(Role.id))
    )
    return [RoleChoice(role.id, role.name, role.purpose) for role in rows]


def _member_row(
    session: Session,
    member: SellerMember,
    membership: SellerMembership,
    person: PersonAccount,
    role: Role,
) -> MemberRow:
    seen = session.exec(
        select(func.max(AuthSession.last_seen_at)).where(AuthSession.person_id == person.id)
    ).one()
    return MemberRow(
        person.id,
        person.name,
        person.email if member.sees_people else mask_email(person.email),
        role.name,
        role.id,
        membership.joined_at.isoformat(),
        seen.isoformat() if seen else "",
        role.code == rules.OWNER,
        person.id == member.id,
        membership.version,
    )
