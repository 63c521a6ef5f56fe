"""The built front end: where it lies, and what the server tells it: address, zone, languages."""

import hashlib
import json
import os
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from marketplace.kit.languages import Locale, as_locale, messages_for
from marketplace.settings import settings

BUILT_FOR = "localhost:3000"
COMPRESSED = [Middleware(GZipMiddleware, minimum_size=1000)]
"""For public content only: a page with a form's proof in it must not be compressed (BREACH)."""


def bundle() -> Path:
    return Path(os.environ.get("REFLEX_WEB_WORKDIR", ".web")) / "build" / "client"


def built_pages() -> list[Path]:
    """Every built HTML page; none before the first build."""
    return sorted(bundle().rglob("*.html"))


async def addresses(request: Request) -> Response:
    """The server's addresses, baked in for one port at build time, with the port in use."""
    name = f"reflex-env-{request.path_params['build']}.js"
    path = bundle() / "assets" / name
    if not path.is_file():
        raise HTTPException(404)
    host = f"localhost:{urlsplit(settings().public_url).port or settings().port}"
    return Response(
        path.read_text().replace(BUILT_FOR, host),
        media_type="text/javascript",
        headers={"Cache-Control": "no-cache"},
    )


async def configuration(request: Request) -> Response:
    """What scripts must know before the first paint."""
    facts = json.dumps({"timeZone": settings().time_zone, "build": build_id()})
    return Response(
        f"window.jishi={facts};",
        media_type="text/javascript",
        headers={"Cache-Control": "public, max-age=60"},
    )


async def messages(request: Request) -> Response:
    """One language's catalogue; immutable under its build's address."""
    locale = as_locale(request.path_params["locale"])
    if locale is None or locale == "en":
        raise HTTPException(404)
    is_office = request.query_params.get("for") == "office"
    lasts = "public, max-age=31536000, immutable" if "v" in request.query_params else "no-cache"
    return Response(
        _messages(locale, is_office),
        media_type="application/json",
        headers={"Cache-Control": lasts, "Vary": "Accept-Encoding"},
    )


@cache
def build_id() -> str:
    """Changes with the built pages and with the catalogue."""
    digest = hashlib.sha256(_messages("zh-CN", True))
    for page in built_pages():
        digest.update(page.read_bytes())
    return digest.hexdigest()[:12]


@cache
def _messages(locale: Locale, is_office: bool) -> bytes:
    found = messages_for(locale, is_office=is_office)
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


routes = [
    Route("/assets/reflex-env-{build:str}.js", addresses),
    Route("/config.js", configuration),
    Route("/locales/{locale:str}.json", messages, middleware=COMPRESSED),
]
