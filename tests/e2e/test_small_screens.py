"""On a phone everything can be reached. That nothing sticks out: test_every_page.py."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.places import OWNER, SUPER, Place, open_place, speaks, wait_until_settled

PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}


@pytest.fixture
def phone(new_page: Callable[..., Page], sign_in: Callable[..., None]) -> Callable[..., Page]:
    def work(place: Place) -> Page:
        page = new_page(**PHONE)
        if place.reader:
            sign_in(page, place.reader)
        speaks(page, "en")
        open_place(page, place.path)
        return page

    return work


def test_the_bar_and_the_drawer_reach_every_page(phone: Callable[..., Page], base_url: str) -> None:
    page = phone(Place("/admin", SUPER))
    bar = page.get_by_role("navigation", name="Sections")
    bar.get_by_role("link", name="Books").tap()
    expect(page).to_have_url(f"{base_url}/admin/books")
    wait_until_settled(page)
    bar.get_by_role("button", name="More").tap()
    page.get_by_role("dialog").get_by_role("link", name="Mail").tap()
    expect(page).to_have_url(f"{base_url}/admin/mail")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_seller_reaches_the_team(phone: Callable[..., Page], base_url: str) -> None:
    page = phone(Place("/seller", OWNER))
    page.get_by_role("navigation", name="Sections").get_by_role("button", name="More").tap()
    page.get_by_role("dialog").get_by_role("link", name="Team").tap()
    expect(page).to_have_url(f"{base_url}/seller/team")
