"""What must hold for people, passwords, second factors and sessions. Pure."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest

import pyotp
from email_validator import EmailNotValidError, validate_email
from zxcvbn import zxcvbn

from marketplace.domain.access.models import Permission, SellerMember, Staff
from marketplace.kit.errors import DomainError, Invalid
from marketplace.kit.languages import N_

MIN_PASSWORD, MAX_PASSWORD = 8, 128
GUESSABLE_BELOW = 2  # zxcvbn's scale of 0 to 4
ZXCVBN_LIMIT = 72  # longer input raises ValueError

TOKEN_LASTS = timedelta(minutes=30)
INVITATION_LASTS = timedelta(days=7)
TWO_STEP_RESET_WAITS = timedelta(hours=24)
RECOVERY_CODES = 10

TOTP_STEP = 30
TOTP_WINDOW = 1
TOTP_DIGITS = 6

# the first that matches; Chrome names itself in many others, Safari in nearly all
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("MicroMessenger", "WeChat"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class Life:
    """How long a session lives: since its start, and since it was last used (SEC-14)."""

    absolute: timedelta
    idle: timedelta


PERSON_LIFE = Life(timedelta(days=30), timedelta(days=14))
STAFF_LIFE = Life(timedelta(hours=12), timedelta(minutes=30))


class WrongPassword(DomainError):
    status = 401
    message = N_("The e-mail address or the password is not right.")


class WrongCode(DomainError):
    status = 401
    message = N_("This code is not right, or it was used before.")


class LinkExpired(DomainError):
    status = 410
    message = N_("This link is no longer valid. Ask for a new one.")


class LastOwner(DomainError):
    message = N_("There must always be at least one with full rights. Name another first.")


class NotToYourself(DomainError):
    message = N_("You cannot change your own rights. Ask a colleague.")


def checked_email(text: str) -> str:
    """The address as it will be written to. Raises `Invalid` for the field `email`."""
    try:
        return validate_email(text.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        raise Invalid({"email": N_("Enter an e-mail address like name@example.com.")}) from None


def email_key(email: str) -> str:
    """The form in which two spellings of one address are equal."""
    return unicodedata.normalize("NFKC", email).casefold().strip()


def check_password(password: str, known_words: Iterable[str]) -> None:
    """Raises `Invalid` for the field `password`. Length and guessability, no composition rules.

    `known_words` are things others know of the person: name, address, the marketplace's name.
    """
    if len(password) < MIN_PASSWORD:
        raise Invalid({"password": N_("Use at least 8 characters.")})
    if len(password) > MAX_PASSWORD:
        raise Invalid({"password": N_("Use at most 128 characters.")})
    words = [part for word in known_words for part in re.split(r"\W+", word) if len(part) > 2]
    if zxcvbn(password[:ZXCVBN_LIMIT], user_inputs=words)["score"] < GUESSABLE_BELOW:
        raise Invalid({"password": N_("This password is easy to guess. Try three or four words.")})


def normal_code(typed: str) -> str:
    """A typed code as ASCII digits; empty if it is none.

    Only ASCII digits and the spaces people put between them count: other scripts' digits would
    let one code pass a replay check twice (SEC-19).
    """
    digits = re.sub(r"[ \u00a0-]", "", typed.strip())
    return digits if re.fullmatch(rf"[0-9]{{{TOTP_DIGITS}}}", digits) else ""


def accepted_step(secret: str, typed: str, last_step: int, at: datetime) -> int:
    """The 30 s step a code belongs to, newer than `last_step`. Raises `WrongCode`.

    A window of one step either way allows for clocks that differ.
    """
    code = normal_code(typed)
    now = int(at.timestamp()) // TOTP_STEP
    totp = pyotp.TOTP(secret, digits=TOTP_DIGITS, interval=TOTP_STEP)
    for step in range(now - TOTP_WINDOW, now + TOTP_WINDOW + 1):
        if code and step > last_step and compare_digest(totp.generate_otp(step), code):
            return step
    raise WrongCode


def enrolment_uri(secret: str, email: str, issuer: str) -> str:
    """What the QR code says to an authenticator app."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=issuer)


def recovery_code(entropy: bytes) -> str:
    """A code people can type: five groups of five, over 120 bits, from 16 random bytes or more."""
    alphabet = "23456789abcdefghjkmnpqrstuvwxyz"
    number = int.from_bytes(hashlib.sha256(entropy).digest())
    letters = []
    for _ in range(25):
        number, rest = divmod(number, len(alphabet))
        letters.append(alphabet[rest])
    text = "".join(letters)
    return "-".join(text[i : i + 5] for i in range(0, 25, 5))


def normal_recovery_code(typed: str) -> str:
    return re.sub(r"[^0-9a-z]", "", typed.casefold())[:25]


def is_alive(
    expires_at: datetime,
    last_seen_at: datetime,
    idle_seconds: int,
    revoked_at: datetime | None,
    at: datetime,
) -> bool:
    """Whether a session still counts: not revoked, not too old, not idle for too long."""
    return (
        revoked_at is None
        and at < expires_at
        and at < last_seen_at + timedelta(seconds=idle_seconds)
    )


def may_grant(own: frozenset[Permission], role: Iterable[str]) -> bool:
    """Nobody hands out a right they do not have themselves."""
    return {permission.value for permission in own}.issuperset(role)


def place_of(actor: Staff | SellerMember, page: str) -> str:
    """Where a view belongs. Members' views belong to one seller: a shared query may hold names
    of that seller's buyers."""
    return f"{page}@{actor.seller_id}" if isinstance(actor, SellerMember) else page


def device_of(user_agent: str) -> str:
    """`Firefox · Linux`, as far as a browser says; empty if it says nothing we know."""
    known = (
        next((name for sign, name in signs if sign in user_agent), "")
        for signs in (BROWSERS, SYSTEMS)
    )
    return " · ".join(name for name in known if name)
