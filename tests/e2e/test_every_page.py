"""Every page, in both languages: silent, within its policy, without a fault, whole on a phone.

Opening a page takes most of the time, so each is opened once and looked at in several ways.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.e2e.places import EVERYWHERE, Place, open_place, speaks, wait_until_settled
from tests.e2e.watching import Watcher, faults

DESK: ViewportSize = {"width": 1280, "height": 720}
PHONE: ViewportSize = {"width": 360, "height": 740}


@dataclass(frozen=True)
class Opened:
    page: Page
    place: Place
    locale: str
    watcher: Watcher

    def on(self, size: ViewportSize) -> Page:
        self.page.set_viewport_size(size)
        wait_until_settled(self.page)
        return self.page


@pytest.fixture(
    scope="module",
    params=list(product(EVERYWHERE, ("en", "zh-CN"))),
    ids=lambda param: f"{param[0]}-{param[1]}",
)
def opened(
    request: pytest.FixtureRequest, browser: Browser, base_url: str, sign_in: Callable[..., None]
) -> Iterator[Opened]:
    place, locale = request.param
    with browser.new_context(base_url=base_url, viewport=DESK, reduced_motion="reduce") as context:
        page = context.new_page()
        speaks(page, locale)
        if place.reader:
            sign_in(page, place.reader)
        watcher = Watcher(page)
        open_place(page, place.path)
        yield Opened(page, place, locale, watcher)


def test_it_keeps_the_policy_and_is_silent(opened: Opened, base_url: str) -> None:
    assert opened.watcher.complaints == []
    assert opened.watcher.hosts == {urlsplit(base_url).netloc}


def test_it_has_no_fault(opened: Opened) -> None:
    page = opened.on(DESK)
    expect(page.locator("html")).to_have_attribute("lang", opened.locale)
    assert faults(page) == []


def test_nothing_sticks_out_on_a_phone(opened: Opened) -> None:
    page = opened.on(PHONE)
    width, widest = page.evaluate(
        "[document.documentElement.clientWidth, document.documentElement.scrollWidth]"
    )
    assert width == PHONE["width"]
    assert widest <= width
    assert opened.watcher.complaints == []


def test_nor_has_it_a_fault_there(opened: Opened) -> None:
    assert faults(opened.on(PHONE)) == []
