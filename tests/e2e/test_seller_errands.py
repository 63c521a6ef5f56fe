"""What people of a shop come to do: bring somebody in, change hats, and stay out of the rest."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.places import speaks

HELPER = "leo.voss@helper.example"


def test_an_owner_invites_a_member_who_joins(
    page: Page,
    new_page: Callable[..., Page],
    sign_in: Callable[..., None],
    letter_to: Callable[[str], str],
) -> None:
    sign_in(page, "qiu.shan")
    speaks(page, "en")
    page.goto("/seller/team")
    page.get_by_role("button", name="Invite").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("E-mail").fill(HELPER)
    dialog.get_by_role("radio", name="Fulfilment").check()
    dialog.get_by_role("button", name="Send invitation").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text(HELPER, exact=True)).to_be_visible()

    theirs = new_page()
    theirs.goto(letter_to(HELPER))
    theirs.fill("input[name=name]", "Leo Voss")
    theirs.fill("input[name=password]", "nine-copper-kettles-31")
    theirs.get_by_role("button", name="Accept the invitation").click()
    theirs.goto("/seller")
    expect(theirs.get_by_role("heading", name="Qingshan Ceramics")).to_be_visible()
    theirs.goto("/seller/team")
    expect(theirs.get_by_role("row", name=re.compile("Leo Voss"))).to_be_visible()
    expect(theirs.get_by_role("button", name="Invite")).to_have_count(0)


def test_somebody_with_two_shops_changes_hats(page: Page, sign_in: Callable[..., None]) -> None:
    sign_in(page, "daniel.reed", is_new=True)
    page.goto("/seller")
    expect(page.get_by_role("heading", name="Qingshan Ceramics")).to_be_visible()
    page.goto("/seller/team")
    expect(page.get_by_role("row", name=re.compile("Qiu Shan"))).to_be_visible()
    expect(page.get_by_role("button", name="Invite")).to_have_count(0)  # customer service here

    page.get_by_role("button", name="Account menu").first.click()
    page.get_by_role("menuitem", name="Switch to Strider Lab").click()
    expect(page.get_by_role("heading", name="Strider Lab")).to_be_visible()
    page.goto("/seller/team")
    expect(page.get_by_role("row", name=re.compile("Mia Torres"))).to_be_visible()
    expect(page.get_by_role("button", name="Invite")).to_be_visible()  # and the owner here


def test_the_dark_stays_dark(page: Page, sign_in: Callable[..., None]) -> None:
    sign_in(page, "qiu.shan")
    speaks(page, "en")
    page.goto("/seller")
    page.get_by_role("button", name="Account menu").first.click()
    page.get_by_role("menu").get_by_text("Dark", exact=True).click()
    expect(page.locator("html")).to_have_class(re.compile(r"\bdark\b"))
    page.reload()
    expect(page.locator("html")).to_have_class(re.compile(r"\bdark\b"))
