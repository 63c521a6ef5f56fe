"""The built front end: where it lies, and the one file in it that knows the server's address."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from marketplace.settings import settings

BUILT_FOR = "localhost:3000"


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


routes = [Route("/assets/reflex-env-{build:str}.js", addresses)]
