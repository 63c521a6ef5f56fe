"""Which letters and notices exist, and what must hold for each. Pure."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta

from marketplace.domain.notifications.models import Mail, MailStatus
from marketplace.domain.notifications.rules.letters import TEMPLATES as TEMPLATES
from marketplace.domain.notifications.rules.letters import Template as Template
from marketplace.kit.errors import DomainError
from marketplace.kit.languages import N_

READ_KEPT = timedelta(days=90)
UNREAD_KEPT = timedelta(days=365)
MAIL_KEPT = timedelta(days=180)
SECRETS_KEPT = timedelta(days=7)
LONGEST_ADDRESS = 254


class SecretsGone(DomainError):
    """The letter carried a link that let somebody in, and was sent: the link is forgotten."""

    message = N_(
        "This letter carried a private link that is gone. Ask the person to request a new one."
    )


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of notice people can choose about, unless it is mandatory."""

    code: str
    label: str
    is_mandatory: bool = False


KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind("account.security", N_("Sign-ins and changes to your account"), is_mandatory=True),
        Kind("team", N_("Invitations and changes to your team")),
        Kind("task", N_("Exports and other long tasks")),
        Kind("stock", N_("Stock that runs low")),
        Kind("listing", N_("Reviews of your listings")),
        Kind("application", N_("Your application to sell")),
        Kind("shop", N_("State and documents of your shop")),
        Kind("review", N_("Applications, documents and appeals to look at")),
        Kind("operations", N_("Background jobs that need attention")),
    )
}


def check_letter(to: str, template: str, words: AbstractSet[str]) -> None:
    """Raises ValueError, because a wrong letter is a fault in the program."""
    if template not in TEMPLATES:
        raise ValueError(f"there is no letter {template!r}")
    if missing := TEMPLATES[template].words - words:
        raise ValueError(f"the letter {template} lacks {', '.join(sorted(missing))}")
    check_header(to)
    if not to or len(to) > LONGEST_ADDRESS or to.count("@") != 1:
        raise ValueError("a letter needs one address")


def check_header(text: str) -> None:
    """Raises ValueError for what would start another header (SEC-41)."""
    if any(ord(character) < 32 or ord(character) == 127 for character in text):
        raise ValueError("a header is one line")


def check_notice(kind: str, link: str) -> None:
    """Raises ValueError for an unknown kind, or a `link` that is not ours, from the root."""
    if kind not in KINDS:
        raise ValueError(f"there is no kind of notice {kind!r}")
    if link and (not link.startswith("/") or link.startswith(("//", "/\\")) or len(link) > 200):
        raise ValueError("a notice links to our own pages")


def check_can_send_again(mail: Mail) -> None:
    """Raises `SecretsGone` when the letter needs a word that was forgotten on sending."""
    if not can_send_again(mail):
        raise SecretsGone


def can_send_again(mail: Mail) -> bool:
    template = TEMPLATES.get(mail.template)
    if template is None or mail.status is MailStatus.WAITING:
        return False
    return bool(mail.sealed) or not template.words - mail.words.keys()
