"""Into the cart without scripts: a first cookie, one's own cart, and nothing from other sites."""

from collections.abc import Callable

import pytest
from sqlmodel import Session
from starlette.applications import Starlette
from starlette.middleware import Middleware

from marketplace import db
from marketplace.domain.access.models import Actor, Guest, Person
from marketplace.domain.accounts.service import roles
from marketplace.domain.cart.queries import lines
from marketplace.domain.catalog.models import Listing, ListingStatus, Variant
from marketplace.http import account, auth, cart, errors
from marketplace.http.request import RequestScope
from marketplace.kit.tokens import hash_token
from tests.conftest import FrozenClock
from tests.http.conftest import a_member_of_staff, signed_in
from tests.make import sale
from tests.make.browsing import Browser, everything

ADD = "/cart/lines"


@pytest.fixture
def app(database: str, clock_at: FrozenClock) -> Starlette:
    db.call(roles.ensure_presets)
    return Starlette(
        routes=[*auth.routes, *account.routes, *cart.routes],
        exception_handlers=errors.handlers,
        middleware=[Middleware(RequestScope)],
    )


@pytest.fixture
def cup(app: Starlette) -> str:
    def made(session: Session) -> str:
        row = sale.on_shelf(session, sale.shop(session), slug="cup")
        return str(row.draft["variants"][0]["id"])

    return db.call(made)


def held(actor: Actor) -> list[tuple[str, int]]:
    return [(line.variant_id, line.quantity) for line in db.call_reading(lines, actor)]


def guest(web: Browser) -> Guest:
    return Guest(browser=hash_token(web.cookie))


async def test_a_browser_gets_its_first_cookie_with_its_cart(web: Browser, cup: str) -> None:
    answer = await web.send(ADD, {"variant": cup, "quantity": "2", "locale": "zh-CN"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/zh/cart")
    assert "httponly" in answer.headers["set-cookie"].lower()
    assert held(guest(web)) == [(cup, 2)]
    again = await web.send(ADD, {"variant": cup})
    assert again.headers["location"] == "/cart"
    assert "set-cookie" not in again.headers
    assert held(guest(web)) == [(cup, 3)]


async def test_who_is_signed_in_fills_their_own_cart(
    web: Browser, ada: str, cup: str, clock_at: FrozenClock
) -> None:
    await signed_in(web, "ada@example.com", clock_at.moment)
    await web.send(ADD, {"variant": cup})

    assert held(Person(id=ada, name="")) == [(cup, 1)]
    assert held(guest(web)) == []


@pytest.mark.parametrize("who", ["ada", "sam"])
async def test_signing_in_takes_the_browsers_cart_along(
    web: Browser, ada: str, cup: str, clock_at: FrozenClock, who: str
) -> None:
    """Also where a second step follows."""
    id_ = ada if who == "ada" else a_member_of_staff("sam@example.com", "Sam", clock_at.moment)
    await web.send(ADD, {"variant": cup, "quantity": "4"})
    before = guest(web)
    await signed_in(web, f"{who}@example.com", clock_at.moment)

    assert held(Person(id=id_, name="")) == [(cup, 4)]
    assert held(before) == []


async def test_two_browsers_have_two_carts(open_browser: Callable[..., Browser], cup: str) -> None:
    one, other = open_browser(), open_browser()
    await one.send(ADD, {"variant": cup})
    await other.send(ADD, {"variant": cup, "quantity": "7"})

    assert (held(guest(one)), held(guest(other))) == ([(cup, 1)], [(cup, 7)])


@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}]
)
async def test_another_site_puts_nothing_into_anybodys_cart(
    web: Browser, ada: str, cup: str, clock_at: FrozenClock, headers: dict[str, str]
) -> None:
    await signed_in(web, "ada@example.com", clock_at.moment)
    before = everything()
    answer = await web.send(ADD, {"variant": cup}, **headers)

    assert answer.status_code == 403
    assert everything() == before


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"quantity": "0"}, 422),
        ({"quantity": "-1"}, 422),
        ({"quantity": "10000"}, 422),
        ({"quantity": "1.5"}, 422),
        ({"quantity": "many"}, 422),
        ({"variant": "var_" + "0" * 26}, 404),
        ({"variant": "x" * 41}, 422),
        ({"variant": ""}, 422),
        ({"seller": "sel_a"}, 422),
    ],
)
async def test_what_makes_no_sense_is_refused_and_changes_nothing(
    web: Browser, cup: str, fields: dict[str, str], status: int
) -> None:
    before = everything()
    answer = await web.send(ADD, {"variant": cup, **fields})

    assert answer.status_code == status
    assert everything() == before


async def test_what_left_the_shelf_is_refused_in_words(web: Browser, cup: str) -> None:
    def take_away(session: Session) -> None:
        listing = session.get_one(Listing, session.get_one(Variant, cup).listing_id)
        listing.status = ListingStatus.OFF_SHELF

    db.call(take_away)
    answer = await web.send(ADD, {"variant": cup})

    assert answer.status_code == 409
    assert "This item is not for sale at the moment." in answer.text


async def test_nobody_fills_the_database_with_carts(
    open_browser: Callable[..., Browser], cup: str
) -> None:
    answers = [(await open_browser().send(ADD, {"variant": cup})).status_code for _ in range(61)]

    assert answers == [303] * 60 + [429]
