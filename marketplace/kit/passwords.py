"""Argon2id, two at a time: each takes 64 MiB and a third of a second (SEC-15).

Call from a worker thread and outside any transaction.
"""

from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()
_at_once = BoundedSemaphore(2)


def hash_password(password: str) -> str:
    with _at_once:
        return _hasher.hash(password)


def matches(stored: str, password: str) -> bool:
    """Whether the password is the stored one. An empty `stored` (nobody by that name) takes
    just as long, so the time tells nothing (SEC-17)."""
    with _at_once:
        try:
            return _hasher.verify(stored or _nobody(), password) and bool(stored)
        except (VerificationError, InvalidHashError):
            return False


def needs_rehash(stored: str) -> bool:
    """Whether today's parameters are stronger than those the password was stored with."""
    return _hasher.check_needs_rehash(stored)


@cache
def _nobody() -> str:
    return _hasher.hash("nobody has this password")
