"""The server's copy of a public page goes exactly when the app shows its own (DESIGN D8)."""

import re

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.e2e.places import open_place, wait_until_settled

SERVERS_COPY = "body > [data-ssr]"


@pytest.mark.parametrize("path", ["/", "/search", "/c/[slug]", "/p/[slug]", "/zh"])
def test_one_copy_shows_while_the_app_waits_for_its_content(page: Page, path: str) -> None:
    """The socket is held back: React is there, and knows nothing yet."""
    open_place(page, path)
    address = page.url

    def hold(socket: WebSocketRoute) -> None:
        socket.on_message(lambda _message: None)

    page.route_web_socket(re.compile("/_event"), hold)
    page.goto(address)
    expect(page.locator(".storefront:not([data-ssr] *)")).to_be_attached()
    expect(page.locator(SERVERS_COPY)).to_be_visible()
    assert page.locator("h1:visible").count() == 1
    assert page.locator("header:visible").count() == 1
    assert page.locator(f"{SERVERS_COPY} h1").is_visible()


def test_the_servers_copy_goes_with_the_first_answer(page: Page) -> None:
    open_place(page, "/")
    expect(page.locator(SERVERS_COPY)).to_have_count(0)
    expect(page.locator("h1")).to_be_visible()
    page.reload()
    wait_until_settled(page)
    expect(page.locator("h1")).to_be_visible()
