"""The queue of applications: what a page of it costs, its filters, and names that are not one's own."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session

from marketplace.domain.access.models import Permission, Person
from marketplace.domain.accounts.models import PersonAccount
from marketplace.domain.sellers.models import SellerApplication, Verdict
from marketplace.domain.sellers.queries import applications as queries
from marketplace.domain.sellers.service import applications
from marketplace.flows.decide_application import approve
from marketplace.flows.seed.shops import Office
from marketplace.kit.errors import Invalid
from marketplace.kit.paging import ListQuery
from tests.conftest import MONDAY, FrozenClock
from tests.make import shops as made
from tests.make.shops import POTTERY


@pytest.fixture
def office(session: Session, clock_at: FrozenClock) -> Office:
    return made.market(session)


@pytest.fixture
def qiu(session: Session, office: Office) -> Person:
    return made.applicant(session)


def test_the_queue_costs_as_many_statements_for_three_as_for_one(
    session: Session, qiu: Person, office: Office
) -> None:
    made.submitted(session, qiu)
    one = statements_of(session, lambda: queries.queue(session, office.first, ListQuery()))
    for key in ("cups", "bowls"):
        person = made.applicant(session, f"per_{key}")
        made.submitted(session, person, made.another(POTTERY, key))

    three = statements_of(session, lambda: queries.queue(session, office.first, ListQuery()))
    assert len(queries.queue(session, office.first, ListQuery()).rows) == 3
    assert one == three


def statements_of(session: Session, work: Callable[[], object]) -> int:
    """How many statements reach the database."""
    session.flush()
    session.expire_all()
    seen: list[str] = []

    def note(_c: Any, _k: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    bound = session.connection()
    event.listen(bound, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(bound, "before_cursor_execute", note)
    return len(seen)


def asked_for(session: Session, office: Office, **filters: str) -> list[str]:
    wanted = ListQuery(filters={key: (value,) for key, value in filters.items()})
    found = queries.queue(session, office.first, wanted)
    assert found.total == len(found.rows)
    return [row.id for row in found.rows]


def test_the_queue_is_filtered_by_category_and_by_hints(
    session: Session, qiu: Person, office: Office
) -> None:
    first = made.submitted(session, qiu)
    other = made.applicant(session, "per_other")
    plain = made.submitted(session, other, made.another(POTTERY, "other-kiln"))
    for id_, chosen, lineage in (
        (first, ["cat_cups"], ["cat_home", "cat_cups"]),
        (plain, ["cat_shoes"], ["cat_wear", "cat_shoes"]),
    ):
        row = session.get_one(SellerApplication, id_)
        row.category_ids, row.shop = chosen, {**row.shop, "lineage": lineage}
        row.ip = ""
    row = session.get_one(SellerApplication, first)
    row.contact = {**row.contact, "email": "somebody@else.example"}
    row.legal = {**row.legal, "legal_name": "Quite Another Company"}
    session.flush()

    assert asked_for(session, office, category="cat_home") == [first]
    assert asked_for(session, office, category="cat_shoes") == [plain]
    assert asked_for(session, office, category="cat_") == []
    risky = {row.id for row in queries.queue(session, office.first, ListQuery()).rows if row.risks}
    assert first in risky
    assert set(asked_for(session, office, risk="any")) == risky
    assert set(asked_for(session, office, risk="none")) == {first, plain} - risky


def test_a_shop_of_the_same_name_is_a_hint_in_any_case_and_either_language(
    session: Session, qiu: Person, office: Office
) -> None:
    shop = made.opened(session, office)
    id_ = made.submitted(session, qiu, made.another(POTTERY, "kiln"))
    row = session.get_one(SellerApplication, id_)
    for name, chinese in (("QINGSHAN ceramics", ""), ("Kiln", POTTERY.name_zh)):
        row.shop_name, row.shop = name, {**row.shop, "shop_name_zh": chinese}
        session.flush()
        risks = {risk.code: risk for risk in queries.review(session, office.first, id_).risks}
        assert [match.id for match in risks["same_shop_name"].others] == [shop.seller_id]


def test_a_chinese_name_is_taken_like_any_other(
    session: Session, qiu: Person, office: Office
) -> None:
    """Two shops called 青山陶瓷 could be taken for each other."""
    made.opened(session, office)
    assert queries.shop_name_taken(session, qiu, POTTERY.name_zh)
    other = made.applicant(session, "per_other")
    kiln = replace(made.another(POTTERY, "kiln"), name_zh="新窑")
    id_ = made.submitted(session, other, kiln)
    assert queries.shop_name_taken(session, qiu, "新窑")
    assert not queries.shop_name_taken(session, other, "新窑")

    twin = replace(made.another(POTTERY, "twin"), name_zh="新窑")
    with pytest.raises(Invalid) as refused:
        made.written(session, qiu, twin)
    assert set(refused.value.fields) == {"shop_name_zh"}

    row = session.get_one(SellerApplication, id_)
    row.shop = {**row.shop, "shop_name_zh": POTTERY.name_zh}
    session.flush()
    with pytest.raises(Invalid) as refused:
        approve(session, office.first, id_, version=row.version, at=MONDAY)
    assert set(refused.value.fields) == {"shop_name_zh"}


def test_what_nobody_judged_is_counted(session: Session, qiu: Person, office: Office) -> None:
    id_ = made.submitted(session, qiu)
    before = queries.review(session, office.first, id_).unjudged
    given = made.given(session, id_, "licence")
    applications.judge(session, office.first, given.id, Verdict.ACCEPTED, at=MONDAY)

    assert before > 1
    assert queries.review(session, office.first, id_).unjudged == before - 1


def test_addresses_are_searched_by_those_alone_who_see_them(
    session: Session, office: Office, qiu: Person
) -> None:
    made.submitted(session, qiu)
    address = session.get_one(PersonAccount, qiu.id).email
    reader = made.reviewer(session, "per_reader", frozenset({Permission.SELLERS_READ}))
    query = ListQuery(search=address)
    assert queries.queue(session, office.first, query).total == 1
    assert queries.queue(session, reader, query).total == 0
    assert queries.queue(session, reader, ListQuery(search="Qiu")).total == 1
