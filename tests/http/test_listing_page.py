"""`/p/…` in the HTML: content, facts for machines, what is not shown, earlier addresses."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from marketplace import db
from marketplace.domain.catalog.models import Listing
from marketplace.domain.catalog.rules.content import Block, Picture
from marketplace.domain.catalog.service.listings.templates import TemplateForm, save_template
from marketplace.domain.media.queries import picture_url
from marketplace.domain.moderation import service as moderation
from marketplace.domain.sellers.service import standing
from tests.make import sale
from tests.make.browsing import get
from tests.make.moments import MONDAY
from tests.make.sale import MODERATOR

pytestmark = pytest.mark.usefixtures("built_shell")


def moved_cup(session: Session) -> str:
    """On sale at `/p/mug`, once at `/p/cup`. Returns its id."""
    shop = sale.shop(session)
    cup = sale.live(session, shop, slug="cup")
    if not sale.hand_in(session, shop, cup, slug="mug").is_live:
        change = sale.waiting(session, cup.id)
        moderation.approve(session, MODERATOR, change.id, version=change.version, at=MONDAY)
    return cup.id


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


HOSTILE = '"><img src=x onerror=alert(1)>'


def shown(**fields: Any) -> str:
    """Something on sale; its slug."""

    def work(session: Session) -> str:
        return sale.on_shelf(session, sale.shop(session), **{"slug": "cup", **fields}).slug

    return db.call(work)


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("path", "title", "stock"),
    [("/p/cup", "Blue porcelain cup", "In stock"), ("/zh/p/cup", "青花瓷茶杯", "有货")],
)
async def test_a_listing_can_be_read_without_scripts(path: str, title: str, stock: str) -> None:
    shown()
    answer = await get(path)

    assert answer.status_code == 200
    assert f">{title}</h1>" in answer.text
    assert "¥59.00" in answer.text
    assert stock in answer.text
    assert f'rel="canonical" href="http://localhost:3000{path}"' in answer.text
    assert 'hreflang="zh-CN" href="http://localhost:3000/zh/p/cup"' in answer.text
    assert len(answer.content) < 40_000


@pytest.mark.usefixtures("database")
async def test_what_sellers_write_is_text_or_cleaned() -> None:
    told = [Block(kind="text", text="Good <script>alert(2)</script><b>cup</b>")]
    shown(title=f"Cup {HOSTILE}", blocks=told)
    html = (await get("/p/cup")).text

    assert HOSTILE not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
    assert "alert(2)</script>" not in html


@pytest.mark.usefixtures("database")
async def test_machines_read_what_it_costs_and_whether_it_is_there() -> None:
    shown(title="Cup </script>", stock=0)
    html = (await get("/p/cup")).text
    facts = json.loads(re.findall(r'ld\+json">(.*?)</script>', html)[0])

    assert (facts["@type"], facts["name"]) == ("Product", "Cup </script>")
    assert facts["offers"][0]["price"] == "59.00"
    assert facts["offers"][0]["priceCurrency"] == "CNY"
    assert facts["offers"][0]["availability"] == "https://schema.org/OutOfStock"


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("path", ["/p/none", "/zh/p/none"])
async def test_what_was_never_on_sale_is_not_found(path: str) -> None:
    db.call(lambda s: sale.pending(s, sale.shop(s), slug="none"))
    assert (await get(path)).status_code == 404


@pytest.mark.usefixtures("database")
async def test_others_of_its_category_are_shown_beside_it_and_not_itself() -> None:
    def work(session: Session) -> None:
        shop = sale.shop(session)
        for slug in ("cup", "bowl"):
            sale.on_shelf(session, shop, slug=slug)

    db.call(work)
    html = (await get("/p/cup")).text

    assert 'href="/p/bowl"' in html
    assert 'href="/p/cup"' not in html.partition("<main>")[2]


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/p/cup", "This shop takes a break until Mar 9, 2026."),
        ("/zh/p/cup", "本店休息至2026年3月9日。"),
    ],
)
async def test_a_shop_on_a_break_says_so_and_its_goods_stay_in_stock(path: str, says: str) -> None:
    def work(session: Session) -> None:
        shop = sale.shop(session)
        sale.on_shelf(session, shop, slug="cup")
        standing.pause(session, shop.member, until=MONDAY + timedelta(days=7), at=MONDAY)

    db.call(work)
    html = (await get(path)).text

    assert says in html
    assert ("Sold out" in html, "售罄" in html) == (False, False)
    assert "https://schema.org/OutOfStock" in html


@pytest.mark.usefixtures("database")
async def test_everything_its_seller_tells_can_be_read_without_scripts() -> None:
    def work(session: Session) -> tuple[str, str]:
        shop = sale.shop(session)
        form = TemplateForm(name="Post", fee=800, free_from=9900)
        template = save_template(session, shop.member, form, at=MONDAY)
        other = sale.picture(session, shop.member)
        blocks = [
            Block(kind="columns", text="Fired twice.", picture_ids=[other]),
            Block(kind="table", rows=[["Size", "cm"], ["S", "<12>"]]),
        ]
        sale.on_shelf(
            session,
            shop,
            slug="cup",
            blocks=blocks,
            pictures=[Picture(id=shop.picture_id, focal_x=20, focal_y=80)],
            video_url="https://www.bilibili.com/video/BV1xx",
            shipping_template_id=template,
            return_days=14,
            warranty_months=24,
            protects_price=True,
        )
        return picture_url(session, other, 960), picture_url(session, other, 480)

    picture, small = db.call(work)
    html = (await get("/p/cup")).text

    for told in (
        "Shipping ¥8.00 per order, free from ¥99.00",
        "Returns for 14 days",
        "Guarantee for 24 months",
        "Price protection: pays back what the price falls within 15 days",
        '<td class="py-1 pr-4">&lt;12&gt;</td>',
        "sm:grid-cols-2",
        f'src="{picture}" srcset="{small} 480w, {picture} 960w"',
        'style="object-position: 20% 80%"',
        'href="https://www.bilibili.com/video/BV1xx" rel="nofollow noopener noreferrer"',
    ):
        assert told in html


ADD = '<form action="/cart/lines" method="post"'


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(("stock", "is_said"), [(0, False), (1, True)])
async def test_only_what_is_in_stock_can_be_put_into_the_cart(stock: int, is_said: bool) -> None:
    shown(stock=stock)
    html = (await get("/p/cup")).text

    assert (ADD in html, "Sold out" in html) == (is_said, not is_said)
