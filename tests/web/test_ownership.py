"""A member of shop A cannot read or change anything of shop B, by any handler (issue 3; SEC-05).

Two oracles that know nothing of the code: no word of B in anything A is told, and not one row
different afterwards (reference/security.md 4.2).
"""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlmodel import Session

from marketplace import db
from marketplace.domain.access.models import Audience
from marketplace.flows.seed import seed
from marketplace.kit import clock
from marketplace.web.guard import visitors
from marketplace.web.sitemap import PAGES
from tests.make import canary
from tests.make.browsing import everything
from tests.web.crawling import attempt, paths, payloads, told, within_reach
from tests.web.demo import id_of, seller_id, signed_in
from tests.web.harness import Pipeline, running

pytestmark = pytest.mark.timeout(600)
A, B = "strider-lab", "qingshan-ceramics"
OF_A, OF_B = "daniel.reed", "qiu.shan"
TRIED = ("seller", "listing", "variant", "change_set", "media", "seller_application", "import_run")
"""Whose ids are tried where a handler takes one; of each capability the things pages are about."""


@pytest.fixture
def planted(database: str) -> dict[str, str]:
    """Both shops, and a row of B's in every table there is."""
    db.call(seed, password_hash="$argon2id$none", at=clock.now(), only_named=True)
    visitors.forget_everybody()

    def plant(session: Session) -> dict[str, str]:
        return canary.plant(session, seller_id(B), id_of(OF_B))

    made = db.call(plant)
    return {table: made[table] for table in TRIED}


@pytest.fixture
async def pipeline() -> AsyncIterator[Pipeline]:
    from marketplace.marketplace import app

    async with running(app) as pipeline:
        yield pipeline


async def send_everything(
    pipeline: Pipeline, key: str, their_ids: list[str], ending: str = ""
) -> list[str]:
    """Every handler within reach, with every payload. Returns the handlers that told a secret."""
    leaks = []
    shop = seller_id(A if key == OF_A else B)
    cookie = signed_in(key, seller=shop)
    for name, policy in within_reach():
        if not name.endswith(ending):
            continue
        tab = pipeline.tab(cookie=cookie, path="/seller")
        for payload in payloads(policy, their_ids):
            visitors.forget_everybody()
            await attempt(tab, name, payload)
        if canary.MARK in told(tab):
            leaks.append(name)
    return leaks


async def test_no_handler_shows_or_changes_what_belongs_to_another_shop(
    pipeline: Pipeline, planted: dict[str, str]
) -> None:
    theirs = [one for one in planted.values() if one]
    before = rows_of_b(theirs)

    leaks = await send_everything(pipeline, OF_A, theirs)

    assert leaks == []
    assert rows_of_b(theirs) == before


async def test_the_canaries_sing_for_their_own_shop(
    pipeline: Pipeline, planted: dict[str, str]
) -> None:
    """Else the test above would pass on a crawler that reaches nothing."""
    leaks = await send_everything(pipeline, OF_B, list(planted.values()), ending=".load")

    assert len(leaks) >= 2, leaks


async def test_no_page_about_one_thing_shows_another_shops(
    pipeline: Pipeline, planted: dict[str, str]
) -> None:
    theirs = [one for one in planted.values() if one]
    cookie = signed_in(OF_A, seller=seller_id(A))
    for path, parameters in paths(theirs):
        for page in (page for page in PAGES if page.audience is not Audience.STAFF):
            if "[" not in page.route or not path.startswith(page.route.partition("[")[0]):
                continue
            for handler in page.load:
                tab = pipeline.tab(cookie=cookie, path=path)
                tab.query = parameters
                visitors.forget_everybody()
                await attempt(tab, handler, {})
                assert canary.MARK not in told(tab), (path, handler)


def rows_of_b(theirs: list[str]) -> dict[str, list[tuple[Any, ...]]]:
    """Rows that carry the mark, or are B's by a column of theirs; what A did to its own may
    differ, even if it names an id of B's."""
    return {
        table: [
            row
            for row in rows
            if any(canary.MARK in cell for cell in row) or any(cell in theirs for cell in row)
        ]
        for table, rows in everything().items()
        if table not in ("audit_entry", "outbox_message", "auth_session")
    }
