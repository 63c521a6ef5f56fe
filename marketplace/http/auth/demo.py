"""The demo shows what its people's authenticators show; in production there is no such thing."""

from marketplace import db
from marketplace.flows.seed import demo_code
from marketplace.kit import clock
from marketplace.settings import settings


async def shown_code(email: str) -> str:
    """The code to show beside the field; empty but for demo people on a demo server."""
    return await db.read(demo_code, email, at=clock.now()) if settings().demo else ""
