"""The desk of moderation without a mouse: everything is decided, and taken back, by keys alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.places import open_place, speaks

STEPS = 60
"""Of the Tab key: more than any dialog of the desk has stops."""


def test_new_listings_are_walked_approved_rejected_and_sent_back_by_keys(
    page: Page, sign_in: Callable[..., None]
) -> None:
    sign_in(page, "wang.qi")
    open_place(page, "/admin/moderation?tab=new")
    first, second = title(page, 0), title(page, 1)
    expect_open(page, first)
    page.keyboard.press("j")
    expect_open(page, second)
    page.keyboard.press("k")
    expect_open(page, first)

    page.keyboard.press("a")
    expect_gone(page, first, "Approved. It is on sale now.")
    page.keyboard.press("u")  # the wrong key was hit: for ten seconds it is taken back
    expect(page.get_by_text("Taken back. It waits for a decision again.")).to_be_visible()
    expect_open(page, first)
    page.keyboard.press("a")
    expect_gone(page, first, "Approved. It is on sale now.")

    expect_open(page, second)
    page.keyboard.press("r")
    dialog = page.get_by_role("dialog")
    tab_to(page, dialog.get_by_role("radio").first)
    page.keyboard.press("ArrowDown")
    expect(dialog.get_by_role("radio", name="Goods that may not be sold here")).to_be_checked()
    tab_to(page, dialog.get_by_label("Message to the seller"))
    page.keyboard.type("a jar of rice")  # whose letters decide nothing while they are typed
    tab_to(page, dialog.get_by_role("button", name="Reject and go on"))
    page.keyboard.press("Enter")
    expect_gone(page, second, "Rejected. The seller is told why.")

    third = title(page, 0)
    expect_open(page, third)
    page.keyboard.press("c")
    tab_to(page, dialog.get_by_label("Message to the seller"))
    page.keyboard.type("How large is it?")
    tab_to(page, dialog.get_by_role("button", name="Send back and go on"))
    page.keyboard.press("Enter")
    expect_gone(page, third, "Sent back. The seller sees your comments.")


def test_edits_are_walked_sent_back_and_approved_by_keys_in_chinese(
    page: Page, sign_in: Callable[..., None]
) -> None:
    speaks(page, "zh-CN")
    sign_in(page, "wang.qi")
    open_place(page, "/admin/moderation?tab=edits")
    first, second = title(page, 0), title(page, 1)
    page.keyboard.press("j")
    expect_open(page, second)
    page.keyboard.press("c")
    dialog = page.get_by_role("dialog")
    tab_to(page, dialog.get_by_label("给商家的留言"))
    page.keyboard.insert_text("请写明尺寸。")
    tab_to(page, dialog.get_by_role("button", name="退回并继续"))
    page.keyboard.press("Enter")
    expect_gone(page, second, "已退回，商家会看到你的意见。")

    expect_open(page, first)
    page.keyboard.press("a")
    expect_gone(page, first, "已通过，现已在售。")


def title(page: Page, place: int) -> str:
    row = page.locator("[data-desk-row]").nth(place)
    return row.locator(".font-medium").first.inner_text()


def expect_open(page: Page, what: str) -> None:
    here = page.locator("[data-desk-row=here]")
    expect(here).to_contain_text(what)
    expect(page.get_by_role("article").get_by_role("heading", level=2).first).to_have_text(what)


def expect_gone(page: Page, what: str, told: str) -> None:
    expect(page.get_by_text(told)).to_be_visible()
    expect(page.locator("[data-desk-row]", has_text=what)).to_have_count(0)


def tab_to(page: Page, wanted: Locator) -> None:
    expect(wanted).to_be_visible()
    for _ in range(STEPS):
        if wanted.evaluate("it => it === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"The Tab key does not reach {wanted}", pytrace=False)
