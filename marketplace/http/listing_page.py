"""`/p/…` with the listing in its HTML, and what search engines read of it (DESIGN D8)."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from marketplace import db
from marketplace.flows.show_listing import show
from marketplace.flows.shown_listing import ListingView
from marketplace.http.bundle import COMPRESSED
from marketplace.http.pages import rendered
from marketplace.http.public_pages import day, in_locale, into_shell, ld_json
from marketplace.http.throttling import count_page
from marketplace.kit import clock
from marketplace.kit.languages import Locale
from marketplace.kit.money import exponent
from marketplace.settings import settings


async def listing(request: Request) -> Response:
    """404 for what is not on sale; an address it had before leads to the present one."""
    await count_page(request)
    locale: Locale = "zh-CN" if request.url.path.startswith("/zh") else "en"
    view = await db.read(show, request.path_params["slug"], at=clock.now())
    is_chinese = locale == "zh-CN"
    path = f"/p/{view.slug}"
    if view.slug != request.path_params["slug"]:
        return RedirectResponse(_with_query(request, f"/zh{path}" if is_chinese else path), 301)
    head = rendered(
        "public/head.html",
        locale,
        title=view.seo_title_zh if is_chinese else view.seo_title,
        summary=view.summary_zh if is_chinese else view.summary,
        path=path,
        facts=ld_json(_facts(view, locale)),
    )
    body = rendered(
        "public/listing.html",
        locale,
        view=view,
        path=path,
        paused_until=day(view.paused_until, locale),
        results=None,
        **in_locale(locale),
    )
    return HTMLResponse(
        into_shell(locale, head=head, body=body),
        headers={"Cache-Control": "public, max-age=30", "Content-Language": locale},
    )


def _with_query(request: Request, path: str) -> str:
    """Where a reader came from is kept."""
    return f"{path}?{request.url.query}" if request.url.query else path


def _facts(view: ListingView, locale: Locale) -> dict[str, object]:
    """Product with an offer for each kind (schema.org)."""
    is_chinese = locale == "zh-CN"
    address = f"{settings().public_url}{'/zh' if is_chinese else ''}/p/{view.slug}"
    offers = [
        {
            "@type": "Offer",
            "sku": kind.id,
            "price": _decimal(kind.price, view.currency),
            "priceCurrency": view.currency,
            "availability": "https://schema.org/"
            + ("InStock" if kind.is_in_stock and view.is_buyable else "OutOfStock"),
            "url": address,
            "seller": {"@type": "Organization", "name": view.seller},
        }
        for kind in view.variants
    ]
    facts: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": view.title_zh if is_chinese else view.title,
        "description": view.summary_zh if is_chinese else view.summary,
        "image": [settings().public_url + image.large for image in view.images],
        "offers": offers,
        "inLanguage": locale,
    }
    return {**facts, "brand": {"@type": "Brand", "name": view.brand}} if view.brand else facts


def _decimal(minor: int, currency: str) -> str:
    places = exponent(currency)
    text = str(minor).rjust(places + 1, "0")
    return f"{text[:-places]}.{text[-places:]}" if places else text


routes: list[BaseRoute] = [
    Route("/p/{slug}", listing, middleware=COMPRESSED),
    Route("/zh/p/{slug}", listing, middleware=COMPRESSED),
]
