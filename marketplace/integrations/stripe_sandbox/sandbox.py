"""The sandbox itself: bytes in, bytes out, no socket and no clock of its own (money.md 1.3)."""

import base64
import binascii
import hashlib
import itertools
import json
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import stripe

from marketplace.integrations.stripe_sandbox import kept, routes, tricks
from marketplace.integrations.stripe_sandbox.call import Call, World
from marketplace.integrations.stripe_sandbox.events import Send, deliver
from marketplace.integrations.stripe_sandbox.store import Store, named_by
from marketplace.integrations.stripe_sandbox.wire import (
    AnswerLost,
    ApiError,
    Body,
    Declined,
    decoded,
    encoded,
)
from marketplace.settings import Settings

Answer = tuple[int, dict[str, str], bytes]
OVERDRAFT = 100_000_000  # minor units the bank account behind the sandbox covers
MOST_BODY = 1_000_000  # bytes
LIVE = ("sk_live_", "rk_live_")
NONE = tricks.Trick("", 0)


class SandboxRefused(Exception):
    """The sandbox never runs where money is real."""


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    values: Body
    account: str
    key: str | None
    id: str
    at: int

    @property
    def fingerprint(self) -> str:
        asked = [self.method, self.path, self.values]
        return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


class Sandbox:
    """`seed` makes ids foreseeable in tests; `pause` is how a slow answer waits."""

    def __init__(
        self,
        path: Path,
        pay_url: str,
        *,
        seed: str = "",
        overdraft: int = OVERDRAFT,
        pause: Callable[[int], None] = time.sleep,
    ) -> None:
        self.store = Store(path, seed)
        self._world = World(self.store, pay_url.rstrip("/"), overdraft)
        self._pause = pause
        self._asked = itertools.count()

    def handle(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes, now: datetime
    ) -> Answer:
        """Answer as the API would. Raises `AnswerLost` where a fault was planned so."""
        known = {name.lower(): value for name, value in headers.items()}
        at = int(now.timestamp())
        name = "req_" + named_by(f"{self.store.seed}:asked:{next(self._asked)}:{at}", 14)
        try:
            request = _read(method, path, known, body, name, at)
            self.settle(now)
            answer = self._answered(request)
        except ApiError as error:
            answer = (error.status, {}, error.body())
        status, extra, told = answer
        own = {
            "Content-Type": "application/json",
            "Request-Id": name,
            "Stripe-Version": known.get("stripe-version", stripe.api_version),
        }
        return status, own | extra, told

    def settle(self, now: datetime) -> None:
        """Let happen what the clock has reached: sessions expire, slow banks answer."""
        at = int(now.timestamp())
        with self.store.reading() as db:
            is_due = db.execute("SELECT 1 FROM due WHERE at <= ? LIMIT 1", (at,)).fetchone()
        if is_due is None:
            return
        with self.store.writing() as db:
            rows = db.execute(
                "DELETE FROM due WHERE at <= ? RETURNING at, account, deed, id", (at,)
            ).fetchall()
            for due, account, deed, name in sorted(rows):
                routes.LATER[deed](Call(self._world, db, account, due), name)

    def deliver(self, send: Send, now: datetime) -> int:
        """Send the webhooks that are due; see `events.deliver`."""
        self.settle(now)
        return deliver(self.store, send, now)

    @contextmanager
    def opened(self, account: str, now: datetime) -> Iterator[Call]:
        """One transaction outside the API, for the hosted page and for controls."""
        self.settle(now)
        with self.store.writing() as db:
            yield Call(self._world, db, account, int(now.timestamp()))

    def _answered(self, request: Request) -> Answer:
        answer, names = routes.found(request.method, request.path)
        trick = self._trick(request)
        if trick.kind in ("409", "429", "before"):
            raise _faults()[trick.kind]
        if request.method != "POST":
            self._wait(trick)
            return self._looked_up(request, answer, names, trick.kind)
        if request.key and (replay := self._claim(request, request.key)):
            return replay
        self._wait(trick)  # its twin is told meanwhile that the key is in use
        if trick.kind == "saved500":
            return self._keep_fault(request)
        status, body = self._performed(request, answer, names)
        if trick.kind == "after":
            raise AnswerLost
        if trick.kind == "after500":
            return self._keep_fault(request)
        return status, {}, body

    def _trick(self, request: Request) -> tricks.Trick:
        """The next planned fault that fits, which is used up by this."""
        with self.store.reading() as db:
            if not tricks.is_planned(db):
                return NONE
        with self.store.writing() as db:
            return tricks.taken(db, "api", request.method, request.path) or NONE

    def _wait(self, trick: tricks.Trick) -> None:
        if trick.kind == "slow":
            self._pause(trick.seconds)

    def _claim(self, request: Request, key: str) -> Answer | None:
        with self.store.writing() as db:
            return kept.claim(db, request.account, key, request.fingerprint, request.at)

    def _looked_up(
        self, request: Request, answer: routes.Answerer, names: list[str], trick: str
    ) -> Answer:
        is_change = request.method == "DELETE"
        with self.store.writing() if is_change else self.store.reading() as db:
            call = self._call(request, db)
            body = routes.expanded(call, answer(call, request.values, *names), request.values)
        if trick == "after":
            raise AnswerLost
        if trick in ("saved500", "after500"):
            raise _faults()["before"]
        return 200, {}, encoded(body)

    def _performed(
        self, request: Request, answer: routes.Answerer, names: list[str]
    ) -> tuple[int, bytes]:
        """Run a change and keep its answer under its key in the same transaction."""
        try:
            with self.store.writing() as db:
                status, body = self._ran(request, answer, names, db)
                if request.key:
                    kept.keep(db, request.account, request.key, status, body)
        except ApiError as error:
            with self.store.writing() as db:
                if request.key and error.is_kept:
                    kept.keep(db, request.account, request.key, error.status, error.body())
                elif request.key:
                    kept.forget(db, request.account, request.key)
            return error.status, error.body()
        except BaseException:
            if request.key:
                with self.store.writing() as db:
                    kept.forget(db, request.account, request.key)
            raise
        return status, body

    def _ran(
        self, request: Request, answer: routes.Answerer, names: list[str], db: sqlite3.Connection
    ) -> tuple[int, bytes]:
        call = self._call(request, db)
        try:
            body = answer(call, request.values, *names)
        except Declined as declined:
            return declined.status, declined.body()
        return 200, encoded(routes.expanded(call, body, request.values))

    def _keep_fault(self, request: Request) -> Answer:
        error = _faults()["before"]
        if request.key:
            with self.store.writing() as db:
                kept.keep(db, request.account, request.key, error.status, error.body())
        return error.status, {}, error.body()

    def _call(self, request: Request, db: sqlite3.Connection) -> Call:
        return Call(self._world, db, request.account, request.at, request.id, request.key)


def require_sandbox(settings: Settings) -> None:
    """Raises `SandboxRefused` in production, and where a live key lies about."""
    if settings.is_production:
        raise SandboxRefused("The payment sandbox does not run in production.")
    if settings.stripe_secret_key.get_secret_value().startswith(LIVE):
        raise SandboxRefused("The payment sandbox does not start beside a live Stripe key.")


def _read(
    method: str, path: str, headers: dict[str, str], body: bytes, name: str, at: int
) -> Request:
    _require_key(headers.get("authorization", ""))
    account = headers.get("stripe-account", "")
    if account and not account.startswith("acct_"):
        message = f"The provided key does not have access to account '{account[:40]}'."
        raise ApiError(403, message, "account_invalid", is_kept=False)
    where, _, query = path.partition("?")
    if len(body) > MOST_BODY or not _is_text(body):
        raise ApiError(400, "The body is too large, or no form.", is_kept=False)
    values = decoded(query if method == "GET" else body.decode())
    key = headers.get("idempotency-key")
    if key is not None and len(key) > 255:
        raise ApiError(400, "Idempotency keys have up to 255 signs.", is_kept=False)
    return Request(method, where, values, account, key, name, at)


def _is_text(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _require_key(given: str) -> None:
    kind, _, key = given.partition(" ")
    if kind == "Basic":
        try:
            key = base64.b64decode(key, validate=True).decode().partition(":")[0]
        except (binascii.Error, UnicodeDecodeError):
            key = ""
    if key.startswith(LIVE):
        raise ApiError(401, "This is the sandbox: it takes no live key.", is_kept=False)
    if kind not in ("Basic", "Bearer") or not key.startswith(("sk_test_", "rk_test_")):
        raise ApiError(401, "Invalid API Key provided.", is_kept=False)


def _faults() -> dict[str, ApiError]:
    return {
        "409": ApiError(409, "Another request holds a lock on this object.", "lock_timeout"),
        "429": ApiError(429, "Too many requests.", "rate_limit"),
        "before": ApiError(500, "An error occurred.", kind="api_error"),
    }
