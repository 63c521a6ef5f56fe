"""The app's own listing page: an address from before leads to the present one."""

import pytest

from marketplace import db
from marketplace.web.storefront.listing.state import ListingPageState
from tests.http.test_listing_page import moved_cup
from tests.web.harness import Pipeline


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("asked", "to"),
    [("/p/cup", {"/p/mug"}), ("/zh/p/cup?a=b", {"/zh/p/mug?a=b"}), ("/p/mug", set())],
)
async def test_an_earlier_address_is_replaced_by_the_present_one(
    pipeline: Pipeline, asked: str, to: set[str]
) -> None:
    db.call(moved_cup)
    tab = pipeline.tab(cookie="", path=asked)
    await tab.send(ListingPageState.load)
    led = [event.payload for event in tab.client_events if event.name == "_redirect"]
    assert {each["path"] for each in led} == to
    assert all(each["replace"] for each in led)
    assert tab.value(ListingPageState, "view").slug == "mug"
