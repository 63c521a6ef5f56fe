"""What a cookie lets somebody do, beyond who they are."""

import pytest
from sqlmodel import Session, select

from marketplace.domain.access.models import Permission
from marketplace.domain.accounts.service import sessions
from marketplace.domain.sellers.models import Seller, SellerStatus
from marketplace.flows.recognise import Visitor, recognise
from tests.make import shops
from tests.make.moments import MONDAY

P = Permission


def owner_of_a_shop(session: Session, status: SellerStatus) -> Visitor:
    owner = shops.opened(session, shops.market(session), shops.POTTERY)
    session.exec(select(Seller)).one().status = status
    session.flush()
    cookie = sessions.sign_in(
        session, owner.id, replaces="", user_agent="test", ip="192.0.2.7", at=MONDAY
    )
    return recognise(session, cookie, at=MONDAY)


def test_members_of_a_suspended_shop_look_appeal_and_send_what_is_paid(session: Session) -> None:
    """The portal says that it can only be read: it has to be true of every form of it."""
    member = owner_of_a_shop(session, SellerStatus.SUSPENDED).member
    assert member is not None
    assert member.permissions == {
        P.SHOP_READ,
        P.SHOP_MANAGE,
        P.SHOP_LISTINGS_READ,
        P.SHOP_ORDERS_READ,
        P.SHOP_ORDERS_FULFIL,
        P.SHOP_FINANCE_READ,
        P.SHOP_INSIGHTS_READ,
    }


@pytest.mark.parametrize(
    "status", [SellerStatus.OPEN, SellerStatus.PAUSED, SellerStatus.RESTRICTED]
)
def test_members_of_other_shops_keep_their_rights(session: Session, status: SellerStatus) -> None:
    member = owner_of_a_shop(session, status).member
    assert member is not None
    assert {P.SHOP_LISTINGS_EDIT, P.SHOP_MEMBERS} <= member.permissions
