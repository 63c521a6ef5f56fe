"""A browser tab without a browser: events through Reflex's real pipeline, guard included."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from reflex.istate.manager.memory import StateManagerMemory
from reflex_base.event import Event
from reflex_base.event.processor import BaseStateEventProcessor
from reflex_base.registry import RegistrationContext
from reflex_base.utils.format import format_event_handler

from marketplace.settings import settings

PATIENCE = 60


class Sink:
    """Stands where the socket would be and keeps what it would have sent."""

    def __init__(self) -> None:
        self.updates: list[tuple[str, Any]] = []

    async def emit_update(self, update: Any, token: str) -> None:
        self.updates.append((token, update))


class Tab:
    """One tab: a token, a cookie, a path, and everything the server has told it."""

    def __init__(self, pipeline: "Pipeline", *, cookie: str, token: str, path: str) -> None:
        self._pipeline, self.token, self.path = pipeline, token, path
        self.cookie = cookie
        self.query: dict[str, str] = {}
        """Parameters in the path of a page about one thing."""
        self.vars: dict[str, dict[str, Any]] = {}
        self.client_events: list[Any] = []

    async def send(
        self, handler: Any, *, headers: dict[str, str] | None = None, **payload: Any
    ) -> None:
        """Send one event as a browser would and wait for everything it causes."""
        name = handler if isinstance(handler, str) else format_event_handler(handler)
        sent = {"cookie": f"{settings().session_cookie}={self.cookie}", **(headers or {})}
        routing = {
            "pathname": self.path,
            "asPath": self.path,
            "query": self.query,
            "headers": sent,
            "ip": "192.0.2.7",
            "token": self.token,
            "sid": "sid",
        }
        event = Event(name=name, payload=payload, router_data=routing)
        before = len(self._pipeline.sink.updates)
        future = await self._pipeline.processor.enqueue(self.token, event)
        await asyncio.wait_for(future.wait_all(), PATIENCE)
        for token, update in self._pipeline.sink.updates[before:]:
            if token == self.token:
                self._take(update)

    def value(self, state: type, name: str) -> Any:
        """What the browser was last told of `state.name`; None if never."""
        for key, value in self.vars.get(state.get_full_name(), {}).items():
            if key.removesuffix("_rx_state_") == name:
                return value
        return None

    def _take(self, update: Any) -> None:
        for state, values in (update.delta or {}).items():
            self.vars.setdefault(state, {}).update(values)
        self.client_events.extend(update.events or [])


class Pipeline:
    """Reflex's event processor with our app's middleware, on states in memory."""

    def __init__(self, app: Any) -> None:
        self.failures: list[Exception] = []
        self.sink = Sink()
        explain = app.backend_exception_handler

        def note(exception: Exception) -> Any:
            self.failures.append(exception)
            return explain(exception)

        self.processor = BaseStateEventProcessor(
            middleware=app, backend_exception_handler=note, graceful_shutdown_timeout=1
        )
        self.processor.configure(state_manager=StateManagerMemory(), event_namespace=self.sink)

    def tab(self, *, cookie: str = "", token: str = "tab-0123456789abcdef", path: str = "/") -> Tab:
        return Tab(self, cookie=cookie, token=token, path=path)


@asynccontextmanager
async def running(app: Any) -> AsyncIterator[Pipeline]:
    pipeline = Pipeline(app)
    async with pipeline.processor:
        yield pipeline


def event_names() -> list[str]:
    return sorted(RegistrationContext.get().event_handlers)
