"""A seller changes more listings than a page shows, and deals with those that were refused."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.places import open_place

EVERY_ROW = "Select all rows on this page"
IN_THE_SHOPKEEPERS_LANGUAGE = "商品,标题,原因"


def take_all(page: Page) -> int:
    """Everything on all pages; returns how many that is."""
    page.get_by_label(EVERY_ROW).check()
    every = page.get_by_role("button", name=re.compile("^Select all [0-9]+ matching$"))
    expect(every).to_be_visible()
    count = int(re.sub("[^0-9]", "", every.inner_text()))
    every.click()
    expect(page.get_by_role("toolbar")).to_contain_text(f"All {count} selected")
    return count


def test_a_change_to_all_pages_is_told_as_it_goes_on(
    page: Page, sign_in: Callable[..., None]
) -> None:
    sign_in(page, "luo.ming")
    open_place(page, "/seller/listings?status=live")
    count = take_all(page)
    assert count > 25, "more than one page"
    page.get_by_role("button", name="Tags…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(f"All {count} listings, in the background.")).to_be_visible()
    dialog.get_by_label("Add").fill("winter table")
    dialog.get_by_role("button", name="Change tags").click()

    card = page.get_by_role("article").filter(has_text="Change tags")
    expect(card.get_by_text(f"{count} listings changed")).to_be_visible(timeout=60_000)
    expect(card.get_by_text("Done")).to_be_visible()
    card.get_by_role("button", name="Close").click()
    expect(card).to_have_count(0)
    open_place(page, "/seller/listings?tag=winter+table")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(f"Listings +{count}"))


def test_what_was_refused_is_listed_taken_away_and_tried_again(
    page: Page, sign_in: Callable[..., None]
) -> None:
    sign_in(page, "luo.ming")
    open_place(page, "/seller/listings?status=live")
    count = take_all(page)
    page.get_by_role("button", name="Resume").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(f"This is done with all {count} in the background.")).to_be_visible()
    dialog.get_by_role("button", name="Resume").click()

    card = page.get_by_role("article").filter(has_text="Resume")
    expect(card.get_by_text(f"{count} refused")).to_be_visible(timeout=60_000)
    card.get_by_role("button", name="See what was refused").click()
    expect(dialog.get_by_role("listitem")).to_have_count(count)
    with page.expect_download() as waiting:
        dialog.get_by_role("link", name="Download").click()
    lines = waiting.value.path().read_bytes().decode("utf-8-sig").splitlines()
    assert (lines[0], len(lines)) == (IN_THE_SHOPKEEPERS_LANGUAGE, count + 1)

    dialog.get_by_role("button", name="Try the refused again").click()
    expect(dialog).to_have_count(0)
    expect(card.get_by_text(f"{count} refused")).to_be_visible(timeout=60_000)


def test_a_few_are_refused_at_once_and_told_beside_their_names(
    page: Page, sign_in: Callable[..., None]
) -> None:
    sign_in(page, "luo.ming")
    open_place(page, "/seller/listings?status=live")
    page.locator("tbody").get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Resume").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("1 was refused:")).to_be_visible()
    expect(dialog.get_by_role("listitem")).to_have_count(1)
    with page.expect_download() as waiting:
        dialog.get_by_role("button", name="Download").click()
    lines = waiting.value.path().read_bytes().decode("utf-8-sig").splitlines()
    assert lines[0] == IN_THE_SHOPKEEPERS_LANGUAGE
    assert [line[:4] for line in lines[1:]] == ["lst_"]


def test_a_list_is_taken_away_in_the_chosen_format(
    page: Page, sign_in: Callable[..., None]
) -> None:
    sign_in(page, "luo.ming")
    open_place(page, "/seller/listings?status=live")
    page.get_by_role("button", name="Export", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name="Excel workbook, all columns").check()
    dialog.get_by_role("button", name="Export").click()
    expect(page.get_by_text("The file is being written.").first).to_be_visible()
    expect(dialog).to_have_count(0)
