"""The Reflex app: pages, guards, routes and jobs put together; decides nothing."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager

import reflex as rx

from marketplace.http.app import AROUND, http_app
from marketplace.http.auth import know_pages
from marketplace.integrations import throttle
from marketplace.jobs import schedule
from marketplace.kit import logs
from marketplace.settings import settings
from marketplace.settings.checks import require_fit
from marketplace.web import sitemap
from marketplace.web.errors import explain
from marketplace.web.guard.events import EventGuard
from marketplace.web.guard.sockets import SocketGuard

logs.set_up(settings().log_level, settings().log_format)
require_fit(settings())

app = rx.App(
    api_transformer=[http_app(), *AROUND],
    backend_exception_handler=explain,
    toaster=None,  # web/ui/toast.py says it in the reader's language
    stylesheets=["/jishi.css"],
    head_components=[
        rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
        rx.el.script(src="/config.js"),
        rx.el.script(src="/boot.js"),
    ],
)
app.add_middleware(EventGuard(throttle()))
sitemap.add_pages(app)
know_pages(page.route for page in sitemap.PAGES)  # where signing in may lead back to
SocketGuard(app).install()


@app.register_lifespan_task
@asynccontextmanager
async def background_jobs() -> AsyncIterator[None]:
    """The timetable runs while the server does; starting and stopping it may wait."""
    with ExitStack() as stack:
        await asyncio.to_thread(stack.enter_context, schedule.running())
        yield
        await asyncio.to_thread(stack.close)
