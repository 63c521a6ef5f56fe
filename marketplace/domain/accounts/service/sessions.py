"""Sessions: signing in makes one, a second factor lifts it, and every one can be ended."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from marketplace.domain.access.models import Actor, Person
from marketplace.domain.accounts.models import AuthSession, PersonAccount, StaffRole
from marketplace.domain.accounts.rules import (
    PERSON_LIFE,
    STAFF_LIFE,
    Life,
    device_of,
    is_alive,
)
from marketplace.domain.audit import service as audit
from marketplace.domain.notifications import service as notifications
from marketplace.kit.errors import NotFound
from marketplace.kit.formats import moment
from marketplace.kit.ids import new_id
from marketplace.kit.languages import as_locale
from marketplace.kit.tokens import hash_token, new_token
from marketplace.settings import settings

SEEN_EVERY = timedelta(seconds=60)
KEEP_ENDED = timedelta(days=30)


def sign_in(
    session: Session, person_id: str, *, replaces: str, user_agent: str, ip: str, at: datetime
) -> str:
    """A new session for a person whose password was right. Returns the cookie's secret.

    The old cookie `replaces` is ended, so a session known before signing in is worth nothing
    after (fixation). Raises `NotFound` if the account is disabled meanwhile.
    """
    person = session.get(PersonAccount, person_id)
    if person is None or person.disabled_at is not None:
        raise NotFound
    end_by_cookie(session, replaces, at=at)
    _warn_of_new_browser(session, person, user_agent=user_agent, ip=ip, at=at)
    life = STAFF_LIFE if is_staff(session, person_id) else PERSON_LIFE
    return _start(session, person, life, user_agent=user_agent, ip=ip, at=at)


def mark_seen(session: Session, session_id: str, *, at: datetime) -> None:
    """Keep a session from idling out; written at most once a minute."""
    session.execute(
        update(AuthSession)
        .where(col(AuthSession.id) == session_id, col(AuthSession.last_seen_at) < at - SEEN_EVERY)
        .values(last_seen_at=at)
    )


def pass_second_factor(session: Session, session_id: str, *, at: datetime) -> str:
    """The second factor was right: rotate the session's secret and lift its rights.

    Returns the new cookie's secret; the old one stops working at once.
    """
    row = _own(session, session_id)
    secret = new_token()
    row.token_hash, row.mfa_at, row.proved_at = hash_token(secret), at, at
    session.add(row)
    return secret


def rotate(session: Session, session_id: str) -> str:
    """A new secret for the same session; returns it. The old cookie stops working at once."""
    row = _own(session, session_id)
    secret = new_token()
    row.token_hash = hash_token(secret)
    session.add(row)
    return secret


def prove(session: Session, session_id: str, *, at: datetime) -> None:
    """The person has just proved again who they are: opens money and roles for ten minutes."""
    row = _own(session, session_id)
    row.proved_at = at
    session.add(row)


def choose_shop(session: Session, session_id: str, seller_id: str) -> None:
    """Remember which shop the person runs in this browser. The caller checked membership."""
    row = _own(session, session_id)
    row.seller_id = seller_id
    session.add(row)


def sign_out(session: Session, person: Person, *, at: datetime) -> None:
    """End the session the person is in."""
    _own(session, person.session_id).revoked_at = at
    audit.record(session, person, "accounts.signed_out", "person", person.id, at=at)


def end_by_cookie(session: Session, cookie: str, *, at: datetime) -> None:
    """The cookie's session ends now. An unknown cookie is no error."""
    session.execute(
        update(AuthSession)
        .where(
            col(AuthSession.token_hash) == hash_token(cookie), col(AuthSession.revoked_at).is_(None)
        )
        .values(revoked_at=at)
    )


def end_session(session: Session, person: Person, session_id: str, *, at: datetime) -> None:
    """End one of the person's own sessions. Raises `NotFound` for anybody else's."""
    row = session.get(AuthSession, session_id)
    if row is None or row.person_id != person.id or row.revoked_at is not None:
        raise NotFound
    row.revoked_at = at
    session.add(row)
    audit.record(session, person, "accounts.session_ended", "session", session_id, at=at)


def end_other_sessions(session: Session, person: Person, *, at: datetime) -> int:
    """Sign out everywhere but here. Returns how many sessions ended."""
    ended = end_sessions_of(session, person.id, at=at, but=person.session_id)
    audit.record(
        session,
        person,
        "accounts.signed_out_everywhere",
        "person",
        person.id,
        at=at,
        after={"ended": ended},
    )
    return ended


def end_sessions_of(session: Session, person_id: str, *, at: datetime, but: str = "") -> int:
    """End every live session of a person, except the one with the id `but`."""
    live = [
        row.id
        for row in session.exec(select(AuthSession).where(AuthSession.person_id == person_id))
        if row.id != but
        and is_alive(row.expires_at, row.last_seen_at, row.idle_seconds, row.revoked_at, at)
    ]
    session.execute(update(AuthSession).where(col(AuthSession.id).in_(live)).values(revoked_at=at))
    return len(live)


def purge_ended(session: Session, *, at: datetime) -> int:
    """Forget sessions that ended more than 30 days ago. Returns how many."""
    old = session.exec(
        select(AuthSession.id).where(
            (col(AuthSession.expires_at) < at - KEEP_ENDED)
            | (col(AuthSession.revoked_at) < at - KEEP_ENDED)
        )
    ).all()
    for session_id in old:
        session.delete(session.get_one(AuthSession, session_id))
    return len(old)


def is_staff(session: Session, person_id: str) -> bool:
    held = select(StaffRole.role_id).where(StaffRole.person_id == person_id)
    return session.exec(held).first() is not None


def _warn_of_new_browser(
    session: Session, person: PersonAccount, *, user_agent: str, ip: str, at: datetime
) -> None:
    """A letter when the account is used from a kind of browser it was not used from before.

    The very first sign-in is no news. Sessions are remembered for 30 days after their end.
    """
    known = session.exec(
        select(AuthSession.user_agent).where(AuthSession.person_id == person.id)
    ).all()
    device = device_of(user_agent)
    if not known or device in {device_of(agent) for agent in known}:
        return
    locale = as_locale(person.locale) or "en"
    notifications.write_letter(
        session,
        person.email,
        locale,
        "new_sign_in",
        {
            "name": person.name,
            "device": device or "?",
            "ip": ip or "?",
            "when": moment(at, locale, settings().time_zone),
        },
        at=at,
        person_id=person.id,
    )


def _own(session: Session, session_id: str) -> AuthSession:
    row = session.get(AuthSession, session_id)
    if row is None or row.revoked_at is not None:
        raise NotFound
    return row


def _start(
    session: Session,
    person: PersonAccount,
    life: Life,
    *,
    user_agent: str,
    ip: str,
    at: datetime,
) -> str:
    secret = new_token()
    session.add(
        AuthSession(
            id=new_id("ses"),
            token_hash=hash_token(secret),
            person_id=person.id,
            created_at=at,
            last_seen_at=at,
            expires_at=at + life.absolute,
            idle_seconds=int(life.idle.total_seconds()),
            proved_at=at,
            user_agent=user_agent[:255],
            ip=ip[:45],
        )
    )
    audit.record(session, _self(person, ip), "accounts.signed_in", "person", person.id, at=at)
    return secret


def _self(person: PersonAccount, ip: str) -> Actor:
    return Actor(kind="person", id=person.id, name=person.name, ip=ip)
