"""Public pages with their content in the HTML (DESIGN D8): readable without scripts, by crawlers
and on slow lines. The built shell follows and takes over once it has the same content."""

import json
from datetime import datetime
from functools import cache
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from marketplace import db
from marketplace.flows.shop_window import window
from marketplace.http.bundle import COMPRESSED, bundle
from marketplace.http.pages import rendered
from marketplace.kit import days, formats
from marketplace.kit.languages import N_, Locale, translate
from marketplace.kit.money import Money
from marketplace.settings import settings

STEPS = (
    (
        N_("Independent shops"),
        N_("Each shop is run by its maker. You see who sells, and who answers."),
    ),
    (N_("One basket"), N_("Buy from several shops and pay once. Each sends its own parcel.")),
    (
        N_("Prices that explain themselves"),
        N_("Every amount opens to the rule, the base and who pays for it."),
    ),
    (N_("Money held safely"), N_("Sellers are paid after you have received the goods.")),
)
SHELLS = ("__spa-fallback.html", "index.html")
"""The second is what a development build has: it writes no page out beforehand."""
MARK = "data-ssr"


async def home(request: Request) -> Response:
    """The storefront's home in the language of its address."""
    locale: Locale = "zh-CN" if request.url.path.startswith("/zh") else "en"
    shown = await db.read(window)
    title = translate(locale, "Jishi, a market of independent shops")
    summary = translate(
        locale, "Makers and small brands, one basket, and a price you can take apart."
    )
    facts = {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": settings().name,
        "url": settings().public_url + "/",
        "inLanguage": locale,
    }
    return HTMLResponse(
        into_shell(
            locale,
            head=rendered(
                "public/head.html",
                locale,
                title=title,
                summary=summary,
                path="/",
                facts=ld_json(facts),
            ),
            body=rendered(
                "public/home.html",
                locale,
                window=shown,
                steps=STEPS,
                path="/",
                results=None,
                **in_locale(locale),
            ),
        ),
        headers={"Cache-Control": "public, max-age=60", "Content-Language": locale},
    )


async def robots(request: Request) -> Response:
    """Crawlers stay out of the portals and of pages that only make sense to their reader."""
    closed = (
        "/admin", "/seller", "/account", "/auth", "/sign-in", "/invitation", "/files", "/cart",
        "/zh/cart",
    )  # fmt: skip
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return PlainTextResponse(
        "\n".join([*lines, f"Sitemap: {settings().public_url}/sitemap.xml", ""])
    )


def in_locale(locale: Locale) -> dict[str, Any]:
    """What every public template asks about its language."""
    return {
        "is_chinese": locale == "zh-CN",
        "prefix": "/zh" if locale == "zh-CN" else "",
        "price": lambda minor, currency: formats.money(Money(minor, currency), locale),
    }


def day(moment: str, locale: Locale) -> str:
    """The day of a moment (ISO, UTC) where the marketplace is; empty for none."""
    if not moment:
        return ""
    return formats.day(days.day_of(datetime.fromisoformat(moment), settings().time_zone), locale)


def into_shell(locale: Locale, *, head: str, body: str) -> str:
    """The built page around `body`; React removes what is marked once its own content is there.

    A `section`, because React takes over the body's children by their tags and passes over those
    it does not expect: it would take a `div` for its own first one.
    """
    before_head, after_head = _shell_parts()
    opened = before_head.replace('<html lang="en"', f'<html lang="{locale}"', 1)
    start, tag, rest = after_head.partition("<body>")
    return f"{opened}{head}{start}{tag}<section {MARK}>{body}</section>{rest}"


def ld_json(facts: dict[str, Any]) -> Markup:
    """Facts for a script element: `<` can never end it."""
    return Markup(json.dumps(facts, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704


@cache
def _shell_parts() -> tuple[str, str]:
    path = next(path for name in SHELLS if (path := bundle() / name).is_file())
    html = path.read_text()
    before, _tag, after = html.partition("</head>")
    return before, f"</head>{after}"


routes: list[BaseRoute] = [
    Route("/", home, middleware=COMPRESSED),
    Route("/zh", home, middleware=COMPRESSED),
    Route("/robots.txt", robots),
]
