"""The socket guard: before Reflex reads a frame, and before it believes a tab token (DESIGN D7).

It hangs on attributes of Reflex 0.10.1's event namespace that are not its public interface;
`tests/e2e/test_sockets.py` drives a real socket and fails if they move.
"""

import hashlib
import hmac
import time
from collections import Counter
from typing import Any
from urllib.parse import parse_qs, urlencode

import reflex as rx
from reflex_base.registry import RegistrationContext

from marketplace.kit.sealing import derive
from marketplace.settings import settings
from marketplace.web.guard.events import decisions
from marketplace.web.guard.visitors import forget, session_cookie

EVENTS_PER_SECOND, BURST = 20, 80
SOCKETS_PER_ADDRESS = 40
STRIKES = 5
TOKEN_LENGTH = range(16, 65)


class SocketGuard:
    """Wraps the three entry points of one event namespace."""

    def __init__(self, app: rx.App) -> None:
        self._namespace: Any = app.event_namespace
        self._known = RegistrationContext.get().event_handlers
        self._on_event = self._namespace.on_event
        self._on_connect = self._namespace.on_connect
        self._on_disconnect = self._namespace.on_disconnect
        self._buckets: dict[str, tuple[float, float]] = {}
        self._strikes: Counter[str] = Counter()
        self._addresses: dict[str, str] = {}
        self._sockets: Counter[str] = Counter()

    def install(self) -> None:
        self._namespace.on_event = self.event
        self._namespace.on_connect = self.connect
        self._namespace.on_disconnect = self.disconnect

    async def connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> Any:
        """Refuse odd tokens and crowds; make the state's key depend on the session cookie, so a
        stolen token opens nothing and a new session starts afresh (SEC-10)."""
        scope = environ.get("asgi.scope", {})
        address = str((scope.get("client") or ("",))[0])
        query = parse_qs(environ.get("QUERY_STRING", ""))
        token = (query.get("token") or [""])[0]
        if len(token) not in TOKEN_LENGTH or self._sockets[address] >= SOCKETS_PER_ADDRESS:
            decisions.labels("connection refused").inc()
            return False
        cookie = session_cookie(environ.get("HTTP_COOKIE", ""))
        forget(cookie)
        query["token"] = [self.bound_token(cookie, token)]
        environ["QUERY_STRING"] = urlencode(query, doseq=True)
        self._addresses[sid] = address
        self._sockets[address] += 1
        boot = auth.get("event") if isinstance(auth, dict) else None
        if boot is not None and not self._is_known(boot):
            auth = {name: value for name, value in auth.items() if name != "event"}
        return await self._on_connect(sid, environ, auth)

    async def event(self, sid: str, data: Any) -> Any:
        """Drop floods and names nobody has, before they cost a log line or a lock (SEC-53)."""
        if not self._take(sid):
            decisions.labels("flood").inc()
            await self._shut(sid)
            return None
        if not self._is_known(data):
            decisions.labels("unknown event").inc()
            self._strikes[sid] += 1
            if self._strikes[sid] >= STRIKES:
                await self._shut(sid)
            return None
        return await self._on_event(sid, data)

    def disconnect(self, sid: str, *reason: Any) -> Any:
        self._buckets.pop(sid, None)
        self._strikes.pop(sid, None)
        address = self._addresses.pop(sid, None)
        if address is not None:
            self._sockets[address] -= 1
            if self._sockets[address] <= 0:
                del self._sockets[address]
        return self._on_disconnect(sid)

    def bound_token(self, cookie: str, token: str) -> str:
        """The state's key for this tab of this session."""
        key = derive(settings().key(), "tab")  # read late: a build has no secrets
        return hmac.new(key, f"{cookie}|{token}".encode(), hashlib.sha256).hexdigest()[:40]

    async def _shut(self, sid: str) -> None:
        """Close the connection itself; leaving the namespace alone would keep the socket open."""
        server = self._namespace.server
        connection = server.manager.eio_sid_from_sid(sid, self._namespace.namespace)
        await server.eio.disconnect(connection)

    def _is_known(self, data: Any) -> bool:
        return (
            isinstance(data, dict)
            and isinstance(data.get("name"), str)
            and data["name"] in self._known
            and isinstance(data.get("payload", {}), dict)
            and isinstance(data.get("router_data", {}), dict)
        )

    def _take(self, sid: str) -> bool:
        """One token from the socket's bucket, refilled at `EVENTS_PER_SECOND`."""
        now = time.monotonic()
        left, since = self._buckets.get(sid, (float(BURST), now))
        left = min(BURST, left + (now - since) * EVENTS_PER_SECOND) - 1
        self._buckets[sid] = (left, now)
        return left >= 0
