"""Reading an address, answering it, and addresses that lead on from the answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from marketplace.domain.catalog.rules.content import VariantContent
from marketplace.domain.catalog.rules.taxonomy import CategoryForm
from marketplace.domain.catalog.service import taxonomy
from marketplace.domain.moderation import service as moderation
from marketplace.flows.find_listings.asking import Asked, address, asked_by, category_in, typed
from marketplace.flows.find_listings.results import find
from marketplace.flows.show_listing import show
from marketplace.flows.suggest import suggest
from marketplace.kit.errors import NotFound
from marketplace.kit.ids import new_id
from tests.make import sale
from tests.make.moments import MONDAY
from tests.make.people import JOB
from tests.make.sale import MODERATOR, ShopOfTests


@pytest.fixture
def shop(session: Session) -> ShopOfTests:
    """Its category stands below another: `/c/ware`, `/c/cups`."""
    top = taxonomy.create_category(session, JOB, named("ware"), at=MONDAY)
    cups = taxonomy.create_category(session, JOB, named("cups"), parent_id=top, at=MONDAY)
    return sale.shop(session, category_id=cups)


def named(slug: str) -> CategoryForm:
    return CategoryForm(name=slug.title(), name_zh="器皿", slug=slug)


@pytest.mark.parametrize(
    ("parameters", "asked"),
    [
        ({"q": "  tea\t cup\x00 "}, Asked("tea cup")),
        ({"from": "59.9", "to": "100"}, Asked(price_from=5_990, price_to=10_000)),
        ({"from": "-1", "to": "1e9", "page": "0x2", "sort": "id;--"}, Asked()),
        ({"from": "59.999", "page": "-3", "stock": "yes"}, Asked()),
        ({"page": "9999", "sort": "-price"}, Asked(sort="-price", page=400)),
        ({"brand": "a,b,,a", "a_colour": "red,blue"},
         Asked(brands=("a", "b"), attributes={"colour": ("red", "blue")})),
        ({"q": "x" * 999}, Asked("x" * 200)),
    ],
)  # fmt: skip
def test_an_address_is_read_and_what_is_wrong_in_it_ignored(
    parameters: dict[str, str], asked: Asked
) -> None:
    assert asked_by(parameters) == asked


@pytest.mark.parametrize(
    ("path", "slug"),
    [("/c/cups", "cups"), ("/zh/c/cups/", "cups"), ("/search", ""), ("/p/c/x", ""), ("/c/", "")],
)
def test_a_category_is_named_by_its_own_path_alone(path: str, slug: str) -> None:
    assert category_in(path) == slug


@given(minor=st.integers(0, 10**12))
def test_a_price_typed_back_is_the_same(minor: int) -> None:
    assert asked_by({"from": typed(minor)}).price_from == minor


def test_a_category_lives_at_its_own_address_until_words_are_looked_for() -> None:
    assert address(Asked(category="cups", sort="price"), page=2) == "/c/cups?sort=price&page=2"
    assert address(Asked("tea", category="cups")) == "/search?q=tea&category=cups"
    assert address(Asked()) == "/search"
    assert address(Asked(page=7), sort="newest") == "/search?sort=newest"


def test_the_page_has_counts_orders_and_ways_back(session: Session, shop: ShopOfTests) -> None:
    for _ in range(30):
        sale.on_shelf(session, shop)
    first, second = find(session, Asked(category="ware")), find(session, Asked(page=2))

    assert (first.total, len(first.cards), first.pages) == (30, 24, 2)
    assert first.next_href == "/c/ware?page=2"
    assert [(one.label, one.count, one.href) for one in first.filters[0].options] == [
        ("Cups", 30, "/c/cups")
    ]
    assert (len(second.cards), second.previous_href, second.next_href) == (6, "/search", "")
    assert len(first.sorts) == 6
    assert [one.label for one in first.sorts if one.is_on] == ["Best match"]
    below = find(session, Asked(category="cups"))
    assert [crumb.href for crumb in below.crumbs] == ["/c/ware", "/c/cups"]


def test_orders_of_the_page_are_those_of_the_search(session: Session, shop: ShopOfTests) -> None:
    for slug, price in (("b", 200), ("c", 300), ("a", 100)):
        variants = [VariantContent(id=new_id("var"), price=price)]
        sale.on_shelf(session, shop, slug=slug, variants=variants)

    assert [card.slug for card in find(session, Asked(sort="price")).cards] == ["a", "b", "c"]
    assert [card.slug for card in find(session, Asked(sort="-price")).cards] == ["c", "b", "a"]


def test_what_left_the_shelf_is_not_shown_though_the_index_has_not_heard(
    session: Session, shop: ShopOfTests
) -> None:
    cup = sale.on_shelf(session, shop)
    moderation.take_down(session, MODERATOR, cup.id, code="counterfeit", note="", at=MONDAY)

    assert find(session, Asked("porcelain")).cards == []
    assert suggest(session, "porc", at=MONDAY).listings == []


def test_an_unknown_category_is_refused(session: Session, shop: ShopOfTests) -> None:
    with pytest.raises(NotFound):
        find(session, Asked(category="nothing"))


def test_a_listing_page_has_stock_prices_and_a_way_up(session: Session, shop: ShopOfTests) -> None:
    sale.on_shelf(session, shop, slug="cup", stock=3)
    view = show(session, "cup", at=MONDAY)

    assert [(one.price, one.is_in_stock, one.left) for one in view.variants] == [(5_900, True, 3)]
    assert [crumb.href for crumb in view.crumbs] == ["/c/ware", "/c/cups"]
    assert (view.title, view.title_zh) == ("Blue porcelain cup", "青花瓷茶杯")


def test_many_in_stock_are_not_counted_for_buyers(session: Session, shop: ShopOfTests) -> None:
    sale.on_shelf(session, shop, slug="cup", stock=6)
    assert show(session, "cup", at=MONDAY).variants[0].left == 0


def test_a_reference_price_that_nobody_ever_paid_is_not_shown(
    session: Session, shop: ShopOfTests
) -> None:
    kind = VariantContent(id=new_id("var"), price=5_900, reference_price=9_900)
    sale.on_shelf(session, shop, slug="cup", variants=[kind])

    assert show(session, "cup", at=MONDAY).variants[0].reference_price == 0


@pytest.mark.parametrize("slug", ["cup", "nothing", "", "' OR 1=1"])
def test_what_is_not_on_sale_has_no_page(session: Session, shop: ShopOfTests, slug: str) -> None:
    sale.pending(session, shop, slug="cup")
    with pytest.raises(NotFound):
        show(session, slug, at=MONDAY)
