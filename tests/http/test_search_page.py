"""`/search` and `/c/…` in the HTML: found in both languages, escaped, one address for each thing."""

import json
import re
from typing import Any

import pytest
from sqlmodel import Session, select

from marketplace import db
from marketplace.domain.catalog.models import Category, CategoryRedirect
from marketplace.domain.catalog.rules.content import VariantContent
from marketplace.domain.search.models import SearchAsked
from marketplace.domain.search.service import asked
from marketplace.http import throttling
from marketplace.http.app import http_app
from marketplace.kit import clock
from marketplace.kit.ids import new_id
from tests.make import sale
from tests.make.browsing import Browser, get
from tests.make.moments import MONDAY
from tests.make.sale import ShopOfTests

pytestmark = pytest.mark.usefixtures("built_shell")
HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture
def shop(database: str) -> ShopOfTests:
    """A shop with cups, at `/c/cups`."""

    def work(session: Session) -> ShopOfTests:
        shop = sale.shop(session)
        session.get_one(Category, shop.category_id).slug = "cups"
        return shop

    return db.call(work)


def on_shelf(shop: ShopOfTests, **fields: Any) -> str:
    return db.call(lambda s: sale.on_shelf(s, shop, **fields).slug)


@pytest.mark.parametrize(
    ("path", "shown", "link"),
    [
        ("/search?q=porcelain", "Blue porcelain cup", 'href="/p/cup"'),
        ("/search?q=茶杯", "Blue porcelain cup", 'href="/p/cup"'),
        ("/zh/search?q=茶杯", "青花瓷茶杯", 'href="/zh/p/cup"'),
        ("/zh/search?q=porcelain", "青花瓷茶杯", 'href="/zh/p/cup"'),
        ("/c/cups", "Blue porcelain cup", 'href="/p/cup"'),
        ("/zh/c/cups", "青花瓷茶杯", 'href="/zh/p/cup"'),
    ],
)
async def test_what_is_found_stands_in_the_page_in_its_language(
    shop: ShopOfTests, path: str, shown: str, link: str
) -> None:
    on_shelf(shop, slug="cup")
    answer = await get(path)

    assert answer.status_code == 200
    assert shown in answer.text
    assert link in answer.text
    assert "¥59.00" in answer.text
    assert f'<html lang="{"zh-CN" if path.startswith("/zh") else "en"}"' in answer.text


async def test_a_hostile_title_and_a_hostile_question_are_shown_as_text(shop: ShopOfTests) -> None:
    on_shelf(shop, title=f"Cup {HOSTILE}", slug="cup")
    page = await get("/search")
    asked_for = await get(f"/search?q=cup {HOSTILE}")

    for answer in (page, asked_for):
        assert HOSTILE not in answer.text
        assert "&lt;script&gt;alert(1)" in answer.text


async def test_nothing_found_offers_what_sells_and_says_so_in_both_languages(
    shop: ShopOfTests,
) -> None:
    on_shelf(shop, slug="cup")
    english, chinese = (await get("/search?q=zzzz")).text, (await get("/zh/search?q=zzzz")).text

    assert "Nothing found" in english
    assert 'href="/p/cup"' in english
    assert "没有找到" in chinese
    assert 'href="/zh/p/cup"' in chinese


@pytest.mark.parametrize("path", ["/c/nothing", "/zh/c/nothing", "/search?category=nothing"])
@pytest.mark.usefixtures("shop")
async def test_an_unknown_category_is_not_found(path: str) -> None:
    assert (await get(path)).status_code == 404


@pytest.mark.parametrize(
    ("asked_at", "to"),
    [
        ("/c/mugs", "/c/cups"),
        ("/zh/c/mugs?sort=price&page=2", "/zh/c/cups?sort=price&page=2"),
        ("/search?category=mugs", "/c/cups"),
        ("/search?category=cups", "/c/cups"),
        ("/c/cups?q=tea", "/search?q=tea&category=cups"),
    ],
)
async def test_an_earlier_or_second_address_of_a_category_leads_to_its_own(
    shop: ShopOfTests, asked_at: str, to: str
) -> None:
    db.call(
        lambda s: s.add(CategoryRedirect(slug="mugs", category_id=shop.category_id, since=MONDAY))
    )
    answer = await get(asked_at)

    assert (answer.status_code, answer.headers["location"]) == (301, to)
    assert (await get(to)).status_code == 200


async def test_a_category_is_canonical_without_its_filters(shop: ShopOfTests) -> None:
    on_shelf(shop)
    html = (await get("/zh/c/cups?sort=price&stock=1")).text

    assert 'rel="canonical" href="http://localhost:3000/zh/c/cups"' in html
    assert 'hreflang="en" href="http://localhost:3000/c/cups"' in html


@pytest.mark.parametrize(
    ("path", "is_hidden"),
    [
        ("/c/cups", False),
        ("/c/cups?stock=1", False),
        ("/c/cups?stock=1&to=90", True),
        ("/search?q=cup", True),
        ("/search", False),
    ],
)
async def test_crawlers_stay_out_of_searches_and_mixtures_of_filters(
    shop: ShopOfTests, path: str, is_hidden: bool
) -> None:
    assert ('content="noindex"' in (await get(path)).text) is is_hidden


async def test_machines_read_a_category_its_place_and_its_listings(shop: ShopOfTests) -> None:
    on_shelf(shop, slug="cup", title="Cup </script>")
    html = (await get("/c/cups")).text
    facts = json.loads(re.findall(r'ld\+json">(.*?)</script>', html)[0])

    assert facts["@type"] == "CollectionPage"
    assert facts["breadcrumb"]["itemListElement"][0]["item"] == "http://localhost:3000/c/cups"
    assert facts["mainEntity"]["itemListElement"] == [
        {"@type": "ListItem", "position": 1, "url": "http://localhost:3000/p/cup", "name": "Cup </script>"}
    ]  # fmt: skip


async def test_prices_and_stock_narrow_by_plain_links_and_a_plain_form(shop: ShopOfTests) -> None:
    on_shelf(shop, slug="cheap", variants=[VariantContent(id=new_id("var"), price=1_000)])
    on_shelf(shop, slug="dear", variants=[VariantContent(id=new_id("var"), price=90_000)])
    on_shelf(shop, slug="gone", stock=0)

    bounded = (await get("/c/cups?from=5&to=20.5")).text
    assert re.findall(r'href="/p/([a-z]+)"', bounded) == ["cheap"]
    assert 'name="from" value="5"' in bounded
    assert '<form method="get" action="/c/cups">' in bounded
    stocked = (await get("/c/cups?stock=1&sort=-price")).text
    assert re.findall(r'href="/p/([a-z]+)"', stocked) == ["dear", "cheap"]


async def test_reading_a_page_writes_nothing(shop: ShopOfTests) -> None:
    await get("/search?q=cup")
    assert db.call_reading(lambda s: s.exec(select(SearchAsked)).all()) == []


async def test_the_field_is_offered_only_what_can_be_found(shop: ShopOfTests) -> None:
    on_shelf(shop, slug="cup")
    today = clock.now().date()

    def note(session: Session) -> None:
        for question in ("porcelain dragon", "porcelain cup"):
            asked.note(session, {asked.key(question, "en"): (9, 3)}, day=today)
        asked.note(session, {asked.key("porcelain 13800138000", "en"): (1, 3)}, day=today)
        sale.draft(session, shop, title="Porcelain secret")

    db.call(note)
    offer = (await get("/search/suggestions?q=porc")).json()

    assert offer["questions"] == ["porcelain cup", "porcelain"]
    assert [card["slug"] for card in offer["listings"]] == ["cup"]
    assert (await get("/search/suggestions?q=")).json()["questions"] == ["porcelain cup"]
    assert (await get("/search/suggestions?q=茶")).json()["listings"][0]["slug"] == "cup"
    assert [
        place["href"] for place in (await get("/search/suggestions?q=cu")).json()["places"]
    ] == ["/c/cups"]


@pytest.mark.usefixtures("shop")
async def test_one_address_may_not_ask_without_end() -> None:
    answers = [(await get("/search/suggestions?q=a")).status_code for _ in range(245)]

    assert set(answers[:240]) == {200}
    assert answers[-1] == 429


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/search?q=cup", "Please slow down"),
        ("/c/cups", "Please slow down"),
        ("/p/cup", "Please slow down"),
        ("/zh/search?q=cup", "请稍慢一些"),
    ],
)
async def test_who_takes_pages_without_end_is_asked_to_slow_down(
    shop: ShopOfTests, monkeypatch: pytest.MonkeyPatch, path: str, says: str
) -> None:
    on_shelf(shop, slug="cup", title="Porcelain cup")
    monkeypatch.setattr(throttling, "PAGES", "2/minute")
    answers = [await get(path) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert says in answers[-1].text
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    assert answers[-1].headers["Cache-Control"] == "no-store"


async def test_pages_are_counted_together_and_other_addresses_apart(
    shop: ShopOfTests, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_shelf(shop, slug="cup", title="Porcelain cup")
    monkeypatch.setattr(throttling, "PAGES", "2/minute")
    one, other = Browser(http_app(), ip="192.0.2.7"), Browser(http_app(), ip="192.0.2.8")
    answers = [await one.open(path) for path in ("/search", "/c/cups", "/p/cup")]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert (await other.open("/p/cup")).status_code == 200
    assert (await one.open("/")).status_code == 200


@pytest.mark.usefixtures("shop")
async def test_a_crawler_of_normal_pace_is_never_turned_away() -> None:
    answers = [(await get("/c/cups")).status_code for _ in range(60)]

    assert set(answers) == {200}
