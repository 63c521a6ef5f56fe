"""The bell and the letters: one's own only, nothing forged, no link left lying about."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from marketplace.domain.access.models import Guest, Permission
from marketplace.domain.notifications import queries, rules, service
from marketplace.domain.notifications.models import Mail, MailStatus
from marketplace.domain.outbox.models import OutboxMessage
from marketplace.flows import send_letters
from marketplace.kit.errors import NotAllowed, NotFound, NotSignedIn
from marketplace.kit.paging import ListQuery
from tests.conftest import MONDAY
from tests.make.people import person, person_row, staff

ADA, BOB = person("per_ada"), person("per_bob")
LINK = "https://jishi.example/reset-password?token=abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ"
POSTMASTER = staff(Permission.MAIL_READ, Permission.MAIL_MANAGE)


@pytest.fixture
def people(session: Session) -> None:
    person_row(session, id="per_ada")
    person_row(session, id="per_bob")


def write(session: Session, template: str = "reset_password", **words: str) -> Mail:
    mail_id = service.write_letter(
        session,
        "ada@example.com",
        "en",
        template,
        {"name": "Ada", **words},
        at=MONDAY,
        secret_words={"link": LINK},
    )
    return session.get_one(Mail, mail_id)


def notify(session: Session, who: str = "per_ada", **words: str) -> str:
    service.notify(session, who, "team", "Hello {who}", at=MONDAY, link="/account", **words)
    session.flush()
    [note] = queries.recent(session, person(who))
    return note.id


@pytest.mark.usefixtures("people")
def test_a_notice_is_read_by_its_person(session: Session) -> None:
    note_id = notify(session, who_is="x")

    assert queries.unread_count(session, ADA) == 1
    service.mark_read(session, ADA, note_id, at=MONDAY)
    session.flush()
    assert queries.unread_count(session, ADA) == 0


@pytest.mark.usefixtures("people")
def test_words_take_their_places_in_the_readers_language(session: Session) -> None:
    service.notify(session, "per_ada", "team", "Hello {place}", at=MONDAY, place="Market")
    session.flush()

    assert [note.text for note in queries.recent(session, ADA)] == ["Hello Market"]


@pytest.mark.usefixtures("people")
def test_somebody_elses_notice_does_not_exist(session: Session) -> None:
    note_id = notify(session)

    with pytest.raises(NotFound):
        service.mark_read(session, BOB, note_id, at=MONDAY)
    assert queries.recent(session, BOB) == []
    assert service.mark_all_read(session, BOB, at=MONDAY) == 0
    assert queries.unread_count(session, ADA) == 1


def test_a_guest_has_no_bell(session: Session) -> None:
    for ask in (queries.unread_count, queries.recent, queries.choices):
        with pytest.raises(NotSignedIn):
            ask(session, Guest())


@pytest.mark.usefixtures("people")
def test_a_kind_that_was_switched_off_stays_silent(session: Session) -> None:
    service.choose(session, ADA, "team", in_app=False, by_mail=False)
    service.notify(session, "per_ada", "team", "Hello", at=MONDAY)
    session.flush()

    assert queries.unread_count(session, ADA) == 0
    assert not service.wants_mail(session, "per_ada", "team")
    assert service.wants_mail(session, "per_bob", "team")


@pytest.mark.usefixtures("people")
def test_security_cannot_be_switched_off(session: Session) -> None:
    with pytest.raises(NotFound):
        service.choose(session, ADA, "account.security", in_app=False, by_mail=False)
    assert service.wants_mail(session, "per_ada", "account.security")


@pytest.mark.parametrize(
    "link", ["https://evil.example", "//evil.example", "/\\evil", "javascript:x"]
)
def test_a_notice_links_only_to_us(session: Session, link: str) -> None:
    with pytest.raises(ValueError, match="our own pages"):
        service.notify(session, "per_ada", "team", "Hello", at=MONDAY, link=link)


def test_a_letter_is_owed_in_the_same_transaction(session: Session) -> None:
    mail = write(session)

    [message] = session.exec(select(OutboxMessage)).all()
    assert (message.topic, message.payload) == ("mail.send", {"mail_id": mail.id})


def test_a_link_is_nowhere_in_the_database(session: Session) -> None:
    mail = write(session)

    assert LINK not in str(mail.model_dump())
    assert service.secret_words_of(mail) == {"link": LINK}


def test_a_link_is_forgotten_once_sent(session: Session) -> None:
    mail = write(session)
    letter = send_letters.prepare(session, mail.id)
    assert letter is not None and LINK in letter.text

    send_letters.record(session, letter, at=MONDAY)

    assert (mail.status, mail.sealed, mail.subject) == (MailStatus.SENT, "", letter.subject)
    assert send_letters.prepare(session, mail.id) is None


def test_staff_never_see_the_link(session: Session) -> None:
    mail = write(session)
    shown = send_letters.show(session, POSTMASTER, mail.id)

    assert LINK not in shown.text + shown.html
    assert "Hello Ada" in shown.text


def test_a_letter_with_a_link_is_not_sent_twice(session: Session) -> None:
    mail = write(session)
    service.mark_sent(session, mail.id, "Subject", at=MONDAY)

    with pytest.raises(rules.SecretsGone):
        service.send_again(session, POSTMASTER, mail.id, at=MONDAY)
    assert mail.status is MailStatus.SENT


def test_a_letter_that_failed_can_be_sent_again(session: Session) -> None:
    mail = write(session)
    send_letters.give_up(session, mail.id, "no server")
    assert mail.status is MailStatus.FAILED

    service.send_again(session, POSTMASTER, mail.id, at=MONDAY)
    session.flush()

    assert mail.status is MailStatus.WAITING
    assert len(session.exec(select(OutboxMessage)).all()) == 2


def test_only_permitted_staff_read_and_send_mail(session: Session) -> None:
    mail = write(session)

    with pytest.raises(NotAllowed):
        queries.list_mail(session, staff(), ListQuery())
    with pytest.raises(NotAllowed):
        send_letters.show(session, staff(), mail.id)
    with pytest.raises(NotAllowed):
        service.send_again(session, staff(Permission.MAIL_READ), mail.id, at=MONDAY)


def test_addresses_are_masked_and_not_searchable_without_the_right(session: Session) -> None:
    write(session)
    wanted = ListQuery(search="ada@example", sort="created_at")
    trusted = staff(Permission.MAIL_READ, Permission.PII_READ)

    assert queries.list_mail(session, POSTMASTER, wanted).total == 0
    assert queries.list_mail(session, trusted, wanted).rows[0].address == "ada@example.com"
    assert queries.list_mail(session, POSTMASTER, ListQuery()).rows[0].address == "a…@example.com"


@pytest.mark.parametrize(
    "to", ["a@b.c\r\nBcc: x@y.z", "a@b.c\n", "a@b.c\x00", "", "nobody", "a@b@c"]
)
def test_an_address_that_could_start_a_header_is_refused(session: Session, to: str) -> None:
    with pytest.raises(ValueError, match=r"header|address"):
        service.write_letter(
            session, to, "en", "verify_email", {"name": "A", "link": "x"}, at=MONDAY
        )
    assert session.exec(select(Mail)).all() == []


def test_a_letter_without_its_words_is_refused(session: Session) -> None:
    with pytest.raises(ValueError, match="lacks link"):
        service.write_letter(session, "a@b.c", "en", "verify_email", {"name": "A"}, at=MONDAY)
    with pytest.raises(ValueError, match="no letter"):
        service.write_letter(session, "a@b.c", "en", "nonsense", {}, at=MONDAY)


@pytest.mark.parametrize(
    "name", ["<b>x</b>", "{{7*7}}", "${7*7}", "<%= 7*7 %>", "{link}", "</td><script>"]
)
def test_what_people_call_themselves_is_only_text(name: str) -> None:
    letter = send_letters.render(
        "mai_1", "a@b.c", "en", "verify_email", {"name": name, "link": LINK}
    )

    assert f"Hello {name}," in letter.text
    assert "49" not in letter.text + letter.html
    assert "<script" not in letter.html and "<b>" not in letter.html
    assert name not in letter.subject


@pytest.mark.parametrize("template", rules.TEMPLATES)
@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_every_letter_can_be_written_in_both_languages(template: str, locale: str) -> None:
    words = {word: f"<{word}>" for word in rules.TEMPLATES[template].words}
    letter = send_letters.render("mai_1", "a@b.c", locale, template, words)  # type: ignore[arg-type]

    assert letter.subject and "{" not in letter.subject + letter.text
    assert all(f"<{word}>" in letter.text for word in words)


def test_old_notices_letters_and_secrets_are_forgotten(session: Session) -> None:
    mail = write(session)

    service.forget_old(session, at=MONDAY + rules.SECRETS_KEPT + timedelta(seconds=1))
    session.refresh(mail)
    assert mail.sealed == ""
    assert service.forget_old(session, at=MONDAY + rules.MAIL_KEPT + timedelta(seconds=1)) == 1
