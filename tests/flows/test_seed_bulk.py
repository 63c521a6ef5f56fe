"""What is filled from moulds is what the services would have written."""

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import inspect, text
from sqlmodel import Session, col, func, select

from marketplace.domain.catalog.models import Listing, ListingVersion, Variant
from marketplace.domain.catalog.queries import taxonomy
from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.catalog.rules.validate import submit_errors
from marketplace.domain.catalog.service.listings.rows import project
from marketplace.domain.inventory.models import StockLevel
from marketplace.domain.search.models import SearchDocument, SearchFacet
from marketplace.domain.sellers.models import Seller
from marketplace.flows import index_listing
from marketplace.flows.seed import bulk, catalogue, seed, shelves
from marketplace.flows.seed.bulk import marks
from marketplace.flows.verify import verify
from tests.make.moments import MONDAY

COUNT = 48


@pytest.fixture
def plan(session: Session) -> bulk.Plan:
    seed(session, password_hash="none", at=MONDAY, only_named=True)
    lines, _ = catalogue.seed_catalogue(session, number=42, at=MONDAY)
    return bulk.seed_shops(session, lines, COUNT, size="m", number=42, at=MONDAY)[0]


@pytest.fixture
def filled(session: Session, plan: bulk.Plan) -> list[Listing]:
    """The listings in the order of the plan, written in two batches."""
    foundry = bulk.Foundry(plan)
    assert foundry.fill(session, 0, 20) + foundry.fill(session, 20, COUNT) == COUNT
    rows = select(Listing, SearchDocument.number).join(
        SearchDocument, col(SearchDocument.listing_id) == col(Listing.id)
    )
    return [listing for listing, _ in session.exec(rows.order_by(col(SearchDocument.number)))]


def entries(session: Session) -> dict[str, Any]:
    """All that the index holds, by listing; its own numbers and moments apart."""
    ids = dict(session.execute(select(SearchDocument.number, SearchDocument.listing_id)).all())
    found: dict[str, dict[str, Any]] = {}
    for row in session.exec(select(SearchDocument)):
        held = row.model_dump(exclude={"number", "indexed_at"})
        found[row.listing_id] = {"document": held, "facets": set(), "words": ""}
    for facet in session.exec(select(SearchFacet)):
        found[ids[facet.number]]["facets"].add((facet.code, facet.value))
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    columns = "rowid, title, names, traits, body" if is_sqlite else "number, words::text"
    for number, *words in session.execute(text(f"SELECT {columns} FROM search_words")):
        found[ids[number]]["words"] = words
    return found


def test_as_many_are_on_sale_as_were_planned(filled: list[Listing], plan: bulk.Plan) -> None:
    assert len(filled) == COUNT
    assert [listing.seller_id for listing in filled[:8]] == [
        shop.values[marks.SELLER] for shop in plan.shops
    ]
    assert len({listing.title for listing in filled}) == COUNT


def test_the_index_holds_what_indexing_would_write(session: Session, filled: list[Listing]) -> None:
    before = entries(session)
    assert index_listing.refresh(session, [one.id for one in filled], at=MONDAY) == COUNT
    session.expire_all()
    after = entries(session)
    assert before.keys() == after.keys()
    for id_ in before:
        assert before[id_] == after[id_]


def test_the_rows_are_what_publishing_would_write(session: Session, filled: list[Listing]) -> None:
    changed = []
    for listing in filled:
        version = session.get_one(ListingVersion, listing.live_version_id)
        content = ListingContent.model_validate(version.content)
        assert version.content == listing.draft == content.model_dump(mode="json")
        published = listing.updated_at
        with session.no_autoflush:
            project(session, listing, content, at=published)
        variants = session.exec(select(Variant).where(Variant.listing_id == listing.id)).all()
        assert [one.id for one in sorted(variants, key=lambda one: one.position)] == [
            one.id for one in content.variants
        ]
        for row in (listing, *variants):
            state = inspect(row)
            changed += [
                (attribute.key, attribute.history)
                for attribute in state.attrs
                if attribute.history.has_changes()
            ]
    assert changed == []


def test_each_could_be_submitted_as_it_is(session: Session, filled: list[Listing]) -> None:
    for listing in filled:
        content = ListingContent.model_validate(listing.draft)
        fields = taxonomy.attributes_of(session, content.category_id)
        assert submit_errors(content, fields) == {}


def test_no_mark_is_left(session: Session, filled: list[Listing]) -> None:
    for listing in filled:
        written = (listing.draft, listing.title, listing.slug, listing.handle, listing.cover_id)
        assert not marks.MARK.search(json.dumps(written, ensure_ascii=False))
    assert not marks.MARK.search(str(entries(session)))


def test_the_books_hold(session: Session, filled: list[Listing]) -> None:
    assert [one.id for one in verify(session, at=MONDAY) if not one.is_green] == []


def test_stock_stands_behind_what_the_index_says(session: Session, filled: list[Listing]) -> None:
    for listing in filled:
        units = session.exec(
            select(func.sum(StockLevel.on_hand)).where(StockLevel.listing_id == listing.id)
        ).one()
        entry = session.exec(
            select(SearchDocument).where(SearchDocument.listing_id == listing.id)
        ).one()
        assert entry.is_in_stock == (units > 0)


@pytest.mark.parametrize(
    ("listings", "level"), [(8 * 199, "new"), (8 * 200, "standard"), (9_700, "standard")]
)
def test_the_shops_may_have_so_many_on_sale(session: Session, listings: int, level: str) -> None:
    seed(session, password_hash="none", at=MONDAY, only_named=True)
    lines, _ = catalogue.seed_catalogue(session, number=42, at=MONDAY)
    plan, _ = bulk.seed_shops(session, lines, listings, size="m", number=42, at=MONDAY)
    for shop in plan.shops:
        assert session.get_one(Seller, shop.values[marks.SELLER]).level == level


def test_a_series_without_a_number_fits_no_mould() -> None:
    with pytest.raises(ValueError, match="no mould fits series 3"):
        marks.for_series(shelves.series_of(3))
    with pytest.raises(ValueError, match="no mould fits series 48"):
        marks.for_series(replace(shelves.series_of(48), number="2"))


def test_bulk_takes_only_series_that_fit() -> None:
    places = [bulk.shown_place(count) for count in range(500)]
    assert len(set(places)) == 500
    assert all(marks.for_series(shelves.series_of(place)) for place in places)
