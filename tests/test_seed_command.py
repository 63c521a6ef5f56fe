"""`marketplace seed`: whole, through the command, with fewer of everything."""

import json

import pytest
from sqlmodel import func, select
from typer.testing import CliRunner

from marketplace import db
from marketplace.cli import seed as command
from marketplace.cli.app import Exit, app
from marketplace.domain.catalog.models import Listing, ListingStatus
from marketplace.domain.media.models import Media
from marketplace.domain.media.rules import public_key
from marketplace.domain.search.models import SearchDocument, SearchTerm
from marketplace.flows.seed import catalogue, reviews
from marketplace.flows.seed.goods import GOODS
from marketplace.flows.verify import verify
from marketplace.integrations import storage
from marketplace.kit import clock

LESS = {"s": 20, "m": 60}


@pytest.fixture
def less(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes where the database takes two writers, however little there is to do."""
    monkeypatch.setattr(catalogue, "COUNTS", LESS)
    monkeypatch.setattr(command, "BATCH", 16)
    monkeypatch.setattr(command, "WORTH_PROCESSES", 1)
    monkeypatch.setattr(reviews, "seed_reviews", lambda *_args, **_named: 0)


@pytest.mark.usefixtures("less")
def test_m_fills_other_shops_in_bulk(database: str) -> None:
    told = CliRunner().invoke(app, ("seed", "--size", "m", "--json"), catch_exceptions=False)
    assert json.loads(told.stdout)["listings"] == LESS["m"]
    with db.transaction(read_only=True) as session:
        live = select(func.count()).select_from(Listing).where(Listing.status == ListingStatus.LIVE)
        assert session.exec(live).one() == LESS["m"]
        assert session.exec(select(func.count()).select_from(SearchDocument)).one() == LESS["m"]
        numbers = session.exec(select(SearchDocument.number)).all()
        assert len(set(numbers)) == LESS["m"]
        assert (
            session.exec(select(SearchTerm.documents).where(SearchTerm.term == "series")).one()
            >= 40
        )
        assert [one.id for one in verify(session, at=clock.now()) if not one.is_green] == []
        tokens = session.exec(select(Media.token).where(Media.purpose == "picture")).all()
    drawn = sum(len(list(catalogue.picture_names(goods))) for goods in GOODS)
    assert len(tokens) == 2 * drawn
    for token in tokens[:: len(tokens) // 20]:
        with storage().open(public_key(token, 480)) as file:
            assert file.read(4) == b"RIFF"


def test_l_wants_a_database_with_two_writers(database: str) -> None:
    if not database.startswith("sqlite"):
        pytest.skip("only SQLite has one writer")
    told = CliRunner().invoke(app, ("seed", "--size", "l"))
    assert told.exit_code == Exit.USAGE
    with db.transaction(read_only=True) as session:
        assert session.exec(select(func.count()).select_from(Listing)).one() == 0
