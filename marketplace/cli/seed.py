"""`marketplace seed`: demo people, shops and shelves, or as much as a measurement needs."""

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from importlib.resources import files as resources
from typing import Annotated

import typer
from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from sqlmodel import Session, func, select

from marketplace import db
from marketplace.cli.app import AsJson, Exit, answer, app, refuse
from marketplace.domain.media.rules import public_key
from marketplace.domain.search.service import index
from marketplace.domain.sellers.models import Seller
from marketplace.flows import index_listing
from marketplace.flows import seed as demo_data
from marketplace.flows.seed import bulk, catalogue, questions, reviews
from marketplace.integrations import storage
from marketplace.kit import clock
from marketplace.kit.passwords import hash_password
from marketplace.settings import settings

PICTURES = resources("marketplace.flows.seed") / "pictures"
BATCH = 500
WORKERS = 2
WORTH_PROCESSES = 100_000
"""Listings. Each process imports everything and casts its own moulds, which takes ten seconds."""

_foundry: bulk.Foundry | None = None


@app.command("seed")
def seed(
    size: Annotated[
        str, typer.Option(help="300 (s), 10,000 (m), 1,000,000 (l, PostgreSQL only) listings.")
    ] = "s",
    number: Annotated[
        int, typer.Option("--seed", min=0, help="The same gives the same data.")
    ] = 42,
    as_json: AsJson = False,
) -> None:
    """Fill an empty database with demo people and shops."""
    if settings().is_production:
        raise refuse("Demo data is refused in production.")
    if size == "l" and db.engine().dialect.name == "sqlite":
        raise refuse("Size l needs PostgreSQL: SQLite has one writer. Take m.", Exit.USAGE)
    if size not in demo_data.BUYERS:
        raise refuse("The size is s, m or l.", Exit.USAGE)
    hashed = hash_password(demo_data.PASSWORD)
    made = db.call(demo_data.seed, password_hash=hashed, size=size, number=number, at=clock.now())
    for file in db.call_reading(demo_data.papers):
        storage().write(file.key, [file.content])
    listings = fill_shelves(size, number, is_quiet=as_json)
    sellers = db.call_reading(_count_sellers)
    words = f"Demo data is in: {made} people, {sellers} shops, {listings} listings."
    answer({"people": made, "sellers": sellers, "listings": listings}, as_json=as_json, words=words)


def fill_shelves(size: str, number: int, *, is_quiet: bool) -> int:
    """The catalogue in batches, each its own transaction; files before the rows that show them."""
    at = clock.now()
    lines, files = db.call(catalogue.seed_catalogue, number=number, at=at)
    _copy(files)
    columns = (TextColumn("Filling the shelves"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, transient=True, disable=is_quiet) as progress:
        shown = progress.add_task("shelves", total=catalogue.COUNTS[size])
        for first in range(0, catalogue.COUNTS["s"], catalogue.BATCH):
            last = min(first + catalogue.BATCH, catalogue.COUNTS["s"])
            db.call(catalogue.seed_listings, lines, first, last, number=number, at=at)
            progress.update(shown, completed=last)
        db.call(reviews.seed_reviews, demo_data.DOMAIN, at=at)
        db.call(questions.seed_questions, number=number, at=at)
        more = catalogue.COUNTS[size] - catalogue.COUNTS["s"]
        if more:
            plan, files = db.call(bulk.seed_shops, lines, more, size=size, number=number, at=at)
            _copy(files)
            for made in _in_bulk(plan, more):
                progress.advance(shown, made)
    db.call(lambda session: index.count_terms(session, index_listing.all_titles(session)))
    db.call(bulk.refresh_statistics)
    return catalogue.COUNTS[size]


def _copy(files: Sequence[catalogue.PictureFile]) -> None:
    for file in files:
        for width in catalogue.WIDTHS:
            picture = PICTURES.joinpath(f"{file.name}.{width}.webp")
            storage().write(public_key(file.token, width), [picture.read_bytes()])


def _in_bulk(plan: bulk.Plan, count: int) -> Iterator[int]:
    """How many each batch made, as they end: side by side where the database takes two writers."""
    batches = [(first, min(first + BATCH, count)) for first in range(0, count, BATCH)]
    if count < WORTH_PROCESSES or db.engine().dialect.name == "sqlite":
        foundry = bulk.Foundry(plan)
        for first, last in batches:
            yield db.call(foundry.fill, first, last)
        return
    apart = multiprocessing.get_context("spawn")  # a forked process would share our connections
    with ProcessPoolExecutor(WORKERS, apart, initializer=_prepare, initargs=(plan,)) as pool:
        for done in as_completed([pool.submit(_fill, first, last) for first, last in batches]):
            yield done.result()


def _prepare(plan: bulk.Plan) -> None:
    global _foundry  # noqa: PLW0603  each process of the pool has its own
    _foundry = bulk.Foundry(plan)


def _fill(first: int, last: int) -> int:
    assert _foundry is not None
    return db.call(_foundry.fill, first, last)


def _count_sellers(session: Session) -> int:
    return session.exec(select(func.count()).select_from(Seller)).one()
