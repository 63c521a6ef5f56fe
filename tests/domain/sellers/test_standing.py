"""How a seller stands: what each decision takes, who may make it, and who may undo it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from marketplace.domain.access.models import Permission, SellerMember, Staff
from marketplace.domain.accounts.models import PersonAccount
from marketplace.domain.audit.models import AuditEntry
from marketplace.domain.notifications.models import Mail
from marketplace.domain.sellers.models import Seller, SellerStatus, SellerSwitch, Switch
from marketplace.domain.sellers.queries import directory, shop
from marketplace.domain.sellers.queries.standing import is_buyable, switches_off
from marketplace.domain.sellers.rules import standing as rules
from marketplace.domain.sellers.rules.standing import OpenEnd
from marketplace.domain.sellers.service import standing
from marketplace.flows import close_seller
from marketplace.flows.seed.shops import Office
from marketplace.flows.verify.kinds import Moment
from marketplace.flows.verify.sellers import INVARIANTS
from marketplace.kit import clock
from marketplace.kit.days import day_bounds, day_of
from marketplace.kit.errors import DomainError, Invalid, NotAllowed, StepUpNeeded
from marketplace.kit.paging import ListQuery
from marketplace.kit.states import MoveNotAllowed
from marketplace.settings import settings
from tests.conftest import MONDAY, FrozenClock
from tests.make import shops as made

DAY = timedelta(days=1)


@pytest.fixture
def office(session: Session, clock_at: FrozenClock) -> Office:
    return made.market(session)


@pytest.fixture
def owner(session: Session, office: Office) -> SellerMember:
    return made.opened(session, office)


def status(session: Session, member: SellerMember) -> SellerStatus:
    return session.get_one(Seller, member.seller_id).status


def suspend(session: Session, office: Office, member: SellerMember) -> None:
    standing.suspend(
        session, office.first, member.seller_id, reason="fraud", note="Seen", at=clock.now()
    )


def restrict(session: Session, office: Office, member: SellerMember, *switches: Switch) -> None:
    standing.restrict(
        session, office.first, member.seller_id, switches, reason="risk", at=clock.now()
    )


def test_a_paused_shop_sells_nothing_until_the_day_it_said(
    session: Session, owner: SellerMember
) -> None:
    standing.pause(session, owner, until=MONDAY + 3 * DAY, at=MONDAY)

    assert status(session, owner) is SellerStatus.PAUSED
    assert switches_off(session, owner.seller_id) == {Switch.BUYABLE}
    assert made.keep_standing(session, at=MONDAY + 3 * DAY)["resumed"] == 1
    assert made.keep_standing(session, at=MONDAY + 3 * DAY)["resumed"] == 0
    assert status(session, owner) is SellerStatus.OPEN


def test_a_pause_begins_on_the_day_it_said(session: Session, owner: SellerMember) -> None:
    standing.pause(session, owner, begins=MONDAY + DAY, until=MONDAY + 2 * DAY, at=MONDAY)

    assert is_buyable(session, owner.seller_id)
    assert made.keep_standing(session, at=MONDAY + DAY)["paused"] == 1
    assert not is_buyable(session, owner.seller_id)


def test_a_pause_that_has_not_begun_is_taken_back(session: Session, owner: SellerMember) -> None:
    standing.pause(session, owner, begins=MONDAY + DAY, at=MONDAY)
    standing.resume(session, owner, at=MONDAY)

    assert made.keep_standing(session, at=MONDAY + 9 * DAY)["paused"] == 0


def test_a_pause_ends_after_it_begins(session: Session, owner: SellerMember) -> None:
    with pytest.raises(Invalid):
        standing.pause(session, owner, begins=MONDAY + DAY, until=MONDAY + DAY, at=MONDAY)

    assert status(session, owner) is SellerStatus.OPEN


def test_what_was_switched_off_comes_back_when_the_last_reason_is_gone(
    session: Session, office: Office, owner: SellerMember
) -> None:
    restrict(session, office, owner, Switch.BOOK_SLOTS, Switch.PAYOUTS)
    standing.restrict(
        session, office.first, owner.seller_id, [Switch.PAYOUTS], reason="debt", at=MONDAY
    )
    rows = {(row.switch, row.reason): row.id for row in shop.standing(session, owner).switches}

    standing.lift(
        session, office.first, owner.seller_id,
        [rows["payouts", "risk"], rows["book_slots", "risk"]], at=MONDAY,
    )  # fmt: skip
    assert switches_off(session, owner.seller_id) == {Switch.PAYOUTS}
    assert status(session, owner) is SellerStatus.RESTRICTED

    standing.lift(session, office.first, owner.seller_id, [rows["payouts", "debt"]], at=MONDAY)
    assert status(session, owner) is SellerStatus.OPEN


def test_a_switch_with_an_end_comes_back_by_itself(
    session: Session, office: Office, owner: SellerMember
) -> None:
    standing.restrict(
        session, office.first, owner.seller_id, [Switch.JOIN_EVENTS], reason="risk",
        until=MONDAY + DAY, at=MONDAY,
    )  # fmt: skip

    assert made.keep_standing(session, at=MONDAY + DAY)["lifted"] == 1
    assert status(session, owner) is SellerStatus.OPEN


def test_suspension_switches_everything_off_and_only_it_comes_back(
    session: Session, office: Office, owner: SellerMember
) -> None:
    restrict(session, office, owner, Switch.JOIN_EVENTS)
    suspend(session, office, owner)

    assert switches_off(session, owner.seller_id) == set(Switch)
    standing.reinstate(session, office.second, owner.seller_id, note="Settled", at=MONDAY)

    assert switches_off(session, owner.seller_id) == {Switch.JOIN_EVENTS}
    assert status(session, owner) is SellerStatus.RESTRICTED
    letters = session.exec(select(Mail.template)).all()
    assert {"shop_suspended", "shop_reinstated"} <= set(letters)
    actions = session.exec(select(AuditEntry.action)).all()
    assert {"sellers.suspended", "sellers.reinstated"} <= set(actions)


def test_suspending_asks_who_you_are_once_more(
    session: Session, office: Office, owner: SellerMember
) -> None:
    tired = made.reviewer(session, "per_tired")
    tired = type(tired)(id=tired.id, name=tired.name, permissions=tired.permissions)

    for refused in (
        lambda: standing.suspend(
            session, tired, owner.seller_id, reason="fraud", note="x", at=MONDAY
        ),
        lambda: standing.close(session, tired, owner.seller_id, note="x", at=MONDAY),
    ):
        with pytest.raises(StepUpNeeded):
            refused()

    assert status(session, owner) is SellerStatus.OPEN


def test_a_suspended_seller_appeals_once_and_another_person_decides(
    session: Session, office: Office, owner: SellerMember
) -> None:
    suspend(session, office, owner)
    standing.appeal(session, owner, "It was not us", at=MONDAY)

    with pytest.raises(rules.AlreadyAppealed):
        standing.appeal(session, owner, "Really", at=MONDAY)
    with pytest.raises(rules.NotYourOwn):
        standing.decide_appeal(
            session, office.first, owner.seller_id, is_granted=True, answer="Yes", at=MONDAY
        )
    with pytest.raises(MoveNotAllowed):
        standing.reinstate(session, office.first, owner.seller_id, note="Around it", at=MONDAY)
    with pytest.raises(rules.TooEarly):
        standing.terminate(session, office.second, owner.seller_id, note="x", at=MONDAY)
    assert status(session, owner) is SellerStatus.SUSPENDED

    standing.decide_appeal(
        session, office.second, owner.seller_id, is_granted=True, answer="Right", at=MONDAY
    )
    assert status(session, owner) is SellerStatus.OPEN
    assert switches_off(session, owner.seller_id) == set()


def test_an_appeal_after_its_time_is_too_late_and_then_it_may_end(
    session: Session, office: Office, owner: SellerMember
) -> None:
    suspend(session, office, owner)
    zone = settings().time_zone
    _, later = day_bounds(day_of(MONDAY + 14 * DAY, zone), zone)

    with pytest.raises(rules.TooLate):
        standing.appeal(session, owner, "Sorry", at=later)
    with pytest.raises(rules.TooEarly):
        standing.terminate(
            session, office.second, owner.seller_id, note="Final", at=later - timedelta(seconds=1)
        )
    standing.terminate(session, office.second, owner.seller_id, note="Final", at=later)

    assert status(session, owner) is SellerStatus.TERMINATED


@pytest.mark.parametrize("by_staff", [False, True])
def test_a_shop_that_was_closing_closes_on_after_a_suspension(
    session: Session, office: Office, owner: SellerMember, by_staff: bool
) -> None:
    if by_staff:
        standing.close(session, office.first, owner.seller_id, note="By letter", at=MONDAY)
    else:
        standing.ask_to_close(session, owner, at=MONDAY)
    suspend(session, office, owner)
    standing.reinstate(session, office.second, owner.seller_id, note="Cleared", at=MONDAY + DAY)

    assert status(session, owner) is SellerStatus.CLOSING
    assert not is_buyable(session, owner.seller_id)
    assert shop.standing(session, owner).may_stay is not by_staff


@pytest.mark.parametrize(
    ("days", "after"), [(2, SellerStatus.PAUSED), (3, SellerStatus.OPEN), (5, SellerStatus.OPEN)]
)
def test_a_break_goes_on_after_a_suspension_until_its_day(
    session: Session, office: Office, owner: SellerMember, days: int, after: SellerStatus
) -> None:
    standing.pause(session, owner, until=MONDAY + 3 * DAY, at=MONDAY)
    suspend(session, office, owner)
    assert standing.perform_due_of(session, owner.seller_id, at=MONDAY + DAY)["resumed"] == 0
    at = MONDAY + days * DAY
    standing.reinstate(session, office.second, owner.seller_id, note="Cleared", at=at)

    assert status(session, owner) is after
    assert is_buyable(session, owner.seller_id) is (after is SellerStatus.OPEN)
    standing.perform_due_of(session, owner.seller_id, at=MONDAY + 9 * DAY)
    assert status(session, owner) is SellerStatus.OPEN
    assert shop.standing(session, owner).paused_from == ""


def test_a_closing_shop_takes_no_orders_and_closes_when_nothing_stands_open(
    session: Session, office: Office, owner: SellerMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    standing.ask_to_close(session, owner, at=MONDAY)
    ends = [OpenEnd("orders", 2)]
    monkeypatch.setattr(close_seller, "OPEN_ENDS", (lambda _session, _seller: ends,))

    assert not is_buyable(session, owner.seller_id)
    with pytest.raises(rules.StillOpen) as refused:
        close_seller.finish(session, office.first, owner.seller_id, at=MONDAY)
    assert refused.value.open_ends == (OpenEnd("orders", 2),)
    assert status(session, owner) is SellerStatus.CLOSING

    ends.clear()
    close_seller.finish(session, office.first, owner.seller_id, at=MONDAY)
    assert status(session, owner) is SellerStatus.CLOSED


def test_a_shop_takes_its_own_closing_back_and_never_one_that_staff_began(
    session: Session, office: Office, owner: SellerMember
) -> None:
    standing.ask_to_close(session, owner, at=MONDAY)
    assert shop.standing(session, owner).may_stay
    standing.stay_open(session, owner, at=MONDAY + DAY)
    assert status(session, owner) is SellerStatus.OPEN
    with pytest.raises(MoveNotAllowed):
        standing.stay_open(session, owner, at=MONDAY + DAY)

    standing.close(
        session, office.first, owner.seller_id, note="Asked by letter", at=MONDAY + 2 * DAY
    )
    assert not shop.standing(session, owner).may_stay
    with pytest.raises(MoveNotAllowed):
        standing.stay_open(session, owner, at=MONDAY + 3 * DAY)
    assert status(session, owner) is SellerStatus.CLOSING


def test_the_list_finds_sellers_by_state_switch_and_words(
    session: Session, office: Office, owner: SellerMember
) -> None:
    other = made.opened(session, office, made.another(made.POTTERY, "second-kiln"))
    restrict(session, office, other, Switch.PAYOUTS)

    def found(search: str = "", **filters: str) -> list[str]:
        chosen = {key: (value,) for key, value in filters.items()}
        query = ListQuery(search=search, filters=chosen)
        return [row.slug for row in directory.list_sellers(session, office.first, query).rows]

    assert found(status="restricted") == ["second-kiln"]
    assert found(switch="payouts") == ["second-kiln"]
    assert found("青山") == ["qingshan-ceramics"]
    assert found(level="trusted") == []
    detail = directory.seller(session, office.first, owner.seller_id)
    assert (detail.row.owner, detail.can_suspend, detail.can_terminate) == ("Qiu Shan", True, False)


def test_an_address_finds_its_shop_for_who_may_read_peoples_data(
    session: Session, office: Office, owner: SellerMember
) -> None:
    email = session.get_one(PersonAccount, owner.id).email
    blind = made.reviewer(session, "per_blind", frozenset({Permission.SELLERS_READ}))

    def found(staff: Staff, search: str) -> list[str]:
        rows = directory.list_sellers(session, staff, ListQuery(search=search)).rows
        return [row.slug for row in rows]

    assert found(office.first, f" {email.upper()}") == ["qingshan-ceramics"]
    assert found(office.first, email[:-1]) == []
    assert found(blind, email) == []


def test_a_member_of_one_shop_decides_nothing_for_another(
    session: Session, office: Office, owner: SellerMember
) -> None:
    other = made.opened(session, office, made.another(made.POTTERY, "second-kiln"))
    standing.pause(session, other, at=MONDAY)

    assert status(session, owner) is SellerStatus.OPEN
    assert shop.standing(session, owner).status == "open"
    rows = session.exec(select(SellerSwitch)).all()
    assert rows == []


def test_members_and_readers_decide_nothing(
    session: Session, office: Office, owner: SellerMember
) -> None:
    reader = made.reviewer(session, "per_reader", frozenset({Permission.SELLERS_READ}))
    helper = SellerMember(
        id="per_h", name="H", seller_id=owner.seller_id, seller_name="", role="", proved_at=MONDAY
    )
    at = MONDAY
    for refused in (
        lambda: standing.restrict(
            session, reader, owner.seller_id, [Switch.PAYOUTS], reason="risk", at=at
        ),
        lambda: standing.suspend(session, reader, owner.seller_id, reason="fraud", note="x", at=at),
        lambda: standing.reinstate(session, reader, owner.seller_id, note="x", at=at),
        lambda: standing.terminate(session, reader, owner.seller_id, note="x", at=at),
        lambda: standing.close(session, reader, owner.seller_id, note="x", at=at),
        lambda: standing.set_level(session, reader, owner.seller_id, "trusted", at=at),
        lambda: standing.pause(session, helper, at=at),
        lambda: standing.ask_to_close(session, helper, at=at),
        lambda: standing.appeal(session, helper, "x", at=at),
    ):
        with pytest.raises(NotAllowed):
            refused()

    assert status(session, owner) is SellerStatus.OPEN
    assert switches_off(session, owner.seller_id) == set()


def test_a_seller_nobody_knows_has_everything_off(session: Session) -> None:
    assert switches_off(session, "sel_nobody") == set(Switch)


STEPS = (
    *("pause", "resume", "restrict", "lift", "suspend", "reinstate", "appeal"),
    *("grant", "deny", "close", "stay", "finish", "end", "clock"),
)


@hypothesis_settings(max_examples=25)
@given(steps=st.lists(st.sampled_from(STEPS), max_size=12))
def test_whatever_happens_in_whatever_order_switches_and_state_agree(
    session: Session, clock_at: FrozenClock, steps: list[str]
) -> None:
    clock_at.moment = MONDAY
    nested = session.begin_nested()
    office = made.market(session)
    owner = made.opened(session, office)
    for step in steps:
        clock_at.advance(days=3)
        try:
            with session.begin_nested():
                _do(step, session, office, owner)
        except DomainError:
            session.expire_all()
        for invariant in INVARIANTS:
            assert invariant.find(session, Moment(clock.now())) == [], (step, invariant.id)
        row = session.get_one(Seller, owner.seller_id)
        is_shown = row.status in {SellerStatus.OPEN, SellerStatus.RESTRICTED}
        assert is_shown or not is_buyable(session, row.id)
    nested.rollback()


def _do(step: str, session: Session, office: Office, owner: SellerMember) -> None:
    seller_id, at = owner.seller_id, clock.now()
    rows = [row.id for row in shop.standing(session, owner).switches]
    first, second = office.first, office.second
    {
        "pause": lambda: standing.pause(session, owner, until=at + 5 * DAY, at=at),
        "resume": lambda: standing.resume(session, owner, at=at),
        "restrict": lambda: restrict(session, office, owner, Switch.PAYOUTS),
        "lift": lambda: standing.lift(session, first, seller_id, rows, at=at),
        "suspend": lambda: suspend(session, office, owner),
        "reinstate": lambda: standing.reinstate(session, first, seller_id, note="x", at=at),
        "appeal": lambda: standing.appeal(session, owner, "x", at=at),
        "grant": lambda: standing.decide_appeal(
            session, second, seller_id, is_granted=True, answer="x", at=at
        ),
        "deny": lambda: standing.decide_appeal(
            session, second, seller_id, is_granted=False, answer="x", at=at
        ),
        "close": lambda: standing.ask_to_close(session, owner, at=at),
        "stay": lambda: standing.stay_open(session, owner, at=at),
        "finish": lambda: close_seller.finish(session, first, seller_id, at=at),
        "end": lambda: standing.terminate(session, second, seller_id, note="x", at=at),
        "clock": lambda: made.keep_standing(session, at=at),
    }[step]()
