"""From somebody who wants to sell to goods that buyers find, and what staff do on the way: every
arrow of the chain in the browser, each person in a browser of their own."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.places import UNHURRIED, open_place
from tests.e2e.test_apply_errand import go_on, slot
from tests.make.pictures import a_picture

PATIENCE = 30_000
"""Milliseconds for what a worker of the server does after the page has answered."""

Opens = Callable[..., Page]


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "licence.jpg"
    path.write_bytes(a_picture(1200, 800))
    return path


def test_an_application_is_sent_back_mended_and_approved_and_its_shop_opens(
    new_page: Opens, sign_in: Callable[..., None], photo: Path
) -> None:
    staff, applicant = new_page(), new_page()
    sign_in(staff, "lin.na")
    sign_in(applicant, "mo.li")

    asked_for = open_application(staff, "mo.li@jishi.example")
    find_wrong(staff, "Business licence", "The number cannot be read.")
    decide(staff, "Request changes…", "Send back and go on")
    expect(staff.get_by_text("Sent back. The applicant sees your comments.")).to_be_visible()

    open_place(applicant, "/seller/apply")
    applicant.get_by_role("link", name=re.compile("^Fix 1 item")).click()
    place = slot(applicant, "Business licence")
    expect(place.get_by_text("The number cannot be read.")).to_be_visible(timeout=UNHURRIED)
    place.locator("input[type=file]").first.set_input_files(photo)
    expect(place.get_by_text("Waiting for review")).to_be_visible(timeout=PATIENCE)
    go_on(applicant, "Check and submit")
    applicant.get_by_role("button", name="Send again").click()
    expect(applicant.get_by_text("We have your application")).to_be_visible(timeout=UNHURRIED)

    open_place(staff, asked_for)
    decide(staff, "Approve…", "Approve and go on")
    expect(staff.get_by_text("Approved. The shop is open.")).to_be_visible(timeout=UNHURRIED)

    open_place(applicant, "/seller/apply")
    applicant.get_by_role("link", name="Enter the seller portal").click()
    applicant.wait_for_url(re.compile("/seller/?$"))
    open_place(applicant, "/seller/listings")
    expect(applicant.get_by_role("button", name="New listing").first).to_be_enabled()


def open_application(page: Page, email: str) -> str:
    """Returns its address."""
    open_place(page, f"/admin/applications?q={email}")
    page.locator("main a[href*='/admin/applications/app_']").first.click()
    expect(page.get_by_text(email).first).to_be_visible(timeout=UNHURRIED)
    return page.url


def find_wrong(page: Page, requirement: str, note: str) -> None:
    part = page.locator("section.card").filter(has=page.get_by_role("heading", name=requirement))
    part.get_by_role("button", name="Not right…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Message to the applicant").fill(note)
    dialog.get_by_role("button", name="Mark as not right").click()
    expect(dialog).to_be_hidden(timeout=UNHURRIED)
    expect(part.get_by_text(note)).to_be_visible(timeout=UNHURRIED)


def decide(page: Page, deed: str, verb: str) -> None:
    page.get_by_role("button", name=deed).click()
    page.get_by_role("dialog").get_by_role("button", name=verb).click()
