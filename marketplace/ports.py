"""What we ask of the outside. `integrations` answers, each port with a real and a local version."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO, Protocol


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail, ready to send: finished text in the reader's language."""

    id: str
    to: str
    subject: str
    text: str
    html: str


class Mailer(Protocol):
    def send(self, letter: Letter) -> None:
        """Hand the letter to the mail server. Raises `DeliveryFailed`; safe to repeat by id."""


class DeliveryFailed(Exception):
    """The outside did not take it. `is_final` means that trying again cannot help."""

    def __init__(self, reason: str, *, is_final: bool = False) -> None:
        self.is_final = is_final
        super().__init__(reason)


class ObjectStorage(Protocol):
    """Files by key. Keys under `private/` are never served without a permission check."""

    def write(self, key: str, chunks: Iterable[bytes]) -> int:
        """Store and return the size in bytes; an existing key is replaced whole or not at all."""

    def open(self, key: str) -> BinaryIO:
        """Raises FileNotFoundError."""

    def delete(self, key: str) -> None:
        """No error when the key is already gone."""

    def is_ready(self) -> bool: ...


class RateLimiter(Protocol):
    def hit(self, limit: str, *who: str) -> int:
        """Count one try of `who` against `limit` (such as `5/minute`).

        Returns 0 if allowed, else the seconds to wait. Never open when the store is gone.
        """

    def reset(self, limit: str, *who: str) -> None: ...
