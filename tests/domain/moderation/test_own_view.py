"""What a seller is told about a listing that was taken down: the cost, and every appeal."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from marketplace.domain.moderation import queries
from marketplace.domain.moderation import service as moderation
from marketplace.domain.moderation.rules.machines import AlreadyAppealed
from marketplace.kit.errors import NotFound
from tests.make import sale
from tests.make.moments import MONDAY
from tests.make.sale import MODERATOR, OTHER_MODERATOR

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)


def taken_down(session: Session, of: sale.ShopOfTests) -> str:
    id_ = sale.live(session, of).id
    moderation.take_down(session, MODERATOR, id_, code="unsafe", note="Sharp edge", at=TUESDAY)
    return id_


def test_the_seller_sees_what_it_cost_and_until_when(session: Session) -> None:
    shop = sale.shop(session)
    id_ = taken_down(session, shop)
    cost = queries.sanction_of(session, shop.member, id_)
    rule = next(row for row in queries.list_codes(session) if row.code == "unsafe")
    assert cost is not None
    assert cost.points == rule.points
    assert cost.until == (TUESDAY + timedelta(days=rule.decay_days)).isoformat()


def test_what_is_on_sale_cost_nothing(session: Session) -> None:
    shop = sale.shop(session)
    assert queries.sanction_of(session, shop.member, sale.live(session, shop).id) is None


def test_an_appeal_is_kept_with_its_answer_and_not_offered_twice(session: Session) -> None:
    shop = sale.shop(session)
    id_ = taken_down(session, shop)
    assert queries.may_appeal(session, shop.member, id_)
    appeal = moderation.appeal(session, shop.member, id_, "It is blunt.", at=WEDNESDAY)
    assert not queries.may_appeal(session, shop.member, id_)
    moderation.decide_appeal(
        session, OTHER_MODERATOR, appeal, is_granted=False, answer="It cuts.", version=1,
        at=WEDNESDAY,
    )  # fmt: skip
    (told,) = queries.appeals_of(session, shop.member, id_)
    assert (told.status, told.text, told.answer) == ("upheld", "It is blunt.", "It cuts.")
    assert (told.decided_by, told.against) == ("", "")  # staff are not named to sellers
    assert not queries.may_appeal(session, shop.member, id_)
    with pytest.raises(AlreadyAppealed):
        moderation.appeal(session, shop.member, id_, "But!", at=WEDNESDAY)


def test_a_new_decision_can_be_appealed_against_again(session: Session) -> None:
    shop = sale.shop(session)
    id_ = taken_down(session, shop)
    first = moderation.appeal(session, shop.member, id_, "It is blunt.", at=TUESDAY)
    moderation.decide_appeal(
        session, OTHER_MODERATOR, first, is_granted=True, answer="Right.", version=1, at=TUESDAY
    )
    moderation.take_down(session, MODERATOR, id_, code="unsafe", note="Again", at=WEDNESDAY)
    assert queries.may_appeal(session, shop.member, id_)
    moderation.appeal(session, shop.member, id_, "Still blunt.", at=WEDNESDAY)
    told = [(row.status, row.text) for row in queries.appeals_of(session, shop.member, id_)]
    assert told == [("open", "Still blunt."), ("granted", "It is blunt.")]


def test_another_shop_sees_neither(session: Session) -> None:
    shop, other = sale.shop(session), sale.shop(session)
    id_ = taken_down(session, shop)
    for asked in (queries.sanction_of, queries.appeals_of):
        with pytest.raises(NotFound):
            asked(session, other.member, id_)
