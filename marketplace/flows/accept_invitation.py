"""Somebody opens an invitation: they become staff, or a member of a seller."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from marketplace.domain.access.models import Actor
from marketplace.domain.accounts.models import Invitation, PersonAccount, Role
from marketplace.domain.accounts.service import invitations, people, roles, sessions
from marketplace.domain.sellers.models import Seller
from marketplace.domain.sellers.service import add_member
from marketplace.kit.languages import Locale


@dataclass(frozen=True, slots=True)
class InvitationCard:
    """What the page of an invitation says."""

    email: str
    role: str
    seller: str
    """Empty for an invitation to the staff."""
    has_account: bool


def look_at_invitation(session: Session, token: str, *, at: datetime) -> InvitationCard:
    """Raises `LinkExpired`."""
    row = invitations.open_invitation(session, token, at=at)
    seller = session.get(Seller, row.seller_id) if row.seller_id else None
    return InvitationCard(
        row.email,
        session.get_one(Role, row.role_id).name,
        seller.name if seller else "",
        people.find(session, row.email) is not None,
    )


def accept_invitation(session: Session, token: str, *, person_id: str, at: datetime) -> str:
    """A signed-in person accepts. Returns the seller's id, or an empty text for the staff.

    Becoming staff ends the person's sessions: those of the staff are shorter and need a code.
    Raises `LinkExpired`, and `NotFound` if it was sent to another address.
    """
    person = session.get_one(PersonAccount, person_id)
    taken = invitations.take_invitation(
        session, token, person_id=person.id, person_email=person.email, at=at
    )
    return _join(session, person, taken, at=at)


def accept_as_newcomer(
    session: Session, token: str, *, name: str, password_hash: str, locale: Locale, at: datetime
) -> str:
    """Make the account the invitation was for and accept. Returns the new person's id.

    The address counts as proved: the link reached it. Raises `LinkExpired`, `Invalid`.
    """
    email = invitations.open_invitation(session, token, at=at).email
    person = people.create(
        session,
        email=email,
        name=name,
        password_hash=password_hash,
        locale=locale,
        at=at,
        is_verified=True,
    )
    taken = invitations.take_invitation(
        session, token, person_id=person.id, person_email=email, at=at
    )
    _join(session, person, taken, at=at)
    return person.id


def _join(session: Session, person: PersonAccount, taken: Invitation, *, at: datetime) -> str:
    name = session.get_one(PersonAccount, taken.invited_by).name
    inviter = Actor(kind="person", id=taken.invited_by, name=name)
    if taken.seller_id:
        add_member(session, inviter, taken.seller_id, person.id, taken.role_id, at=at)
    else:
        roles.grant(session, inviter, person.id, taken.role_id, at=at)
        sessions.end_sessions_of(session, person.id, at=at)
    return taken.seller_id
