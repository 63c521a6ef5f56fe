"""Everyone the demo prints can come in, arrives where they work, and gets out again."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from marketplace.flows.seed import PEOPLE, DemoPerson
from tests.e2e.places import wait_until_settled


def home_of(person: DemoPerson) -> str:
    if person.staff_role:
        return "/admin"
    return "/seller" if person.shops else "/"


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.key)
def test_a_demo_person_comes_in_and_goes_out(
    page: Page, sign_in: Callable[..., None], base_url: str, person: DemoPerson
) -> None:
    sign_in(page, person.key, is_new=True)
    expect(page).to_have_url(re.compile(f"^{re.escape(base_url + home_of(person))}/?$"))
    wait_until_settled(page)

    menu = page.get_by_role("button", name=re.compile("Account menu|账号菜单")).and_(
        page.locator(":visible")
    )
    menu.click()
    expect(page.get_by_role("menu")).to_contain_text(person.email)
    page.keyboard.press("Escape")
    page.goto("/account")
    expect(page.locator(".p-who")).to_contain_text(person.name)

    page.goto(home_of(person))
    wait_until_settled(page)
    menu.click()
    page.get_by_role("menuitem", name=re.compile("Sign out|退出")).click()
    expect(page).to_have_url(re.compile(r"/sign-in\?done=signed_out$"))
    page.goto("/account")
    expect(page).to_have_url(re.compile(r"/sign-in"))


def test_a_wrong_password_says_so_and_lets_nobody_in(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(PEOPLE[-1].email)
    page.get_by_label("Password").fill("paper-lantern-lake")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("E-mail address")).to_have_value(PEOPLE[-1].email)
    expect(page.get_by_label("Password")).to_have_value("")
    page.goto("/account")
    expect(page).to_have_url(re.compile(r"/sign-in"))
