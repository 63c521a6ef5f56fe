"""A session begins anew at every step up, and ends when it should (SEC-14, SEC-15)."""

from collections.abc import Callable

import pytest
from argon2 import PasswordHasher
from sqlmodel import select

from marketplace import db
from marketplace.domain.access.models import Permission
from marketplace.domain.accounts.models import PersonAccount
from marketplace.domain.accounts.service import people
from marketplace.kit import passwords
from tests.conftest import FrozenClock
from tests.http.conftest import PASSWORD, code_at, signed_in
from tests.make import people as made
from tests.make.browsing import Browser, everything

ADA, SAM = "ada@example.com", "sam@example.com"


async def is_signed_in(web: Browser, cookie: str) -> bool:
    """Whether a cookie opens the account, whatever else the browser holds."""
    web.client.cookies.clear()
    answer = await web.open("/account", cookie=f"sid={cookie}")
    return answer.status_code == 200


async def test_over_https_the_cookie_is_bound_to_the_host(
    monkeypatch: pytest.MonkeyPatch, ada: str, open_browser: Callable[..., Browser]
) -> None:
    from marketplace.settings import settings

    monkeypatch.setenv("MARKETPLACE_PUBLIC_URL", "https://shop.example")
    settings.cache_clear()
    web = open_browser()

    answer = await web.sign_in(ADA, PASSWORD)

    session, language = answer.headers.get_list("set-cookie")
    parts = session.split("; ")
    assert language.startswith("locale=")
    assert parts[0].startswith("__Host-sid=")
    assert set(parts[1:]) == {"HttpOnly", "Secure", "SameSite=lax", "Path=/", "Max-Age=2592000"}


async def test_signing_in_gives_another_cookie_and_the_old_one_is_worth_nothing(
    web: Browser, ada: str
) -> None:
    await web.open("/sign-in")
    before = web.cookie

    await web.sign_in(ADA, PASSWORD)

    after = web.cookie
    assert before != after
    assert await is_signed_in(web, after)
    assert not await is_signed_in(web, before)


async def test_signing_in_again_ends_the_session_before(web: Browser, ada: str) -> None:
    await web.sign_in(ADA, PASSWORD)
    before = web.cookie

    await web.sign_in(ADA, PASSWORD)

    after = web.cookie
    assert not await is_signed_in(web, before)
    assert await is_signed_in(web, after)


async def test_the_second_step_gives_another_cookie(
    web: Browser, sam: str, clock_at: FrozenClock
) -> None:
    await web.sign_in(SAM, PASSWORD)
    half = web.cookie

    await web.post("/sign-in/code", code=code_at(clock_at.moment))

    whole = web.cookie
    assert half != whole
    assert await is_signed_in(web, whole)
    assert not await is_signed_in(web, half)


async def test_signing_out_ends_the_session_and_drops_the_cookie(web: Browser, ada: str) -> None:
    await web.sign_in(ADA, PASSWORD)
    before = web.cookie

    answer = await web.post("/auth/sign-out")

    assert (answer.status_code, web.cookie) == (303, "")
    assert not await is_signed_in(web, before)


async def test_a_new_password_ends_every_other_session_and_renews_this_one(
    web: Browser, open_browser: Callable[..., Browser], ada: str
) -> None:
    elsewhere = open_browser()
    await elsewhere.sign_in(ADA, PASSWORD)
    await web.sign_in(ADA, PASSWORD)
    before = web.cookie

    answer = await web.post(
        "/account/password", current_password=PASSWORD, password="seven-blue-kites"
    )

    after = web.cookie
    assert answer.status_code == 303
    assert not await is_signed_in(elsewhere, elsewhere.cookie)
    assert not await is_signed_in(web, before)
    assert await is_signed_in(web, after)


async def test_a_shut_account_is_signed_out_everywhere(
    web: Browser, ada: str, sam: str, clock_at: FrozenClock
) -> None:
    await web.sign_in(ADA, PASSWORD)
    staff = made.staff(*Permission, id_=sam, proved_at=clock_at.moment)

    await db.run(people.disable, staff, ada, at=clock_at.moment)

    assert not await is_signed_in(web, web.cookie)
    assert (await web.sign_in(ADA, PASSWORD)).status_code == 401


@pytest.mark.parametrize(
    ("email", "idle", "absolute"), [(ADA, 14 * 24 * 60, 30 * 24 * 60), (SAM, 30, 12 * 60)]
)
async def test_sessions_of_the_staff_are_shorter(
    email: str, idle: int, absolute: int, web: Browser, ada: str, sam: str, clock_at: FrozenClock
) -> None:
    """In minutes: since it was last used, and since it began."""
    await signed_in(web, email, clock_at.moment)
    cookie = web.cookie

    clock_at.advance(minutes=idle - 1)
    assert await is_signed_in(web, cookie)
    for _ in range(absolute // idle):
        clock_at.advance(minutes=idle - 1)
        await is_signed_in(web, cookie)
    assert not await is_signed_in(web, cookie)


async def test_an_idle_session_ends(web: Browser, ada: str, clock_at: FrozenClock) -> None:
    await web.sign_in(ADA, PASSWORD)
    clock_at.advance(days=14)

    assert not await is_signed_in(web, web.cookie)


async def test_the_database_keeps_no_cookie(web: Browser, sam: str, clock_at: FrozenClock) -> None:
    await web.sign_in(SAM, PASSWORD)
    half = web.cookie
    await web.post("/sign-in/code", code=code_at(clock_at.moment))

    kept = str(everything())

    assert half not in kept
    assert web.cookie not in kept


async def test_ending_a_session_of_somebody_else_is_not_found(
    web: Browser, open_browser: Callable[..., Browser], ada: str, sam: str, clock_at: FrozenClock
) -> None:
    from marketplace.domain.accounts.models import AuthSession

    other = await signed_in(open_browser(), SAM, clock_at.moment)
    await web.sign_in(ADA, PASSWORD)
    with db.transaction(read_only=True) as session:
        theirs = session.exec(select(AuthSession.id).where(AuthSession.person_id == sam)).first()
    before = everything()

    answer = await web.post("/account/sessions/end", session_id=str(theirs))

    assert answer.status_code == 404
    assert everything() == before
    assert await is_signed_in(other, other.cookie)


async def test_all_other_browsers_can_be_signed_out(
    web: Browser, open_browser: Callable[..., Browser], ada: str
) -> None:
    elsewhere = open_browser()
    await elsewhere.sign_in(ADA, PASSWORD)
    await web.sign_in(ADA, PASSWORD)

    await web.post("/account/sessions/end-others")

    assert not await is_signed_in(elsewhere, elsewhere.cookie)
    assert await is_signed_in(web, web.cookie)


def stored_hash(person_id: str) -> str:
    with db.transaction(read_only=True) as session:
        return session.get_one(PersonAccount, person_id).password_hash


async def test_a_weaker_hash_is_renewed_at_the_next_sign_in(
    web: Browser, ada: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = stored_hash(ada)
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(2, 16, 1))

    await web.sign_in(ADA, PASSWORD)

    after = stored_hash(ada)
    assert "t=1" in before
    assert "t=2" in after


def test_passwords_are_kept_as_argon2id_with_64_mebibytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()

    assert passwords.hash_password(PASSWORD).startswith("$argon2id$v=19$m=65536,t=3,p=4$")


@pytest.mark.parametrize(
    ("length", "status"), [(7, 422), (8, 303), (128, 303), (129, 422), (2001, 422)]
)
async def test_a_password_has_8_to_128_characters(length: int, status: int, web: Browser) -> None:
    password = ("kVt9#qLw2!zR7xMn" * 200)[:length]

    answer = await web.post("/register", name="Bo", email="bo@example.com", password=password)

    assert answer.status_code == status


@pytest.mark.parametrize("password", ["password", "12345678", "lovelace1", "jishi1234", "qwertyui"])
async def test_a_password_everybody_would_try_is_refused(password: str, web: Browser) -> None:
    before = everything()

    answer = await web.post(
        "/register", name="Ada Lovelace", email="lovelace@example.com", password=password
    )

    assert answer.status_code == 422
    assert f'value="{password}' not in answer.text
    assert everything() == before
