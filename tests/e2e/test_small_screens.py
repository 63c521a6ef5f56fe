"""Every page works on a phone of 360 px: nothing sticks out, and everything can be reached."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.places import EVERYWHERE, OWNER, SUPER, Place, open_place, speaks, wait_until_settled

PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}


@pytest.fixture
def phone(new_page: Callable[..., Page], sign_in: Callable[..., None]) -> Callable[..., Page]:
    def work(place: Place, locale: str = "en") -> Page:
        page = new_page(**PHONE)
        if place.reader:
            sign_in(page, place.reader)
        speaks(page, locale)
        open_place(page, place.path)
        return page

    return work


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
@pytest.mark.parametrize("place", EVERYWHERE, ids=str)
def test_nothing_sticks_out(phone: Callable[..., Page], place: Place, locale: str) -> None:
    page = phone(place, locale)
    width, widest = page.evaluate(
        "[document.documentElement.clientWidth, document.documentElement.scrollWidth]"
    )
    assert width == 360
    assert widest <= width


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
