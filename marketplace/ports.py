"""What we ask of the outside. `integrations` answers, each port with a real and a local version."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Literal, Protocol


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


PaymentStatus = Literal[
    "created", "pending_action", "processing", "succeeded", "failed", "canceled"
]
RefundStatus = Literal["pending", "succeeded", "failed", "canceled"]


@dataclass(frozen=True, slots=True)
class OpenSession:
    """Ask for one payment. Everything here is frozen with the key: a retry sends the same.

    Amounts are minor units. `expires_at` is 30 minutes to 24 hours away, None for the longest;
    an earlier end is `close_session`, which tells whether it came in time.
    """

    command_id: str
    idempotency_key: str
    payment_id: str  # ours; the gateway gives it back with everything it tells
    amount: int
    currency: str
    title: str  # what the buyer reads beside the amount
    success_url: str
    cancel_url: str
    locale: Literal["en", "zh-CN"] = "en"
    email: str = ""
    group: str = ""  # ties later transfers to this payment
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PaymentSession:
    """Where the buyer goes to pay. `ref` is the gateway's name of it."""

    ref: str
    kind: Literal["redirect"]
    url: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class PaymentState:
    """What is true of a payment at the gateway now. Amounts are minor units.

    `created` with a `failure` means: the last try failed, and the buyer may try again.
    """

    ref: str  # what `fetch_payment` and `close_session` take
    status: PaymentStatus
    amount: int
    received: int
    refunded: int
    currency: str
    is_live: bool  # real money
    payment_id: str = ""
    command_id: str = ""
    payment_ref: str = ""  # the payment itself, once the buyer has tried; refunds name it
    charge_ref: str = ""
    fee: int = 0  # what the gateway keeps
    method: str = ""  # card, alipay, wechat_pay
    failure: str = ""  # the gateway's code of why the last try failed

    @property
    def is_final(self) -> bool:
        """Nothing can come in any more, or it has."""
        return self.status in ("succeeded", "failed", "canceled")


@dataclass(frozen=True, slots=True)
class RefundPayment:
    """Give back part or all of a payment, in minor units of its currency."""

    command_id: str
    idempotency_key: str
    refund_id: str  # ours
    payment_ref: str
    amount: int
    reason: Literal["requested_by_customer", "duplicate", "fraudulent"] = "requested_by_customer"


@dataclass(frozen=True, slots=True)
class RefundState:
    """A refund at the gateway now. Even `succeeded` may still become `failed`."""

    ref: str
    status: RefundStatus
    amount: int
    currency: str
    payment_ref: str
    refund_id: str = ""
    command_id: str = ""
    waits_for: str = ""  # insufficient_funds, processing …
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of the gateway's own account. Minor units, signed; `net` is `amount` less `fee`."""

    ref: str
    kind: str  # charge, refund, refund_failure …
    source: str
    amount: int
    fee: int
    net: int
    currency: str
    at: datetime
    available_at: datetime


@dataclass(frozen=True, slots=True)
class GatewayEvent:
    """A hint that something happened; what did is fetched, never read from here."""

    id: str
    type: str
    account: str
    is_live: bool
    at: datetime
    object_kind: str  # the gateway's word, such as checkout.session
    object_ref: str
    payment_id: str = ""
    refund_id: str = ""
    command_id: str = ""


class GatewayError(Exception):
    """The gateway did not do it; the subclass says what may be done next. No secrets inside."""

    def __init__(self, message: str, code: str = "") -> None:
        self.code = code
        super().__init__(message)


class GatewayDeclined(GatewayError):
    """A definite no for this instrument. This command is dead; another try is a new one."""


class GatewayRefused(GatewayError):
    """A definite no: the request is wrong, or the state does not allow it. Trying again is useless."""


class GatewayBusy(GatewayError):
    """Nothing is known to have happened; send the same command with the same key again, later."""


class GatewayShort(GatewayError):
    """Our own balance there is too low. Nothing was done, and this key says so for ever: send the
    same again later with a new key."""


class GatewayUnknown(GatewayError):
    """It may have happened. The same key tells; if `is_kept`, that key says no more than this
    for ever: ask `find_by_command`, and only then send with a new key."""

    def __init__(self, message: str, code: str = "", *, is_kept: bool = False) -> None:
        self.is_kept = is_kept
        super().__init__(message, code)


class WebhookRefused(Exception):
    """Not signed with a secret of ours, too old, from the future, or of the other mode."""


class PaymentGateway(Protocol):
    """The way to take payments and give them back. Every call may raise a `GatewayError`."""

    code: str
    caps: frozenset[str]

    def open_session(self, command: OpenSession) -> PaymentSession: ...

    def close_session(self, ref: str) -> PaymentState:
        """Let nobody pay this any more, and return the truth: it may have been paid meanwhile."""

    def fetch_payment(self, ref: str) -> PaymentState: ...

    def refund(self, command: RefundPayment) -> RefundState: ...

    def fetch_refund(self, ref: str) -> RefundState: ...

    def find_by_command(
        self,
        kind: Literal["payment", "refund"],
        command_id: str,
        *,
        since: datetime,
        near: str = "",
    ) -> str | None:
        """The ref that a command made, looked up among what is younger than `since`.

        `near` is the payment of a refund, where it is known: it narrows the search.
        """

    def movements(self, account: str, since: datetime, cursor: str = "") -> Iterator[Movement]:
        """What moved the balance of `account` (empty: ours) since then, or after the movement
        `cursor`; the oldest first."""

    def parse_webhook(self, raw: bytes, headers: Mapping[str, str]) -> GatewayEvent:
        """Raises `WebhookRefused`."""
