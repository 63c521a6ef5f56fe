"""The rules a shop broke, on its page for staff, through the events a browser sends."""

import pytest
from sqlmodel import Session

from marketplace import db
from marketplace.domain.moderation import service as moderation
from marketplace.domain.sellers.queries.standing import switches_off
from marketplace.kit import clock
from marketplace.kit.errors import Invalid
from marketplace.web.admin.sellers.seller import SellerState
from tests.make import sale
from tests.make.browsing import everything
from tests.make.sale import MODERATOR
from tests.web.demo import refusal, signed_in
from tests.web.harness import Pipeline, Tab

pytestmark = pytest.mark.usefixtures("demo")


def shop_that_broke_a_rule(session: Session) -> str:
    shop, at = sale.shop(session), clock.now()
    row = sale.live(session, shop, at=at)
    moderation.take_down(session, MODERATOR, row.id, code="unsafe", note="Lead glaze", at=at)
    return shop.seller_id


@pytest.fixture
def shop_id(demo: None) -> str:
    return db.call(shop_that_broke_a_rule)


async def opened(pipeline: Pipeline, shop_id: str, key: str) -> Tab:
    tab = pipeline.tab(cookie=signed_in(key), path=f"/admin/sellers/{shop_id}")
    await refusal(tab, SellerState.load)
    return tab


async def test_what_is_suggested_is_imposed_with_a_word(pipeline: Pipeline, shop_id: str) -> None:
    tab = await opened(pipeline, shop_id, "lin.na")
    assert tab.value(SellerState, "penalty").points == 12
    assert len(tab.value(SellerState, "penalty").switches) == 2

    await tab.send(SellerState.impose, seller_id=shop_id, note="Twelve points.")

    off = db.call_reading(lambda session: switches_off(session, shop_id))
    assert off == {"join_events", "book_slots"}
    assert not tab.value(SellerState, "penalty").switches


async def test_points_are_cancelled_with_a_word(pipeline: Pipeline, shop_id: str) -> None:
    tab = await opened(pipeline, shop_id, "lin.na")
    row = tab.value(SellerState, "violations")[0]
    before = everything()
    refused = await refusal(tab, SellerState.cancel_points, violation_id=row.id, note="")
    assert refused is Invalid
    assert everything() == before

    await tab.send(SellerState.cancel_points, violation_id=row.id, note="Another shop's glaze.")

    assert tab.value(SellerState, "violations")[0].is_cancelled is True
    assert tab.value(SellerState, "penalty").points == 0


@pytest.mark.parametrize("key", ["emma.clark", "sun.mei", "qiu.shan", "xu.lei"])
async def test_who_may_not_changes_nothing(pipeline: Pipeline, shop_id: str, key: str) -> None:
    broken = (await opened(pipeline, shop_id, "lin.na")).value(SellerState, "violations")[0]
    tab = await opened(pipeline, shop_id, key)
    before = everything()
    await refusal(tab, SellerState.cancel_points, violation_id=broken.id, note="Why not")
    await refusal(tab, SellerState.impose, seller_id=shop_id, note="Why not")
    assert everything() == before
