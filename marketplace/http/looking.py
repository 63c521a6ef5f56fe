"""Staff who look at a shop as its members see it send nothing that could change anything."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from marketplace.http.visitor import visitor_of
from marketplace.kit.errors import OnlyLooking

READING = frozenset({"GET", "HEAD", "OPTIONS"})
STAYS_OPEN = frozenset({"/auth/stop-viewing", "/auth/sign-out", "/auth/language"})
"""The ways out, and the language, which is then only a cookie."""


def closed_to_onlookers(route: BaseRoute) -> BaseRoute:
    """The route, which refuses them whatever is not reading. Raises `OnlyLooking` (SEC-05)."""
    if not isinstance(route, Route):
        raise TypeError(f"{route}: only plain routes can be kept from who only looks")
    if route.path in STAYS_OPEN or not _may_change(route):
        return route

    async def endpoint(request: Request) -> Response:
        if request.method not in READING and (await visitor_of(request)).viewing:
            raise OnlyLooking
        answer: Response = await route.endpoint(request)
        return answer

    return Route(route.path, endpoint, methods=sorted(route.methods or ()), name=route.name)


def _may_change(route: Route) -> bool:
    return not route.methods or not route.methods <= READING
