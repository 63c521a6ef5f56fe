"""The second factor: enrolling an authenticator, using a code, recovery, and losing the phone."""

import secrets
from datetime import datetime

import pyotp
from sqlalchemy import update
from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission, Person, Staff, System
from marketplace.domain.accounts import rules
from marketplace.domain.accounts.models import PersonAccount, RecoveryCode, TwoStepReset
from marketplace.domain.accounts.service.roles import rights_of_person
from marketplace.domain.accounts.service.sessions import end_sessions_of, is_staff
from marketplace.domain.audit import service as audit
from marketplace.domain.notifications import service as notifications
from marketplace.kit.errors import DomainError, NotAllowed, NotFound
from marketplace.kit.ids import new_id
from marketplace.kit.languages import N_, as_locale
from marketplace.kit.sealing import seal, unseal
from marketplace.kit.tokens import hash_token
from marketplace.settings import settings

PURPOSE = "totp"
RECOVERY_BYTES = 16


class StaffNeedTwoSteps(DomainError):
    message = N_("Staff always sign in with two steps.")


class AlreadyEnrolled(DomainError):
    message = N_("An authenticator app is set up already.")


def begin_enrolment(session: Session, person: Person, *, at: datetime) -> str:
    """The secret for the authenticator app, base 32; counts once a code confirms it."""
    person.require_fresh_proof(at)
    row = _row(session, person)
    if row.totp_enrolled_at is not None:
        raise AlreadyEnrolled
    if not row.totp_secret:
        row.totp_secret = seal(settings().key(), PURPOSE, pyotp.random_base32())
        session.add(row)
    return unseal(settings().key(), PURPOSE, row.totp_secret)


def pending_secret(session: Session, person: Person) -> str:
    """The secret that waits for its first code; empty if none does."""
    row = _row(session, person)
    if row.totp_enrolled_at is not None or not row.totp_secret:
        return ""
    return unseal(settings().key(), PURPOSE, row.totp_secret)


def confirm_enrolment(session: Session, person: Person, code: str, *, at: datetime) -> list[str]:
    """Switch two-step sign-in on. Returns the recovery codes, shown once. Raises `WrongCode`."""
    person.require_fresh_proof(at)
    row = _row(session, person)
    if row.totp_enrolled_at is not None:
        raise AlreadyEnrolled
    if not row.totp_secret:
        raise rules.WrongCode
    _accept(session, row, code, at=at)
    row.totp_enrolled_at = at
    session.add(row)
    codes = _new_recovery_codes(session, person.id)
    _tell(session, row, at=at)
    audit.record(session, person, "accounts.two_step_on", "person", person.id, at=at)
    return codes


def check_code(session: Session, person_id: str, code: str, *, at: datetime) -> None:
    """A code from the app, or a recovery code. Each works once. Raises `WrongCode`."""
    row = session.get(PersonAccount, person_id)
    if row is None or row.totp_enrolled_at is None:
        raise rules.WrongCode
    if rules.normal_code(code):
        _accept(session, row, code, at=at)
    else:
        _use_recovery_code(session, person_id, code, at=at)


def renew_recovery_codes(session: Session, person: Person, *, at: datetime) -> list[str]:
    """Ten new codes; the old ones stop working."""
    person.require_fresh_proof(at)
    row = _row(session, person)
    if row.totp_enrolled_at is None:
        raise NotFound
    codes = _new_recovery_codes(session, person.id)
    _tell(session, row, at=at)
    audit.record(session, person, "accounts.recovery_codes_renewed", "person", person.id, at=at)
    return codes


def switch_off(session: Session, person: Person, *, at: datetime) -> None:
    """Back to one step. Raises `StaffNeedTwoSteps` for members of staff."""
    person.require_fresh_proof(at)
    if is_staff(session, person.id):
        raise StaffNeedTwoSteps
    row = _row(session, person)
    _clear(session, row)
    _tell(session, row, at=at)
    audit.record(session, person, "accounts.two_step_off", "person", person.id, at=at)


def request_reset(session: Session, staff: Staff, person_id: str, *, at: datetime) -> str:
    """First of two: a colleague lost their phone. Returns the request's id. Mails the person."""
    staff.require(Permission.STAFF_MANAGE)
    staff.require_fresh_proof(at)
    if person_id == staff.id:
        raise rules.NotToYourself
    row = session.get(PersonAccount, person_id)
    if row is None or row.totp_enrolled_at is None or _open_reset(session, person_id):
        raise NotFound
    if not rules.may_grant(staff.permissions, rights_of_person(session, person_id)):
        raise NotAllowed(Permission.STAFF_MANAGE.value)
    asked = TwoStepReset(
        id=new_id("tsr"), person_id=person_id, requested_by=staff.id, requested_at=at
    )
    session.add(asked)
    session.flush()
    _announce_reset(session, row, at=at)
    audit.record(session, staff, "accounts.two_step_reset_asked", "person", person_id, at=at)
    return asked.id


def approve_reset(session: Session, staff: Staff, reset_id: str, *, at: datetime) -> None:
    """Second of two, somebody else; it takes effect a day later.

    Raises `NotFound`, `NotToYourself`.
    """
    staff.require(Permission.STAFF_MANAGE)
    staff.require_fresh_proof(at)
    asked = session.get(TwoStepReset, reset_id)
    if asked is None or asked.cancelled_at or asked.done_at or asked.approved_at:
        raise NotFound
    if staff.id in (asked.requested_by, asked.person_id):
        raise rules.NotToYourself
    asked.approved_by, asked.approved_at = staff.id, at
    asked.due_at = at + rules.TWO_STEP_RESET_WAITS
    session.add(asked)
    audit.record(
        session, staff, "accounts.two_step_reset_approved", "person", asked.person_id, at=at
    )


def cancel_reset(session: Session, actor: Person | Staff, reset_id: str, *, at: datetime) -> None:
    """The person concerned, or any member of staff who may ask, stops it. Raises `NotFound`."""
    asked = session.get(TwoStepReset, reset_id)
    is_own = asked is not None and asked.person_id == actor.id
    if not is_own:
        actor.require(Permission.STAFF_MANAGE)
    if asked is None or asked.cancelled_at or asked.done_at:
        raise NotFound
    asked.cancelled_at = at
    session.add(asked)
    audit.record(
        session, actor, "accounts.two_step_reset_cancelled", "person", asked.person_id, at=at
    )


def perform_due_resets(session: Session, *, at: datetime) -> int:
    """Take away the second factors whose day has passed; their sessions end. Returns how many."""
    due = session.exec(
        select(TwoStepReset).where(
            col(TwoStepReset.due_at) <= at,
            col(TwoStepReset.done_at).is_(None),
            col(TwoStepReset.cancelled_at).is_(None),
        )
    ).all()
    for asked in due:
        asked.done_at = at
        session.add(asked)
        row = session.get_one(PersonAccount, asked.person_id)
        _clear(session, row)
        end_sessions_of(session, row.id, at=at)
        _tell(session, row, at=at)
        job = System(id="jobs", name="Background jobs")
        audit.record(session, job, "accounts.two_step_reset_done", "person", row.id, at=at)
    return len(due)


def _accept(session: Session, row: PersonAccount, code: str, *, at: datetime) -> None:
    """Remember the code's time step; of two requests with one code the UPDATE lets one pass."""
    secret = unseal(settings().key(), PURPOSE, row.totp_secret)
    step = rules.accepted_step(secret, code, row.totp_last_step, at)
    taken = session.execute(
        update(PersonAccount)
        .where(col(PersonAccount.id) == row.id, col(PersonAccount.totp_last_step) < step)
        .values(totp_last_step=step)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        raise rules.WrongCode
    session.refresh(row)


def _use_recovery_code(session: Session, person_id: str, code: str, *, at: datetime) -> None:
    used = session.execute(
        update(RecoveryCode)
        .where(
            col(RecoveryCode.person_id) == person_id,
            col(RecoveryCode.code_hash) == hash_token(rules.normal_recovery_code(code)),
            col(RecoveryCode.used_at).is_(None),
        )
        .values(used_at=at)
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]
        raise rules.WrongCode


def _new_recovery_codes(session: Session, person_id: str) -> list[str]:
    _drop_recovery_codes(session, person_id)
    codes = [
        rules.recovery_code(secrets.token_bytes(RECOVERY_BYTES))
        for _ in range(rules.RECOVERY_CODES)
    ]
    for code in codes:
        hashed = hash_token(rules.normal_recovery_code(code))
        session.add(RecoveryCode(id=new_id("rec"), person_id=person_id, code_hash=hashed))
    return codes


def _drop_recovery_codes(session: Session, person_id: str) -> None:
    for row in session.exec(select(RecoveryCode).where(RecoveryCode.person_id == person_id)):
        session.delete(row)
    session.flush()


def _clear(session: Session, row: PersonAccount) -> None:
    row.totp_secret, row.totp_enrolled_at = "", None
    session.add(row)
    _drop_recovery_codes(session, row.id)


def _tell(session: Session, row: PersonAccount, *, at: datetime) -> None:
    notifications.write_letter(
        session,
        row.email,
        as_locale(row.locale) or "en",
        "two_step_changed",
        {"name": row.name},
        at=at,
        person_id=row.id,
    )


def _announce_reset(session: Session, row: PersonAccount, *, at: datetime) -> None:
    hours = int(rules.TWO_STEP_RESET_WAITS.total_seconds() // 3600)
    notifications.write_letter(
        session,
        row.email,
        as_locale(row.locale) or "en",
        "two_step_reset",
        {"name": row.name, "hours": hours},
        at=at,
        person_id=row.id,
    )


def _open_reset(session: Session, person_id: str) -> TwoStepReset | None:
    return session.exec(
        select(TwoStepReset).where(
            TwoStepReset.person_id == person_id,
            col(TwoStepReset.done_at).is_(None),
            col(TwoStepReset.cancelled_at).is_(None),
        )
    ).first()


def _row(session: Session, person: Person) -> PersonAccount:
    return session.get_one(PersonAccount, person.id)
