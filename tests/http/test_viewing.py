"""Staff who look at a shop as its members see it: no route of ours changes or hands out anything."""

from collections.abc import AsyncIterator

import httpx
import pytest
from sqlmodel import Session, col, delete, select

from marketplace import db
from marketplace.domain.access.models import Permission
from marketplace.domain.accounts.models import PersonAccount, RolePermission
from marketplace.domain.audit.models import AuditEntry
from marketplace.domain.jobs.models import Task
from marketplace.domain.sellers.service import viewing
from marketplace.flows.recognise import recognise
from marketplace.flows.seed import seed
from marketplace.http.app import http_app
from marketplace.http.forms import proof_for
from marketplace.http.looking import READING, STAYS_OPEN
from marketplace.kit import clock
from marketplace.settings import settings
from tests.http.test_route_ownership import _body, _finish, requests
from tests.make import canary
from tests.make.browsing import everything
from tests.web.demo import id_of, seller_id, signed_in

pytestmark = [pytest.mark.timeout(600), pytest.mark.usefixtures("built_shell")]
SHOP, OWNER = "qingshan-ceramics", "qiu.shan"
TRIED = ("seller", "listing", "media", "task")


@pytest.fixture
def theirs(database: str) -> dict[str, str]:
    """Ids of the shop's own things by table; the file of its export is there to be fetched."""
    db.call(seed, password_hash="$argon2id$none", at=clock.now(), only_named=True)

    def plant(session: Session) -> dict[str, str]:
        made = canary.plant(session, seller_id(SHOP), id_of(OWNER))
        _finish(session.get_one(Task, made["task"]))
        return {table: made[table] for table in TRIED}

    return db.call(plant)


def looking(key: str = "lin.na") -> str:
    """The cookie of a member of staff who looks at the shop."""
    cookie = signed_in(key)
    staff = db.call_reading(recognise, cookie, at=clock.now()).staff
    assert staff is not None
    db.call(viewing.begin, staff, seller_id(SHOP), reason="Ticket 12", at=clock.now())
    return cookie


def is_looking(cookie: str) -> bool:
    return db.call_reading(recognise, cookie, at=clock.now()).viewing is not None


def browser(cookie: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(http_app(), raise_app_exceptions=False),
        base_url=settings().public_url,
        cookies={settings().session_cookie: cookie},
        headers={"origin": settings().origins[0]},
    )


@pytest.fixture
async def chief(theirs: dict[str, str]) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(looking()) as client:
        yield client


def form(client: httpx.AsyncClient, **fields: str) -> dict[str, str]:
    return {**fields, "proof": proof_for(client.cookies[settings().session_cookie])}


async def test_every_route_that_may_change_something_refuses(
    chief: httpx.AsyncClient, theirs: dict[str, str]
) -> None:
    cookie, before, tried = chief.cookies[settings().session_cookie], everything(), set()
    for route, method, target, taken in requests(list(theirs.values())):
        if method in READING or route.path in STAYS_OPEN:
            continue
        path, _, one = target.partition("|")
        answer = await chief.request(method, path, **_body(route, taken, one, cookie, "seller"))
        assert answer.status_code == 403, (method, path)
        tried.add(route.path)
    assert {"/auth/switch", "/media/permits", "/account", "/sign-in"} <= tried
    assert len(STAYS_OPEN) == 3
    assert everything() == before


async def test_no_export_is_handed_out_not_even_ones_own(
    chief: httpx.AsyncClient, theirs: dict[str, str]
) -> None:
    def give(session: Session) -> None:
        session.get_one(Task, theirs["task"]).owner_id = id_of("lin.na")

    shops_own = await chief.get(f"/files/{theirs['task']}")
    db.call(give)
    before = everything()
    ones_own = await chief.get(f"/files/{theirs['task']}")
    assert (shops_own.status_code, ones_own.status_code) == (403, 403)
    assert canary.MARK not in shops_own.text + ones_own.text
    assert everything() == before


async def test_a_document_opens_with_the_staffs_own_right_alone(theirs: dict[str, str]) -> None:
    path = f"/files/document/{theirs['media']}"
    async with browser(looking("sun.mei")) as with_the_right:
        opened = await with_the_right.get(path)
    entry = db.call(
        lambda s: s.exec(select(AuditEntry).where(AuditEntry.action == "media.document_read")).one()
    )
    assert (opened.status_code, entry.actor_kind, entry.actor_id) == (
        303,
        "staff",
        id_of("sun.mei"),
    )

    db.call(
        lambda s: s.exec(
            delete(RolePermission).where(
                col(RolePermission.permission) == Permission.PII_READ.value
            )
        )
    )
    async with browser(looking("sun.mei")) as without:
        before = everything()
        refused = await without.get(path)
    assert refused.status_code == 404
    assert everything() == before


async def test_the_account_pages_stay_ones_own(chief: httpx.AsyncClient) -> None:
    pages = [(await chief.get(path)).text for path in ("/account", "/account/email")]
    assert all("lin.na@" in page for page in pages)
    assert not any("qiu.shan@" in page or "Qiu Shan" in page for page in pages)


async def test_to_stop_leads_back_to_the_shops_page_for_staff(chief: httpx.AsyncClient) -> None:
    cookie = chief.cookies[settings().session_cookie]
    answer = await chief.post("/auth/stop-viewing", data=form(chief))
    assert (answer.status_code, answer.headers["location"]) == (
        303, f"/admin/sellers/{seller_id(SHOP)}",
    )  # fmt: skip
    assert not is_looking(cookie)
    assert actions() == ["sellers.viewing_begun", "sellers.viewing_ended"]
    again = await chief.post("/auth/stop-viewing", data=form(chief))
    assert again.headers["location"] == "/admin"
    assert len(actions()) == 2


async def test_to_stop_needs_a_form_of_our_own_page(chief: httpx.AsyncClient) -> None:
    answer = await chief.post("/auth/stop-viewing", data={"proof": "forged"})
    assert answer.status_code == 403
    assert is_looking(chief.cookies[settings().session_cookie])


async def test_signing_out_ends_it(chief: httpx.AsyncClient) -> None:
    await chief.post("/auth/sign-out", data=form(chief))
    assert actions() == ["sellers.viewing_begun", "sellers.viewing_ended"]


async def test_the_language_is_then_a_cookie_and_nothing_more(chief: httpx.AsyncClient) -> None:
    before = everything()
    answer = await chief.post("/auth/language", data=form(chief, locale="zh-CN"))
    assert (answer.status_code, answer.cookies["locale"]) == (303, "zh-CN")
    assert everything() == before
    assert db.call(lambda s: s.get_one(PersonAccount, id_of("lin.na"))).locale == "en"


def actions() -> list[str]:
    found = select(AuditEntry.action).where(col(AuditEntry.action).startswith("sellers.viewing"))
    return list(db.call(lambda s: s.exec(found.order_by(col(AuditEntry.seq))).all()))
