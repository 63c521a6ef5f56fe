"""A letter that is owed becomes a finished mail in the reader's language, and is sent.

Three steps, so that no transaction waits for a mail server: `prepare` reads, `Mailer.send`
is called by the worker, `record` writes down that it went. Repeating them is harmless:
a mail that was sent is not prepared again, and its id names it to the mail server.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlmodel import Session

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.notifications import rules, service
from marketplace.domain.notifications.models import Mail, MailStatus
from marketplace.kit.errors import NotFound, Words
from marketplace.kit.languages import N_, Locale, as_locale, translate
from marketplace.kit.sealing import Unreadable
from marketplace.ports import DeliveryFailed, Letter
from marketplace.settings import settings

LAYOUTS = Path(__file__).parent / "letters"
FOOTER = N_("You receive this letter because of your account on {site}.")
INVITED = N_("You receive this letter because somebody invited you to {site}.")
COPY_LINK = N_("If the button does not work, copy this address into your browser:")
HIDDEN = "…"


def prepare(session: Session, mail_id: str) -> Letter | None:
    """The finished letter, or None if it was sent already or is gone.

    Raises `DeliveryFailed` if its secret words can no longer be opened.
    """
    mail = session.get(Mail, mail_id)
    if mail is None or mail.status is MailStatus.SENT:
        return None
    try:
        words = mail.words | service.secret_words_of(mail)
    except Unreadable as lost:
        raise DeliveryFailed("the key that sealed this letter is gone", is_final=True) from lost
    return render(mail.id, mail.to, as_locale(mail.locale) or "en", mail.template, words)


def record(session: Session, letter: Letter, *, at: datetime) -> None:
    service.mark_sent(session, letter.id, letter.subject, at=at)


def give_up(session: Session, mail_id: str, reason: str) -> None:
    service.mark_failed(session, mail_id, reason)


def show(session: Session, staff: Staff, mail_id: str) -> Letter:
    """The letter as staff may read it: its private link is never there. Raises `NotFound`."""
    staff.require(Permission.MAIL_READ)
    mail = session.get(Mail, mail_id)
    if mail is None:
        raise NotFound
    needed = rules.TEMPLATES[mail.template].words
    words: dict[str, Words] = dict.fromkeys(needed, HIDDEN) | mail.words
    return render(mail.id, mail.to, as_locale(mail.locale) or "en", mail.template, words)


def render(
    mail_id: str, to: str, locale: Locale, template: str, words: Mapping[str, Words]
) -> Letter:
    """The template in `locale` with `words` in their places; markup in words shows as text."""
    text = rules.TEMPLATES[template]
    site = settings().name

    def spoken(message: str) -> str:
        return translate(locale, message, **{"site": site, **words})

    subject = translate(locale, text.subject, site=site)
    rules.check_header(subject)
    page = {
        "locale": locale,
        "site": site,
        "subject": subject,
        "lines": [spoken(line) for line in text.lines],
        "button": spoken(text.button) if text.button else "",
        "link": str(words["link"]) if text.button else "",
        "copy_link": spoken(COPY_LINK),
        "footer": spoken(INVITED if "inviter" in text.words else FOOTER),
    }
    plain = _layouts().get_template("letter.txt").render(page)
    return Letter(mail_id, to, subject, plain, _layouts().get_template("letter.html").render(page))


@cache
def _layouts() -> Environment:
    return Environment(
        loader=FileSystemLoader(LAYOUTS),
        autoescape=lambda name: bool(name and name.endswith(".html")),  # noqa: S701  text is text
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
