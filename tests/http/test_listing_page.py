"""`/p/…`: an address a listing had before leads to the present one."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlmodel import Session

from marketplace import db
from marketplace.domain.catalog.models import Listing
from marketplace.domain.moderation import service as moderation
from marketplace.http import public_pages
from marketplace.http.app import http_app
from tests.make import sale
from tests.make.moments import MONDAY
from tests.make.sale import MODERATOR

BUILT = '<!DOCTYPE html><html lang="en"><head></head><body><main></main></body></html>'


@pytest.fixture(autouse=True)
def built_shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    client = tmp_path / "web" / "build" / "client"
    client.mkdir(parents=True)
    (client / "__spa-fallback.html").write_text(BUILT)
    monkeypatch.setenv("REFLEX_WEB_WORKDIR", str(tmp_path / "web"))
    public_pages._shell_parts.cache_clear()
    yield
    public_pages._shell_parts.cache_clear()


def moved_cup(session: Session) -> str:
    """On sale at `/p/mug`, once at `/p/cup`. Returns its id."""
    shop = sale.shop(session)
    cup = sale.live(session, shop, slug="cup")
    if not sale.hand_in(session, shop, cup, slug="mug").is_live:
        change = sale.waiting(session, cup.id)
        moderation.approve(session, MODERATOR, change.id, version=change.version, at=MONDAY)
    return cup.id


async def get(path: str) -> httpx.Response:
    transport = httpx.ASGITransport(http_app())
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:3000") as client:
        return await client.get(path)


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("asked", "to"),
    [
        ("/p/cup", "/p/mug"),
        ("/zh/p/cup", "/zh/p/mug"),
        ("/p/cup?utm_source=letter", "/p/mug?utm_source=letter"),
    ],
)
async def test_an_earlier_address_leads_to_the_present_one_for_good(asked: str, to: str) -> None:
    db.call(moved_cup)
    answer = await get(asked)
    assert (answer.status_code, answer.headers["location"]) == (301, to)
    assert (await get(to)).status_code == 200


@pytest.mark.usefixtures("database")
async def test_an_earlier_address_of_what_is_no_longer_on_sale_is_not_found() -> None:
    id_ = db.call(moved_cup)

    def take_down(session: Session) -> None:
        moderation.take_down(session, MODERATOR, id_, code="counterfeit", note="", at=MONDAY)

    db.call(take_down)
    assert (await get("/p/cup")).status_code == 404
    assert db.call(lambda s: s.get_one(Listing, id_)).slug == "mug"
