"""What people come to do who want to sell: apply, come back to it, and mend what was sent back."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.places import open_place
from tests.make.pictures import a_picture

CARD = "4539 5787 6362 1486"
IDENTITY = "11010519491231002X"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "identity.jpg"
    path.write_bytes(a_picture(1200, 800))
    return path


def go_on(page: Page, to: str) -> None:
    page.get_by_role("button", name=re.compile("^(Save and c|C)ontinue$")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(to)


def slot(page: Page, name: str) -> Locator:
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=name))


def hand_in(page: Page, name: str, file: Path, until: str) -> None:
    place = slot(page, name)
    place.locator("input[type=file]").first.set_input_files(file)
    expect(place.get_by_text(file.name)).to_be_visible()
    place.get_by_label("Valid until").fill(until)
    expect(place.get_by_text("Waiting for review")).to_be_visible()


def test_a_buyer_applies_to_sell_and_comes_back_to_it_in_between(
    page: Page, sign_in: Callable[..., None], photo: Path
) -> None:
    sign_in(page, "grace.ho")
    page.goto("/")
    page.get_by_role("link", name="Sell with us").first.click()
    page.get_by_role("link", name="Apply now").click()
    page.get_by_role("button", name="Start the application").click()

    expect(page.get_by_label("Your name")).to_have_value("Grace Ho")
    page.get_by_label("Phone").fill("call me")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("alert").get_by_role("link", name="Phone")).to_be_visible()
    expect(page.get_by_label("Phone")).to_have_value("call me")
    page.get_by_label("Phone").fill("+86 138 0013 8000")
    go_on(page, "Kind of business")

    open_place(page, "/seller/apply")  # another day
    page.get_by_role("link", name="Continue").click()
    page.get_by_label("A private person").check()
    go_on(page, "Legal details")
    page.get_by_label("Full name").fill("Grace Ho")
    page.get_by_label("Street and number").fill("Bei'er Lu 9")
    page.get_by_label("City").fill("Fuzhou")
    page.get_by_label("Identity number").fill(IDENTITY)
    go_on(page, "Documents")
    hand_in(page, "Identity card, both sides", photo, "2036-05-01")
    page.get_by_label("I confirm").click()
    expect(slot(page, "I sell genuine goods only")).to_contain_text("Waiting for review")
    go_on(page, "Your shop")
    page.get_by_label("Name of the shop").fill("Grace's Teapots")
    page.get_by_label("Name in Chinese").click()
    expect(page.get_by_text("This name is free.")).to_be_visible()
    expect(page.get_by_label("Web address")).not_to_have_value("")
    page.get_by_role("checkbox", name=re.compile("^Home")).first.check()
    page.get_by_label("Street and number").first.fill("Bei'er Lu 9")
    page.get_by_label("City").first.fill("Fuzhou")
    page.get_by_label("Phone for the parcel service").first.fill("+86 138 0013 8000")
    go_on(page, "Bank account and agreement")
    page.get_by_label("Account holder").fill("Grace Ho")
    page.get_by_label("Bank", exact=True).fill("ICBC")
    page.get_by_label("Account or card number").fill(CARD)
    page.get_by_label("I have read version").check()
    go_on(page, "Check and submit")
    expect(page.get_by_text("•••• 1486")).to_be_visible()
    page.get_by_role("button", name="Submit application").click()

    expect(page.get_by_text("We have your application")).to_be_visible()
    open_place(page, "/seller/apply/legal")  # is read now, and so it cannot be changed
    expect(page.get_by_text("We have your application")).to_be_visible()


def test_an_applicant_mends_what_was_sent_back_and_nothing_else(
    page: Page, sign_in: Callable[..., None], photo: Path
) -> None:
    sign_in(page, "leo.martin")
    open_place(page, "/seller/apply")
    page.get_by_role("link", name="Fix 2 items").click()

    expect(page.get_by_label("Tax number")).to_be_visible()
    expect(page.get_by_label("Registered name")).to_be_hidden()
    page.get_by_label("Tax number").fill("DK52738871")
    go_on(page, "Documents")
    expect(page.get_by_role("heading", level=2)).to_have_text(["Business licence"])
    place = slot(page, "Business licence")
    place.locator("input[type=file]").first.set_input_files(photo)
    expect(place.get_by_text("Waiting for review")).to_be_visible()
    go_on(page, "Check and submit")
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_text("We have your application")).to_be_visible()


def test_somebody_approved_goes_on_into_the_portal(
    page: Page, sign_in: Callable[..., None]
) -> None:
    sign_in(page, "nina.berg")
    open_place(page, "/seller/apply")
    expect(page.get_by_text("Welcome to Jishi")).to_be_visible()
    page.get_by_role("link", name="Enter the seller portal").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Northlight Audio")
