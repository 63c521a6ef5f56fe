"""Staff see a seller's pages as the seller does, change nothing, and the seller knows."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.places import OWNER, SUPER, open_place, wait_until_settled
from tests.e2e.watching import faults

SHOP = "Qingshan Ceramics"
READ = (
    "/seller", "/seller/listings", "/seller/inventory", "/seller/listings/import", "/seller/store",
    "/seller/store/shipping", "/seller/team",
)  # fmt: skip
CLOSED = ("/seller/store/documents", "/seller/inventory/count")


def begin(page: Page) -> None:
    open_place(page, "/admin/sellers?q=qingshan")
    page.get_by_role("link", name=SHOP).first.click()
    page.get_by_role("button", name="View as seller…").click()
    dialog = page.get_by_role("dialog", name=f"View {SHOP} as its members see it?")
    dialog.get_by_role("textbox", name="Reason").fill("Ticket 1042")
    dialog.get_by_role("button", name="Begin viewing").click()
    expect(page).to_have_url(re.compile(r"/seller/?$"))
    wait_until_settled(page)


def test_a_shop_is_viewed_page_by_page_and_left_again(
    page: Page, new_page: Callable[..., Page], sign_in: Callable[..., None]
) -> None:
    sign_in(page, SUPER, is_new=True)
    begin(page)
    strip = page.get_by_role("region", name="Viewing a shop")
    for path in READ:
        open_place(page, path)
        expect(strip).to_contain_text(f"You are viewing {SHOP} as its members see it.")
        expect(strip).to_contain_text("Nothing can be changed.")
    for path in CLOSED:
        open_place(page, path)
        expect(page.get_by_text("It stays closed while you view it.")).to_be_visible()

    open_place(page, "/admin/sellers/levels")
    page.get_by_role("button", name="New level").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("dialog").get_by_label("Code").fill("gold")
    page.get_by_role("dialog").get_by_label("Name", exact=True).fill("Gold")
    page.get_by_role("dialog").get_by_label("Chinese name").fill("金牌")
    page.get_by_role("button", name="Save level").click()
    expect(page.get_by_text("You are only viewing a shop.")).to_be_visible()

    open_place(page, "/seller")
    strip.get_by_role("button", name="Stop viewing").click()
    expect(page).to_have_url(re.compile("/admin/sellers/sel_"))
    expect(page.get_by_role("button", name="View as seller…")).to_be_visible()
    expect(strip).to_have_count(0)

    theirs = new_page()
    sign_in(theirs, OWNER)
    open_place(theirs, "/seller")
    expect(theirs.get_by_text("began to view the shop as its members see it").first).to_be_visible()


@pytest.mark.parametrize("choices", [{}, {"color_scheme": "dark"}], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1440, 360])
def test_the_strip_has_no_fault_and_fits(
    new_page: Callable[..., Page],
    sign_in: Callable[..., None],
    choices: dict[str, str],
    width: int,
) -> None:
    page = new_page(reduced_motion="reduce", viewport={"width": width, "height": 800}, **choices)
    sign_in(page, SUPER, is_new=True)
    begin(page)
    expect(page.get_by_role("button", name="Stop viewing")).to_be_visible()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Stop viewing").click()
    expect(page.get_by_role("button", name="View as seller…")).to_be_visible()
