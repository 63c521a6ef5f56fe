"""`/sitemap.xml`, an index, and its pages: every public address in both languages, with the day its
content changed. Pages are kept for a while, because crawlers read them all and often."""

import asyncio
import gzip
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from marketplace import db
from marketplace.flows import public_addresses
from marketplace.flows.public_addresses import Place
from marketplace.http.pages import rendered
from marketplace.http.throttling import count_look
from marketplace.kit import clock

FIXED = (Place("/"), Place("/sell"))
LASTS = timedelta(hours=1)
DIGITS = 4  # of a page's number


@dataclass
class Kept:
    """Compressed pages by name, the newest `most`; older than `LASTS` they are made again."""

    most: int
    pages: dict[str, tuple[datetime, bytes]] = field(default_factory=dict)

    def get(self, name: str, at: datetime) -> bytes | None:
        made_at, page = self.pages.get(name, (at - LASTS, b""))
        return page if at - made_at < LASTS else None

    def put(self, name: str, page: bytes, at: datetime) -> None:
        self.pages.pop(name, None)
        self.pages[name] = (at, page)
        while len(self.pages) > self.most:
            del self.pages[next(iter(self.pages))]


kept = Kept(most=16)


async def index(request: Request) -> Response:
    """Names the pages: one of places, then of listings."""
    await count_look(request, "sitemap")
    if (page := kept.get("index", clock.now())) is None:
        count = await db.read(public_addresses.count_pages)
        names = ["places", *(f"listings-{number}" for number in range(1, count + 1))]
        page = await _keep("index", "public/sitemap_index.xml", names=names)
    return _answer(request, page)


async def places(request: Request) -> Response:
    """Home, the page for sellers, categories with something on sale, and shops."""
    await count_look(request, "sitemap")
    if (page := kept.get("places", clock.now())) is None:
        found = [
            *FIXED,
            *await db.read(public_addresses.categories),
            *await db.read(public_addresses.shops),
        ]
        page = await _keep("places", "public/sitemap.xml", places=found)
    return _answer(request, page)


async def listings(request: Request) -> Response:
    """One page of listings. 404 beyond the last."""
    await count_look(request, "sitemap")
    name = request.path_params["number"]
    if not (name.isascii() and name.isdigit() and len(name) <= DIGITS and name[0] != "0"):
        raise HTTPException(404)
    if (page := kept.get(name, clock.now())) is None:
        found = await db.read(public_addresses.listings, int(name))
        if not found:
            raise HTTPException(404)
        page = await _keep(name, "public/sitemap.xml", places=found)
    return _answer(request, page)


async def _keep(name: str, template: str, **words: Sequence[object]) -> bytes:
    page = await asyncio.to_thread(
        lambda: gzip.compress(rendered(template, "en", **words).encode())
    )
    kept.put(name, page, clock.now())
    return page


def _answer(request: Request, page: bytes) -> Response:
    headers = {"Cache-Control": "public, max-age=3600", "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        page = gzip.decompress(page)
    return Response(page, media_type="application/xml", headers=headers)


routes: list[BaseRoute] = [
    Route("/sitemap.xml", index),
    Route("/sitemap/places.xml", places),
    Route("/sitemap/listings-{number}.xml", listings),
]
