"""Stock: never below what was promised, every change in the log, told once per fall."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select, update

from marketplace import db
from marketplace.domain.access.models import Guest, Permission, SellerMember
from marketplace.domain.accounts.models import PersonAccount
from marketplace.domain.accounts.service import roles
from marketplace.domain.audit.models import AuditEntry
from marketplace.domain.catalog.models import Listing, ListingStatus
from marketplace.domain.inventory import queries, rules, service
from marketplace.domain.inventory.models import BackInStock, StockLevel, StockMovement, StockReason
from marketplace.domain.inventory.service import Change
from marketplace.domain.inventory.service.waiting import StillThere
from marketplace.domain.notifications.models import Mail, Notification
from marketplace.domain.outbox.models import OutboxMessage
from marketplace.domain.sellers import queries as seller_queries
from marketplace.domain.sellers import service as sellers
from marketplace.domain.sellers.service import standing
from marketplace.flows.reactions import Event, react
from marketplace.kit.errors import Invalid, NotAllowed, NotFound
from marketplace.kit.paging import ListQuery
from tests.make import goods, people
from tests.make.moments import MONDAY

BY_TITLE = ListQuery(sort="title")


@pytest.fixture
def member(session: Session) -> SellerMember:
    return goods.owner_of(session, goods.open_shop(session))


@pytest.fixture
def stranger(session: Session) -> SellerMember:
    return goods.owner_of(session, goods.open_shop(session, "b"), id_="per_stranger")


@pytest.fixture
def sku(session: Session, member: SellerMember) -> str:
    return goods.lamp(session, member, "LAMP")[0]


def level(session: Session, variant_id: str) -> tuple[int, int]:
    found = session.get(StockLevel, variant_id, populate_existing=True)
    return (found.on_hand, found.reserved) if found else (0, 0)


def changes(session: Session, variant_id: str) -> list[tuple[int, int, str]]:
    rows = session.exec(
        select(StockMovement)
        .where(StockMovement.variant_id == variant_id)
        .order_by(col(StockMovement.id))
    )
    return [(row.change, row.on_hand, row.reason.value) for row in rows]


def test_each_change_leaves_a_line_with_its_reason(
    session: Session, member: SellerMember, sku: str
) -> None:
    service.set_stock(session, member, sku, 10, at=MONDAY)
    service.adjust(session, member, sku, -3, reason=StockReason.DAMAGED, at=MONDAY, note="Rain.")
    service.set_stock(session, member, sku, 7, at=MONDAY)

    assert level(session, sku) == (7, 0)
    assert sorted(changes(session, sku)) == [(-3, 7, "damaged"), (10, 10, "set")]


def test_the_log_says_who_and_why(session: Session, member: SellerMember, sku: str) -> None:
    service.set_stock(session, member, sku, 4, at=MONDAY, note="First delivery")

    row = queries.list_movements(session, member, ListQuery(), sku).rows[0]

    assert (row.who, row.reason, row.change, row.note) == (
        "Qiu Shan", "Set by hand", 4, "First delivery",
    )  # fmt: skip


@pytest.mark.parametrize("deed", ["set", "adjust", "many"])
def test_on_hand_never_falls_below_what_buyers_were_promised(
    deed: str, session: Session, member: SellerMember, sku: str
) -> None:
    service.set_stock(session, member, sku, 10, at=MONDAY)
    service.reserve(session, {sku: 4}, at=MONDAY)
    deeds: dict[str, Callable[[], object]] = {
        "set": lambda: service.set_stock(session, member, sku, 3, at=MONDAY),
        "adjust": lambda: service.adjust(
            session, member, sku, -7, reason=StockReason.DAMAGED, at=MONDAY
        ),
        "many": lambda: service.set_many(
            session, member, [Change(sku, 3)], reason=StockReason.SET, at=MONDAY
        ),
    }

    with pytest.raises(rules.BelowReserved):
        deeds[deed]()

    assert level(session, sku) == (10, 4)
    assert len(changes(session, sku)) == 1


@pytest.mark.parametrize("values", [{"on_hand": -1}, {"reserved": 11}, {"reserved": -1}])
def test_the_database_itself_refuses_less_than_nothing(
    values: dict[str, int], session: Session, member: SellerMember, sku: str
) -> None:
    service.set_stock(session, member, sku, 10, at=MONDAY)
    session.flush()

    with pytest.raises(IntegrityError), session.begin_nested():
        session.exec(update(StockLevel).values(**values))

    assert level(session, sku) == (10, 0)


def test_more_than_a_level_holds_is_refused(
    session: Session, member: SellerMember, sku: str
) -> None:
    with pytest.raises(rules.TooMany):
        service.set_stock(session, member, sku, rules.MOST + 1, at=MONDAY)

    assert changes(session, sku) == []


@pytest.mark.parametrize(
    "deed",
    [
        lambda s, m, v: service.set_stock(s, m, v, 1, at=MONDAY),
        lambda s, m, v: service.adjust(s, m, v, 1, reason=StockReason.RECEIVED, at=MONDAY),
        lambda s, m, v: service.set_low_at(s, m, v, 1, at=MONDAY),
        lambda s, m, v: service.set_many(s, m, [Change(v, 1)], reason=StockReason.SET, at=MONDAY),
        queries.stock_row,
        lambda s, m, v: queries.list_movements(s, m, ListQuery(), v),
    ],
    ids=["set", "adjust", "alert", "many", "row", "log"],
)
def test_stock_of_another_seller_does_not_exist(
    deed: Callable[[Session, SellerMember, str], object],
    session: Session,
    sku: str,
    stranger: SellerMember,
) -> None:
    with pytest.raises(NotFound):
        deed(session, stranger, sku)

    assert level(session, sku) == (0, 0)


def test_lists_show_only_ones_own(
    session: Session, member: SellerMember, sku: str, stranger: SellerMember
) -> None:
    goods.lamp(session, stranger, "THEIRS")

    assert [row.sku for row in queries.list_stock(session, member, BY_TITLE).rows] == ["LAMP"]
    assert list(queries.by_sku(session, member, ["LAMP", "THEIRS"])) == ["LAMP"]


def test_many_at_once_are_all_or_none(
    session: Session, member: SellerMember, stranger: SellerMember, sku: str
) -> None:
    theirs = goods.lamp(session, stranger, "THEIRS")[0]

    with pytest.raises(NotFound):
        service.set_many(
            session, member, [Change(sku, 5), Change(theirs, 5)], reason=StockReason.SET, at=MONDAY
        )

    assert level(session, sku) == (0, 0)


def test_who_only_reads_changes_nothing(session: Session, member: SellerMember, sku: str) -> None:
    reader = people.member(Permission.SHOP_LISTINGS_READ, seller_id=member.seller_id)

    with pytest.raises(NotAllowed):
        service.set_stock(session, reader, sku, 1, at=MONDAY)

    assert level(session, sku) == (0, 0)


def test_a_sale_is_no_reason_a_person_may_give(
    session: Session, member: SellerMember, sku: str
) -> None:
    with pytest.raises(Invalid):
        service.adjust(session, member, sku, -1, reason=StockReason.SOLD, at=MONDAY)


def told(session: Session) -> int:
    return len(session.exec(select(Notification).where(Notification.kind == "stock")).all())


@pytest.fixture
def owner(session: Session) -> SellerMember:
    """Somebody whom alerts reach: a member by the rows."""
    roles.ensure_presets(session)
    member = goods.owner_of(session, goods.open_shop(session))
    choices = seller_queries.role_choices(session, member)
    role = next(choice.id for choice in choices if choice.name == "Owner")
    sellers.add_member(session, people.JOB, member.seller_id, member.id, role, at=MONDAY)
    return member


@pytest.mark.parametrize(
    ("locale", "titles", "called"),
    [
        ("en", ("Lamp", "灯"), "Lamp"),
        ("zh-CN", ("Lamp", "灯"), "灯"),
        ("en", ("", "灯"), "灯"),
        ("zh-CN", ("Lamp", ""), "Lamp"),
        ("zh-CN", ("", ""), "LAMP"),
    ],
)
def test_who_is_told_reads_the_title_in_their_language(
    session: Session, owner: SellerMember, locale: str, titles: tuple[str, str], called: str
) -> None:
    session.get_one(PersonAccount, owner.id).locale = locale
    sku = goods.lamp(session, owner, "LAMP")[0]
    listing = session.exec(select(Listing)).one()
    listing.title, listing.title_zh = titles
    service.set_low_at(session, owner, sku, 3, at=MONDAY)

    notes = session.exec(select(Notification).where(Notification.kind == "stock")).all()
    assert [note.words["title"] for note in notes] == [called]


def test_low_stock_is_told_once_per_fall_and_again_after_it_recovered(
    session: Session, owner: SellerMember
) -> None:
    member = owner
    sku = goods.lamp(session, member, "LAMP")[0]
    service.set_stock(session, member, sku, 10, at=MONDAY)
    service.set_low_at(session, member, sku, 3, at=MONDAY)
    counts = []
    for units in (4, 3, 2, 1, 8, 3):
        service.set_stock(session, member, sku, units, at=MONDAY)
        session.flush()
        counts.append(told(session))

    assert counts == [0, 1, 1, 1, 1, 2]


@pytest.fixture
def on_sale(session: Session, member: SellerMember, sku: str) -> str:
    """The SKU on sale, sold out."""
    session.exec(update(Listing).values(status=ListingStatus.LIVE))
    session.expire_all()
    return sku


def ask(session: Session, sku: str, email: str = "bo@example.com") -> bool:
    return service.request_back_in_stock(session, Guest(), sku, email=email, at=MONDAY)


def letters(session: Session) -> list[str]:
    return [mail.to for mail in session.exec(select(Mail).where(Mail.template == "back_in_stock"))]


def test_who_waits_is_told_once_when_it_is_back(
    session: Session, member: SellerMember, on_sale: str
) -> None:
    assert ask(session, on_sale)
    assert not ask(session, on_sale, "BO@example.com")

    service.set_stock(session, member, on_sale, 5, at=MONDAY)
    service.tell_back_in_stock(session, on_sale, at=MONDAY)
    service.tell_back_in_stock(session, on_sale, at=MONDAY)

    owed = session.exec(select(OutboxMessage).where(OutboxMessage.topic == service.BACK)).all()
    assert [message.payload for message in owed] == [{"variant_id": on_sale}]
    assert letters(session) == ["bo@example.com"]


def test_nobody_is_told_if_it_was_sold_out_again_meanwhile(
    session: Session, member: SellerMember, on_sale: str
) -> None:
    ask(session, on_sale)
    service.set_stock(session, member, on_sale, 1, at=MONDAY)
    service.reserve(session, {on_sale: 1}, at=MONDAY)

    assert service.tell_back_in_stock(session, on_sale, at=MONDAY) == 0
    assert letters(session) == []


@pytest.mark.parametrize("state", [ListingStatus.OFF_SHELF, ListingStatus.TAKEN_DOWN])
def test_nobody_is_led_to_what_is_not_on_sale(
    session: Session, member: SellerMember, on_sale: str, state: ListingStatus
) -> None:
    ask(session, on_sale)
    session.exec(update(Listing).values(status=state))
    session.expire_all()
    service.set_stock(session, member, on_sale, 5, at=MONDAY)

    assert service.tell_back_in_stock(session, on_sale, at=MONDAY) == 0
    assert letters(session) == []
    assert session.exec(select(BackInStock)).one().told_at is None


def test_who_waited_through_a_shops_break_is_told_after_it(
    session: Session, member: SellerMember, on_sale: str
) -> None:
    ask(session, on_sale)
    standing.pause(session, member, until=MONDAY + timedelta(days=3), at=MONDAY)
    service.set_stock(session, member, on_sale, 5, at=MONDAY)
    assert service.tell_back_in_stock(session, on_sale, at=MONDAY) == 0

    standing.resume(session, member, at=MONDAY)
    session.exec(delete(OutboxMessage))
    react(session, Event("seller", member.seller_id), at=MONDAY)

    owed = session.exec(select(OutboxMessage).where(OutboxMessage.topic == service.BACK)).all()
    assert [message.payload for message in owed] == [{"variant_id": on_sale}]
    assert service.tell_back_in_stock(session, on_sale, at=MONDAY) == 1
    assert letters(session) == ["bo@example.com"]


def test_while_the_break_lasts_nothing_is_owed(
    session: Session, member: SellerMember, on_sale: str
) -> None:
    ask(session, on_sale)
    service.set_stock(session, member, on_sale, 5, at=MONDAY)
    standing.pause(session, member, until=MONDAY + timedelta(days=3), at=MONDAY)
    session.exec(delete(OutboxMessage))
    listing_id = session.get_one(StockLevel, on_sale).listing_id
    for kind, id_ in (("seller", member.seller_id), ("listing", listing_id)):
        react(session, Event(kind, id_), at=MONDAY)

    owed = session.exec(select(OutboxMessage).where(OutboxMessage.topic == service.BACK)).all()
    assert owed == []


def test_what_is_in_stock_is_not_waited_for(
    session: Session, member: SellerMember, on_sale: str
) -> None:
    service.set_stock(session, member, on_sale, 1, at=MONDAY)

    with pytest.raises(StillThere):
        ask(session, on_sale)


def test_a_draft_cannot_be_waited_for(session: Session, sku: str) -> None:
    with pytest.raises(NotFound):
        ask(session, sku)


@pytest.mark.parametrize("email", ["", "no address", "a@b\nBcc: c@example.com", "a@b@c.de"])
def test_what_is_no_address_is_refused(email: str, session: Session, on_sale: str) -> None:
    with pytest.raises(Invalid):
        ask(session, on_sale, email)

    assert session.exec(select(BackInStock)).all() == []


def test_addresses_of_the_told_are_forgotten_after_thirty_days(
    session: Session, member: SellerMember, on_sale: str
) -> None:
    ask(session, on_sale)
    service.set_stock(session, member, on_sale, 5, at=MONDAY)
    service.tell_back_in_stock(session, on_sale, at=MONDAY)

    assert service.forget_told(session, at=MONDAY + timedelta(days=30)) == 0
    assert service.forget_told(session, at=MONDAY + timedelta(days=31)) == 1


def test_a_reservation_that_cannot_be_kept_reserves_nothing(
    session: Session, member: SellerMember
) -> None:
    first, second = goods.lamp(session, member, "S", "M")
    service.set_stock(session, member, first, 5, at=MONDAY)
    service.set_stock(session, member, second, 1, at=MONDAY)

    with pytest.raises(rules.OutOfStock), session.begin_nested():
        service.reserve(session, {first: 2, second: 2}, at=MONDAY)

    assert level(session, first) == (5, 0)


@pytest.mark.parametrize("give_back", [service.release])
def test_what_nobody_reserved_cannot_be_given_back(
    give_back: Callable[..., None], session: Session, member: SellerMember, sku: str
) -> None:
    service.set_stock(session, member, sku, 5, at=MONDAY)

    with pytest.raises(rules.NothingReserved):
        give_back(session, {sku: 1}, at=MONDAY)


def test_ten_units_and_fifty_buyers_make_ten_reservations(database: str) -> None:
    """Two SKUs asked for in opposite order, which would be a deadlock without the sorting."""
    with db.transaction() as session:
        member = goods.owner_of(session, goods.open_shop(session))
        first, second = goods.lamp(session, member, "S", "M")
        changes_ = [Change(first, 10), Change(second, 10)]
        service.set_many(session, member, changes_, reason=StockReason.SET, at=MONDAY)
    start = Barrier(50)

    def buy(number: int) -> bool:
        wanted = {first: 1, second: 1} if number % 2 else {second: 1, first: 1}
        start.wait()
        try:
            db.call(service.reserve, wanted, at=MONDAY)
        except rules.OutOfStock:
            return False
        return True

    with ThreadPoolExecutor(50) as buyers:
        got = list(buyers.map(buy, range(50)))

    with db.transaction(read_only=True) as session:
        assert (sum(got), level(session, first), level(session, second)) == (10, (10, 10), (10, 10))


STEPS = st.lists(
    st.tuples(st.sampled_from(["set", "reserve", "release", "take"]), st.integers(1, 12)),
    max_size=25,
)


@given(STEPS)
def test_whatever_happens_the_log_adds_up_and_nothing_is_oversold(
    steps: list[tuple[str, int]],
) -> None:
    """The rules alone, on a shelf in memory: the same conditions the statements carry."""
    on_hand = reserved = logged = 0
    for step, units in steps:
        if step == "set":
            try:
                rules.check_on_hand(units, reserved=reserved)
            except rules.BelowReserved:
                continue
            logged += units - on_hand
            on_hand = units
        elif step == "reserve" and on_hand - reserved >= units:
            reserved += units
        elif step == "release" and reserved >= units:
            reserved -= units
        elif step == "take" and reserved >= units:
            reserved, on_hand, logged = reserved - units, on_hand - units, logged - units
        assert 0 <= reserved <= on_hand
        assert on_hand == logged


def test_who_changed_when_low_stock_is_told_is_written_down_once(
    session: Session, owner: SellerMember
) -> None:
    sku = goods.lamp(session, owner, "LAMP")[0]
    for _ in range(2):
        service.set_low_at(session, owner, sku, 3, at=MONDAY)

    entries = session.exec(select(AuditEntry).where(AuditEntry.action == "stock.alert_set")).all()
    assert [(entry.object_id, entry.before, entry.after) for entry in entries] == [
        (sku, {"low_at": 0}, {"low_at": 3})
    ]
