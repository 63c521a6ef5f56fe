"""What we ask of the outside. `integrations` answers, each port with a real and a local version."""

from collections.abc import Collection, Iterable, Iterator
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


@dataclass(frozen=True, slots=True)
class UploadForm:
    """A form a browser may send once: the fields first, in this order, then `file`."""

    url: str
    fields: dict[str, str]


class ObjectStorage(Protocol):
    """Files by key. Keys under `private/` are never served without a permission check."""

    def write(self, key: str, chunks: Iterable[bytes], content_type: str = "") -> int:
        """Store and return the size in bytes; an existing key is replaced whole or not at all."""

    def open(self, key: str) -> BinaryIO:
        """Raises FileNotFoundError."""

    def size(self, key: str) -> int:
        """In bytes. Raises FileNotFoundError."""

    def delete(self, key: str) -> None:
        """No error when the key is already gone."""

    def keys(self, prefix: str) -> Iterator[str]:
        """Every key that begins with `prefix`, which ends with a slash."""

    def permit_upload(
        self, key: str, *, content_type: str, least: int, most: int, seconds: int
    ) -> UploadForm:
        """Let a browser send one file: to exactly this key, of this type, within these bytes."""

    def read_address(self, key: str, *, name: str, content_type: str, seconds: int) -> str:
        """An address at which whoever has it may load the file, as an attachment, for so long."""

    def is_ready(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was at an address, and which address it was after redirects."""

    content: bytes
    content_type: str
    url: str


class FetchRefused(Exception):
    """We do not, or could not, load this address; the text is a message id."""


class Fetcher(Protocol):
    def fetch(self, url: str, *, most_bytes: int, content_types: Collection[str]) -> Fetched:
        """Load an address somebody gave us, public ones only. Raises `FetchRefused`."""


class RateLimiter(Protocol):
    def hit(self, limit: str, *who: str) -> int:
        """Count one try of `who` against `limit` (such as `5/minute`).

        Returns 0 if allowed, else the seconds to wait. Never open when the store is gone.
        """

    def reset(self, limit: str, *who: str) -> None: ...
