"""What can be asked of notices and letters."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Select, func
from sqlmodel import Session, col, or_, select

from marketplace.domain.access.models import Actor, Permission, Staff
from marketplace.domain.notifications import rules
from marketplace.domain.notifications.models import (
    Mail,
    MailStatus,
    Notification,
    NotificationChoice,
)
from marketplace.kit.clock import iso
from marketplace.kit.errors import NotFound, NotSignedIn
from marketplace.kit.languages import translate
from marketplace.kit.paging import ListQuery, Page
from marketplace.kit.redaction import mask_email

S = TypeVar("S", bound=Select[Any])

MAIL_FILTERS: dict[str, tuple[str, ...] | None] = {
    "status": tuple(MailStatus),
    "template": tuple(rules.TEMPLATES),
}
MAIL_SORTS = ("-created_at", "created_at")
UP_TO = 99
"""The bell counts no further."""


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One line under the bell, in the reader's language."""

    id: str
    kind: str
    text: str
    link: str
    created_at: datetime
    is_read: bool


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    kind: str
    label: str
    is_mandatory: bool
    in_app: bool
    by_mail: bool


@dataclass(frozen=True, slots=True)
class MailRow:
    """Moments are ISO 8601, UTC; empty for none."""

    id: str
    address: str
    locale: str
    template: str
    subject: str
    status: MailStatus
    created_at: str
    sent_at: str
    error: str
    can_send_again: bool


def unread_count(session: Session, person: Actor) -> int:
    """At most 99."""
    _require_person(person)
    unread = (
        select(Notification.id)
        .where(Notification.person_id == person.id, col(Notification.read_at).is_(None))
        .limit(UP_TO)
    )
    return session.exec(select(func.count()).select_from(unread.subquery())).one()


def recent(session: Session, person: Actor, *, limit: int = 20) -> list[NoticeRow]:
    """The person's own notices, newest first."""
    _require_person(person)
    notes = session.exec(
        select(Notification)
        .where(Notification.person_id == person.id)
        .order_by(col(Notification.created_at).desc(), col(Notification.id).desc())
        .limit(limit)
    ).all()
    return [
        NoticeRow(
            id=note.id,
            kind=note.kind,
            text=translate(person.locale, note.message, **note.words),
            link=note.link,
            created_at=note.created_at,
            is_read=note.read_at is not None,
        )
        for note in notes
    ]


def choices(session: Session, person: Actor) -> list[ChoiceRow]:
    """Every kind of notice with the person's wish."""
    _require_person(person)
    kept = {
        choice.kind: choice
        for choice in session.exec(
            select(NotificationChoice).where(NotificationChoice.person_id == person.id)
        )
    }
    return [
        ChoiceRow(
            kind=kind.code,
            label=kind.label,
            is_mandatory=kind.is_mandatory,
            in_app=kind.code not in kept or kept[kind.code].in_app,
            by_mail=kind.code not in kept or kept[kind.code].by_mail,
        )
        for kind in rules.KINDS.values()
    ]


def list_mail(session: Session, staff: Staff, query: ListQuery) -> Page[MailRow]:
    """Addresses are masked for staff who may not read personal data. Filters: `status`, `template`."""
    staff.require(Permission.MAIL_READ)
    total = session.exec(_matching(select(func.count()).select_from(Mail), staff, query)).one()
    order = col(Mail.created_at)
    page = _matching(select(Mail), staff, query).order_by(
        order.desc() if query.is_descending else order, col(Mail.id)
    )
    mails = session.exec(page.offset(query.offset).limit(query.size)).all()
    return Page([_row(staff, mail) for mail in mails], total)


def mail_row(session: Session, staff: Staff, mail_id: str) -> MailRow:
    """Raises `NotFound`."""
    staff.require(Permission.MAIL_READ)
    mail = session.get(Mail, mail_id)
    if mail is None:
        raise NotFound
    return _row(staff, mail)


def _matching(statement: S, staff: Staff, query: ListQuery) -> S:
    if chosen := query.filters.get("status"):
        statement = statement.where(col(Mail.status).in_(chosen))
    if chosen := query.filters.get("template"):
        statement = statement.where(col(Mail.template).in_(chosen))
    if query.search:
        searched = [col(Mail.subject), col(Mail.template)]
        if staff.can(Permission.PII_READ):  # else searching would tell what the mask hides
            searched.append(col(Mail.to))
        statement = statement.where(
            or_(*(column.icontains(query.search, autoescape=True) for column in searched))
        )
    return statement


def _row(staff: Staff, mail: Mail) -> MailRow:
    return MailRow(
        id=mail.id,
        address=mail.to if staff.can(Permission.PII_READ) else mask_email(mail.to),
        locale=mail.locale,
        template=mail.template,
        subject=mail.subject,
        status=mail.status,
        created_at=iso(mail.created_at),
        sent_at=iso(mail.sent_at),
        error=mail.error,
        can_send_again=rules.can_send_again(mail),
    )


def _require_person(person: Actor) -> None:
    if not person.id:
        raise NotSignedIn
