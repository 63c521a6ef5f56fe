"""The app's own storefront: what the address asks for, what is noted, what buyers may send."""

import pytest
from sqlmodel import Session, select

from marketplace import db
from marketplace.domain.catalog.models import Category, CategoryRedirect, Listing, ListingStatus
from marketplace.domain.catalog.rules.content import (
    ListingContent,
    Option,
    OptionValue,
    Picture,
    VariantContent,
)
from marketplace.domain.inventory.models import BackInStock
from marketplace.domain.inventory.service.waiting import StillThere
from marketplace.domain.moderation.models import Report
from marketplace.domain.search.models import SearchAsked
from marketplace.integrations.throttle import Throttle
from marketplace.kit.errors import Invalid, NotFound
from marketplace.kit.ids import new_id
from marketplace.web.storefront.home import StorefrontHomeState
from marketplace.web.storefront.listing.state import ListingPageState
from marketplace.web.storefront.search.state import SearchState
from tests.make import sale
from tests.make.browsing import everything
from tests.make.moments import MONDAY
from tests.make.sale import ShopOfTests
from tests.web.demo import refusal
from tests.web.harness import Pipeline, Tab
from tests.web.test_staff import sent


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """All these tests ask from one address within a minute; limits are tested with the guard."""
    monkeypatch.setattr(Throttle, "hit", lambda *_asked: 0)


@pytest.fixture
def shop(database: str) -> ShopOfTests:
    """A cup at `/p/cup`, sold out, in `/c/cups`, which was `/c/mugs`."""

    def work(session: Session) -> ShopOfTests:
        shop = sale.shop(session)
        category = session.get_one(Category, shop.category_id)
        category.slug = "cups"
        session.add(CategoryRedirect(slug="mugs", category_id=category.id, since=MONDAY))
        sale.on_shelf(session, shop, slug="cup", stock=0)
        return shop

    return db.call(work)


def the_cup() -> Listing:
    return db.call(lambda s: s.exec(select(Listing).where(Listing.slug == "cup")).one())


def kind() -> str:
    return ListingContent.model_validate(the_cup().draft).variants[0].id


def led(tab: Tab) -> set[str]:
    return {event.payload["path"] for event in tab.client_events if event.name == "_redirect"}


async def opened(pipeline: Pipeline, path: str, load: object) -> Tab:
    tab = pipeline.tab(path=path)
    await tab.send(load)
    return tab


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    "path", ["/search?q=茶杯", "/zh/search?q=porcelain", "/c/cups", "/zh/c/cups"]
)
async def test_the_address_is_what_is_asked(pipeline: Pipeline, path: str) -> None:
    tab = await opened(pipeline, path, SearchState.load)

    assert [card.slug for card in tab.value(SearchState, "results").cards] == ["cup"]
    assert led(tab) == set()


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/c/mugs", "/c/cups"),
        ("/zh/c/mugs?sort=price", "/zh/c/cups?sort=price"),
        ("/search?category=cups", "/c/cups"),
    ],
)
async def test_an_earlier_address_of_a_category_leads_on(
    pipeline: Pipeline, path: str, to: str
) -> None:
    assert led(await opened(pipeline, path, SearchState.load)) == {to}


@pytest.mark.usefixtures("shop")
async def test_a_category_that_is_not_there_is_said_to_be_so(pipeline: Pipeline) -> None:
    tab = await opened(pipeline, "/c/nothing", SearchState.load)

    assert tab.value(SearchState, "is_loaded") is True
    assert tab.value(SearchState, "results") is None
    assert pipeline.failures == []


@pytest.mark.usefixtures("shop")
async def test_questions_are_noted_with_what_they_found_and_without_a_person(
    pipeline: Pipeline,
) -> None:
    for path in ("/c/cups", "/search?q=dragon", "/search?q=Cup", "/search?q=cup&page=2", "/search"):
        await opened(pipeline, path, SearchState.load)

    rows = db.call(lambda s: s.exec(select(SearchAsked)).all())
    assert sorted((row.query, row.times, row.found) for row in rows) == [
        ("cup", 1, 1),
        ("dragon", 1, 0),
    ]


@pytest.mark.usefixtures("shop")
async def test_the_window_shows_places_listings_and_shops(pipeline: Pipeline) -> None:
    window = (await opened(pipeline, "/", StorefrontHomeState.load)).value(
        StorefrontHomeState, "window"
    )

    assert [(place.href, place.count) for place in window.places] == [("/c/cups", 1)]
    assert [card.slug for card in window.picks] == ["cup"]
    assert [shop.name for shop in window.shops] == ["A"]


@pytest.mark.usefixtures("shop")
async def test_a_guest_asks_once_to_be_told_when_it_is_back(pipeline: Pipeline) -> None:
    tab = await opened(pipeline, "/p/cup", ListingPageState.load)
    for _ in range(2):
        form = sent(("variant", kind()), ("email", "Guest@example.com"))
        await tab.send(ListingPageState.wait_for, form_data=form)

    rows = db.call(lambda s: s.exec(select(BackInStock)).all())
    assert [(row.variant_id, row.email_key) for row in rows] == [(kind(), "guest@example.com")]


@pytest.mark.parametrize("email", ["", "no address"])
@pytest.mark.usefixtures("shop")
async def test_without_an_address_nobody_waits(pipeline: Pipeline, email: str) -> None:
    tab = await opened(pipeline, "/p/cup", ListingPageState.load)
    before = everything()
    form = sent(("variant", kind()), ("email", email))
    await refusal(tab, ListingPageState.wait_for, form_data=form)

    assert everything() == before


async def test_nobody_waits_for_what_is_there_or_not_on_sale(
    pipeline: Pipeline, shop: ShopOfTests
) -> None:
    there = db.call(lambda s: sale.on_shelf(s, shop, slug="bowl").draft["variants"][0]["id"])
    hidden = db.call(lambda s: sale.draft(s, shop, slug="vase").draft["variants"][0]["id"])
    tab, before = await opened(pipeline, "/p/cup", ListingPageState.load), everything()
    problems = []
    for variant_id in (there, hidden):
        form = sent(("variant", variant_id), ("email", "guest@example.com"))
        problem = await refusal(tab, ListingPageState.wait_for, form_data=form)
        problems.append(problem or type(pipeline.failures[-1]))

    assert problems == [StillThere, NotFound]
    assert everything() == before


@pytest.mark.usefixtures("shop")
async def test_a_guest_reports_a_listing_once(pipeline: Pipeline) -> None:
    tab = await opened(pipeline, "/p/cup", ListingPageState.load)
    await tab.send(ListingPageState.ask_reasons)
    assert "counterfeit" in {row.code for row in tab.value(ListingPageState, "reasons")}
    form = sent(("listing", the_cup().id), ("code", "counterfeit"), ("note", "<b>fake</b>"))
    for _ in range(2):
        await tab.send(ListingPageState.complain, form_data=form)

    rows = db.call(lambda s: s.exec(select(Report)).all())
    assert [(row.listing_id, row.code, row.note) for row in rows] == [
        (the_cup().id, "counterfeit", "<b>fake</b>")
    ]
    assert the_cup().status is ListingStatus.LIVE


async def test_a_report_without_a_reason_or_of_what_buyers_do_not_see_is_refused(
    pipeline: Pipeline, shop: ShopOfTests
) -> None:
    hidden = db.call(lambda s: sale.draft(s, shop, slug="vase").id)
    tab, before = await opened(pipeline, "/p/cup", ListingPageState.load), everything()
    problems = []
    for listing, code in ((the_cup().id, "no-such-code"), (hidden, "counterfeit")):
        form = sent(("listing", listing), ("code", code), ("note", ""))
        problem = await refusal(tab, ListingPageState.complain, form_data=form)
        problems.append(problem or type(pipeline.failures[-1]))

    assert problems == [Invalid, NotFound]
    assert everything() == before


@pytest.mark.usefixtures("shop")
async def test_a_listing_that_is_not_there_is_said_to_be_so(pipeline: Pipeline) -> None:
    tab = await opened(pipeline, "/p/none", ListingPageState.load)

    assert tab.value(ListingPageState, "view") is None
    assert pipeline.failures == []


async def test_a_listing_opens_with_the_kind_on_its_cover_and_shows_the_one_that_is_chosen(
    pipeline: Pipeline, shop: ShopOfTests
) -> None:
    def work(session: Session) -> tuple[str, str, str]:
        blue, red, detail = (sale.picture(session, shop.member) for _ in range(3))
        colours = [OptionValue(name=name) for name in ("Red", "Blue", "Plain")]
        kinds = [
            VariantContent(id=new_id("var"), values=[name], price=5900, picture_id=picture)
            for name, picture in (("Red", red), ("Blue", blue), ("Plain", ""))
        ]
        sale.on_shelf(
            session,
            shop,
            slug="pot",
            pictures=[Picture(id=id_) for id_ in (blue, detail, red)],
            options=[Option(name="Colour", values=colours)],
            variants=kinds,
        )
        return blue, detail, red

    blue, detail, red = db.call(work)
    tab = await opened(pipeline, "/p/pot", ListingPageState.load)

    def shown() -> tuple[str, list[str]]:
        images = tab.value(ListingPageState, "images")
        return tab.value(ListingPageState, "key"), [image.id for image in images]

    assert shown() == ("Blue", [blue, detail, red])
    await tab.send(ListingPageState.choose, place=0, value="Red")
    assert shown() == ("Red", [red, blue, detail])
    await tab.send(ListingPageState.choose, place=0, value="Plain")
    assert shown() == ("Plain", [blue, detail, red])
