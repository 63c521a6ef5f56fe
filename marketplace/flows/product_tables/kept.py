"""A cell stays as it was written as long as it still says the same.

Next to a value we keep how the imported table spelled it (`50` for 50.00, HTML for text) and a
digest of how we would have spelled it. While our spelling has that digest, the value has not
changed, and the export writes what was imported: export after import is the identity.
"""

from collections.abc import Mapping
from hashlib import blake2b

PREFIX = "kept:"


def remember(extra: dict[str, str], key: str, written: str, ours: str) -> None:
    """Keep `written` if it differs from `ours`; forget what was kept before."""
    extra.pop(PREFIX + key, None)
    if written != ours:
        extra[PREFIX + key] = f"{_digest(ours)}:{written}"


def as_written(extra: Mapping[str, str], key: str, ours: str) -> str:
    digest, _, written = extra.get(PREFIX + key, "").partition(":")
    return written if digest and digest == _digest(ours) else ours


def without(extra: Mapping[str, str]) -> dict[str, str]:
    """Without spellings: what is left says something."""
    return {key: value for key, value in extra.items() if not key.startswith(PREFIX)}


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=6).hexdigest()
