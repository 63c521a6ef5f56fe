"""`/s/…` with the shop and what it sells in its HTML, and what search engines read of it."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from marketplace import db
from marketplace.flows.find_listings.asking import asked_by
from marketplace.flows.show_shop import ShopView, show_shop
from marketplace.http.bundle import COMPRESSED
from marketplace.http.pages import rendered
from marketplace.http.public_pages import day, in_locale, into_shell, ld_json
from marketplace.http.throttling import count_page
from marketplace.kit import formats
from marketplace.kit.languages import Locale, translate_count
from marketplace.settings import settings


async def shop(request: Request) -> Response:
    """404 for a shop that buyers may not visit. A page with words in its address is no page for
    crawlers."""
    await count_page(request)
    locale: Locale = "zh-CN" if request.url.path.startswith("/zh") else "en"
    asked = asked_by(dict(request.query_params))
    view = await db.read(show_shop, request.path_params["slug"], asked)
    is_chinese, query = locale == "zh-CN", request.url.query
    name = view.name_zh if is_chinese else view.name
    head = rendered(
        "public/head.html",
        locale,
        title=name,
        summary=(view.about_zh if is_chinese else view.about) or name,
        path=view.path,
        robots="noindex" if view.text else "",
        facts=ld_json(_facts(view, locale)),
    )
    body = rendered(
        "public/shop.html",
        locale,
        view=view,
        name=name,
        path=view.path + (f"?{query}" if query else ""),
        since=day(view.since, locale),
        paused_until=day(view.paused_until, locale),
        count=translate_count(
            locale, "{n} listing", "{n} listings", view.total, n=formats.number(view.total, locale)
        ),
        results=None,
        **in_locale(locale),
    )
    return HTMLResponse(
        into_shell(locale, head=head, body=body),
        headers={"Cache-Control": "public, max-age=30", "Content-Language": locale},
    )


def _facts(view: ShopView, locale: Locale) -> dict[str, object]:
    """An online store (schema.org)."""
    is_chinese = locale == "zh-CN"
    facts: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "OnlineStore",
        "name": view.name_zh if is_chinese else view.name,
        "description": view.about_zh if is_chinese else view.about,
        "url": f"{settings().public_url}{'/zh' if is_chinese else ''}{view.path}",
    }
    return {**facts, "logo": settings().public_url + view.logo} if view.logo else facts


routes: list[BaseRoute] = [
    Route("/s/{slug}", shop, middleware=COMPRESSED),
    Route("/zh/s/{slug}", shop, middleware=COMPRESSED),
]
