"""The content policy names what may run, and nothing a page does breaks it (SEC-47).

That it holds on every page is looked at in test_every_page.py.
"""

import re
import urllib.error
import urllib.request
from collections.abc import Callable
from email.message import Message

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Server
from tests.e2e.places import SUPER, open_place
from tests.e2e.watching import Watcher


def test_opening_everything_a_page_has_keeps_it_too(
    page: Page, sign_in: Callable[..., None]
) -> None:
    """Menus, the palette and dialogs write styles while they run."""
    sign_in(page, SUPER)
    watcher = Watcher(page)
    open_place(page, "/admin/staff")
    page.keyboard.press("Control+K")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Language").click()
    expect(page.get_by_role("menu")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)
    page.get_by_role("button", name="Invite").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name=re.compile("notification", re.IGNORECASE)).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert watcher.complaints == []


@pytest.mark.parametrize("path", ["/jishi.css", "/boot.js", "/art/hero.svg", "/livez"])
def test_what_is_no_page_may_do_nothing_by_itself(server: Server, path: str) -> None:
    policy = headers_of(server, path)["Content-Security-Policy"]
    assert policy.startswith("default-src 'none';")
    assert policy.endswith("sandbox")


@pytest.mark.parametrize("path", ["/", "/zh", "/sign-in", "/admin", "/no-such-page"])
def test_scripts_are_named_one_by_one(server: Server, path: str) -> None:
    policy = headers_of(server, path)["Content-Security-Policy"]
    scripts = next(rule for rule in policy.split("; ") if rule.startswith("script-src "))
    assert "unsafe" not in scripts
    assert "*" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


def test_a_page_that_has_not_changed_keeps_the_policy_it_came_with(server: Server) -> None:
    """The headers of a 304 replace those kept with the page, so a wrong one would break reloads."""
    first = headers_of(server, "/admin/")
    kept = urllib.request.Request(
        server.url + "/admin/", headers={"If-None-Match": first["ETag"], "Accept-Encoding": ""}
    )
    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.urlopen(kept, timeout=5)
    answer.value.close()
    assert answer.value.code == 304
    assert answer.value.headers.get("Content-Security-Policy") is None


def test_a_script_somebody_slipped_in_does_not_run(page: Page) -> None:
    watcher = Watcher(page)
    open_place(page, "/")
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "document.documentElement.dataset.stolen = 'yes'";
          document.body.append(script);
          const image = document.createElement("img");
          image.setAttribute("onerror", "document.documentElement.dataset.stolen = 'yes'");
          image.src = "/nothing.png";
          document.body.append(image);
        }"""
    )
    page.wait_for_load_state("networkidle")
    expect(page.locator("html")).not_to_have_attribute("data-stolen", "yes")
    assert any("policy: script-src" in complaint for complaint in watcher.complaints)


@pytest.mark.parametrize("path", ["/", "/sign-in", "/account"])
def test_a_page_cannot_be_put_into_a_frame(page: Page, base_url: str, path: str) -> None:
    page.route(
        "https://evil.example/",
        lambda route: route.fulfill(
            content_type="text/html", body=f"<iframe src='{base_url}{path}'></iframe>"
        ),
    )
    page.goto("https://evil.example/")
    frame = page.frames[1]
    assert not frame.url.startswith(base_url)


def headers_of(server: Server, path: str) -> Message:
    try:
        with urllib.request.urlopen(server.url + path, timeout=5) as answer:
            return answer.headers
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.headers
