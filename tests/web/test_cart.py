"""The cart's page through the real pipeline: one's own lines, taken out and put back."""

import pytest
from sqlmodel import Session

from marketplace import db
from marketplace.domain.access.models import Guest
from marketplace.domain.cart import service as cart
from marketplace.domain.cart.models import CartLine
from marketplace.flows.show_cart import CartRow
from marketplace.kit import clock
from marketplace.kit.errors import NotFound
from marketplace.kit.tokens import hash_token
from marketplace.web.shell import ShellState
from marketplace.web.storefront.cart.state import CartState
from tests.make import sale
from tests.make.browsing import everything
from tests.web.demo import refusal
from tests.web.harness import Pipeline, Tab

pytestmark = pytest.mark.usefixtures("demo")
COOKIE, OTHER = "g" * 43, "h" * 43


@pytest.fixture
def cup() -> str:
    def made(session: Session) -> str:
        row = sale.on_shelf(session, sale.shop(session), slug="a-cup-of-tests", stock=50)
        return str(row.draft["variants"][0]["id"])

    return db.call(made)


@pytest.fixture
async def buyer(pipeline: Pipeline, cup: str) -> Tab:
    """A guest with two of it in the cart."""
    who = Guest(browser=hash_token(COOKIE))
    db.call(cart.add, who, cup, 2, at=clock.now())
    tab = pipeline.tab(cookie=COOKIE, path="/cart")
    await tab.send(CartState.load)
    return tab


def rows(tab: Tab) -> list[CartRow]:
    return [row for part in tab.value(CartState, "view").groups for row in part.rows]


async def test_a_guest_sees_their_own_cart_and_how_many_are_in_it(buyer: Tab, cup: str) -> None:
    assert [(row.variant_id, row.quantity) for row in rows(buyer)] == [(cup, 2)]
    assert buyer.value(ShellState, "cart") == 1


async def test_how_many_is_changed_and_what_was_removed_is_put_back(buyer: Tab, cup: str) -> None:
    (row,) = rows(buyer)
    await buyer.send(CartState.set_quantity, line=row.id, quantity=5)
    assert [one.quantity for one in rows(buyer)] == [5]

    await buyer.send(CartState.remove, line=row.id)
    assert (rows(buyer), buyer.value(ShellState, "cart")) == ([], 0)
    await buyer.send(CartState.put_back)
    assert [(one.variant_id, one.quantity) for one in rows(buyer)] == [(cup, 5)]
    assert buyer.value(CartState, "removed") is None


async def test_a_line_is_put_aside_and_left_out(buyer: Tab) -> None:
    (row,) = rows(buyer)
    await buyer.send(CartState.choose, lines=[row.id], is_chosen=False)
    assert buyer.value(CartState, "view").total == 0
    await buyer.send(CartState.put_aside, line=row.id, is_saved=True)

    view = buyer.value(CartState, "view")
    assert ([one.id for one in view.saved], view.groups) == ([row.id], [])


async def test_a_price_that_was_shown_is_known(buyer: Tab, cup: str) -> None:
    def dearer(session: Session) -> None:
        line = session.exec(sale.select(CartLine).where(CartLine.variant_id == cup)).one()
        line.seen_price -= 100

    db.call(dearer)
    await buyer.send(CartState.load)
    assert [row.price - row.price_before for row in rows(buyer)] == [100]
    await buyer.send(CartState.load)
    assert [row.price_before for row in rows(buyer)] == [0]


async def test_nobody_changes_a_line_of_anothers_cart(
    pipeline: Pipeline, buyer: Tab, cup: str
) -> None:
    (row,) = rows(buyer)
    db.call(cart.add, Guest(browser=hash_token(OTHER)), cup, 1, at=clock.now())
    thief = pipeline.tab(cookie=OTHER, token="tab-0123456789abcdeg", path="/cart")
    before = everything()
    for event, words in (
        (CartState.set_quantity, {"line": row.id, "quantity": 9}),
        (CartState.remove, {"line": row.id}),
        (CartState.put_aside, {"line": row.id, "is_saved": True}),
    ):
        assert await refusal(thief, event, **words) is NotFound
    assert everything() == before
