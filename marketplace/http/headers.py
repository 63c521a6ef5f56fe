"""Security headers on every answer, with a content policy by the hashes of the built pages."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marketplace.http.bundle import built_pages
from marketplace.settings import settings

INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)
POLICY = "Content-Security-Policy"
NOT_MODIFIED = 304
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
"""For what is no page: opened by itself it can do nothing (an SVG may style itself)."""
DATA_SCRIPT = "application/ld+json"  # data, which browsers do not run


class SecurityHeaders:
    """Adds the headers of reference/security.md SEC-47 to everything, errors included."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                kind = headers.get("content-type", "text/html")
                added = security_headers(is_page=kind.startswith("text/html"))
                for name, value in added.items():
                    # the headers of a 304 replace those the browser kept with the page
                    if message["status"] != NOT_MODIFIED or name != POLICY:
                        headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, sending)


@cache
def security_headers(*, is_page: bool) -> dict[str, str]:
    """The long policy goes with pages only; twenty files a page would carry it twenty times."""
    headers = {
        POLICY: page_policy() if is_page else FILE_POLICY,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    }
    if settings().is_https:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return headers


def page_policy() -> str:
    """The policy of our pages, with the hashes of the scripts in the built ones."""
    return content_policy(script_hashes(built_pages()))


def content_policy(hashes: list[str]) -> str:
    """Scripts: our own files and these hashes, nothing inline, no eval. Styles may be inline:
    the component library writes them while running."""
    address = urlsplit(settings().public_url)
    socket = f"{'wss' if settings().is_https else 'ws'}://{address.netloc}"
    media, upload = settings().media_origin, settings().upload_origin
    rules = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *(f"'{digest}'" for digest in hashes)],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", *dict.fromkeys(filter(None, (media, upload)))],
        "font-src": ["'self'"],
        "connect-src": ["'self'", socket, *filter(None, (upload,))],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in rules.items())


def script_hashes(pages: list[Path]) -> list[str]:
    """One hash per distinct inline script of the built pages."""
    found = {
        script
        for page in pages
        for script in INLINE_SCRIPT.findall(page.read_text())
        if DATA_SCRIPT not in script
    }
    digests = (hashlib.sha256(script.encode()).digest() for script in found)
    return sorted(f"sha256-{base64.b64encode(digest).decode()}" for digest in digests)
