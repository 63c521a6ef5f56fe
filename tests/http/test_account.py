"""One's own account: profile, shops, language, sessions."""

import pytest
from sqlmodel import select

from marketplace import db
from marketplace.domain.accounts.models import AuthSession, PersonAccount
from tests.conftest import FrozenClock
from tests.http.conftest import PASSWORD, a_person, a_shop, letters_to
from tests.make.browsing import Browser, everything

ADA = "ada@example.com"
PROFILE = {"name": "Ada King", "locale": "zh-CN", "theme": "dark", "is_compact": "on"}


@pytest.fixture
async def home(web: Browser, ada: str) -> Browser:
    await web.sign_in(ADA, PASSWORD)
    return web


def stored(person_id: str) -> PersonAccount:
    with db.transaction() as session:
        return session.get_one(PersonAccount, person_id)


async def test_the_profile_is_kept(home: Browser, ada: str) -> None:
    await home.post("/account", **PROFILE, version="1")

    row = stored(ada)
    assert (row.name, row.locale, row.theme, row.is_compact, row.has_shortcuts) == (
        "Ada King",
        "zh-CN",
        "dark",
        True,
        False,
    )


async def test_of_two_open_forms_the_second_is_told_and_changes_nothing(
    home: Browser, ada: str
) -> None:
    await home.post("/account", **PROFILE, version="1")
    before = everything()

    answer = await home.post("/account", **{**PROFILE, "name": "Ada Byron"}, version="1")

    assert answer.status_code == 409
    assert "Ada Byron" in answer.text
    assert everything() == before


async def test_a_shop_one_works_for_can_be_chosen(
    home: Browser, ada: str, clock_at: FrozenClock
) -> None:
    a_shop("First", "first", ada, clock_at.moment)
    second = a_shop("Second", "second", ada, clock_at.moment)

    answer = await home.post("/auth/switch", seller_id=second)

    assert answer.headers["location"] == "/seller"
    with db.transaction(read_only=True) as session:
        assert session.exec(select(AuthSession)).one().seller_id == second


async def test_a_shop_of_others_cannot_be_chosen(
    home: Browser, app: object, clock_at: FrozenClock
) -> None:
    bo = a_person("bo@example.com", "Bo", clock_at.moment)
    theirs = a_shop("Theirs", "theirs", bo, clock_at.moment)
    before = everything()

    answer = await home.post("/auth/switch", seller_id=theirs)

    assert answer.status_code == 404
    assert everything() == before


async def test_a_stranger_chooses_a_language_for_this_browser(web: Browser) -> None:
    answer = await web.post("/auth/language", locale="zh-CN", next="/register")

    assert answer.headers["location"] == "/register"
    assert 'lang="zh-CN"' in (await web.open("/register")).text[:200]


async def test_a_person_keeps_the_language_for_letters_too(home: Browser, ada: str) -> None:
    await home.post("/auth/language", locale="zh-CN", next="/account")

    assert stored(ada).locale == "zh-CN"


async def test_an_unknown_language_is_not_found(web: Browser) -> None:
    assert (await web.post("/auth/language", locale="tlh")).status_code == 404


async def test_ending_this_session_signs_out(home: Browser) -> None:
    with db.transaction(read_only=True) as session:
        this = session.exec(select(AuthSession)).one().id

    answer = await home.post("/account/sessions/end", session_id=this)

    assert answer.headers["location"] == "/sign-in?done=signed_out"
    assert home.cookie == ""


async def test_the_sessions_page_names_the_browser(web: Browser, ada: str) -> None:
    web.client.headers["user-agent"] = (
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0"
    )
    await web.sign_in(ADA, PASSWORD)

    page = await web.open("/account/sessions")

    assert "Edge · Linux" in page.text
    assert "192.0.2.1" in page.text


async def test_an_address_of_ones_own_is_no_change(home: Browser, ada: str) -> None:
    answer = await home.post("/account/email", email="ADA@example.com")

    assert answer.status_code == 422
    assert letters_to(ADA) == []
