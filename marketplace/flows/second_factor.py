"""The second step of signing in, and proving again who one is: each changes the session as well."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from marketplace.domain.access.models import Person
from marketplace.domain.accounts.queries import identity
from marketplace.domain.accounts.rules import WrongCode
from marketplace.domain.accounts.service import people, second_factor, sessions
from marketplace.domain.audit import service as audit
from marketplace.kit.errors import NotSignedIn


def pass_code(session: Session, cookie: str, code: str, *, at: datetime) -> str:
    """The code belongs to whoever just gave the password. Returns the new cookie's secret.

    Raises `WrongCode`, and `NotSignedIn` if the session ended meanwhile.
    """
    live = identity.live_session(session, cookie, at=at)
    if live is None:
        raise NotSignedIn
    second_factor.check_code(session, live.person.id, code, at=at)
    secret = sessions.pass_second_factor(session, live.id, at=at)
    person = Person(id=live.person.id, name=live.person.name, session_id=live.id)
    audit.record(session, person, "accounts.second_step_passed", "person", person.id, at=at)
    return secret


def enrol(session: Session, person: Person, code: str, *, at: datetime) -> tuple[list[str], str]:
    """Switch two-step sign-in on; the session counts as having passed it.

    Returns the recovery codes, shown this once, and the new cookie's secret. Raises `WrongCode`.
    """
    codes = second_factor.confirm_enrolment(session, person, code, at=at)
    return codes, sessions.pass_second_factor(session, person.session_id, at=at)


def confirm_identity(session: Session, person: Person, code: str, *, at: datetime) -> None:
    """The password was right just now; the code too, where there is one. Raises `WrongCode`."""
    if identity.own_credentials(session, person.id).has_second_factor:
        if not code:
            raise WrongCode
        second_factor.check_code(session, person.id, code, at=at)
    sessions.prove(session, person.session_id, at=at)
    audit.record(session, person, "accounts.identity_confirmed", "person", person.id, at=at)


def change_password(session: Session, person: Person, password_hash: str, *, at: datetime) -> str:
    """Set a new password; the old one was right just now, which proves who it is.

    Other sessions end and this one gets a new secret, which is returned.
    """
    people.change_password(session, replace(person, proved_at=at), password_hash, at=at)
    return sessions.rotate(session, person.session_id)
