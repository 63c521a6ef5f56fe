"""Signing in: how often one may try, and what nobody learns by trying (SEC-16, SEC-17, SEC-62)."""

from collections.abc import Callable

import pytest

from marketplace import integrations
from marketplace.settings import settings
from tests.conftest import FrozenClock
from tests.http.conftest import (
    PASSWORD,
    OwnRedis,
    a_member_of_staff,
    a_person,
    a_shop,
    code_at,
    letters_to,
    signed_in,
)
from tests.make.browsing import Browser, everything, hidden_fields

ADA, NOBODY = "ada@example.com", "nobody@example.com"


def without_noise(web: Browser, text: str, *typed: str) -> str:
    """A page without what differs for everybody: the proof, and what was typed."""
    from marketplace.http.forms import proof_for

    for word in (proof_for(web.cookie), *typed):
        text = text.replace(word, "…")
    return text


async def test_the_sixth_try_in_a_minute_is_refused_even_with_the_right_password(
    web: Browser, ada: str
) -> None:
    tries = [await web.sign_in(ADA, "wrong") for _ in range(5)]

    sixth = await web.sign_in(ADA, PASSWORD)

    assert [answer.status_code for answer in tries] == [401] * 5
    assert sixth.status_code == 429
    assert 1 <= int(sixth.headers["retry-after"]) <= 60
    assert (await web.open("/account")).status_code == 303


@pytest.mark.parametrize("spelling", ["ADA@example.com", " ada@example.com ", "Ada@EXAMPLE.COM"])
async def test_another_spelling_of_the_address_is_the_same_account(
    spelling: str, web: Browser, ada: str
) -> None:
    for _ in range(5):
        await web.sign_in(ADA, "wrong")

    assert (await web.sign_in(spelling, PASSWORD)).status_code == 429


async def test_somebody_else_at_the_same_address_can_still_sign_in(
    web: Browser, open_browser: Callable[..., Browser], ada: str, clock_at: FrozenClock
) -> None:
    a_person("bo@example.com", "Bo", clock_at.moment)
    for _ in range(6):
        await web.sign_in(ADA, "wrong")

    assert (await open_browser().sign_in("bo@example.com", PASSWORD)).status_code == 303


async def test_the_owner_can_still_sign_in_from_elsewhere(
    web: Browser, open_browser: Callable[..., Browser], ada: str
) -> None:
    """No permanent lock-out: an attacker cannot keep the owner away."""
    for _ in range(6):
        await web.sign_in(ADA, "wrong")

    assert (await open_browser(ip="192.0.2.2").sign_in(ADA, PASSWORD)).status_code == 303


async def test_one_address_may_try_a_hundred_times_an_hour(web: Browser) -> None:
    answers = [await web.sign_in(f"{n}@example.com", "wrong") for n in range(101)]

    assert [answer.status_code for answer in answers] == [401] * 100 + [429]


async def test_a_success_forgets_the_failures(web: Browser, ada: str) -> None:
    for _ in range(4):
        await web.sign_in(ADA, "wrong")
    await web.sign_in(ADA, PASSWORD)

    again = [await web.sign_in(ADA, "wrong") for _ in range(5)]

    assert [answer.status_code for answer in again] == [401] * 5


async def test_an_invented_forwarded_address_does_not_help(web: Browser, ada: str) -> None:
    await web.open("/sign-in")
    fields = {
        "email": ADA,
        "password": "wrong",
        "proof": hidden_fields(await web.open("/sign-in"))["proof"],
    }

    answers = [
        await web.send("/sign-in", fields, **{"x-forwarded-for": f"198.51.100.{n}"})
        for n in range(8)
    ]

    assert [answer.status_code for answer in answers] == [401] * 5 + [429] * 3


async def test_without_redis_fewer_tries_are_allowed_never_more(
    web: Browser, ada: str, own_redis: OwnRedis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARKETPLACE_REDIS_URL", own_redis.url)
    settings.cache_clear()
    integrations.throttle.cache_clear()
    with_redis = [await web.sign_in(ADA, "wrong") for _ in range(2)]

    own_redis.stop()
    without = [await web.sign_in(ADA, PASSWORD if n == 49 else "wrong") for n in range(50)]

    assert [answer.status_code for answer in with_redis] == [401, 401]
    assert {answer.status_code for answer in without} == {429}


@pytest.mark.parametrize("known", [ADA, "sam@example.com", "shut@example.com"])
async def test_a_wrong_password_and_an_unknown_person_look_the_same(
    known: str, web: Browser, ada: str, sam: str, clock_at: FrozenClock
) -> None:
    from marketplace import db
    from marketplace.domain.accounts.models import PersonAccount

    shut = a_person("shut@example.com", "Shut", clock_at.moment)
    with db.transaction() as session:
        session.get_one(PersonAccount, shut).disabled_at = clock_at.moment
    one = await web.sign_in(known, "wrong-one")
    other = await web.sign_in(NOBODY, "wrong-one")

    assert (one.status_code, other.status_code) == (401, 401)
    assert without_noise(web, one.text, known) == without_noise(web, other.text, NOBODY)
    assert set(one.headers) == set(other.headers)


@pytest.mark.parametrize("path", ["/register", "/forgot-password"])
async def test_registering_and_resetting_tell_nobody_who_has_an_account(
    path: str, web: Browser, ada: str
) -> None:
    fields = {"name": "Ada", "password": "seven-blue-kites"} if path == "/register" else {}

    known = await web.post(path, email=ADA, **fields)
    unknown = await web.post(path, email=NOBODY, **fields)

    assert (known.status_code, known.headers["location"], known.text) == (
        unknown.status_code,
        unknown.headers["location"],
        unknown.text,
    )
    assert known.headers["location"] == "/check-email"


async def test_registering_a_known_address_writes_to_its_owner_and_changes_no_account(
    web: Browser, ada: str
) -> None:
    before = everything()["person"]

    await web.post("/register", email="ADA@example.com", name="Eve", password="seven-blue-kites")

    assert everything()["person"] == before
    assert [mail.template for mail in letters_to(ADA)] == ["account_exists"]


async def test_a_password_typed_wrong_never_comes_back(web: Browser, ada: str) -> None:
    answer = await web.sign_in(ADA, "only-i-know-this")

    assert "only-i-know-this" not in answer.text
    assert f'value="{ADA}"' in answer.text


async def test_an_address_not_proved_yet_gets_another_letter_instead_of_a_session(
    web: Browser, clock_at: FrozenClock
) -> None:
    a_person("new@example.com", "New", clock_at.moment, is_verified=False)

    answer = await web.sign_in("new@example.com", PASSWORD)

    assert answer.headers["location"] == "/check-email"
    assert everything()["auth_session"] == []
    assert [mail.template for mail in letters_to("new@example.com")] == ["verify_email"]


async def test_staff_without_an_authenticator_can_only_set_one_up(
    web: Browser, app: object, clock_at: FrozenClock
) -> None:
    person_id = a_member_of_staff("kim@example.com", "Kim", clock_at.moment, has_app=False)
    a_shop("A", "a", person_id, clock_at.moment)

    answer = await web.sign_in("kim@example.com", PASSWORD, next="/account/sessions")

    assert answer.headers["location"] == "/account/two-step"
    paths = ("/account", "/account/password", "/account/email", "/account/sessions")
    seen = [await web.open(path) for path in paths]
    assert [page.headers.get("location") for page in seen] == ["/account/two-step"] * 4
    assert (await web.open("/account/two-step")).status_code == 200
    assert (await web.post("/auth/switch", seller_id="sel_" + "0" * 26)).status_code == 404


async def test_between_password_and_code_nothing_is_open(
    web: Browser, sam: str, clock_at: FrozenClock
) -> None:
    await web.sign_in("sam@example.com", PASSWORD)

    paths = ("/account", "/account/password", "/account/two-step", "/confirm-identity")
    seen = [await web.open(path) for path in paths]

    assert [page.headers.get("location") for page in seen] == ["/sign-in/code"] * 4


async def test_a_code_is_counted_too(web: Browser, sam: str, clock_at: FrozenClock) -> None:
    await web.sign_in("sam@example.com", PASSWORD)
    tries = [await web.post("/sign-in/code", code="000000") for _ in range(5)]

    sixth = await web.post("/sign-in/code", code=code_at(clock_at.moment))

    assert [answer.status_code for answer in tries] == [401] * 5
    assert sixth.status_code == 429


async def test_signing_in_anew_does_not_give_more_tries_at_the_code(
    web: Browser, sam: str, clock_at: FrozenClock
) -> None:
    for _ in range(5):
        await web.sign_in("sam@example.com", PASSWORD)
        await web.post("/sign-in/code", code="000000")

    await web.sign_in("sam@example.com", PASSWORD)
    answer = await web.post("/sign-in/code", code=code_at(clock_at.moment))

    assert answer.status_code == 429


async def test_everybody_lands_where_they_work(
    open_browser: Callable[..., Browser], ada: str, sam: str, clock_at: FrozenClock
) -> None:
    bo = a_person("bo@example.com", "Bo", clock_at.moment)
    a_shop("A", "a", bo, clock_at.moment)
    buyer, seller, staff = open_browser(), open_browser(), open_browser()

    answers = [
        await buyer.sign_in(ADA, PASSWORD),
        await seller.sign_in("bo@example.com", PASSWORD),
        await staff.sign_in("sam@example.com", PASSWORD),
        await staff.post("/sign-in/code", code=code_at(clock_at.moment)),
    ]

    places = [answer.headers["location"] for answer in answers]
    assert places == ["/", "/seller", "/sign-in/code", "/admin"]


async def test_a_page_for_members_comes_back_after_signing_in(web: Browser, ada: str) -> None:
    sent = await web.open("/account/sessions?done=ended")
    page = await web.open(sent.headers["location"])

    answer = await web.sign_in(ADA, PASSWORD, next=hidden_fields(page)["next"])

    assert answer.headers["location"] == "/account/sessions?done=ended"


async def test_signing_in_is_in_the_audit_log(
    web: Browser, sam: str, clock_at: FrozenClock
) -> None:
    await signed_in(web, "sam@example.com", clock_at.moment)
    await web.post("/auth/sign-out")

    log = str(everything()["audit_entry"])

    assert [
        action in log
        for action in ("accounts.signed_in", "accounts.second_step_passed", "accounts.signed_out")
    ] == [True, True, True]
