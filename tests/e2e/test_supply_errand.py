"""From somebody who wants to sell to goods that buyers find, and what staff do on the way: every
arrow of the chain in the browser, each person in a browser of their own."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.places import open_place
from tests.e2e.test_apply_errand import go_on, slot
from tests.e2e.test_listing_errand import a_photo, fill_required, paste
from tests.make.pictures import a_picture

PATIENCE = 30_000
"""Milliseconds for what a worker of the server does after the page has answered."""

ASKED = 30
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
    expect(place.get_by_text("The number cannot be read.")).to_be_visible()
    place.locator("input[type=file]").first.set_input_files(photo)
    expect(place.get_by_text("Waiting for review")).to_be_visible(timeout=PATIENCE)
    go_on(applicant, "Check and submit")
    applicant.get_by_role("button", name="Send again").click()
    expect(applicant.get_by_text("We have your application")).to_be_visible()

    open_place(staff, asked_for)
    read_closely(staff, "Business licence", photo.name)
    decide(staff, "Approve…", "Approve and go on")
    expect(staff.get_by_text("Approved. The shop is open.")).to_be_visible()

    open_place(applicant, "/seller/apply")
    applicant.get_by_role("link", name="Enter the seller portal").click()
    applicant.wait_for_url(re.compile("/seller/?$"))
    open_place(applicant, "/seller/listings")
    expect(applicant.get_by_role("button", name="New listing").first).to_be_enabled()


def open_application(page: Page, email: str) -> str:
    """Returns its address."""
    open_place(page, f"/admin/applications?q={email}")
    page.locator("main a[href*='/admin/applications/app_']").first.click()
    expect(page.get_by_text(email).first).to_be_visible()
    return page.url


def find_wrong(page: Page, requirement: str, note: str) -> None:
    part = page.locator("section.card").filter(has=page.get_by_role("heading", name=requirement))
    part.get_by_role("button", name="Not right…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Message to the applicant").fill(note)
    dialog.get_by_role("button", name="Mark as not right").click()
    expect(dialog).to_be_hidden()
    expect(part.get_by_text(note)).to_be_visible()


def read_closely(page: Page, requirement: str, file: str) -> None:
    """The picture is enlarged by a button and turned by a key; the page stays as wide as it was."""
    part = page.locator("section.card").filter(has=page.get_by_role("heading", name=requirement))
    part.get_by_text("Look at it here").click()
    paper = part.get_by_role("group", name=file)
    picture = paper.get_by_role("img", name=file)
    expect(picture).to_be_visible()
    upright = picture.bounding_box()
    paper.get_by_role("button", name="Larger").click()
    expect(paper.get_by_text("125%")).to_be_visible()
    paper.get_by_role("region").press("r")
    expect(picture).to_have_css("transform", re.compile(r"matrix\(0, 1, -1, 0"))
    turned = picture.bounding_box()
    assert upright and turned
    assert turned["height"] / turned["width"] == pytest.approx(
        upright["width"] / upright["height"], rel=0.02
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
    paper.get_by_role("region").press("0")
    expect(paper.get_by_text("100%")).to_be_visible()


def decide(page: Page, deed: str, verb: str) -> None:
    page.get_by_role("button", name=deed).click()
    page.get_by_role("dialog").get_by_role("button", name=verb).click()


def test_a_first_listing_is_approved_found_in_both_languages_and_edited_behind_its_live_page(
    new_page: Opens, sign_in: Callable[..., None]
) -> None:
    """The shop is new here: nothing of its goes on sale before somebody looked."""
    seller, staff, guest = new_page(), new_page(), new_page()
    sign_in(seller, "nina.berg")
    sign_in(staff, "wang.qi")

    write_listing(seller, "Quartz speaker with a walnut cabinet", "胡桃木箱体石英音箱无线蓝牙")
    seller.get_by_role("button", name="Submit for review").click()
    expect(seller.get_by_text("Waiting for a review")).to_be_visible()
    editor = seller.url
    expect_found(guest, "walnut cabinet", "Quartz speaker", is_there=False)

    approve(staff, "new", "Quartz speaker")
    expect_found(guest, "walnut cabinet", "Quartz speaker")
    expect_found(guest, "石英", "Quartz speaker")
    guest.get_by_role("link", name=re.compile("Quartz speaker")).click()
    guest.wait_for_url(re.compile("/p/"))
    live = guest.url

    open_place(seller, editor)
    seller.locator("input[name=title]").fill("Quartz speaker with a cherry cabinet")
    seller.get_by_role("button", name="Publish changes").click()
    expect(seller.get_by_text("Waiting for a review")).to_be_visible()
    open_place(guest, live)
    expect(guest.get_by_role("heading", level=1)).to_have_text(
        "Quartz speaker with a walnut cabinet"
    )

    approve(staff, "edits", "Quartz speaker")
    expect_found(guest, "cherry cabinet", "Quartz speaker")
    expect_found(guest, "walnut cabinet", "Quartz speaker with a walnut", is_there=False)
    open_place(guest, live)
    expect(guest.get_by_role("heading", level=1)).to_have_text(
        "Quartz speaker with a cherry cabinet"
    )


def test_goods_taken_down_are_not_found_until_their_appeal_is_granted(
    new_page: Opens, sign_in: Callable[..., None]
) -> None:
    seller, staff, other, guest = (new_page() for _ in range(4))
    sign_in(seller, "clara.moreau")
    sign_in(staff, "wang.qi")
    sign_in(other, "lin.na")
    title, words = "Pro kitchen radio", "pro kitchen radio"
    expect_found(guest, words, title)
    guest.get_by_role("link", name=re.compile(title)).click()
    expect(guest.get_by_role("heading", level=1)).to_have_text(title)
    live = guest.url

    open_place(seller, f"/seller/listings?q={words}")
    seller.get_by_role("link", name=title).first.click()
    seller.wait_for_url(re.compile(r"/seller/listings/lst_"))
    seller.locator("input[name=title]").fill(f"{title} with two speakers")
    seller.get_by_role("button", name="Publish changes").click()
    expect(seller.get_by_text("Waiting for a review")).to_be_visible()

    open_on_desk(staff, "edits", title)
    staff.get_by_role("button", name="Take the listing down…").click()
    dialog = staff.get_by_role("dialog")
    dialog.get_by_role("radio", name=re.compile("^Unsafe goods")).check()
    dialog.get_by_label("Message to the seller").fill("Where is the test report?")
    dialog.get_by_role("button", name="Take down").click()
    expect(staff.get_by_text("Taken down. The seller is told and may appeal.")).to_be_visible()
    expect_found(guest, words, title, is_there=False)
    guest.goto(live)
    expect(guest.get_by_role("heading", level=1)).not_to_have_text(title)

    seller.reload()
    expect(seller.get_by_text("Taken down by the marketplace")).to_be_visible()
    expect(seller.get_by_text("Where is the test report?")).to_be_visible()
    seller.get_by_role("button", name="Appeal").click()
    seller.get_by_label("Why it should be on sale").fill("The report is number 77 of May.")
    seller.get_by_role("button", name="Send the appeal").click()
    expect(seller.get_by_text("Your appeal is being looked at.")).to_be_visible()

    open_on_desk(staff, "appeals", title)
    grant = "Take the decision back…"
    expect(staff.get_by_role("button", name=grant)).to_be_disabled()  # they decided it
    open_on_desk(other, "appeals", title)
    expect(other.get_by_text("The report is number 77 of May.")).to_be_visible()
    other.get_by_role("button", name=grant).click()
    dialog = other.get_by_role("dialog")
    dialog.get_by_label("Answer to the seller").fill("Right, we found it.")
    dialog.get_by_role("button", name="Take the decision back").click()
    expect(other.get_by_text("Answered. The seller is told.")).to_be_visible()
    expect_found(guest, words, title)


def write_listing(page: Page, title: str, title_zh: str) -> None:
    open_place(page, "/seller/listings")
    page.get_by_role("button", name="New listing").first.click()
    page.wait_for_url(re.compile(r"/seller/listings/lst_"))
    page.locator("input[name=title]").fill(title)
    page.locator("input[name=title_zh]").fill(title_zh)
    page.get_by_role("button", name=re.compile("Choose a category")).click()
    page.get_by_label("Search categories").fill("audio")
    page.get_by_role("button", name=re.compile("Audio")).first.click()
    grid = page.get_by_role("grid", name="Variants")
    grid.get_by_role("gridcell").first.click()
    paste(page, "QUARTZ-1\t459.00\t12\n")
    page.locator("#media input[type=file][multiple]").set_input_files(
        {"name": "speaker.jpg", "mimeType": "image/jpeg", "buffer": a_photo()}
    )
    expect(page.locator("#media").get_by_text("Cover", exact=True)).to_be_visible(timeout=PATIENCE)
    fill_required(page)


def approve(page: Page, tab: str, title: str) -> None:
    open_on_desk(page, tab, title)
    page.get_by_role("button", name=re.compile("^Approve( A)?$")).click()
    expect(page.locator("[data-desk-row]", has_text=title)).to_have_count(0)


def open_on_desk(page: Page, tab: str, title: str) -> None:
    open_place(page, f"/admin/moderation?tab={tab}&q={title}")
    page.locator("[data-desk-row]", has_text=title).first.click()
    page.wait_for_url(re.compile("id="))
    expect(page.get_by_role("heading", level=2, name=re.compile(title)).first).to_be_visible()


def expect_found(page: Page, words: str, title: str, *, is_there: bool = True) -> None:
    """The index follows within seconds: the question is asked again until the answer agrees."""
    for _ in range(ASKED):
        open_place(page, f"/search?q={words}")
        if page.get_by_role("link", name=re.compile(title)).count() == is_there:
            return
    pytest.fail(f"{words!r} found: {not is_there}", pytrace=False)
