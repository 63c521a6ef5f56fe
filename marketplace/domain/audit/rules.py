"""How the chain is sealed, and what a change is. Pure."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from marketplace.kit.redaction import is_secret_key

GENESIS = "0" * 64
"""What the first entry follows."""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain as somebody saw it: the last number and its seal."""

    seq: int
    seal: str


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a thing, before and after, as text for a reader."""

    field: str
    before: str
    after: str


def seal(key: bytes, previous: str, fields: Mapping[str, Any]) -> str:
    """HMAC-SHA256, hexadecimal, over the seal before and the entry as canonical JSON."""
    message = previous + canonical(fields)
    return hmac.new(key, message.encode(), hashlib.sha256).hexdigest()


def canonical(fields: Mapping[str, Any]) -> str:
    """The one spelling of these fields: sorted keys, no spaces, ASCII, moments in UTC."""
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), default=_spelled)


def changed(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Only the fields that differ, in JSON's types. Raises ValueError for a secret."""
    old, new = dict(before or {}), dict(after or {})
    for key in {*old, *new}:
        if is_secret_key(key):
            raise ValueError(f"{key} has no place in the audit log")
    same = {key for key in old.keys() & new.keys() if old[key] == new[key]}
    return (
        json.loads(canonical({k: v for k, v in old.items() if k not in same})),
        json.loads(canonical({k: v for k, v in new.items() if k not in same})),
    )


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """The two sides of an entry, field by field, for showing."""
    return [
        Change(field, _shown(before.get(field)), _shown(after.get(field)))
        for field in sorted({*before, *after})
    ]


def _spelled(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value)


def _shown(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
