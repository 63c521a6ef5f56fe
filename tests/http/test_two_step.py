"""Two-step sign-in: each code once, recovery, and proving who one is (SEC-19, SEC-20, SEC-21)."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pyotp
import pytest

from marketplace import db
from marketplace.domain.accounts.rules import WrongCode
from marketplace.domain.accounts.service import second_factor
from tests.conftest import FrozenClock
from tests.http.conftest import PASSWORD, a_member_of_staff, code_at, letters_to, signed_in
from tests.make.browsing import Browser, everything

ADA, SAM = "ada@example.com", "sam@example.com"
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")  # noqa: RUF001  the point of it


async def enrolled(web: Browser, clock_at: FrozenClock) -> tuple[str, list[str]]:
    """Sets two-step sign-in up as a person would: the secret, and the recovery codes shown."""
    page = await web.post("/account/two-step/set-up")
    found = re.search(r'<code class="p-key">([A-Z2-7 ]+)</code>', page.text)
    assert found
    secret = found[1].replace(" ", "")
    page = await web.post("/account/two-step/confirm", code=pyotp.TOTP(secret).at(clock_at.moment))
    assert page.status_code == 200, page.text
    return secret, re.findall(r"<li><code>([^<]+)</code></li>", page.text)


@pytest.mark.parametrize(
    "spelled",
    [
        pytest.param(lambda code: code, id="as it was"),
        pytest.param(lambda code: f"{code[:3]} {code[3:]}", id="with a space"),
        pytest.param(lambda code: code.translate(FULL_WIDTH), id="full width"),
        pytest.param(lambda code: code.translate(ARABIC), id="Arabic-Indic"),
        pytest.param(lambda code: f"{code}\n", id="with a line break"),
        pytest.param(lambda code: f"{code[:3]}-{code[3:]}", id="with a dash"),
    ],
)
async def test_a_code_works_once_however_it_is_spelled(  # type: ignore[no-untyped-def]
    spelled, web: Browser, sam: str, clock_at: FrozenClock
) -> None:
    code = code_at(clock_at.moment)
    await web.sign_in(SAM, PASSWORD)
    first = await web.post("/sign-in/code", code=code)
    await web.sign_in(SAM, PASSWORD)

    second = await web.post("/sign-in/code", code=spelled(code))

    assert (first.status_code, second.status_code) == (303, 401)
    assert (await web.open("/account")).headers["location"] == "/sign-in/code"


@pytest.mark.parametrize("script", [FULL_WIDTH, ARABIC])
async def test_digits_of_other_scripts_are_no_code_at_all(
    script: dict[int, int], web: Browser, sam: str, clock_at: FrozenClock
) -> None:
    await web.sign_in(SAM, PASSWORD)

    answer = await web.post("/sign-in/code", code=code_at(clock_at.moment).translate(script))

    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("seconds", "status"),
    [(-90, 401), (-60, 401), (-30, 303), (0, 303), (30, 303), (60, 401), (90, 401)],
)
async def test_clocks_may_differ_by_half_a_minute(
    seconds: int, status: int, web: Browser, sam: str, clock_at: FrozenClock
) -> None:
    await web.sign_in(SAM, PASSWORD)

    code = code_at(clock_at.moment + timedelta(seconds=seconds))

    assert (await web.post("/sign-in/code", code=code)).status_code == status


async def test_an_older_code_is_refused_after_a_newer_one(
    web: Browser, sam: str, clock_at: FrozenClock
) -> None:
    await web.sign_in(SAM, PASSWORD)
    await web.post("/sign-in/code", code=code_at(clock_at.moment + timedelta(seconds=30)))
    await web.sign_in(SAM, PASSWORD)

    answer = await web.post("/sign-in/code", code=code_at(clock_at.moment))

    assert answer.status_code == 401


def at_once(person_id: str, code: str, clock_at: FrozenClock) -> int:
    """How many of twenty threads with the same code are let in."""
    together = Barrier(20)

    def use(_: int) -> bool:
        together.wait()
        try:
            db.call(second_factor.check_code, person_id, code, at=clock_at.moment)
        except WrongCode:
            return False
        return True

    with ThreadPoolExecutor(20) as pool:
        return sum(pool.map(use, range(20)))


def test_of_twenty_with_one_code_one_gets_in(sam: str, clock_at: FrozenClock) -> None:
    assert at_once(sam, code_at(clock_at.moment), clock_at) == 1


async def test_setting_it_up_needs_a_code_that_works(
    web: Browser, ada: str, clock_at: FrozenClock
) -> None:
    await web.sign_in(ADA, PASSWORD)
    await web.post("/account/two-step/set-up")

    answer = await web.post("/account/two-step/confirm", code="000000")
    again = await web.sign_in(ADA, PASSWORD)

    assert answer.status_code == 401
    assert again.headers["location"] == "/"


async def test_once_set_up_the_code_is_asked_for_and_a_letter_told_of_it(
    web: Browser, ada: str, clock_at: FrozenClock
) -> None:
    await web.sign_in(ADA, PASSWORD)
    before = web.cookie
    secret, codes = await enrolled(web, clock_at)

    assert web.cookie != before
    assert (await web.open("/account")).status_code == 200
    assert len(set(codes)) == 10
    assert letters_to(ADA)[-1].template == "two_step_changed"
    assert secret not in str(everything())
    assert (await web.sign_in(ADA, PASSWORD)).headers["location"] == "/sign-in/code"


async def test_the_page_with_the_codes_can_be_left_by_its_own_forms(
    web: Browser, ada: str, clock_at: FrozenClock
) -> None:
    """The cookie changed while answering; the proof in the page belongs to the new one."""
    from marketplace.http.forms import proof_for

    await web.sign_in(ADA, PASSWORD)
    page = await web.post("/account/two-step/set-up")
    secret = re.search(r'<code class="p-key">([A-Z2-7 ]+)</code>', page.text)
    assert secret
    code = pyotp.TOTP(secret[1].replace(" ", "")).at(clock_at.moment)

    page = await web.post("/account/two-step/confirm", code=code)

    assert proof_for(web.cookie) in page.text
    assert "Ada Lovelace" in page.text


async def test_staff_who_set_it_up_get_in_at_once(
    web: Browser, app: object, clock_at: FrozenClock
) -> None:
    a_member_of_staff("kim@example.com", "Kim", clock_at.moment, has_app=False)
    await web.sign_in("kim@example.com", PASSWORD)

    await enrolled(web, clock_at)

    assert "/admin" in (await web.open("/account")).text


async def test_a_recovery_code_lets_in_once_however_it_is_typed(
    web: Browser, ada: str, clock_at: FrozenClock
) -> None:
    await web.sign_in(ADA, PASSWORD)
    _, codes = await enrolled(web, clock_at)
    await web.sign_in(ADA, PASSWORD)
    first = await web.post("/sign-in/code", code=codes[3].upper().replace("-", " "))
    await web.sign_in(ADA, PASSWORD)

    second = await web.post("/sign-in/code", code=codes[3])

    assert (first.status_code, second.status_code) == (303, 401)
    assert all(code.replace("-", "") not in str(everything()) for code in codes)


async def test_of_twenty_with_one_recovery_code_one_gets_in(
    web: Browser, ada: str, clock_at: FrozenClock
) -> None:
    await web.sign_in(ADA, PASSWORD)
    _, codes = await enrolled(web, clock_at)

    assert at_once(ada, codes[0], clock_at) == 1


async def test_new_recovery_codes_end_the_old_ones(
    web: Browser, ada: str, clock_at: FrozenClock
) -> None:
    await web.sign_in(ADA, PASSWORD)
    _, old = await enrolled(web, clock_at)
    page = await web.post("/account/two-step/codes")
    new = re.findall(r"<li><code>([^<]+)</code></li>", page.text)
    await web.sign_in(ADA, PASSWORD)

    answers = [await web.post("/sign-in/code", code=code) for code in (old[0], new[0])]

    assert [answer.status_code for answer in answers] == [401, 303]


async def test_staff_cannot_switch_it_off(web: Browser, sam: str, clock_at: FrozenClock) -> None:
    await signed_in(web, SAM, clock_at.moment)
    before = everything()

    answer = await web.post("/account/two-step/off")

    assert answer.status_code == 409
    assert everything() == before


async def test_a_buyer_can_switch_it_off(web: Browser, ada: str, clock_at: FrozenClock) -> None:
    await web.sign_in(ADA, PASSWORD)
    await enrolled(web, clock_at)

    await web.post("/account/two-step/off")

    assert (await web.sign_in(ADA, PASSWORD)).headers["location"] == "/"
    assert everything()["recovery_code"] == []


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/account/email", {"email": "ada@new.example"}),
        ("/account/two-step/set-up", {}),
        ("/account/two-step/confirm", {"code": "000000"}),
        ("/account/two-step/codes", {}),
        ("/account/two-step/off", {}),
    ],
)
async def test_ten_minutes_later_the_password_is_asked_for_again(
    path: str, fields: dict[str, str], web: Browser, ada: str, clock_at: FrozenClock
) -> None:
    await web.sign_in(ADA, PASSWORD)
    clock_at.advance(minutes=10, seconds=1)
    before = everything()

    answer = await web.post(path, **fields)

    assert answer.headers["location"].startswith("/confirm-identity")
    assert everything() == before


async def test_confirming_opens_the_next_ten_minutes_and_leads_back(
    web: Browser, ada: str, clock_at: FrozenClock
) -> None:
    await web.sign_in(ADA, PASSWORD)
    clock_at.advance(hours=1)
    sent = await web.open("/account/email")

    answer = await web.post("/confirm-identity", password=PASSWORD, next="/account/email")

    assert sent.headers["location"] == "/confirm-identity?next=%2Faccount%2Femail"
    assert answer.headers["location"] == "/account/email"
    assert (await web.open("/account/email")).status_code == 200


@pytest.mark.parametrize(
    ("password", "is_code_right", "status"),
    [("wrong", True, 422), (PASSWORD, False, 401), (PASSWORD, True, 303)],
)
async def test_confirming_takes_password_and_code(
    password: str, is_code_right: bool, status: int, web: Browser, sam: str, clock_at: FrozenClock
) -> None:
    await signed_in(web, SAM, clock_at.moment)
    clock_at.advance(minutes=20)
    code = code_at(clock_at.moment) if is_code_right else "000000"

    answer = await web.post("/confirm-identity", password=password, code=code)

    assert answer.status_code == status
    assert ((await web.open("/account/email")).status_code == 200) is (status == 303)


async def test_confirming_is_counted_too(web: Browser, ada: str, clock_at: FrozenClock) -> None:
    await web.sign_in(ADA, PASSWORD)
    tries = [await web.post("/confirm-identity", password="wrong") for _ in range(5)]

    sixth = await web.post("/confirm-identity", password=PASSWORD)

    assert [answer.status_code for answer in tries] == [422] * 5
    assert sixth.status_code == 429


async def test_somebody_without_the_old_password_cannot_set_a_new_one(
    web: Browser, ada: str
) -> None:
    await web.sign_in(ADA, PASSWORD)
    before = everything()

    answer = await web.post(
        "/account/password", current_password="wrong", password="seven-blue-kites"
    )

    assert answer.status_code == 422
    assert everything() == before
