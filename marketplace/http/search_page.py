"""`/search` with its results in the HTML (DESIGN D8): a crawler or a slow phone needs no script."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from marketplace import db
from marketplace.flows.find_listings import Asked, Results, asked_by, find
from marketplace.http.bundle import COMPRESSED
from marketplace.http.pages import rendered
from marketplace.http.public_pages import into_shell, ld_json
from marketplace.kit import formats
from marketplace.kit.languages import Locale, translate, translate_count
from marketplace.kit.money import Money
from marketplace.settings import settings


async def search(request: Request) -> Response:
    """What answers the address, in the language of the address. 404 for an unknown category."""
    locale: Locale = "zh-CN" if request.url.path.startswith("/zh") else "en"
    asked = asked_by(dict(request.query_params))
    results = await db.read(find, asked)
    title, query = _title(locale, asked, results), request.url.query
    head = rendered(
        "public/head.html",
        locale,
        title=title,
        summary=translate(locale, "Makers and small brands, one basket."),
        path="/search",
        facts=ld_json(_facts(locale, results)),
    )
    body = rendered(
        "public/search.html",
        locale,
        results=results,
        title=title,
        path=request.url.path.removeprefix("/zh") + (f"?{query}" if query else ""),
        count=translate_count(
            locale,
            "{n} listing",
            "{n} listings",
            results.total,
            n=formats.number(results.total, locale),
        ),
        price=lambda minor, currency: formats.money(Money(minor, currency), locale),
        is_chinese=locale == "zh-CN",
        prefix="/zh" if locale == "zh-CN" else "",
    )
    return HTMLResponse(
        into_shell(locale, head=head, body=body),
        headers={"Cache-Control": "public, max-age=30", "Content-Language": locale},
    )


def _title(locale: Locale, asked: Asked, results: Results) -> str:
    if asked.text:
        return translate(locale, "Results for “{text}”", text=asked.text)
    named = results.title_zh if locale == "zh-CN" else results.title
    return named or translate(locale, "Everything on sale")


def _facts(locale: Locale, results: Results) -> dict[str, object]:
    prefix = "/zh" if locale == "zh-CN" else ""
    return {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "numberOfItems": results.total,
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "url": f"{settings().public_url}{prefix}/p/{card.slug}",
                "name": card.title_zh if locale == "zh-CN" else card.title,
            }
            for place, card in enumerate(results.cards, 1)
        ],
    }


routes: list[BaseRoute] = [
    Route("/search", search, middleware=COMPRESSED),
    Route("/zh/search", search, middleware=COMPRESSED),
]
