"""A browser without a screen: it keeps cookies and fills in forms as our pages offer them."""

import re
from html import unescape
from typing import Any

import httpx
from sqlalchemy import text

from marketplace import db
from marketplace.http.app import http_app
from marketplace.http.forms import proof_for
from marketplace.models import metadata
from marketplace.settings import settings

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
NOT_A_CHANGE = {("auth_session", "last_seen_at")}


class Browser:
    """One browser of one person. It follows no redirect by itself."""

    def __init__(self, app: Any, *, ip: str = "192.0.2.1") -> None:
        self.app, self.ip = app, ip
        transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(ip, 50_000))
        self.client = httpx.AsyncClient(transport=transport, base_url=settings().public_url)

    @property
    def cookie(self) -> str:
        return self.client.cookies.get(settings().session_cookie, "")

    async def open(self, path: str, **headers: str) -> httpx.Response:
        return await self.client.get(path, headers=headers)

    async def post(self, path: str, /, **fields: str) -> httpx.Response:
        """Send a form with the proof our page would have put into it."""
        if not self.cookie:
            await self.open("/sign-in")
        return await self.send(path, {**fields, "proof": proof_for(self.cookie)})

    async def send(
        self, path: str, fields: dict[str, str], *, method: str = "POST", **headers: str
    ) -> httpx.Response:
        """Send exactly this, as a form from our own page unless `headers` say otherwise."""
        from_here = {
            "origin": settings().origins[0],
            "sec-fetch-site": "same-origin",
            "content-type": "application/x-www-form-urlencoded",
        }
        return await self.client.request(method, path, data=fields, headers=from_here | headers)

    async def sign_in(self, email: str, password: str, **fields: str) -> httpx.Response:
        return await self.post("/sign-in", email=email, password=password, **fields)

    async def close(self) -> None:
        await self.client.aclose()


async def get(path: str, **headers: str) -> httpx.Response:
    """One page of ours, as a guest with no cookie reads it."""
    transport = httpx.ASGITransport(http_app())
    async with httpx.AsyncClient(transport=transport, base_url=settings().public_url) as client:
        return await client.get(path, headers=headers)


def hidden_fields(page: httpx.Response) -> dict[str, str]:
    """The hidden fields of a page; of equal names the last."""
    return {name: unescape(value) for name, value in HIDDEN.findall(page.text)}


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, for proving that something changed nothing."""
    with db.transaction(read_only=True) as session:
        return {
            table.name: sorted(
                tuple(str(value) for value in row)
                for row in session.execute(
                    text(
                        "SELECT "
                        + ", ".join(
                            f'"{column.name}"'
                            for column in table.columns
                            if (table.name, column.name) not in NOT_A_CHANGE
                        )
                        + f' FROM "{table.name}"'
                    )
                )
            )
            for table in metadata.sorted_tables
        }
