"""Of a bug the visitor sees a number, never the bug (SEC-57)."""

import re
from collections.abc import Callable

import pytest

from marketplace.domain.accounts.service import people
from marketplace.http.account import profile
from marketplace.http.auth import sign_in
from tests.http.conftest import PASSWORD
from tests.make.browsing import Browser, everything

BUG = "SELECT secret FROM /var/person WHERE name = 'Ada'"


def broken(*_: object, **__: object) -> None:
    raise RuntimeError(BUG)


async def test_a_bug_shows_a_reference_number_and_nothing_else(
    web: Browser, ada: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await web.sign_in("ada@example.com", PASSWORD)
    before = everything()
    monkeypatch.setattr(people, "rename", broken)

    answer = await web.post("/account", name="Eve", locale="en", theme="dark", version="1")

    assert answer.status_code == 500
    assert re.search(r"ERR-\w{4}-\w{4}-\w{2}", answer.text)
    assert not re.search("SELECT|secret FROM|RuntimeError|Traceback|rename", answer.text)
    assert everything() == before


async def test_if_even_the_page_fails_there_is_a_number(
    web: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in, "show", broken)
    monkeypatch.setattr("marketplace.http.errors.show", broken)

    answer = await web.open("/sign-in")

    assert answer.status_code == 500
    assert re.fullmatch(r"Something went wrong on our side ERR-\w{4}-\w{4}-\w{2}", answer.text)


async def test_an_unknown_address_is_a_page_of_its_own(web: Browser) -> None:
    answer = await web.open("/account/<script>alert(1)</script>")

    assert answer.status_code == 404
    assert "There is nothing here" in answer.text
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/p/none", "/search"),
        ("/c/none", "/search"),
        ("/zh/p/none", "/zh/search"),
        ("/zh/c/none", "/zh/search"),
    ],
)
async def test_whoever_came_for_what_is_not_there_may_search_and_go_on(
    web: Browser, path: str, to: str
) -> None:
    answer = await web.open(path)

    assert answer.status_code == 404
    assert f'<form method="get" action="{to}" role="search"' in answer.text
    assert f'href="{to}"' in answer.text


async def test_what_went_wrong_otherwise_offers_no_search(
    web: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("marketplace.http.auth.sign_in.show", broken)

    assert 'role="search"' not in (await web.open("/sign-in")).text


async def test_a_page_for_others_sends_strangers_to_sign_in(web: Browser) -> None:
    answer = await web.open("/account/password")

    assert answer.headers["location"] == "/sign-in?next=%2Faccount%2Fpassword"


@pytest.mark.parametrize("words", ["{{7*7}}", "${7*7}", "<%= 7*7 %>", "<b>Ada</b>", '"onfocus="x'])
async def test_words_of_people_are_text_and_nothing_more(
    words: str, web: Browser, ada: str
) -> None:
    """Neither template nor markup (SEC-41)."""
    from markupsafe import escape

    await web.sign_in("ada@example.com", PASSWORD)
    await web.post("/account", name=words, locale="en", theme="dark", version="1")

    page = await web.open("/account")

    assert str(escape(words)) in page.text
    assert "<b>Ada" not in page.text
    assert profile.TEMPLATE not in page.text


async def test_no_page_has_inline_script_or_style(
    web: Browser, ada: str, open_browser: Callable[..., Browser]
) -> None:
    await web.sign_in("ada@example.com", PASSWORD)
    pages = [
        await web.open(path)
        for path in ("/account", "/account/email", "/account/password", "/account/two-step",
                     "/account/sessions", "/confirm-identity")
    ]  # fmt: skip
    pages.append(await web.post("/account/two-step/set-up"))
    stranger = open_browser()
    pages += [
        await stranger.open(path)
        for path in ("/sign-in", "/register", "/check-email", "/verify-email?token=x",
                     "/forgot-password", "/reset-password?token=x", "/invitation?token=x", "/x")
    ]  # fmt: skip

    for page in pages:
        assert (
            re.findall(
                r"<script(?! src=\"/)|\sstyle=|\son\w+=|<style|https?://[^\"]*\.js", page.text
            )
            == []
        )
        assert page.headers["cache-control"] == "no-store"
