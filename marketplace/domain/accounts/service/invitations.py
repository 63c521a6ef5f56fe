"""Invitations: a link by mail that makes its reader staff, or a member of a seller."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from marketplace.domain.access.models import (
    Actor,
    Audience,
    Permission,
    SellerMember,
    Staff,
)
from marketplace.domain.accounts import rules
from marketplace.domain.accounts.models import Invitation, Role
from marketplace.domain.accounts.service.people import find
from marketplace.domain.accounts.service.roles import permissions_of
from marketplace.domain.accounts.service.sessions import is_staff
from marketplace.domain.audit import service as audit
from marketplace.domain.notifications import service as notifications
from marketplace.kit.errors import Invalid, NotAllowed, NotFound
from marketplace.kit.ids import new_id
from marketplace.kit.languages import N_, Locale, as_locale
from marketplace.kit.tokens import hash_token, new_token
from marketplace.settings import settings


def invite_staff(session: Session, staff: Staff, *, email: str, role_id: str, at: datetime) -> str:
    """Ask an address to join the staff in a role. Returns the invitation's id.

    Raises `Invalid`, `NotAllowed` for a role with rights the inviter lacks, `NotFound`.
    """
    staff.require(Permission.STAFF_MANAGE)
    staff.require_fresh_proof(at)
    known = find(session, email)
    if known is not None and is_staff(session, known.id):
        raise Invalid({"email": N_("This person is on the staff already.")})
    role = _role(session, role_id, Audience.STAFF)
    if not rules.may_grant(staff.permissions, permissions_of(session, [role.id])):
        raise NotAllowed(Permission.STAFF_MANAGE.value)
    return _invite(
        session,
        staff,
        email,
        role,
        locale=staff.locale,
        at=at,
        template="invitation_staff",
        place=settings().name,
    )


def invite_member(
    session: Session, member: SellerMember, *, email: str, role_id: str, at: datetime
) -> str:
    """Ask an address to join the member's seller in a role. Returns the invitation's id.

    Raises `Invalid`, `NotAllowed`, `NotFound` as for staff.
    """
    member.require(Permission.SHOP_MEMBERS)
    member.require_fresh_proof(at)
    role = _role(session, role_id, Audience.SELLER)
    if not rules.may_grant(member.permissions, permissions_of(session, [role.id])):
        raise NotAllowed(Permission.SHOP_MEMBERS.value)
    return _invite(
        session,
        member,
        email,
        role,
        locale=member.locale,
        at=at,
        seller_id=member.seller_id,
        template="invitation_member",
        place=member.seller_name,
    )


def invite_staff_again(session: Session, staff: Staff, invitation_id: str, *, at: datetime) -> str:
    """A new link to the same address for the same role; the old one stops working.

    Returns the new invitation's id. Raises `NotFound`, `NotAllowed`, `Invalid`.
    """
    staff.require(Permission.STAFF_MANAGE)
    row = _still_open(session, invitation_id, "")
    return invite_staff(session, staff, email=row.email, role_id=row.role_id, at=at)


def invite_member_again(
    session: Session, member: SellerMember, invitation_id: str, *, at: datetime
) -> str:
    """As for staff. Raises `NotFound`, also for another seller's invitation."""
    member.require(Permission.SHOP_MEMBERS)
    row = _still_open(session, invitation_id, member.seller_id)
    return invite_member(session, member, email=row.email, role_id=row.role_id, at=at)


def revoke_staff_invitation(
    session: Session, staff: Staff, invitation_id: str, *, at: datetime
) -> None:
    """The link stops working. Raises `NotFound`."""
    staff.require(Permission.STAFF_MANAGE)
    _revoke(session, staff, invitation_id, "", at=at)


def revoke_member_invitation(
    session: Session, member: SellerMember, invitation_id: str, *, at: datetime
) -> None:
    """The link stops working. Raises `NotFound`, also for another seller's invitation."""
    member.require(Permission.SHOP_MEMBERS)
    _revoke(session, member, invitation_id, member.seller_id, at=at)


def open_invitation(session: Session, token: str, *, at: datetime) -> Invitation:
    """The invitation behind a link, still open. Raises `LinkExpired`."""
    row = session.exec(select(Invitation).where(Invitation.token_hash == hash_token(token))).first()
    if row is None or row.accepted_at or row.revoked_at or row.expires_at <= at:
        raise rules.LinkExpired
    return row


def take_invitation(
    session: Session, token: str, *, person_id: str, person_email: str, at: datetime
) -> Invitation:
    """Use an invitation up, for the address it was sent to. Raises `LinkExpired`, `NotFound`."""
    row = open_invitation(session, token, at=at)
    if rules.email_key(person_email) != row.email_key:
        raise NotFound(N_("This invitation was sent to another address. Sign in with that one."))
    taken = session.execute(
        update(Invitation)
        .where(
            col(Invitation.id) == row.id,
            col(Invitation.accepted_at).is_(None),
            col(Invitation.revoked_at).is_(None),
        )
        .values(accepted_at=at, accepted_by=person_id)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        raise rules.LinkExpired
    session.refresh(row)
    return row


def _invite(
    session: Session,
    actor: Actor,
    email: str,
    role: Role,
    *,
    locale: Locale,
    at: datetime,
    template: str,
    place: str,
    seller_id: str = "",
) -> str:
    _supersede(session, email, seller_id, at=at)
    secret = new_token()
    known = find(session, email)
    invitation = Invitation(
        id=new_id("inv"),
        seller_id=seller_id,
        email=email,
        email_key=rules.email_key(email),
        role_id=role.id,
        token_hash=hash_token(secret),
        invited_by=actor.id,
        invited_at=at,
        expires_at=at + rules.INVITATION_LASTS,
    )
    session.add(invitation)
    session.flush()
    reads = (known and as_locale(known.locale)) or locale
    notifications.write_letter(
        session,
        email,
        reads,
        template,
        {"inviter": actor.name, "place": place},
        at=at,
        person_id=known.id if known else None,
        secret_words={"link": f"{settings().public_url}/invitation?token={secret}"},
    )
    audit.record(
        session,
        actor,
        "accounts.invited",
        "invitation",
        invitation.id,
        at=at,
        after={"email": email, "role": role.code},
        seller_id=seller_id,
    )
    return invitation.id


def _supersede(session: Session, email: str, seller_id: str, *, at: datetime) -> None:
    """Inviting again sends a new link; the old one stops working."""
    session.execute(
        update(Invitation)
        .where(
            col(Invitation.email_key) == rules.email_key(email),
            col(Invitation.seller_id) == seller_id,
            col(Invitation.accepted_at).is_(None),
            col(Invitation.revoked_at).is_(None),
        )
        .values(revoked_at=at)
    )


def _revoke(
    session: Session, actor: Actor, invitation_id: str, seller_id: str, *, at: datetime
) -> None:
    row = _still_open(session, invitation_id, seller_id)
    row.revoked_at = at
    session.add(row)
    audit.record(
        session,
        actor,
        "accounts.invitation_revoked",
        "invitation",
        invitation_id,
        at=at,
        seller_id=seller_id,
    )


def _still_open(session: Session, invitation_id: str, seller_id: str) -> Invitation:
    row = session.get(Invitation, invitation_id)
    if row is None or row.seller_id != seller_id or row.accepted_at or row.revoked_at:
        raise NotFound
    return row


def _role(session: Session, role_id: str, audience: Audience) -> Role:
    role = session.get(Role, role_id)
    if role is None or role.audience is not audience or role.archived_at is not None:
        raise NotFound
    return role
