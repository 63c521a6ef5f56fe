"""On a demo server the demo's people see the code their authenticator shows; nobody else does."""

import re

import pytest

from marketplace import db
from marketplace.flows import seed
from marketplace.kit import clock
from marketplace.kit.passwords import hash_password
from marketplace.settings import settings
from tests.conftest import FrozenClock
from tests.make.browsing import Browser

LIN = "lin.na@jishi.example"


@pytest.fixture
def demo_people(web: Browser) -> None:
    db.call(seed.seed, password_hash=hash_password(seed.PASSWORD), at=clock.now(), only_named=True)


@pytest.fixture
def demo_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKETPLACE_DEMO", "true")
    settings.cache_clear()


async def test_the_code_shown_to_a_demo_person_lets_them_in(
    web: Browser, demo_people: None, demo_server: None
) -> None:
    await web.sign_in(LIN, seed.PASSWORD)
    shown = re.search(r"shows (\d{6}) now", (await web.open("/sign-in/code")).text)

    assert shown
    answer = await web.post("/sign-in/code", code=shown[1])
    assert answer.headers["location"] == "/admin"


async def test_without_the_setting_no_code_is_shown(web: Browser, demo_people: None) -> None:
    await web.sign_in(LIN, seed.PASSWORD)
    page = await web.open("/sign-in/code")

    assert (page.status_code, "Demo" in page.text) == (200, False)


async def test_somebody_real_on_a_demo_server_sees_no_code(
    web: Browser, sam: str, demo_server: None, clock_at: FrozenClock
) -> None:
    await web.sign_in("sam@example.com", seed.PASSWORD)
    page = await web.open("/sign-in/code")

    assert (page.status_code, "Demo" in page.text) == (200, False)
