"""Points of violations, and what they suggest and switch off."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.accounts.models import Role
from marketplace.domain.audit.models import AuditEntry
from marketplace.domain.moderation import service as moderation
from marketplace.domain.moderation.queries import violations
from marketplace.domain.moderation.rules.machines import NotYourOwn
from marketplace.domain.moderation.rules.points import rank_left
from marketplace.domain.sellers.models import SellerMembership, Switch
from marketplace.domain.sellers.queries.standing import switches_off
from marketplace.flows.penalties import NothingSuggested, impose_penalty, suggest_penalty
from marketplace.kit.errors import Invalid, NotAllowed, NotFound
from marketplace.kit.states import MoveNotAllowed
from tests.make import sale
from tests.make.moments import MONDAY
from tests.make.people import staff
from tests.make.sale import MODERATOR

BOSS = staff(Permission.SELLERS_READ, Permission.SELLERS_MANAGE, id_="per_boss")
LATER = MONDAY + timedelta(days=1)


def take_down(session: Session, shop: sale.ShopOfTests, title: str, code: str) -> None:
    row = sale.live(session, shop, title=title, title_zh="")
    moderation.take_down(session, MODERATOR, row.id, code=code, note="", at=MONDAY)


def test_below_the_first_step_nothing_is_suggested(session: Session) -> None:
    shop = sale.shop(session)
    take_down(session, shop, "One cup", "misleading")
    found = suggest_penalty(session, BOSS, shop.seller_id, at=LATER)
    assert (found.points, found.label, found.switches, found.next_at) == (4, "", (), 12)
    with pytest.raises(NothingSuggested):
        impose_penalty(session, BOSS, shop.seller_id, note="No", at=LATER)


def test_points_add_up_to_a_step_and_decay(session: Session) -> None:
    shop = sale.shop(session)
    take_down(session, shop, "One cup", "unsafe")
    take_down(session, shop, "A bowl of clay", "unsafe")
    found = suggest_penalty(session, BOSS, shop.seller_id, at=LATER)
    assert (found.points, found.label) == (24, "Not found in search")
    assert set(found.switches) == {Switch.JOIN_EVENTS, Switch.BOOK_SLOTS, Switch.SEARCH_VISIBLE}
    later = suggest_penalty(session, BOSS, shop.seller_id, at=MONDAY + timedelta(days=180))
    assert (later.points, later.switches) == (0, ())


def test_imposing_switches_off_what_is_still_on(session: Session) -> None:
    shop = sale.shop(session)
    take_down(session, shop, "One cup", "unsafe")
    impose_penalty(session, BOSS, shop.seller_id, note="Two listings", at=LATER)
    assert switches_off(session, shop.seller_id) == {Switch.JOIN_EVENTS, Switch.BOOK_SLOTS}
    with pytest.raises(NothingSuggested):
        impose_penalty(session, BOSS, shop.seller_id, note="Again", at=LATER)


def test_who_only_moderates_imposes_nothing(session: Session) -> None:
    shop = sale.shop(session)
    take_down(session, shop, "One cup", "unsafe")
    with pytest.raises(NotAllowed):
        impose_penalty(session, MODERATOR, shop.seller_id, note="", at=LATER)
    assert switches_off(session, shop.seller_id) == set()


def violation_of(session: Session, shop: sale.ShopOfTests) -> str:
    take_down(session, shop, "One cup", "unsafe")
    return violations(session, BOSS, shop.seller_id, at=LATER)[0].id


def test_cancelled_points_no_longer_count_and_the_reason_is_kept(session: Session) -> None:
    shop = sale.shop(session)
    id_ = violation_of(session, shop)
    moderation.cancel_violation(session, MODERATOR, id_, note="Wrong listing", at=LATER)
    found = suggest_penalty(session, BOSS, shop.seller_id, at=LATER)
    assert (found.points, found.switches) == (0, ())
    entry = session.exec(
        select(AuditEntry).where(AuditEntry.action == "moderation.violation_cancelled")
    ).one()
    assert (entry.object_id, entry.after["note"]) == (id_, "Wrong listing")
    with pytest.raises(MoveNotAllowed):
        moderation.cancel_violation(session, MODERATOR, id_, note="Again", at=LATER)


def test_points_are_not_cancelled_without_a_word_nor_by_others(session: Session) -> None:
    shop = sale.shop(session)
    id_ = violation_of(session, shop)
    with pytest.raises(Invalid):
        moderation.cancel_violation(session, MODERATOR, id_, note=" ", at=LATER)
    with pytest.raises(NotAllowed):
        moderation.cancel_violation(session, BOSS, id_, note="Mine", at=LATER)
    with pytest.raises(NotFound):
        moderation.cancel_violation(session, MODERATOR, "vio_none", note="None", at=LATER)
    assert suggest_penalty(session, BOSS, shop.seller_id, at=LATER).points == 12


def test_nobody_cancels_points_of_a_shop_they_work_for(session: Session) -> None:
    shop = sale.shop(session)
    id_ = violation_of(session, shop)
    role = Role(id="rol_one", code="one", audience=Audience.SELLER, name="Owner")
    session.add(role)
    session.flush()
    work = SellerMembership(
        seller_id=shop.seller_id, person_id=shop.member.id, role_id=role.id, joined_at=MONDAY
    )
    session.add(work)
    session.flush()
    own = staff(Permission.MODERATION_DECIDE, id_=shop.member.id)
    with pytest.raises(NotYourOwn):
        moderation.cancel_violation(session, own, id_, note="Mine", at=LATER)


@pytest.mark.parametrize(
    ("points", "left"), [(0, 10_000), (4, 9_167), (12, 7_500), (24, 5_000), (60, 5_000)]
)
def test_points_leave_ever_less_of_a_rank_and_never_less_than_half(points: int, left: int) -> None:
    assert rank_left(points) == left
