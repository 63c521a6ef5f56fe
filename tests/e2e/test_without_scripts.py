"""Shops can be seen and accounts used in a browser that runs no scripts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from marketplace.flows.seed import DOMAIN, PASSWORD, SHOPS


@pytest.fixture
def plain(new_page: Callable[..., Page]) -> Page:
    return new_page(java_script_enabled=False)


def test_the_home_page_can_be_read(plain: Page) -> None:
    plain.goto("/")
    expect(plain.get_by_role("heading", level=1)).to_have_text("A market of independent shops")
    for shop in SHOPS:
        expect(plain.get_by_role("heading", name=shop.name)).to_be_visible()
        expect(plain.get_by_text(shop.about)).to_be_visible()
    plain.get_by_role("link", name="中文").click()
    expect(plain.locator("html")).to_have_attribute("lang", "zh-CN")
    for shop in SHOPS:
        expect(plain.get_by_role("heading", name=shop.name_zh)).to_be_visible()
        expect(plain.get_by_text(shop.about_zh)).to_be_visible()


def test_one_can_sign_in_look_around_and_sign_out(plain: Page, base_url: str) -> None:
    plain.goto("/")
    plain.get_by_role("link", name="Sign in").first.click()
    plain.get_by_label("E-mail address").fill(f"grace.ho@{DOMAIN}")
    plain.get_by_label("Password").fill(PASSWORD)
    plain.get_by_role("button", name="Sign in", exact=True).click()
    expect(plain).to_have_url(re.compile(f"^{base_url}/(?!sign-in)"))
    for name in ("Profile", "E-mail address", "Password", "Two-step sign-in", "Sessions"):
        plain.goto("/account")
        plain.get_by_role("navigation", name="Account").get_by_role("link", name=name).click()
        expect(plain.get_by_role("heading", level=1)).to_have_text(name)
    plain.goto("/account")
    plain.get_by_label("Your name").fill("Grace Q. Ho")
    plain.get_by_role("button", name="Save").click()
    expect(plain.get_by_role("status")).to_be_visible()
    expect(plain.locator(".p-who")).to_contain_text("Grace Q. Ho")
    plain.get_by_role("button", name="Sign out").click()
    expect(plain.get_by_role("status")).to_have_text("You are signed out.")


def test_one_can_open_an_account(plain: Page, letter_to: Callable[[str], str]) -> None:
    plain.goto("/register")
    plain.get_by_label("Your name").fill("Ning Fei")
    plain.get_by_label("E-mail address").fill("ning.fei@example.com")
    plain.get_by_label("Password").fill("seven-quiet-herons")
    plain.get_by_role("button", name="Open an account").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Check your e-mail")
    plain.goto(letter_to("ning.fei@example.com"))
    plain.get_by_role("button", name="Confirm this address").click()
    expect(plain.get_by_role("status")).to_be_visible()
    plain.get_by_label("E-mail address").fill("ning.fei@example.com")
    plain.get_by_label("Password").fill("seven-quiet-herons")
    plain.get_by_role("button", name="Sign in", exact=True).click()
    plain.goto("/account")
    expect(plain.locator(".p-who")).to_contain_text("Ning Fei")
