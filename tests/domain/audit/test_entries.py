"""What an entry keeps, and who may read it."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.audit import queries, rules, service
from marketplace.domain.audit.rules import Change
from marketplace.kit.errors import NotAllowed, NotFound
from marketplace.kit.paging import ListQuery
from tests.conftest import MONDAY
from tests.make.people import member, staff

READER = staff(Permission.AUDIT_READ)
ACTOR = Staff(id="per_sam", name="Sam", ip="203.0.113.7")


def asked(**filters: str) -> ListQuery:
    return ListQuery.parse(filters, filters=queries.FILTERS, sorts=queries.SORTS)


def test_only_changed_fields_are_kept() -> None:
    assert rules.changed({"a": 1, "b": 2}, {"a": 1, "b": 3, "c": MONDAY}) == (
        {"b": 2},
        {"b": 3, "c": "2026-03-02T08:00:00+00:00"},
    )


@pytest.mark.parametrize(
    "key", ["password", "new_password", "totpSecret", "token", "csrf", "recovery_code"]
)
def test_a_secret_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="audit log"):
        rules.changed(None, {key: "x"})


def test_the_newest_entry_comes_first_with_its_changes(session: Session) -> None:
    for number in (1, 2):
        service.record(
            session,
            ACTOR,
            "things.renamed",
            "thing",
            "t",
            at=MONDAY + timedelta(hours=number),
            before={"name": f"n{number}"},
            after={"name": f"n{number + 1}"},
        )

    page = queries.list_entries(session, READER, asked())

    assert page.total == 2
    assert [row.seq for row in page.rows] == [2, 1]
    assert page.rows[0].changes == [Change("name", "n2", "n3")]


def test_a_sellers_entry_names_the_seller(session: Session) -> None:
    service.record(session, member(seller_id="sel_x"), "a.b", "thing", "t", at=MONDAY)

    assert queries.list_entries(session, READER, asked(seller="sel_x")).total == 1
    assert queries.list_entries(session, READER, asked(seller="sel_y")).total == 0


def test_addresses_are_masked_without_the_right_to_personal_data(session: Session) -> None:
    service.record(session, ACTOR, "a.b", "thing", "t", at=MONDAY)
    trusted = staff(Permission.AUDIT_READ, Permission.PII_READ)

    assert queries.list_entries(session, READER, asked()).rows[0].ip == "203.0.113.…"
    assert queries.list_entries(session, trusted, asked()).rows[0].ip == "203.0.113.7"


@pytest.mark.parametrize(
    ("filters", "total"),
    [
        ({"action": "a.b"}, 1),
        ({"action": "a.b,a.c"}, 2),
        ({"kind": "thing", "object": "t2"}, 1),
        ({"actor": "per_nobody"}, 0),
        ({"from": "2026-03-03"}, 1),
        ({"to": "2026-03-02"}, 1),
        ({"from": "nonsense"}, 2),
        ({"q": "T2"}, 1),
        ({"q": "%"}, 0),
    ],
)
def test_filters_narrow_the_list(session: Session, filters: dict[str, str], total: int) -> None:
    service.record(session, ACTOR, "a.b", "thing", "t1", at=MONDAY)
    service.record(session, ACTOR, "a.c", "thing", "t2", at=MONDAY + timedelta(days=1))

    assert queries.list_entries(session, READER, asked(**filters)).total == total


def test_without_the_permission_nothing_is_shown(session: Session) -> None:
    with pytest.raises(NotAllowed):
        queries.list_entries(session, staff(), asked())
    with pytest.raises(NotAllowed):
        queries.entry(session, staff(), "aud_x")


def test_an_unknown_entry_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        queries.entry(session, READER, "aud_x")
