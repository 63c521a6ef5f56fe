"""People: registering, proving an address, changing password, address and preferences."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from marketplace.domain.access.models import Actor, Permission, Person, Staff
from marketplace.domain.accounts import rules
from marketplace.domain.accounts.models import OneTimeToken, PersonAccount, TokenPurpose
from marketplace.domain.accounts.service.roles import (
    check_somebody_manages_roles,
    lock_roles,
    rights_of_person,
)
from marketplace.domain.accounts.service.sessions import end_sessions_of
from marketplace.domain.audit import service as audit
from marketplace.domain.notifications import service as notifications
from marketplace.kit.errors import Invalid, NotAllowed, NotFound, Stale
from marketplace.kit.ids import new_id
from marketplace.kit.languages import N_, Locale, as_locale
from marketplace.kit.tokens import hash_token, new_token
from marketplace.settings import settings

THEMES = ("system", "light", "dark")


def register(
    session: Session, *, email: str, name: str, password_hash: str, locale: Locale, at: datetime
) -> None:
    """Make an account and send a link that proves the address.

    If the address has one already, its owner gets a letter instead; the caller sees no
    difference, so nobody learns who has an account (SEC-17). `email` is a checked address.
    """
    try:
        with session.begin_nested():
            person = create(
                session, email=email, name=name, password_hash=password_hash, locale=locale, at=at
            )
    except (Invalid, IntegrityError):  # there is one, perhaps made by the same form a moment ago
        _tell_of_account(session, email, at=at)
    else:
        _send_link(session, person, TokenPurpose.VERIFY_EMAIL, "verify_email", person.email, at=at)


def create(
    session: Session,
    *,
    email: str,
    name: str,
    password_hash: str,
    locale: Locale,
    at: datetime,
    is_verified: bool = False,
) -> PersonAccount:
    """A person's row, with no letter sent: for registering, invitations, the command line.

    Raises `Invalid` for the field `email` if the address is taken.
    """
    if find(session, email) is not None:
        raise Invalid({"email": N_("There is an account with this address already.")})
    person = PersonAccount(
        id=new_id("per"),
        email=email,
        email_key=rules.email_key(email),
        name=name,
        password_hash=password_hash,
        locale=locale,
        created_at=at,
        verified_at=at if is_verified else None,
    )
    session.add(person)
    session.flush()
    audit.record(session, _self(person), "accounts.registered", "person", person.id, at=at)
    return person


def verify_email(session: Session, token: str, *, at: datetime) -> str:
    """The link in the letter was opened. Returns the person's id. Raises `LinkExpired`."""
    used = _use(session, token, TokenPurpose.VERIFY_EMAIL, at=at)
    person = session.get_one(PersonAccount, used.person_id)
    if person.verified_at is None:
        person.verified_at = at
        session.add(person)
        audit.record(session, _self(person), "accounts.email_verified", "person", person.id, at=at)
    return person.id


def send_verification_again(session: Session, person: Person, *, at: datetime) -> None:
    """Another link for an address not proved yet; earlier links stop working."""
    row = session.get_one(PersonAccount, person.id)
    if row.verified_at is None:
        _send_link(session, row, TokenPurpose.VERIFY_EMAIL, "verify_email", row.email, at=at)


def request_password_reset(session: Session, email: str, *, at: datetime) -> None:
    """Send a reset link if there is such an account; the caller sees no difference."""
    person = find(session, email)
    if person is not None and person.disabled_at is None:
        _send_link(
            session, person, TokenPurpose.RESET_PASSWORD, "reset_password", person.email, at=at
        )


def reset_password(session: Session, token: str, password_hash: str, *, at: datetime) -> None:
    """Set a new password by a link from a letter. Raises `LinkExpired`.

    Every session ends; a second factor is still asked for at the next sign-in.
    """
    used = _use(session, token, TokenPurpose.RESET_PASSWORD, at=at)
    person = session.get_one(PersonAccount, used.person_id)
    person.verified_at = person.verified_at or at
    _set_password(session, _self(person), person, password_hash, at=at)
    end_sessions_of(session, person.id, at=at)


def change_password(session: Session, person: Person, password_hash: str, *, at: datetime) -> None:
    """Set a new password; the caller has just checked the old one. Other sessions end."""
    person.require_fresh_proof(at)
    row = session.get_one(PersonAccount, person.id)
    _set_password(session, person, row, password_hash, at=at)
    end_sessions_of(session, person.id, at=at, but=person.session_id)


def refresh_hash(session: Session, person_id: str, password_hash: str) -> None:
    """Store the same password under today's stronger parameters."""
    session.execute(
        update(PersonAccount)
        .where(col(PersonAccount.id) == person_id)
        .values(password_hash=password_hash)
    )


def request_email_change(session: Session, person: Person, email: str, *, at: datetime) -> None:
    """Send a link to the new address; nothing changes until it is opened."""
    person.require_fresh_proof(at)
    row = session.get_one(PersonAccount, person.id)
    if rules.email_key(email) == row.email_key:
        raise Invalid({"email": N_("This is your address already.")})
    if find(session, email) is None:  # a taken address gets no letter, and nobody is told why
        _send_link(session, row, TokenPurpose.CHANGE_EMAIL, "email_change_confirm", email, at=at)


def change_email(session: Session, token: str, *, at: datetime) -> None:
    """The link sent to the new address was opened. Raises `LinkExpired`.

    The old address is told, and every session ends: the link may be open anywhere.
    """
    used = _use(session, token, TokenPurpose.CHANGE_EMAIL, at=at)
    person = session.get_one(PersonAccount, used.person_id)
    if find(session, used.email) is not None:
        raise rules.LinkExpired
    before = person.email
    person.email, person.email_key = used.email, rules.email_key(used.email)
    person.verified_at = at
    session.add(person)
    _void_links(session, person.id, at=at)
    end_sessions_of(session, person.id, at=at)
    notifications.write_letter(
        session,
        before,
        _locale(person),
        "email_changed",
        {"name": person.name, "email": person.email},
        at=at,
        person_id=person.id,
    )
    audit.record(
        session,
        _self(person),
        "accounts.email_changed",
        "person",
        person.id,
        at=at,
        before={"email": before},
        after={"email": person.email},
    )


def rename(session: Session, person: Person, name: str, *, version: int, at: datetime) -> None:
    """Raises `Stale` if somebody saved since `version`."""
    row = session.get_one(PersonAccount, person.id)
    _check_version(row, version)
    before, row.name, row.version = row.name, name, row.version + 1
    session.add(row)
    audit.record(
        session,
        person,
        "accounts.renamed",
        "person",
        person.id,
        at=at,
        before={"name": before},
        after={"name": name},
    )


def prefer(
    session: Session,
    person: Person,
    *,
    locale: str | None = None,
    theme: str | None = None,
    has_shortcuts: bool | None = None,
    is_compact: bool | None = None,
) -> None:
    """Keep a person's taste; unknown values, which no page of ours sends, are ignored."""
    row = session.get_one(PersonAccount, person.id)
    row.locale = as_locale(locale) or row.locale
    row.theme = theme if theme in THEMES else row.theme
    row.has_shortcuts = row.has_shortcuts if has_shortcuts is None else has_shortcuts
    row.is_compact = row.is_compact if is_compact is None else is_compact
    session.add(row)


def disable(session: Session, staff: Staff, person_id: str, *, at: datetime) -> None:
    """Shut an account: every session of it ends.

    Raises `NotFound`, `NotToYourself`, `NotAllowed` for somebody with rights the actor lacks,
    `LastOwner` if nobody could hand out roles after it.
    """
    row = _somebody_else(session, staff, person_id, at=at)
    row.disabled_at = row.disabled_at or at
    session.add(row)
    session.flush()
    check_somebody_manages_roles(session)
    end_sessions_of(session, person_id, at=at)
    audit.record(session, staff, "accounts.disabled", "person", person_id, at=at)


def enable(session: Session, staff: Staff, person_id: str, *, at: datetime) -> None:
    """Open a shut account again. Raises `NotFound`, `NotToYourself`, `NotAllowed`."""
    row = _somebody_else(session, staff, person_id, at=at)
    row.disabled_at = None
    session.add(row)
    audit.record(session, staff, "accounts.enabled", "person", person_id, at=at)


def find(session: Session, email: str) -> PersonAccount | None:
    key = rules.email_key(email)
    return session.exec(select(PersonAccount).where(PersonAccount.email_key == key)).first()


def purge_links(session: Session, *, at: datetime) -> int:
    """Forget links that can no longer be used. Returns how many."""
    old = session.exec(select(OneTimeToken).where(OneTimeToken.expires_at < at)).all()
    for row in old:
        session.delete(row)
    return len(old)


def _somebody_else(
    session: Session, staff: Staff, person_id: str, *, at: datetime
) -> PersonAccount:
    """Whom the member of staff may shut out: never themselves, nobody with more rights."""
    staff.require(Permission.STAFF_MANAGE)
    staff.require_fresh_proof(at)
    if person_id == staff.id:
        raise rules.NotToYourself
    lock_roles(session)
    row = session.get(PersonAccount, person_id)
    if row is None:
        raise NotFound
    if not rules.may_grant(staff.permissions, rights_of_person(session, person_id)):
        raise NotAllowed(Permission.STAFF_MANAGE.value)
    return row


def _set_password(
    session: Session, actor: Actor, person: PersonAccount, password_hash: str, *, at: datetime
) -> None:
    person.password_hash = password_hash
    session.add(person)
    _void_links(session, person.id, at=at)
    notifications.write_letter(
        session,
        person.email,
        _locale(person),
        "password_changed",
        {"name": person.name, "link": f"{settings().public_url}/forgot-password"},
        at=at,
        person_id=person.id,
    )
    audit.record(session, actor, "accounts.password_changed", "person", person.id, at=at)


def _tell_of_account(session: Session, email: str, *, at: datetime) -> None:
    known = find(session, email)
    if known is not None:
        notifications.write_letter(
            session,
            known.email,
            _locale(known),
            "account_exists",
            {"name": known.name, "link": f"{settings().public_url}/sign-in"},
            at=at,
            person_id=known.id,
        )


PATHS = {
    TokenPurpose.VERIFY_EMAIL: "/verify-email",
    TokenPurpose.RESET_PASSWORD: "/reset-password",
    TokenPurpose.CHANGE_EMAIL: "/confirm-email",
}


def _send_link(
    session: Session,
    person: PersonAccount,
    purpose: TokenPurpose,
    template: str,
    to: str,
    *,
    at: datetime,
) -> None:
    _void_links(session, person.id, purpose, at=at)
    secret = new_token()
    session.add(
        OneTimeToken(
            id=new_id("ott"),
            token_hash=hash_token(secret),
            person_id=person.id,
            purpose=purpose,
            email=to if purpose is TokenPurpose.CHANGE_EMAIL else "",
            created_at=at,
            expires_at=at + rules.TOKEN_LASTS,
        )
    )
    # the host comes from the settings, never from a request's Host header (SEC-18)
    link = f"{settings().public_url}{PATHS[purpose]}?token={secret}"
    notifications.write_letter(
        session,
        to,
        _locale(person),
        template,
        {"name": person.name},
        at=at,
        person_id=person.id,
        secret_words={"link": link},
    )


def _use(session: Session, token: str, purpose: TokenPurpose, *, at: datetime) -> OneTimeToken:
    """Take a link's one use. A conditional UPDATE decides, so of two at once one wins."""
    taken = session.execute(
        update(OneTimeToken)
        .where(
            col(OneTimeToken.token_hash) == hash_token(token),
            col(OneTimeToken.purpose) == purpose,
            col(OneTimeToken.used_at).is_(None),
            col(OneTimeToken.expires_at) > at,
        )
        .values(used_at=at)
    )
    row = session.exec(
        select(OneTimeToken).where(OneTimeToken.token_hash == hash_token(token))
    ).first()
    if taken.rowcount != 1 or row is None:  # type: ignore[attr-defined]
        raise rules.LinkExpired
    if session.get_one(PersonAccount, row.person_id).disabled_at is not None:
        raise rules.LinkExpired
    return row


def _void_links(
    session: Session, person_id: str, purpose: TokenPurpose | None = None, *, at: datetime
) -> None:
    """Earlier links stop working when a newer one is sent or a secret changes."""
    open_links = update(OneTimeToken).where(
        col(OneTimeToken.person_id) == person_id, col(OneTimeToken.used_at).is_(None)
    )
    if purpose:
        open_links = open_links.where(col(OneTimeToken.purpose) == purpose)
    session.execute(open_links.values(used_at=at))


def _check_version(row: PersonAccount, version: int) -> None:
    if row.version != version:
        raise Stale


def _locale(person: PersonAccount) -> Locale:
    return as_locale(person.locale) or "en"


def _self(person: PersonAccount) -> Actor:
    return Actor(kind="person", id=person.id, name=person.name)
