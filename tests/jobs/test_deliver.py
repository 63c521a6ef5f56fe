"""The outbox worker: what is owed is performed, also after a crash (reference/money.md 4.2)."""

import email
import email.policy
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlmodel import Session, select

from marketplace import db, integrations
from marketplace.domain.notifications import service as notifications
from marketplace.domain.notifications.models import Mail, MailStatus
from marketplace.domain.outbox import rules
from marketplace.domain.outbox import service as outbox
from marketplace.domain.outbox.models import MessageStatus, OutboxMessage
from marketplace.jobs import deliver
from marketplace.kit import clock
from marketplace.ports import DeliveryFailed, Letter
from tests.conftest import FrozenClock

LINK = "http://localhost:3000/verify-email?token=x"


class Killed(BaseException):
    """kill -9: no handler of the worker may see it."""


class Postman:
    """A mail server that keeps what it got, and fails as told."""

    def __init__(self) -> None:
        self.got: list[Letter] = []
        self.before: list[BaseException] = []
        self.after: list[BaseException] = []

    def send(self, letter: Letter) -> None:
        if self.before:
            raise self.before.pop(0)
        self.got.append(letter)
        if self.after:
            raise self.after.pop(0)


@pytest.fixture
def postman(monkeypatch: pytest.MonkeyPatch) -> Postman:
    postman = Postman()
    monkeypatch.setattr(deliver, "mailer", lambda: postman)
    return postman


@pytest.fixture
def mail_id(database: str, clock_at: FrozenClock) -> str:
    return db.call(
        notifications.write_letter,
        "ada@example.com",
        "en",
        "verify_email",
        {"name": "Ada"},
        at=clock.now(),
        secret_words={"link": LINK},
    )


def mail(mail_id: str) -> Mail:
    return db.call(lambda session: session.get_one(Mail, mail_id))


def message() -> OutboxMessage:
    return db.call(lambda session: session.exec(select(OutboxMessage)).one())


def test_a_letter_is_delivered_once(mail_id: str, postman: Postman) -> None:
    assert deliver.deliver("w") == {"delivered": 1}
    assert deliver.deliver("w") == {}

    assert [letter.to for letter in postman.got] == ["ada@example.com"]
    assert mail(mail_id).status is MailStatus.SENT
    assert message().status is MessageStatus.DELIVERED


def test_locally_the_letter_lands_in_a_folder(mail_id: str) -> None:
    deliver.deliver("w")

    file = integrations.mail_folder() / f"{mail_id}.eml"
    found = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    body = found.get_body(("plain",))
    assert body is not None and LINK in body.get_content()


def test_a_crash_after_claiming_repeats_the_effect(
    mail_id: str, postman: Postman, clock_at: FrozenClock
) -> None:
    postman.before = [Killed()]
    with pytest.raises(Killed):
        deliver.deliver("dead")
    assert deliver.deliver("w") == {}  # the lease still holds

    clock_at.moment += rules.LEASE
    assert deliver.deliver("w") == {"delivered": 1}
    assert len(postman.got) == 1


def test_a_crash_before_recording_repeats_it_under_the_same_name(
    mail_id: str, postman: Postman, clock_at: FrozenClock
) -> None:
    """It went out, nobody wrote that down: the copy carries the same id, so it is one mail."""
    postman.after = [Killed()]
    with pytest.raises(Killed):
        deliver.deliver("dead")
    clock_at.moment += rules.LEASE
    deliver.deliver("w")

    assert [letter.id for letter in postman.got] == [mail_id, mail_id]
    assert mail(mail_id).status is MailStatus.SENT


def test_a_server_that_is_away_is_tried_again_later(
    mail_id: str, postman: Postman, clock_at: FrozenClock
) -> None:
    postman.before = [DeliveryFailed("no mail server")]

    assert deliver.deliver("w") == {"failed": 1}
    assert (message().status, message().last_error) == (MessageStatus.WAITING, "no mail server")
    assert mail(mail_id).status is MailStatus.WAITING
    clock_at.moment += timedelta(seconds=18)
    assert deliver.deliver("w") == {"delivered": 1}


def test_a_refused_address_is_given_up_and_told(mail_id: str, postman: Postman) -> None:
    postman.before = [DeliveryFailed("address refused (550)", is_final=True)]
    deliver.deliver("w")

    assert message().status is MessageStatus.DEAD
    assert (mail(mail_id).status, mail(mail_id).error) == (
        MailStatus.FAILED,
        "address refused (550)",
    )


def test_a_broken_effect_does_not_stop_the_others(mail_id: str, postman: Postman) -> None:
    postman.before = [ZeroDivisionError("secret")]
    db.call(
        notifications.write_letter,
        "bob@example.com",
        "zh-CN",
        "password_changed",
        {"name": "Bob", "link": LINK},
        at=clock.now(),
    )

    assert deliver.deliver("w") == {"delivered": 1, "failed": 1}
    assert len(postman.got) == 1


def test_a_topic_nobody_performs_is_given_up(database: str, clock_at: FrozenClock) -> None:
    db.call(outbox.put, "nonsense", "k", {}, at=clock.now())
    deliver.deliver("w")

    assert (message().status, message().last_error) == (
        MessageStatus.DEAD,
        "nobody performs nonsense",
    )


def test_a_file_is_deleted_and_deleting_it_twice_is_fine(
    database: str, clock_at: FrozenClock
) -> None:
    integrations.storage().write("private/x", [b"x"])

    def owe(session: Session, key: str) -> None:
        outbox.put(session, "storage.delete", key, {"key": "private/x"}, at=clock.now())

    for key in ("one", "two"):
        db.call(owe, key)
    assert deliver.deliver("w") == {"delivered": 2}
    with pytest.raises(FileNotFoundError):
        integrations.storage().open("private/x")


def test_a_letter_sealed_with_a_lost_key_is_given_up(
    mail_id: str, postman: Postman, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARKETPLACE_SECRET_KEY", "x" * 40)
    from marketplace.settings import settings

    settings.cache_clear()
    deliver.deliver("w")

    assert postman.got == []
    assert mail(mail_id).error == "the key that sealed this letter is gone"
