"""Carts: one for a person or a browser, nobody else's, within bounds, taken over once."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from marketplace.domain.access.models import Actor, Guest, Person
from marketplace.domain.cart import queries, rules, service
from marketplace.domain.cart.models import Cart, CartLine
from marketplace.domain.cart.rules import Kept, merged
from marketplace.domain.catalog.models import Listing, ListingStatus, Variant
from marketplace.domain.catalog.rules.content import VariantContent
from marketplace.domain.inventory import service as inventory
from marketplace.domain.sellers.models import Seller, SellerStatus
from marketplace.kit.errors import Invalid, NotFound
from marketplace.kit.ids import new_id
from tests.make import sale
from tests.make.moments import MONDAY
from tests.make.people import person, person_row
from tests.make.sale import ShopOfTests

BROWSER = Guest(browser="b" * 64)
OTHER = Guest(browser="c" * 64)
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def shop(session: Session) -> ShopOfTests:
    return sale.shop(session)


@pytest.fixture
def ada(session: Session) -> Person:
    person_row(session, id="per_ada")
    return person()


def cups(session: Session, shop: ShopOfTests, count: int = 1, *, price: int = 5_900) -> list[str]:
    """So many SKUs of one listing, on sale and in stock."""
    kinds = [VariantContent(id=new_id("var"), price=price) for _ in range(count)]
    if count > 1:
        kinds = [kind.model_copy(update={"values": [f"{n}"]}) for n, kind in enumerate(kinds)]
    options = sale.numbered(count) if count > 1 else []
    sale.on_shelf(session, shop, variants=kinds, options=options, slug=new_id("p").replace("_", ""))
    return [kind.id for kind in kinds]


def held(session: Session, actor: Actor) -> dict[str, tuple[int, bool]]:
    return {
        line.variant_id: (line.quantity, line.is_saved) for line in queries.lines(session, actor)
    }


@pytest.mark.parametrize("who", ["person", "guest"])
def test_what_is_added_twice_is_one_line(
    session: Session, shop: ShopOfTests, ada: Person, who: str
) -> None:
    actor: Actor = ada if who == "person" else BROWSER
    (cup,) = cups(session, shop)
    first = service.add(session, actor, cup, 2, at=MONDAY)

    assert service.add(session, actor, cup, 3, at=LATER) == first
    assert held(session, actor) == {cup: (5, False)}
    assert queries.count_items(session, actor) == 1
    assert held(session, OTHER) == {}


def test_a_line_holds_no_more_than_its_bound(session: Session, shop: ShopOfTests) -> None:
    (cup,) = cups(session, shop)
    service.add(session, BROWSER, cup, 9_000, at=MONDAY)
    service.add(session, BROWSER, cup, 9_999, at=MONDAY)

    assert held(session, BROWSER) == {cup: (9_999, False)}


@pytest.mark.parametrize("quantity", [0, -1, 10_000])
def test_an_impossible_number_is_refused_and_changes_nothing(
    session: Session, shop: ShopOfTests, quantity: int
) -> None:
    (cup,) = cups(session, shop)
    with pytest.raises(Invalid):
        service.add(session, BROWSER, cup, quantity, at=MONDAY)
    assert session.exec(select(Cart)).all() == []
    line = service.add(session, BROWSER, cup, 4, at=MONDAY)
    with pytest.raises(Invalid):
        service.set_quantity(session, BROWSER, line, quantity, at=MONDAY)
    assert held(session, BROWSER) == {cup: (4, False)}


def test_what_is_not_for_sale_is_refused(session: Session, shop: ShopOfTests) -> None:
    cup, bowl = cups(session, shop) + cups(session, shop)
    listing = session.get_one(Listing, session.get_one(Variant, cup).listing_id)
    listing.status = ListingStatus.OFF_SHELF
    session.flush()
    with pytest.raises(rules.NotForSale):
        service.add(session, BROWSER, cup, 1, at=MONDAY)
    inventory.set_stock(session, shop.member, bowl, 0, at=MONDAY)
    with pytest.raises(rules.SoldOut):
        service.add(session, BROWSER, bowl, 1, at=MONDAY)
    session.get_one(Seller, shop.seller_id).status = SellerStatus.PAUSED
    session.flush()
    with pytest.raises(rules.NotForSale):
        service.add(session, BROWSER, bowl, 1, at=MONDAY)
    with pytest.raises(NotFound):
        service.add(session, BROWSER, "var_none", 1, at=MONDAY)
    assert session.exec(select(CartLine)).all() == []


def test_a_browser_without_cookies_is_told_so(session: Session, shop: ShopOfTests) -> None:
    (cup,) = cups(session, shop)
    with pytest.raises(service.CookiesOff):
        service.add(session, Guest(), cup, 1, at=MONDAY)
    assert session.exec(select(Cart)).all() == []


def test_another_currency_waits_for_its_own_cart(session: Session, shop: ShopOfTests) -> None:
    cup, bowl = cups(session, shop) + cups(session, shop)
    service.add(session, BROWSER, cup, 1, at=MONDAY)
    session.get_one(Listing, session.get_one(Variant, bowl).listing_id).currency = "USD"
    session.flush()

    with pytest.raises(rules.OtherCurrency):
        service.add(session, BROWSER, bowl, 1, at=MONDAY)
    assert held(session, BROWSER) == {cup: (1, False)}


def test_fifty_items_and_no_more_but_more_of_each(session: Session, shop: ShopOfTests) -> None:
    skus = cups(session, shop, 51)
    ids = [service.add(session, BROWSER, sku, 1, at=MONDAY) for sku in skus[:50]]
    with pytest.raises(rules.CartFull):
        service.add(session, BROWSER, skus[50], 1, at=MONDAY)
    service.add(session, BROWSER, skus[0], 1, at=MONDAY)
    assert len(held(session, BROWSER)) == 50

    service.put_aside(session, BROWSER, ids[0], is_saved=True, at=MONDAY)
    service.add(session, BROWSER, skus[50], 1, at=MONDAY)
    with pytest.raises(rules.CartFull):
        service.put_aside(session, BROWSER, ids[0], is_saved=False, at=MONDAY)
    assert held(session, BROWSER)[skus[0]] == (2, True)
    assert queries.count_items(session, BROWSER) == 50


def test_what_was_put_aside_and_is_added_again_comes_back(
    session: Session, shop: ShopOfTests
) -> None:
    (cup,) = cups(session, shop)
    line = service.add(session, BROWSER, cup, 7, at=MONDAY)
    service.put_aside(session, BROWSER, line, is_saved=True, at=MONDAY)
    service.add(session, BROWSER, cup, 1, at=MONDAY)

    assert held(session, BROWSER) == {cup: (1, False)}


def test_nobody_changes_what_is_in_anothers_cart(
    session: Session, shop: ShopOfTests, ada: Person
) -> None:
    cup, bowl = cups(session, shop) + cups(session, shop)
    line = service.add(session, ada, cup, 2, at=MONDAY)
    service.add(session, OTHER, bowl, 1, at=MONDAY)
    for actor in (OTHER, BROWSER):
        with pytest.raises(NotFound):
            service.set_quantity(session, actor, line, 1, at=MONDAY)
        with pytest.raises(NotFound):
            service.remove(session, actor, line, at=MONDAY)
        with pytest.raises(NotFound):
            service.put_aside(session, actor, line, is_saved=True, at=MONDAY)
    service.choose(session, OTHER, [line], is_chosen=False, at=MONDAY)

    assert held(session, ada) == {cup: (2, False)}
    assert [row.is_chosen for row in queries.lines(session, ada)] == [True]


def test_a_browsers_cart_goes_to_who_signs_in_with_it_once(
    session: Session, shop: ShopOfTests, ada: Person
) -> None:
    both, mine, theirs = cups(session, shop, 3)
    service.add(session, ada, both, 2, at=MONDAY)
    service.add(session, ada, mine, 1, at=MONDAY)
    service.add(session, BROWSER, both, 5, at=MONDAY)
    service.add(session, BROWSER, theirs, 4, at=MONDAY)

    for _ in range(2):
        service.take_over(session, ada, BROWSER.browser, at=LATER)
    assert held(session, ada) == {both: (5, False), mine: (1, False), theirs: (4, False)}
    assert held(session, BROWSER) == {}
    assert [cart.person_id for cart in session.exec(select(Cart))] == ["per_ada"]


def test_who_had_no_cart_gets_the_browsers(
    session: Session, shop: ShopOfTests, ada: Person
) -> None:
    (cup,) = cups(session, shop)
    service.add(session, BROWSER, cup, 3, at=MONDAY)
    service.take_over(session, ada, "", at=LATER)
    assert held(session, ada) == {}
    service.take_over(session, ada, BROWSER.browser, at=LATER)
    assert held(session, ada) == {cup: (3, False)}


def test_a_new_price_is_known_once_it_was_told(session: Session, shop: ShopOfTests) -> None:
    (cup,) = cups(session, shop)
    service.add(session, BROWSER, cup, 1, at=MONDAY)
    session.get_one(Variant, cup).price = 6_100
    session.flush()
    assert [line.seen_price for line in queries.lines(session, BROWSER)] == [5_900]

    service.note_prices(session, BROWSER)
    assert [line.seen_price for line in queries.lines(session, BROWSER)] == [6_100]


def test_carts_of_browsers_that_never_came_back_are_forgotten(
    session: Session, shop: ShopOfTests, ada: Person
) -> None:
    (cup,) = cups(session, shop)
    for actor, day in ((ada, 0), (BROWSER, 0), (OTHER, 1)):
        service.add(session, actor, cup, 1, at=MONDAY + timedelta(days=day))

    assert service.forget_guests(session, at=MONDAY + timedelta(days=30)) == 0
    assert service.forget_guests(session, at=MONDAY + timedelta(days=30, seconds=1)) == 1
    assert (held(session, BROWSER), len(held(session, OTHER)), len(held(session, ada))) == (
        {},
        1,
        1,
    )


KEPT = st.builds(Kept, st.integers(1, 9_999), st.booleans())
CARTS = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), KEPT, max_size=60)


@given(CARTS, CARTS)
def test_merging_loses_nothing_that_fits_and_orders_nothing_twice(
    mine: dict[str, Kept], theirs: dict[str, Kept]
) -> None:
    result = merged(mine, theirs)

    assert sum(not kept.is_saved for kept in result.values()) <= rules.MOST_LINES
    assert sum(kept.is_saved for kept in result.values()) <= rules.MOST_SAVED
    for sku, kept in result.items():
        counts = [cart[sku].quantity for cart in (mine, theirs) if sku in cart]
        assert kept.quantity == max(counts)
    if len(mine.keys() | theirs.keys()) <= rules.MOST_LINES:
        assert result.keys() == mine.keys() | theirs.keys()
    assert merged(result, {}) == result
