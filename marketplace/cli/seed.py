"""`marketplace seed`: demo people, shops and shelves, or as much as a measurement needs."""

from importlib.resources import files
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
from marketplace.flows.seed import catalogue, questions, reviews
from marketplace.integrations import storage
from marketplace.kit import clock
from marketplace.kit.passwords import hash_password
from marketplace.settings import settings

PICTURES = files("marketplace.flows.seed") / "pictures"


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
    listings = _fill_shelves(catalogue.COUNTS[size], number, is_quiet=as_json)
    sellers = db.call_reading(_count_sellers)
    words = f"Demo data is in: {made} people, {sellers} shops, {listings} listings."
    answer({"people": made, "sellers": sellers, "listings": listings}, as_json=as_json, words=words)


def _fill_shelves(count: int, number: int, *, is_quiet: bool) -> int:
    """The catalogue in batches, each its own transaction; files before the rows that show them."""
    at = clock.now()
    lines, pictures = db.call(catalogue.seed_catalogue, number=number, at=at)
    for file in pictures:
        for width in catalogue.WIDTHS:
            picture = PICTURES.joinpath(f"{file.name}.{width}.webp")
            storage().write(public_key(file.token, width), [picture.read_bytes()])
    columns = (TextColumn("Filling the shelves"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, transient=True, disable=is_quiet) as progress:
        shown = progress.add_task("shelves", total=count)
        shelves = catalogue.COUNTS["s"]
        for begin, end in ((0, shelves), (shelves, count)):
            for first in range(begin, end, catalogue.BATCH):
                last = min(first + catalogue.BATCH, end)
                db.call(catalogue.seed_listings, lines, first, last, number=number, at=at)
                progress.update(shown, completed=last)
            if begin == 0:  # before bulk fills the shops beyond what their level may have on sale
                db.call(reviews.seed_reviews, demo_data.DOMAIN, at=at)
                db.call(questions.seed_questions, number=number, at=at)
    db.call(lambda session: index.count_terms(session, index_listing.all_titles(session)))
    return count


def _count_sellers(session: Session) -> int:
    return session.exec(select(func.count()).select_from(Seller)).one()
