"""Only our own pages, opened in this very session, can send a form (SEC-13)."""

import pytest
from starlette.routing import Route

from marketplace.http import account, auth
from marketplace.http.forms import proof_for
from tests.conftest import FrozenClock
from tests.http.conftest import PASSWORD, signed_in
from tests.make.browsing import Browser, everything, hidden_fields

POSTS = sorted(
    route.path
    for route in [*auth.routes, *account.routes]
    if isinstance(route, Route) and "POST" in (route.methods or ())
)
FIELDS = {
    "/sign-in": {"email": "ada@example.com", "password": PASSWORD},
    "/register": {"name": "Eve", "email": "eve@example.com", "password": PASSWORD},
    "/forgot-password": {"email": "ada@example.com"},
    "/account": {"name": "Eve", "locale": "en", "theme": "dark", "version": "1"},
    "/account/password": {"current_password": PASSWORD, "password": "seven-blue-kites"},
    "/account/email": {"email": "eve@example.com"},
    "/auth/language": {"locale": "zh-CN"},
    "/confirm-identity": {"password": PASSWORD},
}
"""Fields that would do something, were the form genuine."""


@pytest.fixture
async def victim(web: Browser, ada: str, clock_at: FrozenClock) -> Browser:
    return await signed_in(web, "ada@example.com", clock_at.moment)


def test_every_changing_route_is_in_the_matrix() -> None:
    assert {"/auth/sign-out", "/auth/switch", "/auth/language", "/sign-in"} < set(POSTS)
    assert len(POSTS) == 23


@pytest.mark.parametrize("path", POSTS)
async def test_a_form_from_elsewhere_is_refused_and_changes_nothing(
    path: str, victim: Browser
) -> None:
    fields = FIELDS.get(path, {})
    proved = {**fields, "proof": proof_for(victim.cookie)}
    before = everything()

    answers = {
        "no proof": await victim.send(path, fields),
        "wrong proof": await victim.send(path, {**fields, "proof": "0" * 64}),
        "proof of another session": await victim.send(
            path, {**fields, "proof": proof_for("x" * 43)}
        ),
        "evil origin": await victim.send(path, proved, origin="https://evil.example"),
        "null origin": await victim.send(path, proved, origin="null"),
        "cross-site": await victim.send(path, proved, **{"sec-fetch-site": "cross-site"}),
        "same-site": await victim.send(path, proved, **{"sec-fetch-site": "same-site"}),
        "as text": await victim.send(path, proved, **{"content-type": "text/plain"}),
    }

    assert {name: answer.status_code for name, answer in answers.items()} == {
        "no proof": 403,
        "wrong proof": 403,
        "proof of another session": 403,
        "evil origin": 403,
        "null origin": 403,
        "cross-site": 403,
        "same-site": 403,
        "as text": 415,
    }
    assert everything() == before


@pytest.mark.parametrize("path", POSTS)
async def test_opening_an_address_changes_nothing(path: str, victim: Browser) -> None:
    before = everything()

    answer = await victim.open(path)

    has_page = any(
        route.path == path and "GET" in (route.methods or ())
        for route in [*auth.routes, *account.routes]
    )
    assert answer.status_code in ((200, 303, 410) if has_page else (405,))
    assert everything() == before


@pytest.mark.parametrize("path", POSTS)
async def test_other_methods_are_refused(path: str, victim: Browser) -> None:
    proved = {"proof": proof_for(victim.cookie)}

    answers = [await victim.send(path, proved, method=name) for name in ("PUT", "DELETE", "PATCH")]

    assert [answer.status_code for answer in answers] == [405] * 3


async def test_nobody_can_be_signed_in_by_a_form_of_somebody_else(web: Browser, ada: str) -> None:
    """Login CSRF: the proof belongs to the attacker's own browser."""
    await web.open("/sign-in")
    fields = {"email": "ada@example.com", "password": PASSWORD, "proof": proof_for("a" * 43)}
    before = everything()

    answer = await web.send("/sign-in", fields)

    assert answer.status_code == 403
    assert everything() == before


async def test_a_form_of_our_own_page_is_taken(web: Browser, ada: str) -> None:
    """The counterpart of all refusals above, with the proof that stands in the page."""
    proof = hidden_fields(await web.open("/sign-in"))["proof"]

    answer = await web.send(
        "/sign-in", {"email": "ada@example.com", "password": PASSWORD, "proof": proof}
    )

    assert answer.status_code == 303


async def test_a_form_of_more_than_64_kilobytes_is_not_read(web: Browser) -> None:
    answer = await web.post("/sign-in", email="a" * 70_000, password=PASSWORD)

    assert answer.status_code == 413
