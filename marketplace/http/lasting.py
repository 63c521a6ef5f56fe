"""Built scripts are kept by browsers for good: their names change with what is in them."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BUILT = "/assets/"
FOR_GOOD = "public, max-age=31536000, immutable"
FOUND = (200, 304)


class LastingScripts:
    """Says so of every file under `/assets/` that is there and says nothing else of itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(BUILT):
            await self.app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in FOUND:
                MutableHeaders(scope=message).setdefault("Cache-Control", FOR_GOOD)
            await send(message)

        await self.app(scope, receive, sending)
