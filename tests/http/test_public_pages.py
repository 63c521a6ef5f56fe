"""Public pages carry their content in the HTML, in the language of their address."""

import json
import re

import pytest
from sqlmodel import Session

from marketplace import db
from marketplace.domain.catalog.models import Category
from marketplace.flows.seed import seed
from marketplace.http import public_pages, sell_page
from marketplace.kit import clock
from marketplace.web.storefront import home, sell
from tests.make.browsing import get

pytestmark = pytest.mark.usefixtures("built_shell")


@pytest.fixture
def shops(database: str) -> None:
    db.call(seed, password_hash="none", at=clock.now(), only_named=True)


@pytest.mark.usefixtures("shops")
@pytest.mark.parametrize(
    ("path", "language", "shop", "other"),
    [
        ("/", "en", "Qingshan Ceramics", "青山陶瓷"),
        ("/zh", "zh-CN", "青山陶瓷", "Qingshan Ceramics"),
    ],
)
async def test_home_shows_the_shops_in_the_language_of_its_address(
    path: str, language: str, shop: str, other: str
) -> None:
    answer = await get(path)

    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.text
    assert shop in answer.text
    assert other not in answer.text
    assert len(answer.content) < 40_000


@pytest.mark.usefixtures("database")
async def test_home_without_a_shop_says_so() -> None:
    assert "No shop is open yet" in (await get("/")).text


@pytest.mark.usefixtures("database")
async def test_both_languages_point_to_each_other_and_each_to_itself() -> None:
    for path, own in (("/", "http://localhost:3000/"), ("/zh", "http://localhost:3000/zh")):
        html = (await get(path)).text
        assert f'rel="canonical" href="{own}"' in html
        assert 'hreflang="en" href="http://localhost:3000/"' in html
        assert 'hreflang="zh-CN" href="http://localhost:3000/zh"' in html


@pytest.mark.usefixtures("database")
async def test_the_facts_for_machines_can_be_read_and_cannot_end_their_script() -> None:
    found = re.search(r'ld\+json">(.*?)</script>', (await get("/")).text)
    assert found is not None
    assert json.loads(found[1])["@type"] == "WebSite"
    assert "</script" not in public_pages.ld_json({"name": "</script>"})


@pytest.mark.usefixtures("database")
async def test_robots_keep_out_of_the_portals_and_find_the_sitemap() -> None:
    lines = (await get("/robots.txt")).text.splitlines()
    assert {"Disallow: /admin", "Disallow: /seller", "Disallow: /account"} <= set(lines)
    assert lines[-1] == "Sitemap: http://localhost:3000/sitemap.xml"


def test_the_servers_copy_of_home_says_what_the_app_says() -> None:
    assert tuple((title, text) for _icon, title, text in home.STEPS) == public_pages.STEPS


@pytest.mark.usefixtures("database")
async def test_selling_is_explained_in_both_languages_with_the_fees_of_the_tree() -> None:
    def category(session: Session) -> None:
        session.add(
            Category(id="cat_tea", path="cat_tea", name="Tea ware", name_zh="茶具",
                     slug="tea-ware", commission_bps=450)
        )  # fmt: skip

    db.call(category)
    english, chinese = (await get("/sell")).text, (await get("/zh/sell")).text

    assert "Open your shop on Jishi" in english
    assert re.search(r"Tea ware</td><td[^>]*>4.5%", english)
    assert re.search(r"茶具</td><td[^>]*>4.5%", chinese)
    assert 'href="/seller/apply"' in english


def test_the_servers_copy_of_selling_says_what_the_app_says() -> None:
    assert tuple((title, text) for _icon, title, text in sell.STEPS) == sell_page.STEPS
    assert (sell.TITLE, sell.SUMMARY, sell.NEEDS) == (
        sell_page.TITLE,
        sell_page.SUMMARY,
        sell_page.NEEDS,
    )
