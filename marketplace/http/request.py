"""What every request gets first: an id, the client's address, security headers, a log line."""

import re
import time
from typing import Any

import structlog
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marketplace.kit.ids import new_id
from marketplace.settings import settings

log = structlog.get_logger("http")
GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,40}\Z")


class RequestScope:
    """Give each request an id, and write one log line when it is answered. No query strings:
    they carry tab tokens and one-time links (reference/security.md SEC-10, SEC-49)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        request_id = _request_id(connection)
        scope.setdefault("state", {})["request_id"] = request_id
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        began, status = time.perf_counter(), 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-Id"] = request_id
            await send(message)

        try:
            await self.app(scope, receive, sending)
        finally:
            if scope["type"] == "http":
                milliseconds = round((time.perf_counter() - began) * 1000)
                log.info(
                    "request",
                    method=scope["method"],
                    path=scope["path"][:200],
                    status=status,
                    milliseconds=milliseconds,
                )


def client_address(connection: HTTPConnection) -> str:
    """Where the request came from. Forwarded headers count only behind our own proxies (SEC-62)."""
    hops = settings().trusted_proxy_hops
    if hops:
        forwarded = [
            part.strip() for part in connection.headers.get("x-forwarded-for", "").split(",")
        ]
        if len(forwarded) >= hops:
            return forwarded[-hops][:45]
    return connection.client.host if connection.client else ""


def request_id_of(connection: HTTPConnection) -> str:
    state: dict[str, Any] = connection.scope.get("state", {})
    return str(state.get("request_id", ""))


def _request_id(connection: HTTPConnection) -> str:
    given = connection.headers.get("x-request-id", "")
    if settings().trusted_proxy_hops and GIVEN_ID.match(given):
        return given
    return new_id("req")
