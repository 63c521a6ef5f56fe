"""Pictures are brought, described, put in order and taken out again, by mouse and by keyboard."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.watching import Watcher
from tests.make.pictures import SCRIPT, a_picture

CUP = {"name": "cup.jpg", "mimeType": "image/jpeg", "buffer": a_picture()}
BOWL = {"name": "bowl.png", "mimeType": "image/png", "buffer": a_picture(kind="PNG")}
FAKE = {"name": "fake.jpg", "mimeType": "image/jpeg", "buffer": SCRIPT}
DRAWING = {"name": "drawing.svg", "mimeType": "image/svg+xml", "buffer": b"<svg/>"}
PATIENCE = 20_000  # milliseconds: a worker looks for files every two seconds


@pytest.fixture
def gallery(page: Page, sign_in: Callable[..., None]) -> Locator:
    """The style guide's: two pictures to begin with."""
    sign_in(page, "lin.na")
    page.goto("/admin/ui")
    found = page.locator(".gallery")
    expect(found.locator(".tile-face")).to_have_count(2)
    return found


def choose(gallery: Locator, *files: dict[str, Any]) -> None:
    chooser = gallery.get_by_label("Add pictures")
    expect(chooser).to_be_enabled()
    chooser.set_input_files(list(files))  # type: ignore[arg-type]


def names(gallery: Locator) -> list[str]:
    faces = gallery.locator(".tile-face").all()
    return [str(face.get_attribute("aria-label")).partition(": ")[2] for face in faces]


def test_pictures_are_brought_described_and_put_in_order(page: Page, gallery: Locator) -> None:
    watcher = Watcher(page)
    choose(gallery, CUP, BOWL)
    faces = gallery.locator(".tile-face")
    expect(faces).to_have_count(4, timeout=PATIENCE)
    expect(gallery.locator(".tile-sending")).to_have_count(0)

    gallery.get_by_label("cup.jpg").click()
    gallery.get_by_label("Description in English").fill("A white cup")
    gallery.get_by_label("From the left, %").fill("20")
    gallery.get_by_role("button", name="Make it the cover").click()
    assert names(gallery)[0] == "A white cup"
    expect(faces.first.locator("img")).to_have_css("object-position", "20% 50%")

    faces.first.focus()
    page.keyboard.press("Alt+ArrowRight")
    assert names(gallery)[1] == "A white cup"
    expect(faces.nth(1)).to_be_focused()

    gallery.get_by_role("button", name="Remove", exact=True).click()
    expect(faces).to_have_count(3)
    expect(gallery.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    assert names(gallery)[1] == "A white cup"
    assert watcher.complaints == []


def test_a_file_that_is_refused_says_why_and_leaves_the_others_alone(gallery: Locator) -> None:
    choose(gallery, FAKE, DRAWING, CUP)

    reasons = gallery.get_by_role("alert")
    expect(reasons).to_have_count(2, timeout=PATIENCE)
    expect(gallery).to_contain_text("fake.jpg: This file is no picture we can read.")
    expect(gallery).to_contain_text("drawing.svg: This kind of file is not accepted here.")
    expect(gallery.locator(".tile-face")).to_have_count(3, timeout=PATIENCE)
    for _ in range(2):
        gallery.get_by_role("button", name="Dismiss").first.click()
    expect(reasons).to_have_count(0)
