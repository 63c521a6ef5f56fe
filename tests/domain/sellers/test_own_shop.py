"""Staff who sell here decide neither on their own application nor about their own shop."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import Session, select

from marketplace.domain.access.models import Staff
from marketplace.domain.sellers.models import Seller, SellerMembership, Submission, Verdict
from marketplace.domain.sellers.queries import applications as queries
from marketplace.domain.sellers.queries import directory
from marketplace.domain.sellers.rules.standing import OwnShop
from marketplace.domain.sellers.service import applications, documents, standing
from marketplace.flows.decide_application import approve
from marketplace.kit import clock
from tests.conftest import MONDAY
from tests.make import shops as made

pytestmark = pytest.mark.usefixtures("clock_at")


def both(session: Session, person_id: str) -> Staff:
    """The person as staff with every right."""
    return replace(made.reviewer(session, "per_office"), id=person_id)


APPLICATION: dict[str, Callable[[Session, Staff, str], object]] = {
    "approve": lambda s, who, id_: approve(s, who, id_, version=made.version(s, id_), at=MONDAY),
    "reject": lambda s, who, id_: applications.reject(
        s, who, id_, "other", "No", version=made.version(s, id_), at=MONDAY
    ),
    "judge": lambda s, who, id_: applications.judge(
        s, who, made.given(s, id_, "licence").id, Verdict.ACCEPTED, at=MONDAY
    ),
    "request changes": lambda s, who, id_: applications.request_changes(
        s, who, id_, "", version=made.version(s, id_), at=MONDAY
    ),
}


@pytest.mark.parametrize("deed", APPLICATION)
def test_an_application_is_decided_by_others(session: Session, deed: str) -> None:
    made.market(session)
    qiu = made.applicant(session)
    id_ = made.submitted(session, qiu)
    before = made.version(session, id_)
    with pytest.raises(OwnShop):
        APPLICATION[deed](session, both(session, qiu.id), id_)
    assert made.version(session, id_) == before
    assert session.exec(select(Seller)).all() == []
    assert queries.review(session, both(session, qiu.id), id_).can_decide is False


SHOP: dict[str, Callable[[Session, Staff, str], Any]] = {
    "suspend": lambda s, who, id_: standing.suspend(
        s, who, id_, reason="fraud", note="", at=MONDAY
    ),
    "reinstate": lambda s, who, id_: standing.reinstate(s, who, id_, note="", at=MONDAY),
    "level": lambda s, who, id_: standing.set_level(s, who, id_, "trusted", at=MONDAY),
    "restrict": lambda s, who, id_: standing.restrict(
        s, who, id_, [], reason="debt", note="", at=MONDAY
    ),
    "lift": lambda s, who, id_: standing.lift(s, who, id_, ["swi_x"], at=MONDAY),
    "close": lambda s, who, id_: standing.close(s, who, id_, note="", at=MONDAY),
    "terminate": lambda s, who, id_: standing.terminate(s, who, id_, note="", at=MONDAY),
    "appeal": lambda s, who, id_: standing.decide_appeal(
        s, who, id_, is_granted=True, answer="Yes", at=MONDAY
    ),
    "document": lambda s, who, id_: documents.judge(
        s,
        who,
        s.exec(select(Submission.id).where(Submission.seller_id == id_)).first() or "",
        Verdict.ACCEPTED,
        at=MONDAY,
    ),
}


@pytest.mark.parametrize("deed", SHOP)
def test_a_shop_is_looked_after_by_others(session: Session, deed: str) -> None:
    office = made.market(session)
    owner = made.opened(session, office)
    who = both(session, owner.id)
    before = session.get_one(Seller, owner.seller_id).model_dump()
    with pytest.raises(OwnShop):
        SHOP[deed](session, who, owner.seller_id)
    session.expire_all()
    assert session.get_one(Seller, owner.seller_id).model_dump() == before
    assert directory.seller(session, who, owner.seller_id).can_manage is False
    assert directory.seller(session, office.first, owner.seller_id).can_manage is True


def test_the_rule_ends_with_the_membership(session: Session) -> None:
    office = made.market(session)
    owner = made.opened(session, office)
    session.delete(session.get_one(SellerMembership, (owner.seller_id, owner.id)))
    session.flush()
    standing.set_level(session, both(session, owner.id), owner.seller_id, "trusted", at=clock.now())
    assert session.get_one(Seller, owner.seller_id).level == "trusted"
