"""Ways to the sandbox: within this process for the SDK, and as a small ASGI application."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import stripe
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from marketplace.integrations.stripe_sandbox.sandbox import Sandbox, require_sandbox
from marketplace.integrations.stripe_sandbox.wire import AnswerLost
from marketplace.kit import clock
from marketplace.settings import Settings

Now = Callable[[], datetime]


class InProcessClient(stripe.HTTPClient):
    """The transport of the real SDK without a socket; `now` is the sandbox's clock."""

    name = "jishi-sandbox"

    def __init__(self, sandbox: Sandbox, now: Now = clock.now) -> None:
        super().__init__()
        self._sandbox = sandbox
        self._now = now

    def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        post_data: Any = None,
        *,
        _usage: list[str] | None = None,
    ) -> tuple[str, int, Mapping[str, str]]:
        parts = urlsplit(url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        body = post_data.encode() if isinstance(post_data, str) else post_data or b""
        try:
            status, answered, told = self._sandbox.handle(
                method.upper(), path, headers or {}, body, self._now()
            )
        except AnswerLost:
            raise _lost() from None
        return told.decode(), status, Headers(answered)

    def close(self) -> None:
        """There is nothing to close."""

    def _sleep_time_seconds(self, num_retries: int) -> int:
        return 0  # nobody at the other end needs to be spared


def _lost() -> stripe.APIConnectionError:
    make: Callable[..., stripe.APIConnectionError] = stripe.APIConnectionError  # untyped there
    return make("The answer was lost.", should_retry=True)


class _Broken(Response):
    """The line breaks in the middle of an answer: effects stay, nobody learns of them."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-length", b"2")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        raise ConnectionResetError("the answer was lost on purpose")


def application(sandbox: Sandbox, settings: Settings, now: Now = clock.now) -> Starlette:
    """The API over HTTP, to be mounted or served alone. Raises `SandboxRefused`."""
    require_sandbox(settings)

    async def answer(request: Request) -> Response:
        path = "/" + str(request.path_params["path"])
        if request.url.query:
            path += f"?{request.url.query}"
        body = await request.body()
        try:
            status, headers, told = await asyncio.to_thread(
                sandbox.handle, request.method, path, dict(request.headers), body, now()
            )
        except AnswerLost:
            return _Broken()
        return Response(told, status, headers)

    return Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "POST", "DELETE"])])
