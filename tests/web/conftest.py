"""Demo people signed in, and tabs that speak to the real pipeline."""

from collections.abc import AsyncIterator

import pytest

from marketplace import db
from marketplace.flows.seed import seed
from marketplace.kit import clock
from marketplace.web.guard import visitors
from tests.web.harness import Pipeline, running


@pytest.fixture
def demo(database: str) -> None:
    """The demo's named people and their two shops."""
    visitors.forget_everybody()
    db.call(seed, password_hash="$argon2id$none", at=clock.now(), only_named=True)


@pytest.fixture
def whole_demo(database: str) -> None:
    """Every shop and application of the demo, and the tree of categories: slow, so for few."""
    visitors.forget_everybody()
    db.call(seed, password_hash="$argon2id$none", at=clock.now())


@pytest.fixture
async def pipeline(request: pytest.FixtureRequest) -> AsyncIterator[Pipeline]:
    if "database" in request.fixturenames:  # which must outlive what events still do
        request.getfixturevalue("database")
    from marketplace.marketplace import app

    async with running(app) as pipeline:
        yield pipeline
