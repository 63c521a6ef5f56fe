"""The audit log cannot be changed unseen (reference/security.md SEC-50)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from marketplace import db
from marketplace.domain.access.models import Staff
from marketplace.domain.audit import queries, rules, service
from marketplace.domain.audit.models import SEALED, AuditEntry
from marketplace.domain.audit.queries import ChainCheck
from marketplace.domain.audit.rules import Head
from tests.conftest import MONDAY
from tests.make.people import JOB
from tests.make.tampering import tamper

ACTOR = Staff(id="per_sam", name="Sam", ip="203.0.113.7", request_id="req_1")


@pytest.fixture
def chain(database: str) -> Head:
    """Five entries; returns the head that somebody kept outside the database."""
    for number in range(1, 6):
        db.call(write, number)
    head = db.call_reading(queries.head_of)
    assert head is not None and head.seq == 5
    return head


def write(session: Session, number: int) -> int:
    return service.record(
        session,
        ACTOR,
        "things.changed",
        "thing",
        f"t{number}",
        at=MONDAY + timedelta(minutes=number),
        before={"price": number},
        after={"price": number + 1},
    )


def check(witness: Head | None = None) -> ChainCheck:
    return db.call_reading(queries.verify_chain, witness=witness)


def test_an_untouched_chain_is_whole(chain: Head) -> None:
    assert check(chain) == ChainCheck(5, chain)


def test_an_empty_chain_is_whole(database: str) -> None:
    assert check().is_whole


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_entry SET actor_name = 'Sal' WHERE seq = 3",
        "UPDATE audit_entry SET after = '{\"price\": 5}' WHERE seq = 3",
        "UPDATE audit_entry SET seal = 'x' || substr(seal, 2) WHERE seq = 3",
        "UPDATE audit_entry SET ip = '' WHERE seq = 3",
        "UPDATE audit_entry SET request_id = 'req_2' WHERE seq = 3",
    ],
)
def test_one_changed_field_is_named(chain: Head, change: str) -> None:
    tamper(change)

    assert check().bad_seq == 3


def test_a_changed_moment_is_named(chain: Head) -> None:
    tamper("UPDATE audit_entry SET at = :at WHERE seq = 2", at="2026-03-02 08:02:00.000001")

    assert check().bad_seq == 2


@pytest.mark.parametrize("seq", [1, 3])
def test_a_deleted_entry_is_named(chain: Head, seq: int) -> None:
    tamper(f"DELETE FROM audit_entry WHERE seq = {seq}")

    assert (check().bad_seq, check().reason) == (seq, "entry missing")


def test_a_deleted_last_entry_is_missed_by_the_head(chain: Head) -> None:
    tamper("DELETE FROM audit_entry WHERE seq = 5")

    assert (check().bad_seq, check().reason) == (5, "tail missing")


def test_a_tail_cut_together_with_the_head_is_missed_by_the_witness(chain: Head) -> None:
    tamper(
        "DELETE FROM audit_entry WHERE seq >= 4",
        "UPDATE audit_head SET seq = 3, seal = (SELECT seal FROM audit_entry WHERE seq = 3)",
    )

    assert check().is_whole  # the database alone cannot know
    assert (check(chain).bad_seq, check(chain).reason) == (4, "tail missing")


def test_another_history_than_the_witnessed_one_is_named(chain: Head) -> None:
    """An older copy was restored and went on from there."""
    tamper(
        "DELETE FROM audit_entry WHERE seq >= 4",
        "UPDATE audit_head SET seq = 3, seal = (SELECT seal FROM audit_entry WHERE seq = 3)",
    )
    for number in (7, 8, 9):
        db.call(write, number)

    assert check().is_whole
    assert check(chain).bad_seq == 5


def test_two_swapped_entries_are_named(chain: Head) -> None:
    tamper(
        "UPDATE audit_entry SET seq = 99 WHERE seq = 2",
        "UPDATE audit_entry SET seq = 2 WHERE seq = 3",
        "UPDATE audit_entry SET seq = 3 WHERE seq = 99",
    )

    assert check().bad_seq == 2


def test_an_inserted_entry_is_named(chain: Head) -> None:
    columns = ", ".join(name for name in SEALED if name not in ("seq", "id"))
    tamper(
        f"INSERT INTO audit_entry (seq, id, {columns}, seal) "
        f"SELECT 6, 'aud_x', {columns}, seal FROM audit_entry WHERE seq = 5"
    )

    assert check().bad_seq == 6


def test_a_chain_sealed_with_another_key_is_named(
    chain: Head, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who can write the database but lacks the key re-seals everything from the second entry."""
    with db.transaction(read_only=True) as session:
        entries = session.exec(select(AuditEntry).order_by("seq")).all()
        previous = entries[0].seal
        seals = {}
        for entry in entries[1:]:
            fields = {name: getattr(entry, name) for name in SEALED}
            previous = seals[entry.seq] = rules.seal(b"guessed", previous, fields)
    tamper(
        *(
            f"UPDATE audit_entry SET seal = '{seal}' WHERE seq = {seq}"
            for seq, seal in seals.items()
        ),
        f"UPDATE audit_head SET seal = '{previous}'",
    )

    assert check().bad_seq == 2


def test_a_lost_head_is_noticed(chain: Head) -> None:
    tamper("DELETE FROM audit_head")

    assert not check().is_whole


@pytest.mark.parametrize(
    "change", ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry"]
)
def test_the_database_itself_refuses_changes(chain: Head, change: str) -> None:
    with pytest.raises(DBAPIError), db.transaction() as session:
        session.connection().exec_driver_sql(change)

    assert check(chain).is_whole


def test_twenty_writers_at_once_make_one_chain(database: str) -> None:
    with ThreadPoolExecutor(20) as pool:
        numbers = list(pool.map(lambda number: db.call(write, number), range(60)))

    assert sorted(numbers) == list(range(1, 61))
    assert check() == ChainCheck(60, check().head)


def test_an_undone_change_leaves_no_entry_and_no_gap(chain: Head) -> None:
    with pytest.raises(ZeroDivisionError), db.transaction() as session:  # noqa: PT012  as in life
        write(session, 6)
        raise ZeroDivisionError
    db.call(write, 7)

    assert check() == ChainCheck(6, check().head)


def test_a_change_is_undone_when_its_entry_cannot_be_written(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    db.call(write, 1)

    def change(session: Session) -> None:
        write(session, 2)
        service.record(
            session, JOB, "x" * 10, "thing", "1", at=MONDAY, after={"password": "secret"}
        )

    with pytest.raises(ValueError, match="password"):
        db.call(change)
    assert check().entries == 1
