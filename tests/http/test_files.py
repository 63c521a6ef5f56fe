"""Files are for who asked for them: anybody else gets the answer of a file that never was."""

from collections.abc import AsyncIterator, Callable

import pytest
from sqlmodel import select
from starlette.applications import Starlette
from starlette.middleware import Middleware

from marketplace import db, integrations
from marketplace.domain.access.models import Person
from marketplace.domain.audit.models import AuditEntry
from marketplace.domain.jobs import rules, service
from marketplace.http import auth, errors, files
from marketplace.http.request import RequestScope
from marketplace.kit import clock
from tests.conftest import FrozenClock
from tests.http.conftest import a_person, signed_in
from tests.make.browsing import Browser


@pytest.fixture
def app(database: str, clock_at: FrozenClock) -> Starlette:
    return Starlette(
        routes=[*auth.routes, *files.routes],
        exception_handlers=errors.handlers,
        middleware=[Middleware(RequestScope)],
    )


@pytest.fixture
async def browsers(app: Starlette) -> AsyncIterator[Callable[[], Browser]]:
    opened: list[Browser] = []

    def open_one() -> Browser:
        opened.append(Browser(app))
        return opened[-1]

    yield open_one
    for browser in opened:
        await browser.close()


def a_finished_task(person_id: str) -> str:
    owner = Person(id=person_id, name="Ada")
    task_id = db.call(service.request_task, owner, "export.x", "X", {}, at=clock.now())
    db.call(service.claim_task, "w", at=clock.now())
    key = f"private/exports/{task_id}.csv"
    integrations.storage().write(key, [b"a,b\r\n"])
    db.call(
        service.finish_task,
        "w",
        task_id,
        at=clock.now(),
        done=1,
        result_key=key,
        result_name="表.csv",
    )
    return task_id


async def test_ones_own_file_comes_as_an_attachment(
    browsers: Callable[[], Browser], clock_at: FrozenClock
) -> None:
    person_id = a_person("ada@example.com", "Ada", clock_at.moment)
    task_id = a_finished_task(person_id)
    web = await signed_in(browsers(), "ada@example.com", clock_at.moment)

    answer = await web.open(f"/files/{task_id}")

    assert (answer.status_code, answer.content) == (200, b"a,b\r\n")
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''%E8%A1%A8.csv"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "private, no-store"
    actions = db.call(lambda s: s.exec(select(AuditEntry.action)).all())
    assert "exports.downloaded" in actions


async def test_somebody_elses_file_is_answered_like_one_that_never_was(
    browsers: Callable[[], Browser], clock_at: FrozenClock
) -> None:
    task_id = a_finished_task(a_person("ada@example.com", "Ada", clock_at.moment))
    a_person("bob@example.com", "Bob", clock_at.moment)
    bob = await signed_in(browsers(), "bob@example.com", clock_at.moment)

    for web in (bob, browsers()):
        theirs, none = await web.open(f"/files/{task_id}"), await web.open("/files/tsk_none")
        assert theirs.status_code == none.status_code == 404
        assert b"a,b" not in theirs.content


async def test_a_file_past_its_time_is_gone(
    browsers: Callable[[], Browser], clock_at: FrozenClock
) -> None:
    task_id = a_finished_task(a_person("ada@example.com", "Ada", clock_at.moment))
    clock_at.moment += rules.RESULT_KEPT
    web = await signed_in(browsers(), "ada@example.com", clock_at.moment)

    assert (await web.open(f"/files/{task_id}")).status_code == 404
