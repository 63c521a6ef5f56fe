"""All of our plain HTTP in one place: routes before Reflex's, headers around everything."""

from starlette.applications import Starlette
from starlette.routing import BaseRoute

from marketplace.http import (
    account,
    auth,
    bundle,
    cart,
    files,
    health,
    listing_page,
    media,
    public_pages,
    search_page,
    sell_page,
    shop_page,
    sitemap,
)
from marketplace.http.errors import handlers
from marketplace.http.headers import SecurityHeaders
from marketplace.http.lasting import LastingScripts
from marketplace.http.looking import closed_to_onlookers
from marketplace.http.request import RequestScope

ROUTES: list[BaseRoute] = [
    *bundle.routes,
    *public_pages.routes,
    *sell_page.routes,
    *search_page.routes,
    *listing_page.routes,
    *shop_page.routes,
    *sitemap.routes,
    *health.routes,
    *auth.routes,
    *account.routes,
    *cart.routes,
    *media.routes,
    *files.routes,
]
AROUND = [LastingScripts, SecurityHeaders, RequestScope]
"""From the inside out."""


def http_app() -> Starlette:
    """Our routes; Reflex mounts itself behind them."""
    routes = [closed_to_onlookers(route) for route in ROUTES]
    return Starlette(routes=routes, exception_handlers=handlers)
