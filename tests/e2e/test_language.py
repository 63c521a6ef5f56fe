"""The reader's language: chosen once, kept everywhere, and right from the first byte."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.places import SUPER, open_place, wait_until_settled

ENGLISH, CHINESE = "A market of independent shops", "独立店铺的市集"


def choose(page: Page, name: str) -> None:
    page.get_by_role("button", name=re.compile("^(Language|语言)$")).click()
    page.get_by_role("menu").get_by_text(name, exact=True).click()


def test_a_public_page_changes_there_and_back(page: Page, base_url: str) -> None:
    open_place(page, "/")
    choose(page, "中文")
    expect(page.locator("h1")).to_have_text(CHINESE)
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    page.reload()
    wait_until_settled(page)
    expect(page.locator("h1")).to_have_text(CHINESE)
    choose(page, "English")
    expect(page.locator("h1")).to_have_text(ENGLISH)
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_chinese_address_is_left_for_english(page: Page, base_url: str) -> None:
    open_place(page, "/zh")
    expect(page.locator("h1")).to_have_text(CHINESE)
    choose(page, "English")
    expect(page).to_have_url(base_url + "/")
    wait_until_settled(page)
    expect(page.locator("h1")).to_have_text(ENGLISH)


def test_the_two_addresses_name_each_other(page: Page, base_url: str) -> None:
    for path in ("/", "/zh"):
        html = page.request.get(path).text()
        assert f'hreflang="en" href="{base_url}/"' in html
        assert f'hreflang="zh-CN" href="{base_url}/zh"' in html


def test_the_back_office_changes_without_loading_again(
    page: Page, sign_in: Callable[..., None]
) -> None:
    sign_in(page, SUPER)
    open_place(page, "/admin/staff")
    page.evaluate("window.isStillHere = true")
    choose(page, "中文")
    expect(page.locator("h1")).to_have_text("员工与角色")
    expect(page.get_by_role("link", name="跳到正文")).to_have_count(1)
    assert page.evaluate("window.isStillHere")
    page.reload()
    wait_until_settled(page)
    expect(page.locator("h1")).to_have_text("员工与角色")
    choose(page, "English")
    expect(page.locator("h1")).to_have_text("Staff and roles")


def test_the_sign_in_page_changes_and_stays(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_role("button", name="中文").click()
    expect(page.locator("h1")).to_have_text("登录账号")
    page.goto("/register")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_a_chinese_browser_is_met_in_chinese(new_page: Callable[..., Page]) -> None:
    page = new_page(locale="zh-CN")
    page.goto("/sign-in")
    expect(page.locator("h1")).to_have_text("登录账号")
    open_place(page, "/")
    expect(page.locator("h1")).to_have_text(CHINESE)


@pytest.mark.parametrize("path", ["/", "/zh"])
def test_no_other_language_flashes_up(new_page: Callable[..., Page], path: str) -> None:
    """Everything one could have seen since the first byte, written down as it was painted."""
    page = new_page(locale="zh-CN" if path == "/zh" else "en-US")
    page.add_init_script(
        """const seen = () => {
          const isSeen = (each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true });
          const h1 = [...document.querySelectorAll("h1")].find(isSeen);
          if (h1) (window.seen ??= new Set()).add(h1.textContent);
          requestAnimationFrame(seen);
        };
        requestAnimationFrame(seen);"""
    )
    open_place(page, path)
    assert page.evaluate("[...window.seen]") == [CHINESE if path == "/zh" else ENGLISH]
