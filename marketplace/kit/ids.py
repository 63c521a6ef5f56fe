"""The one id factory: prefixed, sortable by creation, not guessable, settable in tests."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from marketplace.kit import clock

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford base 32: no i, l, o, u
_PAIRS = [first + second for first in ALPHABET for second in ALPHABET]
MOMENT_LENGTH = 10
RANDOM_LENGTH = 16  # 80 bits
ID_PATTERN = r"^[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}$"

_entropy: Callable[[int], int] | None = None


def new_id(prefix: str) -> str:
    """`prefix` + `_` + 26 characters: 48 bits of milliseconds, then 80 random bits.

    Ids of one prefix sort by creation; they are names, never secrets.
    """
    milliseconds = int(clock.now().timestamp() * 1000)
    return f"{prefix}_{_encode(milliseconds, MOMENT_LENGTH)}{_encode(_bits(80), RANDOM_LENGTH)}"


def public_number(prefix: str) -> str:
    """A short number people read aloud, such as `JS-4K7Q-92MX-TD`; tells nothing of volume."""
    text = _encode(_bits(50), 10).upper()
    return f"{prefix}-{text[:4]}-{text[4:8]}-{text[8:]}"


@contextmanager
def drawing_from(entropy: Callable[[int], int]) -> Iterator[None]:
    """Let `entropy(bits)` supply the random part inside the block; for tests and seeds."""
    global _entropy  # noqa: PLW0603  the one place that sets it
    before, _entropy = _entropy, entropy
    try:
        yield
    finally:
        _entropy = before


def _bits(count: int) -> int:
    return _entropy(count) if _entropy else secrets.randbits(count)


def _encode(number: int, length: int) -> str:
    """`length` is even: two signs at a time take half as long, and bulk makes millions."""
    return "".join([_PAIRS[number >> shift & 1023] for shift in range(length * 5 - 10, -1, -10)])
