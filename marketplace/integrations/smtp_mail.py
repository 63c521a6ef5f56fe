"""Mail through an SMTP server."""

import smtplib
import ssl
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from typing import Literal

from marketplace.kit import clock
from marketplace.kit.text import one_line
from marketplace.ports import DeliveryFailed, Letter

TIMEOUT = 20  # seconds, for connecting and for each answer
PERMANENT = range(500, 600)


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    host: str
    port: int
    sender: str
    security: Literal["none", "starttls", "tls"] = "starttls"
    user: str = ""
    password: str = ""
    timeout: float = TIMEOUT

    def send(self, letter: Letter) -> None:
        """A refused address is final; a server that is away, busy or greylisting is not."""
        try:
            with self._connected() as server:
                server.send_message(as_message(letter, self.sender))
        except smtplib.SMTPRecipientsRefused as refused:
            code, _ = next(iter(refused.recipients.values()))
            raise DeliveryFailed(
                f"address refused ({code})", is_final=code in PERMANENT
            ) from refused
        except smtplib.SMTPAuthenticationError as refused:
            raise DeliveryFailed(f"sign-in refused ({refused.smtp_code})") from refused
        except smtplib.SMTPResponseException as refused:
            code = refused.smtp_code
            raise DeliveryFailed(f"server said {code}", is_final=code in PERMANENT) from refused
        except (smtplib.SMTPException, OSError) as away:
            raise DeliveryFailed(f"no mail server: {type(away).__name__}") from away

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=self.timeout, context=context
            )
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=self.timeout)
        try:
            if self.security == "starttls":
                server.starttls(context=context)
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server


def as_message(letter: Letter, sender: str) -> EmailMessage:
    """The mail as it goes over the wire; its id makes two copies of it one.

    Raises `DeliveryFailed`, finally, for an address or subject that is more than one line.
    """
    try:
        message = EmailMessage(policy=SMTP)
        message["From"] = _address(sender)
        message["To"] = _address(letter.to)
        message["Subject"] = one_line(letter.subject)
        message["Date"] = clock.now()
        message["Message-ID"] = f"<{letter.id}@{_address(sender).domain}>"
        message["Auto-Submitted"] = "auto-generated"
    except ValueError as broken:
        raise DeliveryFailed("no well-formed letter", is_final=True) from broken
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message


def _address(text: str) -> Address:
    name, address = parseaddr(one_line(text))
    return Address(display_name=name, addr_spec=address)
