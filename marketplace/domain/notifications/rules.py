"""Which letters and notices exist, and what must hold for each. Pure."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta

from marketplace.domain.notifications.models import Mail, MailStatus
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
        Kind("operations", N_("Background jobs that need attention")),
    )
}


@dataclass(frozen=True, slots=True)
class Template:
    """A letter's fixed text: message ids with `{places}`. The subject has none for people's words."""

    subject: str
    lines: tuple[str, ...]
    button: str = ""
    words: frozenset[str] = frozenset()
    """What must be given; `site` (the marketplace's name) is always there, `link` is for the button."""


def _letter(subject: str, *lines: str, button: str = "", words: str = "name") -> Template:
    needed = frozenset(words.split()) | ({"link"} if button else frozenset())
    return Template(subject, lines, button, needed)


HELLO = N_("Hello {name},")
NOT_YOU = N_("If this was not you, reset your password now and sign out everywhere.")
IGNORE = N_("If you did not ask for this, you can ignore this letter. Nothing has changed.")
HALF_AN_HOUR = N_("The link works once and for 30 minutes.")

TEMPLATES: dict[str, Template] = {
    "verify_email": _letter(
        N_("Confirm your e-mail address for {site}"),
        HELLO,
        N_("Please confirm that this address is yours, and your account is ready."),
        HALF_AN_HOUR,
        IGNORE,
        button=N_("Confirm this address"),
    ),
    "account_exists": _letter(
        N_("You already have an account on {site}"),
        HELLO,
        N_(
            "Somebody, probably you, tried to open an account with this address. There is one already."
        ),
        N_("You can sign in with it, or choose a new password if the old one is forgotten."),
        IGNORE,
        button=N_("Sign in"),
    ),
    "reset_password": _letter(
        N_("Choose a new password for {site}"),
        HELLO,
        N_("Somebody, probably you, asked to choose a new password for this account."),
        HALF_AN_HOUR,
        IGNORE,
        button=N_("Choose a new password"),
    ),
    "password_changed": _letter(
        N_("Your password for {site} was changed"),
        HELLO,
        N_("Your password was changed, and every browser was signed out."),
        N_("If this was not you, choose a new password at once."),
        button=N_("Choose a new password"),
    ),
    "email_change_confirm": _letter(
        N_("Confirm your new e-mail address for {site}"),
        HELLO,
        N_("Please confirm that your account shall use this address from now on."),
        HALF_AN_HOUR,
        IGNORE,
        button=N_("Use this address"),
    ),
    "email_changed": _letter(
        N_("Your e-mail address for {site} was changed"),
        HELLO,
        N_("Your account now uses {email}. This is the last letter to this address."),
        N_("If this was not you, write to us at once by answering this letter."),
        words="name email",
    ),
    "invitation_staff": _letter(
        N_("You are invited to the {site} team"),
        N_("Hello,"),
        N_("{inviter} invites you to join the team of {place}."),
        N_("The invitation is for this address only and ends after 7 days."),
        button=N_("Accept the invitation"),
        words="inviter place",
    ),
    "invitation_member": _letter(
        N_("You are invited to a shop on {site}"),
        N_("Hello,"),
        N_("{inviter} invites you to work for {place} on {site}."),
        N_("The invitation is for this address only and ends after 7 days."),
        button=N_("Accept the invitation"),
        words="inviter place",
    ),
    "new_sign_in": _letter(
        N_("New sign-in to {site}"),
        HELLO,
        N_(
            "Your account was just used from a browser we have not seen before: {device}, {ip}, {when}."
        ),
        NOT_YOU,
        words="name device ip when",
    ),
    "two_step_changed": _letter(
        N_("Two-step sign-in was changed on {site}"),
        HELLO,
        N_("The second step of signing in to your account was set up, renewed or taken away."),
        NOT_YOU,
    ),
    "two_step_reset": _letter(
        N_("A reset of two-step sign-in was asked for on {site}"),
        HELLO,
        N_("Somebody asked our staff to take the second step of signing in off your account."),
        N_("It happens {hours} hours after a second member of staff agrees."),
        N_("If you did not ask for this, sign in and stop it, or answer this letter at once."),
        words="name hours",
    ),
    "back_in_stock": _letter(
        N_("Back in stock on {site}"),
        N_("Hello,"),
        N_("you asked us to tell you when {title} is there again. It is now."),
        N_("Nothing is set aside for you: who orders first gets it. We write only this once."),
        button=N_("See it"),
        words="title",
    ),
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
