"""Signed permissions of the local disk: to send one file, or to read one, until a moment."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, astuple, dataclass
from typing import TypeVar

from marketplace.kit.sealing import derive
from marketplace.kit.tokens import is_same

T = TypeVar("T", "Upload", "Reading")
LONGEST = 4000


class NotSigned(Exception):
    """Nobody of us wrote this, it was changed since, or its time is over."""


@dataclass(frozen=True, slots=True)
class Upload:
    """To exactly this key, of exactly this type, from `least` to `most` bytes, until `expires`."""

    key: str
    content_type: str
    least: int
    most: int
    expires: int
    """Seconds since 1970, as in the other."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Of exactly this key, as an attachment of this name and type, until `expires`."""

    key: str
    name: str
    content_type: str
    expires: int


def seal_upload(secret: bytes, upload: Upload) -> dict[str, str]:
    """The fields of the form, in the order an object store has them: its signature last."""
    policy = json.dumps(asdict(upload), sort_keys=True)
    return {
        "key": upload.key,
        "Content-Type": upload.content_type,
        "policy": policy,
        "signature": _signature(secret, "upload", upload),
    }


def open_upload(secret: bytes, fields: Mapping[str, str], *, now: int) -> Upload:
    """What the fields of a sent form permit. Raises `NotSigned`."""
    upload = _read(Upload, fields.get("policy", ""))
    _check(secret, "upload", upload, fields.get("signature", ""), now)
    if fields.get("key") != upload.key or fields.get("Content-Type") != upload.content_type:
        raise NotSigned
    return upload


def seal_reading(secret: bytes, reading: Reading) -> dict[str, str]:
    return {
        "policy": json.dumps(asdict(reading), sort_keys=True),
        "signature": _signature(secret, "reading", reading),
    }


def open_reading(secret: bytes, words: Mapping[str, str], *, now: int) -> Reading:
    """What an address permits. Raises `NotSigned`."""
    reading = _read(Reading, words.get("policy", ""))
    _check(secret, "reading", reading, words.get("signature", ""), now)
    return reading


def _read(kind: type[T], policy: str) -> T:
    try:
        if len(policy) > LONGEST:
            raise NotSigned
        made = kind(**json.loads(policy))
    except (ValueError, TypeError, RecursionError):
        raise NotSigned from None
    if not isinstance(made.expires, int):
        raise NotSigned
    return made


def _check(secret: bytes, purpose: str, thing: T, signature: str, now: int) -> None:
    if not secret or not is_same(signature, _signature(secret, purpose, thing)):
        raise NotSigned
    if thing.expires < now:
        raise NotSigned


def _signature(secret: bytes, purpose: str, thing: T) -> str:
    told = json.dumps([purpose, *astuple(thing)]).encode()
    return hmac.new(derive(secret, f"storage.{purpose}"), told, hashlib.sha256).hexdigest()
