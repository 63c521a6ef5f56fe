"""Mail against a real receiving server (aiosmtpd), and into a folder."""

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from marketplace.integrations.folder_mail import FolderMailer
from marketplace.integrations.smtp_mail import SmtpMailer
from marketplace.ports import DeliveryFailed, Letter
from tests.make import servers

SENDER = "Jishi <no-reply@jishi.example>"
LETTER = Letter("mai_1", "ada@example.com", "Bestätigen 确认", "Hello 你好\n", "<p>Hello 你好</p>")


class Inbox:
    """Keeps what it receives; answers as told."""

    def __init__(self) -> None:
        self.got: list[EmailMessage] = []
        self.answers: list[str] = []
        self.refuses: str = ""

    async def handle_RCPT(  # noqa: N802  the name aiosmtpd calls
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if self.refuses:
            return self.refuses
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answers:
            return self.answers.pop(0)
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.got.append(message)
        return "250 OK"


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, SmtpMailer]]:
    inbox, port = Inbox(), servers.free_port()
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield inbox, SmtpMailer("127.0.0.1", port, SENDER, "none", timeout=5)
    finally:
        controller.stop()


def test_a_letter_arrives_with_both_its_forms(inbox: tuple[Inbox, SmtpMailer]) -> None:
    server, mailer = inbox
    mailer.send(LETTER)

    [message] = server.got
    assert message["Subject"] == LETTER.subject
    assert (message["To"], message["From"]) == ("ada@example.com", SENDER)
    assert message["Message-ID"] == "<mai_1@jishi.example>"
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain and plain.get_content().replace("\r\n", "\n") == LETTER.text
    assert html and "<p>Hello 你好</p>" in html.get_content()


@pytest.mark.parametrize(
    ("answer", "is_final"),
    [("550 no such person", True), ("450 try later", False)],
)
def test_a_refused_address_is_final_only_if_the_server_says_so(
    inbox: tuple[Inbox, SmtpMailer], answer: str, is_final: bool
) -> None:
    server, mailer = inbox
    server.refuses = answer
    with pytest.raises(DeliveryFailed) as failed:
        mailer.send(LETTER)
    assert failed.value.is_final is is_final


@pytest.mark.parametrize(("answer", "is_final"), [("554 rejected", True), ("451 busy", False)])
def test_a_refused_letter_is_final_only_if_the_server_says_so(
    inbox: tuple[Inbox, SmtpMailer], answer: str, is_final: bool
) -> None:
    server, mailer = inbox
    server.answers = [answer]
    with pytest.raises(DeliveryFailed) as failed:
        mailer.send(LETTER)
    assert (failed.value.is_final, server.got) == (is_final, [])


def test_a_server_that_is_away_is_tried_later() -> None:
    mailer = SmtpMailer("127.0.0.1", servers.free_port(), SENDER, "none", timeout=2)

    with pytest.raises(DeliveryFailed) as failed:
        mailer.send(LETTER)
    assert failed.value.is_final is False


def test_a_server_without_tls_gets_no_letter_when_tls_is_asked_for(
    inbox: tuple[Inbox, SmtpMailer],
) -> None:
    server, plain = inbox
    mailer = SmtpMailer(plain.host, plain.port, SENDER, "starttls", timeout=5)

    with pytest.raises(DeliveryFailed):
        mailer.send(LETTER)
    assert server.got == []


@pytest.mark.parametrize(
    "letter",
    [
        Letter("mai_1", "ada@example.com\r\nBcc: x@evil.example", "S", "t", "h"),
        Letter("mai_1", "ada@example.com", "S\r\nBcc: x@evil.example", "t", "h"),
        Letter("mai_1", "nobody", "S", "t", "h"),
    ],
    ids=["in the address", "in the subject", "no address"],
)
def test_a_second_header_is_refused(
    inbox: tuple[Inbox, SmtpMailer], tmp_path: Path, letter: Letter
) -> None:
    server, mailer = inbox
    for way in (mailer, FolderMailer(tmp_path / "mail", SENDER)):
        with pytest.raises(DeliveryFailed) as failed:
            way.send(letter)
        assert failed.value.is_final
    assert server.got == []


def test_a_letter_in_the_folder_replaces_its_copy(tmp_path: Path) -> None:
    mailer = FolderMailer(tmp_path / "mail", SENDER)
    mailer.send(LETTER)
    mailer.send(LETTER)

    [file] = (tmp_path / "mail").iterdir()
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert (file.name, message["To"]) == ("mai_1.eml", "ada@example.com")
