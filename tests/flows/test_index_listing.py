"""The index follows what is on sale, through the outbox, as workers do it."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, col, select

from marketplace import db
from marketplace.domain.access.models import Permission
from marketplace.domain.catalog.models import Brand, Category, Listing
from marketplace.domain.catalog.queries.listings import listing_page
from marketplace.domain.catalog.rules.content import Block, ListingContent
from marketplace.domain.catalog.rules.taxonomy import BrandForm, CategoryForm
from marketplace.domain.catalog.service import listings, taxonomy
from marketplace.domain.inventory import service as inventory
from marketplace.domain.inventory.models import StockReason
from marketplace.domain.moderation import service as moderation
from marketplace.domain.moderation.models import Violation
from marketplace.domain.search.models import SearchDocument
from marketplace.domain.search.queries.found import Request, search
from marketplace.domain.sellers.models import Seller, SellerStatus, Switch
from marketplace.domain.sellers.queries.shop import switch_rows
from marketplace.domain.sellers.rules import SHOWN
from marketplace.domain.sellers.service import standing
from marketplace.flows import index_listing, public_addresses
from marketplace.flows.shop_window import window
from marketplace.flows.shown_categories import shown
from marketplace.flows.suggest import suggest
from marketplace.jobs.deliver import deliver
from marketplace.jobs.reindex import reindex
from tests.conftest import FrozenClock
from tests.make import sale
from tests.make.moments import MONDAY
from tests.make.people import JOB, staff
from tests.make.sale import MODERATOR, ShopOfTests

NEWEST = select(Violation).order_by(col(Violation.at).desc()).limit(1)


@pytest.fixture
def shop(database: str, clock_at: FrozenClock) -> ShopOfTests:
    return db.call(sale.shop)


@pytest.fixture
def cup(shop: ShopOfTests, clock_at: FrozenClock) -> str:
    """On sale, sold out; the index heard of it."""
    id_ = db.call(lambda s: sale.live(s, shop).id)
    heard(clock_at)
    return id_


def heard(clock_at: FrozenClock) -> None:
    clock_at.advance(seconds=1)
    deliver("test")


def found(**asked: object) -> list[str]:
    return list(db.call_reading(lambda s: search(s, Request(**asked)).listing_ids))  # type: ignore[arg-type]


def changed(work: Callable[[Session], object], clock_at: FrozenClock) -> None:
    clock_at.advance(minutes=1)
    db.call(work)
    heard(clock_at)


def variant(id_: str) -> str:
    draft = db.call_reading(lambda s: s.get_one(Listing, id_).draft)
    return ListingContent.model_validate(draft).variants[0].id


def test_a_listing_is_found_once_it_is_published_and_not_before(
    shop: ShopOfTests, clock_at: FrozenClock
) -> None:
    change = db.call(lambda s: sale.pending(s, shop).id)
    heard(clock_at)
    assert found(text="porcelain") == found(text="青花") == []

    changed(
        lambda s: moderation.approve(s, MODERATOR, change, version=1, at=clock_at.moment), clock_at
    )
    assert found(text="porcelain") == found(text="青花") != []


def test_what_is_paused_leaves_and_comes_back(
    shop: ShopOfTests, cup: str, clock_at: FrozenClock
) -> None:
    changed(lambda s: listings.pause(s, shop.member, cup, at=clock_at.moment), clock_at)
    assert found(text="porcelain") == []

    changed(lambda s: listings.resume(s, shop.member, cup, at=clock_at.moment), clock_at)
    assert found(text="porcelain") == [cup]


def test_a_new_price_moves_it_between_the_bounds(
    shop: ShopOfTests, cup: str, clock_at: FrozenClock
) -> None:
    def cheaper(session: Session) -> None:
        row = session.get_one(Listing, cup)
        kinds = ListingContent.model_validate(row.draft).variants
        lower = [kind.model_copy(update={"price": 4_000}) for kind in kinds]
        if not sale.hand_in(session, shop, row, at=clock_at.moment, variants=lower).is_live:
            open_change = sale.waiting(session, cup)
            version = open_change.version
            moderation.approve(
                session, MODERATOR, open_change.id, version=version, at=clock_at.moment
            )

    assert found(price_to=4_500) == []
    changed(cheaper, clock_at)
    assert found(price_to=4_500) == [cup]


def test_stock_that_comes_and_goes_is_known_to_searches(
    shop: ShopOfTests, cup: str, clock_at: FrozenClock
) -> None:
    kind = variant(cup)
    assert found(is_in_stock=True) == []

    changed(lambda s: inventory.set_stock(s, shop.member, kind, 3, at=clock_at.moment), clock_at)
    assert found(is_in_stock=True) == [cup]

    many = [inventory.Change(kind, on_hand=0)]
    changed(
        lambda s: inventory.set_many(
            s, shop.member, many, reason=StockReason.COUNTED, at=clock_at.moment
        ),
        clock_at,
    )
    assert found(is_in_stock=True) == []


def test_the_last_piece_promised_to_a_buyer_is_no_longer_in_stock(
    shop: ShopOfTests, cup: str, clock_at: FrozenClock
) -> None:
    kind = variant(cup)
    changed(lambda s: inventory.set_stock(s, shop.member, kind, 2, at=clock_at.moment), clock_at)

    changed(lambda s: inventory.reserve(s, {kind: 2}, at=clock_at.moment), clock_at)
    assert found(is_in_stock=True) == []
    changed(lambda s: inventory.release(s, {kind: 1}, at=clock_at.moment), clock_at)
    assert found(is_in_stock=True) == [cup]


def test_what_is_taken_down_is_not_found(cup: str, clock_at: FrozenClock) -> None:
    changed(
        lambda s: moderation.take_down(
            s, MODERATOR, cup, code="counterfeit", note="", at=clock_at.moment
        ),
        clock_at,
    )
    assert found(text="porcelain") == []


def test_a_suspended_sellers_listings_leave_together(
    shop: ShopOfTests, cup: str, clock_at: FrozenClock
) -> None:
    rights = (Permission.SELLERS_MANAGE, Permission.SELLERS_READ)
    boss = staff(*rights, proved_at=clock_at.moment)
    changed(
        lambda s: standing.suspend(
            s,
            boss,
            shop.seller_id,
            reason="fraud",
            note="Forged papers.",
            at=clock_at.moment,
        ),
        clock_at,
    )
    assert found(text="porcelain") == []


def test_what_a_hidden_shop_sells_is_counted_suggested_and_told_nowhere(
    shop: ShopOfTests, cup: str, clock_at: FrozenClock
) -> None:
    def told(session: Session) -> list[object]:
        return [
            [(node.id, count) for node, count in shown(session)],
            [(place.label, place.count) for place in window(session).places],
            [place.label for place in suggest(session, "cup", at=clock_at.moment).places],
            [place.path for place in public_addresses.categories(session)],
            sorted(index_listing.all_titles(session)),
        ]

    def node(session: Session) -> tuple[str, str, str]:
        row = session.get_one(Category, shop.category_id)
        return row.id, row.name, row.slug

    id_, name, slug = db.call_reading(node)
    before = db.call_reading(told)
    assert before[0] == [(id_, 1)]
    assert before[1] == [(name, 1)]
    assert before[3] == [f"/c/{slug}"]
    assert before[4] != []
    rights = (Permission.SELLERS_MANAGE, Permission.SELLERS_READ)
    boss = staff(*rights, proved_at=clock_at.moment)
    off, at = [Switch.SEARCH_VISIBLE], clock_at.moment
    changed(
        lambda s: standing.restrict(s, boss, shop.seller_id, off, reason="violations", at=at),
        clock_at,
    )
    assert db.call_reading(told) == [[], [], [], [], []]


def test_a_large_shops_listings_leave_and_come_back_all_of_them(
    shop: ShopOfTests, clock_at: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    cups = sorted(db.call(lambda s: [sale.live(s, shop).id for _ in range(5)]))
    heard(clock_at)
    monkeypatch.setattr(index_listing, "MOST_AT_ONCE", 2)
    rights = (Permission.SELLERS_MANAGE, Permission.SELLERS_READ)
    boss = staff(*rights, proved_at=clock_at.moment)

    def hide(session: Session) -> None:
        off, at = [Switch.SEARCH_VISIBLE], clock_at.moment
        standing.restrict(session, boss, shop.seller_id, off, reason="violations", at=at)

    def show(session: Session) -> None:
        off = [row.id for row in switch_rows(session, shop.seller_id)]
        standing.lift(session, boss, shop.seller_id, off, at=clock_at.moment)

    changed(hide, clock_at)
    assert found() == []
    changed(show, clock_at)
    assert sorted(found()) == cups


def rank(session: Session, listing_id: str) -> int:
    rows = session.exec(select(SearchDocument).where(SearchDocument.listing_id == listing_id))
    return rows.one().boost


def test_violations_cost_rank_until_they_are_taken_back_or_decay(
    shop: ShopOfTests, cup: str, clock_at: FrozenClock
) -> None:
    clean = db.call_reading(lambda s: rank(s, cup))
    bowl = db.call(lambda s: sale.live(s, shop, title="A bowl of clay", title_zh="").id)

    def violate(session: Session) -> None:
        moderation.take_down(session, MODERATOR, bowl, code="unsafe", note="", at=clock_at.moment)

    changed(violate, clock_at)
    assert db.call_reading(lambda s: rank(s, cup)) == clean * 3 // 4  # 12 points

    changed(lambda s: moderation.restore(s, MODERATOR, bowl, note="", at=clock_at.moment), clock_at)
    assert db.call_reading(lambda s: rank(s, cup)) == clean

    changed(violate, clock_at)
    assert db.call_reading(lambda s: rank(s, cup)) == clean * 3 // 4
    cancelled = db.call_reading(lambda s: s.exec(NEWEST).one().id)
    changed(
        lambda s: moderation.cancel_violation(
            s, MODERATOR, cancelled, note="A mistake", at=clock_at.moment
        ),
        clock_at,
    )
    assert db.call_reading(lambda s: rank(s, cup)) == clean


def test_points_that_decayed_are_forgotten_by_the_nightly_reindex(
    shop: ShopOfTests, cup: str, clock_at: FrozenClock
) -> None:
    bowl = db.call(lambda s: sale.live(s, shop, title="A bowl of clay", title_zh="").id)
    changed(
        lambda s: moderation.take_down(
            s, MODERATOR, bowl, code="unsafe", note="", at=clock_at.moment
        ),
        clock_at,
    )
    other = db.call(lambda s: sale.live(s, sale.shop(s)).id)
    heard(clock_at)
    assert db.call_reading(lambda s: rank(s, cup) < rank(s, other))
    assert found(text="porcelain") == [other, cup]

    clock_at.advance(days=400)
    reindex()
    assert db.call_reading(lambda s: rank(s, cup) == rank(s, other))


@pytest.mark.parametrize("status", SellerStatus)
def test_whatever_a_search_finds_can_be_opened(session: Session, status: SellerStatus) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    session.get_one(Seller, row.seller_id).status = status
    session.flush()
    index_listing.refresh_seller(session, row.seller_id, at=MONDAY)

    found = search(session, Request("porcelain")).listing_ids
    assert bool(found) == (status in SHOWN)
    if found:
        assert listing_page(session, row.slug, at=MONDAY).id == row.id


def test_an_endless_word_stops_neither_its_listing_nor_the_others(
    shop: ShopOfTests, clock_at: FrozenClock
) -> None:
    """PostgreSQL refuses a word of more than 2,046 bytes, and with it the whole batch."""
    blocks = [Block(kind="text", text="glazed " + "a" * 3_500 + " 瓷" * 2_000)]
    odd = db.call(lambda s: sale.live(s, shop, title="Endless jar", blocks=blocks).id)
    plain = db.call(lambda s: sale.live(s, shop, title="Plain jar").id)
    clock_at.advance(seconds=1)
    assert db.call(lambda s: index_listing.refresh(s, [odd, plain], at=MONDAY)) == 2
    assert set(found(text="jar")) == {odd, plain}
    assert found(text="glazed") == [odd]
    assert found(text="a" * 3_500) == [odd]
    assert reindex()["listings"] == 2


def path(category_id: str) -> str:
    return db.call_reading(lambda s: s.get_one(Category, category_id).path)


def test_a_category_that_moves_or_is_renamed_takes_its_listings_along(
    shop: ShopOfTests, clock_at: FrozenClock
) -> None:
    def prepare(session: Session) -> tuple[str, str, str]:
        house = sale.category(session, "House", "家居")
        cups = sale.category(session, "Vessels", "器皿", below=house)
        garden = sale.category(session, "Garden", "园艺")
        return house, cups, garden

    house, cups, garden = db.call(prepare)
    id_ = db.call(lambda s: sale.live(s, shop, category_id=cups).id)
    heard(clock_at)
    assert found(category_path=path(house)) == [id_]

    def move(session: Session) -> None:
        row = session.get_one(Category, cups)
        taxonomy.move_category(
            session, JOB, cups, parent_id=garden, version=row.version, at=clock_at.moment
        )

    db.call(move)
    heard(clock_at)
    assert (found(category_path=path(house)), found(category_path=path(garden))) == ([], [id_])

    def rename(session: Session) -> None:
        row = session.get_one(Category, garden)
        form = CategoryForm(name="Orchard", name_zh="果园", slug=row.slug)
        taxonomy.update_category(
            session, JOB, garden, form, version=row.version, at=clock_at.moment
        )

    db.call(rename)
    heard(clock_at)
    assert found(text="orchard") == [id_]
    assert found(text="garden") == []


def test_a_brand_that_is_renamed_is_found_by_its_new_name(
    shop: ShopOfTests, clock_at: FrozenClock
) -> None:
    brand = db.call(
        lambda s: taxonomy.create_brand(
            s, JOB, BrandForm(name="Kilnfire", name_zh="窑火"), at=clock_at.moment
        )
    )
    id_ = db.call(lambda s: sale.live(s, shop, brand_id=brand).id)
    heard(clock_at)
    assert found(text="kilnfire") == [id_]

    def rename(session: Session) -> None:
        row = session.get_one(Brand, brand)
        form = BrandForm(name="Ashglaze", name_zh="灰釉")
        taxonomy.update_brand(session, JOB, brand, form, version=row.version, at=clock_at.moment)

    db.call(rename)
    heard(clock_at)
    assert (found(text="ashglaze"), found(text="kilnfire")) == ([id_], [])
