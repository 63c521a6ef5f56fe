"""Which files browsers may keep without asking again."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from marketplace.http.lasting import FOR_GOOD, LastingScripts


def answer(status: int, **headers: str) -> Response:
    return Response("x", status, headers)


APP = LastingScripts(
    Starlette(
        routes=[
            Route("/assets/page-Bk4l0PhM.js", lambda _asked: answer(200)),
            Route("/assets/same-Bk4l0PhM.js", lambda _asked: answer(304)),
            Route(
                "/assets/reflex-env-1.js", lambda _a: answer(200, **{"Cache-Control": "no-cache"})
            ),
            Route("/boot.js", lambda _asked: answer(200)),
        ]
    )
)


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/assets/page-Bk4l0PhM.js", FOR_GOOD),
        ("/assets/same-Bk4l0PhM.js", FOR_GOOD),
        ("/assets/reflex-env-1.js", "no-cache"),
        ("/assets/gone-Bk4l0PhM.js", None),
        ("/boot.js", None),
    ],
)
async def test_only_what_changes_its_name_is_kept_for_good(path: str, kept: str | None) -> None:
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(APP), base_url="http://jishi.example"
    ) as client:
        found = await client.get(path)
    assert found.headers.get("cache-control") == kept
