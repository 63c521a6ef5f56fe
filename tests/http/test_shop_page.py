"""`/s/…` in the HTML: who it is, what it sells, in which order; nothing of a hidden shop."""

import json
import re
from typing import Any

import pytest
from sqlmodel import Session

from marketplace import db
from marketplace.domain.sellers.models import Seller, SellerStatus, SellerSwitch, Switch
from marketplace.flows import show_shop
from marketplace.http import sitemap
from marketplace.kit.ids import new_id
from tests.make import sale
from tests.make.browsing import get
from tests.make.moments import MONDAY

pytestmark = pytest.mark.usefixtures("built_shell", "database")
HOSTILE = '"><img src=x onerror=alert(1)>'


@pytest.fixture(autouse=True)
def fresh_sitemap() -> None:
    sitemap.kept.pages.clear()


def opened(*slugs: str, **fields: Any) -> str:
    """A shop at `/s/kiln` with listings of these slugs. Returns its id."""

    def work(session: Session) -> str:
        shop = sale.shop(session)
        for slug in slugs:
            sale.on_shelf(session, shop, slug=slug, title=f"A {slug} of porcelain")
        row = session.get_one(Seller, shop.seller_id)
        for name, value in {"slug": "kiln", "name": "Kiln", "name_zh": "窑", **fields}.items():
            setattr(row, name, value)
        session.flush()
        other = sale.shop(session)
        sale.on_shelf(session, other, slug="foreign", title="A foreign cup of porcelain")
        return shop.seller_id

    return db.call(work)


def shown(html: str) -> list[str]:
    return re.findall(r'href="(?:/zh)?/p/([^"]+)"', html)


async def test_a_shop_says_who_it_is_and_what_it_sells() -> None:
    opened("cup", "bowl", about="Fired by hand.", about_zh="手工烧制。")
    answer = await get("/s/kiln")

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=30"
    assert "<title data-ssr>Kiln</title>" in answer.text
    assert "Fired by hand." in answer.text
    assert sorted(shown(answer.text)) == ["bowl", "cup"]
    chinese = (await get("/zh/s/kiln")).text
    assert "窑</h1>" in chinese
    assert "手工烧制。" in chinese
    facts = json.loads(re.findall(r'ld\+json">(.*?)</script>', answer.text, re.DOTALL)[0])
    assert (facts["@type"], facts["name"]) == ("OnlineStore", "Kiln")


async def test_words_search_in_this_shop_alone_and_are_no_page_for_crawlers() -> None:
    opened("cup", "bowl")
    found = (await get("/s/kiln?q=cup")).text

    assert shown(found) == ["cup"]
    assert 'name="robots" content="noindex"' in found
    nothing = (await get("/s/kiln?q=rabbit")).text
    assert shown(nothing) == []
    assert "Nothing found" in nothing


async def test_many_listings_are_parted_into_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    opened("a", "b", "c")
    monkeypatch.setattr(show_shop, "SIZE", 2)
    first, second = (await get("/s/kiln")).text, (await get("/s/kiln?page=2")).text

    assert sorted(shown(first) + shown(second)) == ["a", "b", "c"]
    assert 'href="/s/kiln?page=2" rel="next"' in first
    assert 'href="/s/kiln" rel="prev"' in second


async def test_an_empty_shop_leads_on() -> None:
    opened()
    assert "Nothing is on sale here yet" in (await get("/s/kiln")).text


@pytest.mark.parametrize("status", list(SellerStatus))
async def test_only_shops_that_buyers_may_visit_have_a_page(status: SellerStatus) -> None:
    opened("cup", status=status)
    is_shown = status in {SellerStatus.OPEN, SellerStatus.PAUSED, SellerStatus.RESTRICTED}

    assert (await get("/s/kiln")).status_code == (200 if is_shown else 404)
    places = (await get("/sitemap/places.xml")).text
    assert ("/s/kiln<" in places) is is_shown
    assert (await get("/s/none")).status_code == 404


async def test_a_shop_that_searches_do_not_find_has_no_page() -> None:
    seller_id = opened("cup")

    def hide(session: Session) -> None:
        session.add(
            SellerSwitch(
                id=new_id("swi"), seller_id=seller_id, switch=Switch.SEARCH_VISIBLE,
                reason="violations", off_at=MONDAY,
            )
        )  # fmt: skip

    db.call(hide)
    assert (await get("/s/kiln")).status_code == 404
    assert "/s/kiln<" not in (await get("/sitemap/places.xml")).text


async def test_a_break_is_told() -> None:
    opened("cup", status=SellerStatus.PAUSED)
    assert "This shop takes a break." in (await get("/s/kiln")).text


async def test_what_sellers_write_is_text() -> None:
    opened("cup", name=HOSTILE, about=HOSTILE)
    answer = await get(f"/s/kiln?q={HOSTILE}")

    assert "<img src=x" not in answer.text


async def test_a_listing_and_the_home_page_lead_to_their_shop() -> None:
    opened("cup")
    assert 'href="/s/kiln"' in (await get("/p/cup")).text
    assert 'href="/zh/s/kiln"' in (await get("/zh")).text
