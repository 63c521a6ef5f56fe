"""No route of ours shows or changes what belongs to another shop (issue 3; SEC-05).

The routes come from the app, and what a form takes from the function that reads it: a route added
later is called without a word here. The oracles are those of tests/web/test_ownership.py.
"""

import inspect
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from sqlmodel import Session, col, select
from starlette.routing import Route

from marketplace import db
from marketplace.domain.accounts.models import AuthSession
from marketplace.domain.jobs.models import Task
from marketplace.domain.jobs.rules import RESULT_KEPT
from marketplace.domain.media.models import Media
from marketplace.flows.seed import seed
from marketplace.http.app import ROUTES, http_app
from marketplace.http.forms import proof_for
from marketplace.http.media import PROOF_HEADER
from marketplace.integrations import storage
from marketplace.kit import clock
from marketplace.kit.text import Payload
from marketplace.settings import settings
from tests.make import canary
from tests.make.browsing import everything
from tests.web.crawling import SOME_ID, filled
from tests.web.demo import id_of, seller_id, signed_in
from tests.web.test_ownership import A, B

pytestmark = [pytest.mark.timeout(600), pytest.mark.usefixtures("built_shell")]
OF_A, OF_B, BUYER, GUEST, STAFF = "mia.torres", "qiu.shan", "xu.lei", "", "huang.jing"
"""Mia Torres works for shop A alone; Huang Jing's role may read no documents."""
TRIED = ("seller", "listing", "media", "task", "seller_application", "import_run")
FORM = re.compile(r"checked\((\w+),")
WORDS = re.compile(r"(\w+)\.model_validate_json\(")
PRIVATE = ("{media_id}", "{task_id}")
"""Routes about one thing of somebody's: no answer but a refusal will do."""
FIXED = {"file": "480.webp", "locale": "en", "build": "x"}


@pytest.fixture
def theirs(database: str) -> list[str]:
    """Ids and tokens of shop B's, with a marked row of theirs in every table there is."""
    db.call(seed, password_hash="$argon2id$none", at=clock.now(), only_named=True)
    shop, owner = seller_id(B), id_of(OF_B)
    signed_in(OF_B, seller=shop)

    def plant(session: Session) -> list[str]:
        made = canary.plant(session, shop, owner)
        _finish(session.get_one(Task, made["task"]))
        live = select(AuthSession.id).where(col(AuthSession.person_id) == owner)
        token = session.get_one(Media, made["media"]).token
        return [*(made[table] for table in TRIED), *session.exec(live), *([token] if token else [])]

    return db.call(plant)


def _finish(task: Task) -> None:
    """It has a file to be fetched: else nobody would get one, and no refusal would prove a thing."""
    task.result_key, task.result_name = f"{canary.MARK}/listings.csv", f"{canary.MARK}.csv"
    task.result_until = clock.now() + RESULT_KEPT
    storage().write(task.result_key, [canary.MARK.encode()])


def requests(theirs: list[str]) -> Iterator[tuple[Route, str, str, type[Payload] | None]]:
    """Every route by every method, with each of their ids where it takes any."""
    for route in ROUTES:
        assert isinstance(route, Route), f"{route}: say here how it is called"
        taken = _taken(route)
        names = [name for name in route.param_convertors if name not in FIXED]
        takes_ids = bool(names) or (taken and SOME_ID in str(taken.model_json_schema()))
        for method in sorted((route.methods or set()) - {"HEAD"}):
            for one in theirs if takes_ids else theirs[:1]:
                path = route.url_path_for(route.name, **_parameters(route, one))
                yield route, method, f"{path}|{one}", taken


def _parameters(route: Route, one: str) -> dict[str, str]:
    return {name: FIXED.get(name, one) for name in route.param_convertors}


def _taken(route: Route) -> type[Payload] | None:
    """What the route's function reads a body into."""
    source = inspect.getsource(route.endpoint)
    found = FORM.search(source) or WORDS.search(source)
    return route.endpoint.__globals__[found[1]] if found else None


async def send_everything(key: str, theirs: list[str]) -> list[str]:
    """Every route as this person. Returns those that told a secret, or did not refuse."""
    leaks = []
    transport = httpx.ASGITransport(http_app(), raise_app_exceptions=False)
    shop = {OF_A: seller_id(A), OF_B: seller_id(B)}.get(key, "")
    for route, method, target, taken in requests(theirs):
        path, _, one = target.partition("|")
        cookie = signed_in(key, seller=shop) if key else ""  # the last call may have ended it
        async with httpx.AsyncClient(
            transport=transport,
            base_url=settings().public_url,
            cookies={settings().session_cookie: cookie} if cookie else {},
        ) as client:
            for hat in ("seller", "person", "staff") if method == "POST" else ("seller",):
                answer = await client.request(method, path, **_body(route, taken, one, cookie, hat))
                told = f"{answer.headers}{answer.text}".replace(one, "")  # what they sent
                is_open = answer.status_code < 400 and any(part in route.path for part in PRIVATE)
                if canary.MARK in told or is_open:
                    leaks.append(f"{method} {route.path}")
    return leaks


def _body(
    route: Route, taken: type[Payload] | None, one: str, cookie: str, hat: str
) -> dict[str, Any]:
    sent: dict[str, Any] = {"headers": {"origin": settings().origins[0]}}
    fields: dict[str, Any] = {}
    if taken:
        schema = taken.model_json_schema()
        fields = filled(schema, schema.get("$defs", {}), one)
    if "hat" in fields:
        fields["hat"] = hat
    if WORDS.search(inspect.getsource(route.endpoint)):
        sent["headers"][PROOF_HEADER] = proof_for(cookie)
        return {**sent, "json": fields}
    if "POST" in (route.methods or set()):
        return {**sent, "data": {**fields, "proof": proof_for(cookie)}}
    return {**sent, "params": {"hat": hat}}


def rows_of_b(theirs: list[str]) -> dict[str, list[tuple[Any, ...]]]:
    """Sessions count here: nobody else's may be ended, nor name their shop."""
    return {
        table: [
            row for row in rows if canary.MARK in str(row) or any(cell in theirs for cell in row)
        ]
        for table, rows in everything().items()
        if table not in ("audit_entry", "outbox_message")
    }


@pytest.mark.parametrize("key", [OF_A, BUYER, GUEST, STAFF])
async def test_no_route_shows_or_changes_what_belongs_to_another_shop(
    key: str, theirs: list[str]
) -> None:
    before = rows_of_b(theirs)

    leaks = await send_everything(key, theirs)

    assert leaks == []
    assert rows_of_b(theirs) == before


async def test_the_shop_itself_gets_through(theirs: list[str]) -> None:
    """Else the test above would pass on a crawler that reaches nothing."""
    leaks = await send_everything(OF_B, theirs)

    reached = {
        "GET /media/{media_id}",
        "POST /media/{media_id}/arrived",
        "GET /files/document/{media_id}",
        "GET /files/{task_id}",
    }
    assert reached <= set(leaks), leaks
