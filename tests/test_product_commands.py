"""`marketplace import products` and `export products`: answers, refusals and exit codes."""

import json
from pathlib import Path

import pytest
from sqlmodel import Session, func, select
from typer.testing import CliRunner, Result

import marketplace.cli  # noqa: F401  registers the verbs
from marketplace import db
from marketplace.cli.app import Exit, app
from marketplace.domain.accounts.service import roles
from marketplace.domain.catalog.models import Listing
from marketplace.domain.sellers import queries as seller_queries
from marketplace.domain.sellers import service as sellers
from marketplace.domain.sellers.models import Seller
from marketplace.jobs import import_pictures
from marketplace.kit import clock
from marketplace.kit.tables import read_table
from marketplace.ports import Fetched, FetchRefused
from tests.conftest import FrozenClock
from tests.make import goods, people
from tests.make.pictures import a_picture

HEAD = "Handle,Title,Variant SKU,Variant Price\n"


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words, env={"TERM": "dumb"})


@pytest.fixture
def shop(database: str, clock_at: FrozenClock) -> str:
    db.call(goods.open_shop, "lamps")
    return "lamps"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "t.csv"
    file.write_text(HEAD + "lamp,Lamp,L,10\nbad,Bad,B,ten\n", encoding="utf-8")
    return file


def count() -> int:
    return db.call_reading(lambda s: s.exec(select(func.count()).select_from(Listing)).one())


def test_a_dry_run_tells_everything_and_writes_nothing(shop: str, table: Path) -> None:
    done = run("import", "products", str(table), "--seller", shop, "--dry-run", "--json")

    told = json.loads(done.stdout)
    assert done.exit_code == Exit.WRONG
    assert (told["written"], told["create"], told["faulty"]) == (False, 1, 1)
    assert [(each["row"], each["column"]) for each in told["problems"]] == [(3, "D")]
    assert count() == 0


def test_errors_refuse_the_whole_file_unless_the_valid_rows_are_asked_for(
    shop: str, table: Path
) -> None:
    assert run("import", "products", str(table), "--seller", shop).exit_code == Exit.WRONG
    assert count() == 0

    done = run("import", "products", str(table), "--seller", shop, "--valid-only")
    assert done.exit_code == Exit.FINE
    assert count() == 1


def test_what_was_imported_is_exported(shop: str, table: Path, tmp_path: Path) -> None:
    run("import", "products", str(table), "--seller", shop, "--valid-only")
    into = tmp_path / "out.csv"

    done = run(
        "export", "products", "--seller", shop, "--format", "shopify_legacy", "--out", str(into)
    )

    assert done.exit_code == Exit.FINE
    exported = read_table(into.read_bytes())
    assert exported.rows[0].cells[:2] == ("lamp", "Lamp")


def test_the_pictures_come_with_the_import_and_what_did_not_come_is_told(
    shop: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Web:
        def fetch(self, url: str, **_limits: object) -> Fetched:
            if url.endswith("gone.jpg"):
                raise FetchRefused("This address could not be reached.")
            return Fetched(a_picture(), "image/jpeg", url)

    def hired(session: Session) -> None:
        roles.ensure_presets(session)
        seller_id = session.exec(select(Seller.id).where(Seller.slug == shop)).one()
        owner = goods.owner_of(session, seller_id)
        chosen = seller_queries.role_choices(session, owner)
        role = next(one.id for one in chosen if one.name == "Owner")
        sellers.add_member(session, people.JOB, seller_id, owner.id, role, at=clock.now())

    db.call(hired)
    monkeypatch.setattr(import_pictures, "fetcher", Web)
    file = tmp_path / "t.csv"
    head = "Handle,Title,Variant SKU,Variant Price,Image Src\n"
    rows = "lamp,Lamp,L,10,https://example.com/a.jpg\ncup,Cup,C,5,https://example.com/gone.jpg\n"
    file.write_text(head + rows, encoding="utf-8")

    done = run("import", "products", str(file), "--seller", shop, "--json")

    assert done.exit_code == Exit.FINE
    assert json.loads(done.stdout)["fetched"] == 1
    assert "row 3 (cup): https://example.com/gone.jpg" in done.stderr.replace("\n", " ")
    draft = db.call_reading(
        lambda s: s.exec(select(Listing.draft).where(Listing.handle == "lamp")).one()
    )
    assert len(draft["pictures"]) == 1


@pytest.mark.parametrize(
    "words",
    [
        ("import", "products", "{file}", "--seller", "nobody"),
        ("export", "products", "--seller", "nobody"),
        ("export", "products"),
    ],
    ids=["unknown seller", "unknown seller's products", "no seller"],
)
def test_a_wrong_call_is_refused_in_one_sentence(
    words: tuple[str, ...], shop: str, table: Path
) -> None:
    done = run(*(word.format(file=table) for word in words))

    assert done.exit_code == Exit.USAGE
    assert len(done.stderr.strip().splitlines()) == 1
