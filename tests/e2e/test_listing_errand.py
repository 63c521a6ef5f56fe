"""A first listing, from an empty editor to the reviewers: two options, pasted prices, a picture."""

import io
import re
from collections.abc import Callable

from PIL import Image
from playwright.sync_api import Page, expect

from tests.e2e.places import speaks

TSV = "SKU-A\t59.90\t12\nSKU-B\t69.90\t8\nSKU-C\t59.90\t5\nSKU-D\t¥1,069.90\t0\n"


def test_a_listing_with_two_options_is_written_and_handed_in(
    page: Page, sign_in: Callable[..., None]
) -> None:
    sign_in(page, "qiu.shan")
    speaks(page, "en")
    page.goto("/seller/listings")
    page.get_by_role("button", name="New listing").click()
    page.wait_for_url(re.compile(r"/seller/listings/lst_"))

    page.locator("input[name=title]").fill("Stoneware mug with a long glazed handle")
    guesses = page.get_by_role("group", name="Suggested from the title")
    guesses.get_by_role("button", name=re.compile("Tableware")).click()
    expect(guesses).to_have_count(0)
    expect(page.locator("#category-value")).to_contain_text("Tableware")
    add_option(page, 1, "Colour", "Red, Blue")
    add_option(page, 2, "Size", "S, M")
    grid = page.get_by_role("grid", name="Variants")
    expect(grid.get_by_role("rowheader")).to_have_text(
        ["Red / S", "Red / M", "Blue / S", "Blue / M"]
    )

    grid.get_by_role("gridcell").first.click()
    paste(page, TSV)
    row = grid.get_by_role("row", name="Blue / M")
    expect(row.get_by_role("gridcell").nth(1)).to_have_text("¥1,069.90")
    page.keyboard.press("Control+z")
    expect(row.get_by_role("gridcell").nth(1)).not_to_have_text("¥1,069.90")
    page.keyboard.press("Control+y")
    page.keyboard.press("ArrowRight")  # the price of the first row
    page.keyboard.press("F2")
    page.keyboard.press("Control+a")
    page.keyboard.type("61.5")
    page.keyboard.press("Enter")
    first = grid.get_by_role("row", name="Red / S")
    expect(first.get_by_role("gridcell").nth(1)).to_have_text("61.5")

    submit = page.get_by_role("button", name="Submit for review")
    submit.click()  # without a picture
    expect(page.get_by_text("Add at least one picture.")).to_be_visible()
    page.locator("#media input[type=file][multiple]").set_input_files(
        {"name": "mug.jpg", "mimeType": "image/jpeg", "buffer": a_photo()}
    )
    expect(page.locator("#media").get_by_text("Cover", exact=True)).to_be_visible(timeout=30_000)
    fill_required(page)
    submit.click()
    expect(page.get_by_text(re.compile("In review|Live")).first).to_be_visible(timeout=15_000)

    page.goto("/seller/listings?q=SKU-D")
    expect(page.get_by_role("row", name=re.compile("Stoneware mug"))).to_be_visible()


def add_option(page: Page, number: int, name: str, values: str) -> None:
    page.get_by_role("button", name="Add an option").click()
    option = page.locator(".editor-option").nth(number - 1)
    option.get_by_label("Option in English").fill(name)
    option.get_by_label(re.compile("New values")).fill(values)
    option.get_by_role("button", name="Add", exact=True).click()


def fill_required(page: Page) -> None:
    """Whatever the category asks for: the first of its choices."""
    attributes = page.locator("#attributes .field").filter(has_not_text="optional")
    for place in range(attributes.count()):
        field = attributes.nth(place)
        if field.locator("select").count():
            field.locator("select").select_option(index=1)
        elif field.locator(".chip-button").count():
            field.locator(".chip-button").first.click()
        else:
            field.locator("input").fill("1")


def paste(page: Page, text: str) -> None:
    """What a spreadsheet's cells do on their way through the clipboard."""
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true,
                cancelable: true});
            document.activeElement.dispatchEvent(event);
        }""",
        text,
    )


def a_photo() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (1200, 1200), "#a05030").save(file, "JPEG")
    return file.getvalue()
