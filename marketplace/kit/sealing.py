"""Secrets at rest: sealed with a key derived per purpose, so that no one purpose opens another."""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken


class Unreadable(ValueError):
    """The text was not sealed with this key and purpose, or was changed since."""


def seal(key: bytes, purpose: str, text: str) -> str:
    return _box(key, purpose).encrypt(text.encode()).decode()


def unseal(key: bytes, purpose: str, sealed: str) -> str:
    """Raises `Unreadable`."""
    try:
        return _box(key, purpose).decrypt(sealed.encode()).decode()
    except InvalidToken as broken:
        raise Unreadable("sealed text does not open") from broken


def derive(key: bytes, purpose: str) -> bytes:
    """32 bytes that belong to `purpose` alone."""
    return hmac.new(key, purpose.encode(), hashlib.sha256).digest()


def _box(key: bytes, purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(derive(key, purpose)))
