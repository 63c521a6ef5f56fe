"""`/sitemap.xml`: everything buyers can find, in both languages, in pages, and nothing else."""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest
from sqlmodel import Session

from marketplace import db
from marketplace.domain.sellers.models import Seller, SellerStatus
from marketplace.flows import index_listing, public_addresses
from marketplace.http import sitemap
from tests.conftest import FrozenClock
from tests.make import sale
from tests.make.browsing import get
from tests.make.moments import MONDAY

pytestmark = pytest.mark.usefixtures("database")
SITE = "http://localhost:3000"
NAMES = {"m": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    sitemap.kept.pages.clear()
    yield
    sitemap.kept.pages.clear()


async def read(path: str, what: str = "loc") -> list[str]:
    """The addresses of a page, without their site; or what else stands beside them."""
    answer = await get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/xml")
    root = ET.fromstring(answer.content)  # noqa: S314  our own
    return [(one.text or "").removeprefix(SITE) for one in root.iterfind(f".//m:{what}", NAMES)]


def cups(session: Session, *slugs: str) -> None:
    shop = sale.shop(session)
    for slug in slugs:
        sale.on_shelf(session, shop, slug=slug)


async def test_an_empty_market_has_its_own_pages_alone() -> None:
    assert await read("/sitemap.xml") == ["/sitemap/places.xml"]
    assert await read("/sitemap/places.xml") == ["/", "/zh", "/sell", "/zh/sell"]
    assert (await get("/sitemap/listings-1.xml")).status_code == 404


async def test_listings_stand_in_both_languages_with_the_moment_of_their_content() -> None:
    db.call(lambda s: cups(s, "cup"))
    assert await read("/sitemap.xml") == ["/sitemap/places.xml", "/sitemap/listings-1.xml"]
    assert await read("/sitemap/listings-1.xml") == ["/p/cup", "/zh/p/cup"]
    moment = f"{MONDAY:%Y-%m-%dT%H:%M:%SZ}"
    assert await read("/sitemap/listings-1.xml", "lastmod") == [moment, moment]
    assert any(place.startswith("/c/") for place in await read("/sitemap/places.xml"))


async def test_many_listings_are_parted_into_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    db.call(lambda s: cups(s, "a", "b", "c"))
    monkeypatch.setattr(public_addresses, "AT_ONCE", 2)

    assert len(await read("/sitemap.xml")) == 3
    assert await read("/sitemap/listings-1.xml") == ["/p/a", "/zh/p/a", "/p/b", "/zh/p/b"]
    assert await read("/sitemap/listings-2.xml") == ["/p/c", "/zh/p/c"]


def test_a_page_holds_no_more_than_the_format_allows() -> None:
    assert public_addresses.AT_ONCE * 2 <= 50_000


async def test_what_buyers_cannot_find_is_not_in_it() -> None:
    def hide(session: Session) -> None:
        shop = sale.shop(session)
        sale.pending(session, shop, slug="waits")
        sale.on_shelf(session, shop, slug="suspended")
        session.get_one(Seller, shop.seller_id).status = SellerStatus.SUSPENDED
        session.flush()
        index_listing.refresh_seller(session, shop.seller_id, at=MONDAY)

    db.call(hide)
    assert await read("/sitemap.xml") == ["/sitemap/places.xml"]


@pytest.mark.parametrize("number", ["0", "01", "-1", "x", "99999", "1.5", "٣"])
async def test_a_page_that_is_no_number_is_not_found(number: str) -> None:
    assert (await get(f"/sitemap/listings-{number}.xml")).status_code == 404


async def test_it_is_kept_for_an_hour(clock_at: FrozenClock) -> None:
    assert await read("/sitemap.xml") == ["/sitemap/places.xml"]
    db.call(lambda s: cups(s, "cup"))
    clock_at.advance(minutes=59)
    assert await read("/sitemap.xml") == ["/sitemap/places.xml"]
    clock_at.advance(minutes=2)
    assert len(await read("/sitemap.xml")) == 2


async def test_it_is_sent_compressed_to_those_who_read_that() -> None:
    plain = await get("/sitemap.xml", **{"accept-encoding": "identity"})
    packed = await get("/sitemap.xml", **{"accept-encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert plain.text == packed.text
