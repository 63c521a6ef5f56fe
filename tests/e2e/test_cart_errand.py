"""A guest fills a cart from two shops, changes it, and keeps it when signing in."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Server
from tests.e2e.places import speaks, wait_until_settled
from tests.e2e.watching import faults


def shelf(page: Page, category: str, count: int) -> list[str]:
    """Addresses of the first listings of a category of which there are more than a few."""
    page.goto(f"/c/{category}?stock=1")
    links = page.locator("main a[href^='/p/']")
    expect(links.first).to_be_visible()
    found = links.evaluate_all("all => all.map(a => a.getAttribute('href'))")
    plenty: list[str] = []
    for address in dict.fromkeys(found):
        page.goto(address)
        expect(page.get_by_role("button", name="Add to cart")).to_be_visible()
        if page.get_by_text(re.compile(r"^Only \d+ left")).count() == 0:
            plenty.append(address)
        if len(plenty) == count:
            return plenty
    pytest.fail(f"the demo has too few of everything in {category}")


def put(page: Page, address: str, quantity: int = 1) -> str:
    """Into the cart; returns the listing's title."""
    page.goto(address)
    wait_until_settled(page)
    title = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("spinbutton", name="Quantity").fill(str(quantity))
    page.get_by_role("button", name="Add to cart").click()
    page.wait_for_url(re.compile("/cart"))
    return title


def fill(page: Page) -> list[str]:
    """Three listings of two shops: one, two and three pieces. Their titles."""
    addresses = [*shelf(page, "tableware", 2), *shelf(page, "shoes", 1)]
    return [put(page, address, quantity=n) for n, address in enumerate(addresses, start=1)]


def test_a_guest_fills_changes_and_keeps_a_cart(page: Page, sign_in: Callable[..., None]) -> None:
    speaks(page, "en")
    titles = fill(page)
    pieces = 6
    expect(page.get_by_role("checkbox", name=re.compile("^Everything of"))).to_have_count(2)
    sums = page.get_by_role("complementary", name="Summary")
    expect(sums).to_contain_text(f"Goods ({pieces} pieces)")
    cart = page.get_by_role("banner").get_by_role("link", name="Cart, 3 items")
    expect(cart).to_be_visible()

    page.get_by_role("button", name=f"One more of {titles[0]}").click()
    expect(sums).to_contain_text(f"Goods ({pieces + 1} pieces)")
    page.get_by_role("checkbox", name=f"Order {titles[1]}").click()
    expect(sums).to_contain_text(f"Goods ({pieces - 1} pieces)")
    page.get_by_role("checkbox", name=f"Order {titles[1]}").click()
    expect(sums).to_contain_text(f"Goods ({pieces + 1} pieces)")

    page.get_by_role("button", name=f"Remove: {titles[0]}").click()
    expect(page.get_by_text(f"Removed: {titles[0]}")).to_be_visible()
    expect(sums).to_contain_text(f"Goods ({pieces - 1} pieces)")
    page.get_by_role("button", name="Undo").click()
    expect(sums).to_contain_text(f"Goods ({pieces + 1} pieces)")

    page.get_by_role("button", name=f"Put aside: {titles[1]}").click()
    expect(page.get_by_role("heading", name="Put aside for later")).to_be_visible()
    expect(sums).to_contain_text(f"Goods ({pieces - 1} pieces)")
    assert faults(page) == []
    page.get_by_role("button", name=f"Move to the cart: {titles[1]}").click()
    expect(sums).to_contain_text(f"Goods ({pieces + 1} pieces)")

    sign_in(page, "xu.lei", is_new=True)
    page.goto("/cart")
    expect(sums).to_contain_text(f"Goods ({pieces + 1} pieces)")


def test_a_browser_without_scripts_fills_a_cart_too(browser: Browser, server: Server) -> None:
    context = browser.new_context(base_url=server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/zh/c/tableware?stock=1")
    page.goto(str(page.locator("main a[href^='/zh/p/']").first.get_attribute("href")))
    page.get_by_role("button", name="加入购物车").click()
    page.wait_for_url(re.compile("/zh/cart"))
    cookies = context.cookies()

    with_scripts = browser.new_context(base_url=server.url)
    with_scripts.add_cookies(cookies)  # type: ignore[arg-type]
    later = with_scripts.new_page()
    later.goto("/zh/cart")
    expect(later.get_by_role("complementary", name="结算明细")).to_contain_text("商品（1 件）")
    for one in (context, with_scripts):
        one.close()
