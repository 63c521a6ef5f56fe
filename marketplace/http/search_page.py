"""Searches and categories with their results in the HTML (DESIGN D8), and what the field offers."""

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from marketplace import db
from marketplace.flows.find_listings.asking import (
    Asked,
    address,
    asked_by,
    category_in,
    narrowings,
)
from marketplace.flows.find_listings.results import Results, find
from marketplace.flows.suggest import suggest
from marketplace.http.bundle import COMPRESSED
from marketplace.http.pages import rendered
from marketplace.http.public_pages import in_locale, into_shell, ld_json
from marketplace.http.throttling import count_look, count_page
from marketplace.kit import clock, formats
from marketplace.kit.languages import Locale, translate, translate_count
from marketplace.settings import settings

MOST_FOR_CRAWLERS = 1
"""Filters at once; any more would be pages without end (reference/ux.md SF-03)."""


async def search(request: Request) -> Response:
    """What answers the address, in its language. 404 for an unknown category; an address that a
    category had before leads to the present one."""
    await count_page(request)
    locale: Locale = "zh-CN" if request.url.path.startswith("/zh") else "en"
    prefix = "/zh" if locale == "zh-CN" else ""
    here = request.url.path.removeprefix(prefix)
    asked = asked_by(dict(request.query_params), category_in(here))
    results = await db.read(find, asked)
    if results.path != here:
        to = address(asked, category=results.slug, page=asked.page)
        return RedirectResponse(prefix + to, 301)
    title, query = _title(locale, asked, results), request.url.query
    head = rendered(
        "public/head.html",
        locale,
        title=title,
        summary=translate(locale, "Makers and small brands, one basket."),
        path=here,
        robots=_robots(asked),
        facts=ld_json(_facts(locale, results)),
    )
    body = rendered(
        "public/search.html",
        locale,
        results=results,
        title=title,
        path=here + (f"?{query}" if query else ""),
        count=translate_count(
            locale,
            "{n} listing",
            "{n} listings",
            results.total,
            n=formats.number(results.total, locale),
        ),
        **in_locale(locale),
    )
    return HTMLResponse(
        into_shell(locale, head=head, body=body),
        headers={"Cache-Control": "public, max-age=30", "Content-Language": locale},
    )


async def suggestions(request: Request) -> Response:
    """What the field offers for `q`, in both languages; the same for everybody."""
    await count_look(request, "suggestions")
    offer = await db.read(suggest, request.query_params.get("q", ""), at=clock.now())
    return JSONResponse(asdict(offer), headers={"Cache-Control": "public, max-age=60"})


def _title(locale: Locale, asked: Asked, results: Results) -> str:
    if asked.text:
        return translate(locale, "Results for “{text}”", text=asked.text)
    named = results.title_zh if locale == "zh-CN" else results.title
    return named or translate(locale, "Everything on sale")


def _robots(asked: Asked) -> str:
    """Crawlers read categories, not every search and every mixture of filters."""
    return "noindex" if asked.text or narrowings(asked) > MOST_FOR_CRAWLERS else ""


def _facts(locale: Locale, results: Results) -> dict[str, object]:
    """A list of what is shown; a category says where it stands, too (schema.org)."""
    found = _list(
        locale, "url", [(f"/p/{card.slug}", card.title, card.title_zh) for card in results.cards]
    )
    facts: dict[str, object] = {"@context": "https://schema.org"}
    listed = {"@type": "ItemList", "numberOfItems": results.total, "itemListElement": found}
    if not results.crumbs or results.text:
        return {**facts, **listed}
    trail = _list(locale, "item", [(one.href, one.label, one.label_zh) for one in results.crumbs])
    return {
        **facts,
        "@type": "CollectionPage",
        "name": results.title_zh if locale == "zh-CN" else results.title,
        "breadcrumb": {"@type": "BreadcrumbList", "itemListElement": trail},
        "mainEntity": listed,
    }


def _list(locale: Locale, kind: str, rows: list[tuple[str, str, str]]) -> list[dict[str, object]]:
    """Of path, name and Chinese name; `kind` is what the address is called in such a list."""
    prefix = "/zh" if locale == "zh-CN" else ""
    return [
        {
            "@type": "ListItem",
            "position": place,
            kind: f"{settings().public_url}{prefix}{path}",
            "name": name_zh if locale == "zh-CN" else name,
        }
        for place, (path, name, name_zh) in enumerate(rows, 1)
    ]


routes: list[BaseRoute] = [
    Route("/search/suggestions", suggestions, middleware=COMPRESSED),
    *(
        Route(prefix + path, search, middleware=COMPRESSED)
        for prefix in ("", "/zh")
        for path in ("/search", "/c/{slug}")
    ),
]
