"""One listing's page for staff, through the events a browser sends."""

from typing import Any

import pytest
from sqlmodel import Session

from marketplace import db
from marketplace.domain.catalog.models import Listing, ListingStatus
from marketplace.kit import clock
from marketplace.web.admin.catalog.listing import ListingFileState
from tests.make import sale
from tests.make.browsing import everything
from tests.web.demo import refusal, signed_in
from tests.web.harness import Pipeline, Tab

pytestmark = pytest.mark.usefixtures("demo")


def on_sale(session: Session) -> str:
    return sale.live(session, sale.shop(session), at=clock.now()).id


def status(listing_id: str) -> ListingStatus:
    return db.call_reading(lambda session: session.get_one(Listing, listing_id).status)


@pytest.fixture
def listing_id(demo: None) -> str:
    return db.call(on_sale)


def at(pipeline: Pipeline, listing_id: str, key: str) -> Tab:
    return pipeline.tab(cookie=signed_in(key), path=f"/admin/listings/{listing_id}")


async def test_it_is_taken_down_with_a_reason_and_put_back(
    pipeline: Pipeline, listing_id: str
) -> None:
    tab = at(pipeline, listing_id, "lin.na")
    await tab.send(ListingFileState.load)
    form = {"code": "counterfeit", "note": "A copy."}
    await tab.send(ListingFileState.take_down, listing_id=listing_id, form_data=form)
    assert status(listing_id) is ListingStatus.TAKEN_DOWN
    assert tab.value(ListingFileState, "found").can_restore is True

    await tab.send(ListingFileState.restore, listing_id=listing_id, note="Mistaken.")
    assert status(listing_id) is ListingStatus.LIVE
    assert tab.value(ListingFileState, "found").violations[0].is_cancelled is True


@pytest.mark.parametrize("key", ["chen.hao", "sun.mei", "qiu.shan", "xu.lei"])
async def test_who_may_not_decide_changes_nothing(
    pipeline: Pipeline, listing_id: str, key: str
) -> None:
    tab = at(pipeline, listing_id, key)
    before = everything()
    form: dict[str, Any] = {"code": "counterfeit", "note": ""}
    await refusal(tab, ListingFileState.take_down, listing_id=listing_id, form_data=form)
    await refusal(tab, ListingFileState.restore, listing_id=listing_id, note="")
    await refusal(tab, ListingFileState.ask_down)
    assert everything() == before
    assert tab.value(ListingFileState, "codes") in (None, [])


@pytest.mark.parametrize("key", ["qiu.shan", "xu.lei"])
async def test_who_is_not_staff_sees_nothing_of_it(
    pipeline: Pipeline, listing_id: str, key: str
) -> None:
    tab = at(pipeline, listing_id, key)
    await refusal(tab, ListingFileState.load)
    assert tab.value(ListingFileState, "found") is None
