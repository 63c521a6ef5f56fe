"""axe finds nothing in the dark nor in what opens, and the keyboard is enough.

What it finds on every page is looked at in test_every_page.py.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.places import EVERYWHERE, OWNER, SUPER, Place, open_place, speaks
from tests.e2e.watching import faults

DARK = [
    place
    for place in EVERYWHERE
    if place.path in ("/", "/admin", "/admin/ui", "/admin/staff", "/seller", "/sign-in", "/account")
]


@pytest.fixture
def reader(new_page: Callable[..., Page], sign_in: Callable[..., None]) -> Callable[..., Page]:
    def work(place: Place, locale: str = "en", **choices: Any) -> Page:
        page = new_page(reduced_motion="reduce", **choices)
        if place.reader:
            sign_in(page, place.reader)
        speaks(page, locale)
        open_place(page, place.path)
        return page

    return work


@pytest.mark.parametrize("place", DARK, ids=str)
def test_a_page_has_no_fault_in_the_dark(reader: Callable[..., Page], place: Place) -> None:
    page = reader(place, color_scheme="dark")
    expect(page.locator("html")).to_have_class(re.compile(r"\bdark\b"))
    assert faults(page) == []


OPENERS = {
    "the palette": lambda page: page.keyboard.press("Control+K"),
    "the help": lambda page: page.keyboard.press("?"),
    "a dialog": lambda page: page.get_by_role("button", name="Invite").click(),
    "a menu": lambda page: page.get_by_role("button", name="Language").click(),
    "the bell": lambda page: page.get_by_role(
        "button", name=re.compile("notification", re.IGNORECASE)
    ).click(),
}


@pytest.mark.parametrize("what", OPENERS)
def test_nor_in_what_opens(reader: Callable[..., Page], what: str) -> None:
    page = reader(Place("/admin/staff", SUPER))
    OPENERS[what](page)
    expect(page.get_by_role("dialog").or_(page.get_by_role("menu"))).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert faults(page) == []


@pytest.mark.parametrize(
    "place",
    [Place("/", ""), Place("/admin", SUPER), Place("/seller", OWNER), Place("/sign-in", "")],
    ids=str,
)
def test_the_first_tab_skips_to_the_content(reader: Callable[..., Page], place: Place) -> None:
    page = reader(place)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    if place.path == "/sign-in":  # its first field has the focus from the beginning
        skip.focus()
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"#(content|main)$"))


def test_the_palette_goes_where_one_types(reader: Callable[..., Page], base_url: str) -> None:
    page = reader(Place("/admin", SUPER))
    page.keyboard.press("Control+K")
    page.keyboard.type("aud")
    expect(page.get_by_role("option", name="Audit log")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{base_url}/admin/audit")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_escape_closes_and_gives_the_focus_back(reader: Callable[..., Page]) -> None:
    page = reader(Place("/admin/staff", SUPER))
    for name in ("Invite", "Language"):
        opener = page.get_by_role("button", name=name)
        opener.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog").or_(page.get_by_role("menu"))).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog").or_(page.get_by_role("menu"))).to_have_count(0)
        expect(opener).to_be_focused()


def test_escape_counts_before_the_menu_has_come(reader: Callable[..., Page]) -> None:
    """A menu is fetched when it is first wanted; whoever gave up meanwhile does not get it."""
    page = reader(Place("/admin", SUPER))
    held: list[Route] = []

    def hold(route: Route) -> None:  # Playwright takes no method of a list
        held.append(route)

    page.route(re.compile(r"/menu_parts-"), hold)
    opener = page.get_by_role("button", name="Language")
    opener.click()
    page.keyboard.press("Escape")
    with page.expect_response(re.compile(r"/menu_parts-")):
        held[0].continue_()
    opener.click()
    expect(page.get_by_role("menu")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)


def test_a_menu_is_walked_by_arrows(reader: Callable[..., Page]) -> None:
    page = reader(Place("/admin", SUPER))
    page.get_by_role("button", name="Language").focus()
    page.keyboard.press("Enter")
    first = page.get_by_role("menu").get_by_role("menuitemcheckbox").first
    expect(first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(first).not_to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")


def test_g_and_a_letter_go_to_a_page(reader: Callable[..., Page], base_url: str) -> None:
    page = reader(Place("/admin", SUPER))
    page.keyboard.press("g")
    page.keyboard.press("b")
    expect(page).to_have_url(f"{base_url}/admin/books")
