"""How often somebody may try: by account and address together, and by address alone (SEC-16)."""

import asyncio

from starlette.requests import HTTPConnection

from marketplace.http.request import client_address
from marketplace.integrations import throttle
from marketplace.kit.errors import Throttled

PER_ACCOUNT = "5/minute;20/hour"
PER_ADDRESS = "100/hour"
LETTERS = "5/hour"
LOOKS = "240/minute"
"""Of one address, behind which a whole office may sit."""
PAGES = "300/minute"
"""Of all public pages together that ask the database; a crawler of normal pace takes one a second."""


async def count_try(
    connection: HTTPConnection, what: str, who: str, limit: str = PER_ACCOUNT
) -> None:
    """Count one try of `what` as `who` from this address. Raises `Throttled`.

    It is counted before anything is looked up: a right password passes no sooner than a wrong one.
    """
    address = client_address(connection)
    wait = await asyncio.to_thread(_hit, what, who, address, limit)
    if wait:
        raise Throttled(wait)


async def count_look(connection: HTTPConnection, what: str) -> None:
    """Count one small public read, such as of suggestions. Raises `Throttled`."""
    wait = await asyncio.to_thread(throttle().hit, LOOKS, what, client_address(connection))
    if wait:
        raise Throttled(wait)


async def count_page(connection: HTTPConnection) -> None:
    """Count one public page, before anything is looked up for it. Raises `Throttled`."""
    wait = await asyncio.to_thread(throttle().hit, PAGES, "page", client_address(connection))
    if wait:
        raise Throttled(wait)


async def forgive(
    connection: HTTPConnection, what: str, who: str, limit: str = PER_ACCOUNT
) -> None:
    """A success: this account's tries from here are forgotten. Those of the address stay."""
    await asyncio.to_thread(throttle().reset, limit, what, who, client_address(connection))


def _hit(what: str, who: str, address: str, limit: str) -> int:
    return throttle().hit(PER_ADDRESS, what, address) or throttle().hit(limit, what, who, address)
