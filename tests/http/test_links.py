"""Links in letters: for one purpose, one person, one time, half an hour (SEC-18)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlmodel import select

from marketplace import db
from marketplace.domain.access.models import Permission
from marketplace.domain.accounts.models import AuthSession, PersonAccount
from marketplace.domain.accounts.rules import LinkExpired
from marketplace.domain.accounts.service import people
from marketplace.kit.passwords import matches
from tests.conftest import FrozenClock
from tests.http.conftest import (
    PASSWORD,
    a_person,
    code_at,
    letters_to,
    link_in,
    signed_in,
    token_in,
)
from tests.make import people as made
from tests.make.browsing import Browser, everything, hidden_fields

ADA, NEW = "ada@example.com", "ada@new.example"
FRESH = "seven-blue-kites"


def stored(person_id: str) -> PersonAccount:
    with db.transaction() as session:
        return session.get_one(PersonAccount, person_id)


async def asked_for_reset(web: Browser, email: str = ADA) -> str:
    await web.post("/forgot-password", email=email)
    return token_in(letters_to(email)[-1])


async def test_a_new_account_opens_with_the_link_in_the_letter(web: Browser) -> None:
    await web.post("/register", email=ADA, name="Ada", password=FRESH)
    token = token_in(letters_to(ADA)[0])
    page = await web.open(f"/verify-email?token={token}")

    answer = await web.post("/verify-email", token=hidden_fields(page)["token"])

    assert answer.headers["location"] == "/sign-in?done=verified"
    assert (await web.sign_in(ADA, FRESH)).headers["location"] == "/"


@pytest.mark.parametrize("path", ["/verify-email", "/reset-password", "/confirm-email"])
async def test_a_mail_scanner_that_opens_the_link_does_not_use_it_up(
    path: str, web: Browser, ada: str
) -> None:
    token = await asked_for_reset(web)
    before = everything()

    for _ in range(3):
        await web.open(f"{path}?token={token}")

    assert everything() == before


async def test_a_new_password_by_link_ends_every_session(
    web: Browser, open_browser: Callable[..., Browser], ada: str
) -> None:
    elsewhere = open_browser()
    await elsewhere.sign_in(ADA, PASSWORD)
    token = await asked_for_reset(web)

    await web.post("/reset-password", token=token, password=FRESH)

    assert (await elsewhere.open("/account")).status_code == 303
    assert (await web.sign_in(ADA, PASSWORD)).status_code == 401
    assert (await web.sign_in(ADA, FRESH)).headers["location"] == "/"
    assert {mail.template for mail in letters_to(ADA)} == {"reset_password", "password_changed"}


async def test_after_a_reset_the_code_is_still_asked_for(web: Browser, sam: str) -> None:
    token = await asked_for_reset(web, "sam@example.com")

    await web.post("/reset-password", token=token, password=FRESH)
    answer = await web.sign_in("sam@example.com", FRESH)

    assert answer.headers["location"] == "/sign-in/code"
    assert (await web.open("/account")).headers["location"] == "/sign-in/code"


async def test_a_link_works_once(web: Browser, ada: str) -> None:
    token = await asked_for_reset(web)
    await web.post("/reset-password", token=token, password=FRESH)
    before = stored(ada).password_hash

    answer = await web.post("/reset-password", token=token, password="nine-green-kites")

    assert answer.status_code == 410
    assert stored(ada).password_hash == before


@pytest.mark.parametrize(("minutes", "status"), [(29, 303), (30, 410)])
async def test_a_link_works_for_half_an_hour(
    minutes: int, status: int, web: Browser, ada: str, clock_at: FrozenClock
) -> None:
    token = await asked_for_reset(web)
    clock_at.advance(minutes=minutes)

    answer = await web.post("/reset-password", token=token, password=FRESH)

    assert answer.status_code == status
    assert matches(stored(ada).password_hash, PASSWORD) is (status == 410)


async def test_asking_again_ends_the_link_before(web: Browser, ada: str) -> None:
    first = await asked_for_reset(web)
    await asked_for_reset(web)

    answer = await web.post("/reset-password", token=first, password=FRESH)

    assert answer.status_code == 410


@pytest.mark.parametrize("path", ["/verify-email", "/confirm-email"])
async def test_a_link_for_one_purpose_serves_no_other(path: str, web: Browser, ada: str) -> None:
    token = await asked_for_reset(web)
    before = everything()

    answer = await web.post(path, token=token)

    assert answer.status_code == 410
    assert everything() == before


async def test_changing_the_password_ends_open_links(web: Browser, ada: str) -> None:
    token = await asked_for_reset(web)
    await web.sign_in(ADA, PASSWORD)
    await web.post("/account/password", current_password=PASSWORD, password=FRESH)

    answer = await web.post("/reset-password", token=token, password="nine-green-kites")

    assert answer.status_code == 410


async def test_the_link_leads_to_the_configured_address_whatever_the_host_header_says(
    web: Browser, ada: str
) -> None:
    await web.open("/sign-in")
    proof = hidden_fields(await web.open("/forgot-password"))["proof"]

    evil = {"host": "evil.example", "x-forwarded-host": "evil.example"}
    await web.send("/forgot-password", {"email": ADA, "proof": proof}, **evil)

    assert link_in(letters_to(ADA)[-1]).startswith("http://localhost:3000/reset-password?token=")


async def test_the_database_does_not_show_a_link(web: Browser, ada: str) -> None:
    token = await asked_for_reset(web)

    assert token not in str(everything())


async def test_nobody_hears_of_a_shut_account(
    web: Browser, ada: str, sam: str, clock_at: FrozenClock
) -> None:
    staff = made.staff(*Permission, id_=sam, proved_at=clock_at.moment)
    await db.run(people.disable, staff, ada, at=clock_at.moment)

    answer = await web.post("/forgot-password", email=ADA)

    assert answer.headers["location"] == "/check-email"
    assert letters_to(ADA) == []


@pytest.mark.parametrize("purpose", ["verify", "reset"])
def test_of_twenty_at_once_one_uses_the_link(
    purpose: str, app: object, clock_at: FrozenClock
) -> None:
    at = clock_at.moment
    a_person(ADA, "Ada", at, is_verified=False)
    if purpose == "verify":
        person = made.person(everything()["person"][0][0])
        db.call(people.send_verification_again, person, at=at)
    else:
        db.call(people.request_password_reset, ADA, at=at)
    token = token_in(letters_to(ADA)[0])
    together = Barrier(20)

    def use(number: int) -> bool:
        together.wait()
        try:
            if purpose == "verify":
                db.call(people.verify_email, token, at=at)
            else:
                db.call(people.reset_password, token, f"hash {number}", at=at)
        except LinkExpired:
            return False
        return True

    with ThreadPoolExecutor(20) as pool:
        won = list(pool.map(use, range(20)))

    assert sum(won) == 1
    if purpose == "reset":
        assert str(everything()["person"]).count(f"hash {won.index(True)}'") == 1


async def test_a_new_address_counts_once_its_letter_is_answered(web: Browser, ada: str) -> None:
    await web.sign_in(ADA, PASSWORD)
    await web.post("/account/email", email=NEW)
    assert stored(ada).email == ADA

    answer = await web.post("/confirm-email", token=token_in(letters_to(NEW)[0]))

    assert answer.headers["location"] == "/sign-in?done=email"
    assert stored(ada).email == NEW
    assert letters_to(ADA)[-1].template == "email_changed"
    with db.transaction(read_only=True) as session:
        assert session.exec(select(AuthSession).where(AuthSession.revoked_at == None)).all() == []  # noqa: E711


async def test_an_address_taken_meanwhile_is_not_given_twice(
    web: Browser, ada: str, clock_at: FrozenClock
) -> None:
    await signed_in(web, ADA, clock_at.moment)
    await web.post("/account/email", email=NEW)
    a_person(NEW, "Somebody else", clock_at.moment)

    answer = await web.post("/confirm-email", token=token_in(letters_to(NEW)[0]))

    assert answer.status_code == 410
    assert stored(ada).email == ADA


async def test_asking_for_an_address_that_is_taken_tells_nobody(
    web: Browser, ada: str, sam: str, clock_at: FrozenClock
) -> None:
    await web.sign_in(ADA, PASSWORD)

    taken = await web.post("/account/email", email="sam@example.com")
    free = await web.post("/account/email", email=NEW)

    assert (taken.status_code, taken.headers["location"]) == (free.status_code, "/check-email")
    assert [mail.template for mail in letters_to("sam@example.com")] == []


async def test_the_code_of_the_new_session_is_not_the_old_one(
    web: Browser, sam: str, clock_at: FrozenClock
) -> None:
    """A reset does not forget which code was used last."""
    code = code_at(clock_at.moment)
    await signed_in(web, "sam@example.com", clock_at.moment)
    token = await asked_for_reset(web, "sam@example.com")
    await web.post("/reset-password", token=token, password=FRESH)
    await web.sign_in("sam@example.com", FRESH)

    answer = await web.post("/sign-in/code", code=code)

    assert answer.status_code == 401
