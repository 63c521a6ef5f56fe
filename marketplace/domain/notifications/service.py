"""What we tell people: a line under the bell, a letter by mail, and what they want to hear of."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col, or_, select

from marketplace.domain.access.models import Actor, Permission, Staff
from marketplace.domain.audit import service as audit
from marketplace.domain.notifications import rules
from marketplace.domain.notifications.models import (
    Mail,
    MailStatus,
    Notification,
    NotificationChoice,
)
from marketplace.domain.outbox import service as outbox
from marketplace.kit import ids
from marketplace.kit.errors import DomainError, NotFound, NotSignedIn, Words
from marketplace.kit.languages import N_, Locale
from marketplace.kit.sealing import seal, unseal
from marketplace.settings import settings

SEND = "mail.send"
SEALED_FOR = "mail.words"


class AlreadyTold(DomainError):
    message = N_("They have been told already.")


def notify(
    session: Session,
    person_id: str,
    kind: str,
    message: str,
    *,
    at: datetime,
    link: str = "",
    **words: Words,
) -> None:
    """Put one line under the person's bell, unless they asked not to hear of this kind.

    `message` is a message id with `{places}`; `link` an address of our own, from the root.
    """
    rules.check_notice(kind, link)
    choice = session.get(NotificationChoice, (person_id, kind))
    if choice and not choice.in_app and not rules.KINDS[kind].is_mandatory:
        return
    session.add(
        Notification(
            id=ids.new_id("ntf"),
            person_id=person_id,
            kind=kind,
            message=message,
            words=dict(words),
            link=link,
            created_at=at,
        )
    )


def write_letter(
    session: Session,
    to: str,
    locale: Locale,
    template: str,
    words: Mapping[str, Words],
    *,
    at: datetime,
    person_id: str | None = None,
    secret_words: Mapping[str, str] | None = None,
    due_at: datetime | None = None,
) -> str:
    """Write a letter and owe its sending, both in this transaction; returns the mail's id. It
    leaves at once, or not before `due_at`.

    `secret_words` (links that let somebody in) are sealed and forgotten once sent. Raises
    ValueError for an unknown template, a missing word, or a line break in the address.
    """
    secrets = dict(secret_words or {})
    rules.check_letter(to, template, {*words, *secrets})
    mail = Mail(
        id=ids.new_id("mai"),
        person_id=person_id,
        to=to,
        locale=locale,
        template=template,
        words=dict(words),
        sealed=seal(settings().key(), SEALED_FOR, json.dumps(secrets)) if secrets else "",
        status=MailStatus.WAITING,
        created_at=at,
    )
    session.add(mail)
    session.flush()
    owed = {"mail_id": mail.id}
    outbox.put(session, SEND, f"{SEND}:{mail.id}", owed, at=at, due_at=due_at)
    return mail.id


def take_back(session: Session, link: str, template: str, *, written_at: datetime) -> None:
    """What was told about `link` at that moment was never told: bell lines, and letters that name
    it. Raises `AlreadyTold` once one was read or is on its way; nothing may be kept then."""
    lines = session.exec(
        select(Notification).where(Notification.link == link, Notification.created_at == written_at)
    ).all()
    letters = session.exec(
        select(Mail).where(Mail.template == template, Mail.created_at == written_at)
    ).all()
    if any(line.read_at for line in lines):
        raise AlreadyTold
    for line in lines:
        session.delete(line)
    for mail in letters:
        if not str(mail.words.get("link", "")).endswith(link):
            continue
        if not outbox.take_back(session, f"{SEND}:{mail.id}"):
            raise AlreadyTold
        session.delete(mail)
    session.flush()


def mark_read(session: Session, person: Actor, notification_id: str, *, at: datetime) -> None:
    """Raises `NotFound` for somebody else's notification as for none."""
    _require_person(person)
    note = session.get(Notification, notification_id)
    if note is None or note.person_id != person.id:
        raise NotFound
    note.read_at = note.read_at or at


def mark_all_read(session: Session, person: Actor, *, at: datetime) -> int:
    """Returns how many were unread."""
    _require_person(person)
    read = session.exec(
        update(Notification)
        .where(
            col(Notification.person_id) == person.id,
            col(Notification.read_at).is_(None),
            col(Notification.created_at) <= at,
        )
        .values(read_at=at)
    )
    return read.rowcount


def choose(session: Session, person: Actor, kind: str, *, in_app: bool, by_mail: bool) -> None:
    """Keep the person's wish for one kind. Raises `NotFound` for a kind nobody may switch off."""
    _require_person(person)
    if kind not in rules.KINDS or rules.KINDS[kind].is_mandatory:
        raise NotFound
    choice = session.get(NotificationChoice, (person.id, kind)) or NotificationChoice(
        person_id=person.id, kind=kind
    )
    choice.in_app, choice.by_mail = in_app, by_mail
    session.add(choice)


def wants_mail(session: Session, person_id: str, kind: str) -> bool:
    """Whether to write to this person about this kind; security matters always."""
    choice = session.get(NotificationChoice, (person_id, kind))
    return rules.KINDS[kind].is_mandatory or choice is None or choice.by_mail


def secret_words_of(mail: Mail) -> dict[str, str]:
    """The sealed words, opened for sending. Raises `Unreadable` if the key was changed."""
    if not mail.sealed:
        return {}
    opened: dict[str, str] = json.loads(unseal(settings().key(), SEALED_FOR, mail.sealed))
    return opened


def mark_sent(session: Session, mail_id: str, subject: str, *, at: datetime) -> None:
    """Record that the mail server took the letter, and forget its secret words."""
    mail = session.get_one(Mail, mail_id)
    mail.status, mail.sent_at, mail.subject = MailStatus.SENT, at, subject[:200]
    mail.sealed, mail.error = "", ""


def mark_failed(session: Session, mail_id: str, error: str) -> None:
    """Record that we gave the letter up. Its sealed words stay, for sending it again."""
    mail = session.get_one(Mail, mail_id)
    if mail.status is MailStatus.WAITING:
        mail.status, mail.error = MailStatus.FAILED, error[:500]


def send_again(session: Session, staff: Staff, mail_id: str, *, at: datetime) -> None:
    """Owe the sending of a letter once more.

    Raises `NotFound`, and `SecretsGone` for a sent letter that carried a link: the person
    asks for a fresh one instead, which staff can never see.
    """
    staff.require(Permission.MAIL_MANAGE)
    mail = session.exec(select(Mail).where(Mail.id == mail_id).with_for_update()).first()
    if mail is None:
        raise NotFound
    rules.check_can_send_again(mail)
    before = mail.status
    mail.status, mail.error = MailStatus.WAITING, ""
    key = f"{SEND}:{mail.id}:{ids.new_id('msg')}"
    outbox.put(session, SEND, key, {"mail_id": mail.id}, at=at)
    audit.record(
        session,
        staff,
        "notifications.mail_sent_again",
        "mail",
        mail.id,
        at=at,
        before={"status": before},
        after={"status": mail.status, "template": mail.template},
    )


def forget_old(session: Session, *, at: datetime) -> int:
    """Delete read notifications and letters past their time, and secrets nobody will send."""
    notes = session.exec(
        delete(Notification).where(
            or_(
                col(Notification.read_at) < at - rules.READ_KEPT,
                col(Notification.created_at) < at - rules.UNREAD_KEPT,
            )
        )
    )
    mails = session.exec(delete(Mail).where(col(Mail.created_at) < at - rules.MAIL_KEPT))
    session.exec(
        update(Mail).where(col(Mail.created_at) < at - rules.SECRETS_KEPT).values(sealed="")
    )
    return notes.rowcount + mails.rowcount


def _require_person(person: Actor) -> None:
    if not person.id:
        raise NotSignedIn
