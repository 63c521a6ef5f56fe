"""The sandbox as a server of its own: `granian --interface asgi --factory …served:app`.

Crash tests and several app servers share one this way; `MARKETPLACE_STRIPE_API_URL` leads there.
"""

from starlette.applications import Starlette

from marketplace import integrations
from marketplace.integrations.stripe_sandbox.clients import application
from marketplace.settings import settings


def app() -> Starlette:
    """Raises `SandboxRefused` in production."""
    return application(integrations.sandbox(), settings())
