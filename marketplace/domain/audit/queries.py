"""What can be asked of the audit log: its entries, and whether the chain holds."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import RowMapping, Select, func, inspect
from sqlalchemy import select as core_select
from sqlmodel import Session, col, or_, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.audit import rules
from marketplace.domain.audit.models import SEALED, AuditEntry, AuditHead
from marketplace.domain.audit.rules import Change, Head
from marketplace.kit.clock import iso
from marketplace.kit.days import day_bounds
from marketplace.kit.errors import NotFound
from marketplace.kit.paging import ListQuery, Page
from marketplace.kit.redaction import mask_ip
from marketplace.kit.tokens import is_same
from marketplace.settings import settings

S = TypeVar("S", bound=Select[Any])

FILTERS: dict[str, tuple[str, ...] | None] = {
    "actor": None,
    "action": None,
    "kind": None,
    "object": None,
    "seller": None,
    "from": None,
    "to": None,
}
SORTS = ("-seq",)
AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class AuditRow:
    """Moments are ISO 8601, UTC; empty for none."""

    seq: int
    id: str
    at: str
    actor_kind: str
    actor_id: str
    actor_name: str
    seller_id: str
    action: str
    object_kind: str
    object_id: str
    ip: str
    request_id: str
    changes: list[Change]


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """Whether the chain holds; if not, the first number that does not, and why."""

    entries: int
    head: Head
    bad_seq: int | None = None
    reason: str = ""

    @property
    def is_whole(self) -> bool:
        return self.bad_seq is None


def list_entries(session: Session, staff: Staff, query: ListQuery) -> Page[AuditRow]:
    """Newest first. Addresses are masked for staff who may not read personal data.

    Filters: `actor`, `action`, `kind`, `object` and `seller` take exact values, several of
    them meaning any; `from` and `to` are days of the marketplace's time zone, both included.
    """
    staff.require(Permission.AUDIT_READ)
    wanted = _matching(select(AuditEntry), query)
    total = session.exec(_matching(select(func.count()).select_from(AuditEntry), query)).one()
    order = col(AuditEntry.seq)
    page = wanted.order_by(order.desc() if query.is_descending else order)
    entries = session.exec(page.offset(query.offset).limit(query.size)).all()
    return Page([_row(staff, entry) for entry in entries], total)


def entry(session: Session, staff: Staff, entry_id: str) -> AuditRow:
    """One entry with its changes. Raises `NotFound`."""
    staff.require(Permission.AUDIT_READ)
    found = session.exec(select(AuditEntry).where(AuditEntry.id == entry_id)).first()
    if found is None:
        raise NotFound
    return _row(staff, found)


def known_actions(session: Session, staff: Staff) -> list[str]:
    """The actions that occur, for the filter."""
    staff.require(Permission.AUDIT_READ)
    return list(
        session.exec(select(AuditEntry.action).distinct().order_by(AuditEntry.action)).all()
    )


def verify_chain(session: Session, *, witness: Head | None = None) -> ChainCheck:
    """Walk the whole chain with the key; stop at the first entry that does not follow.

    `witness` is a head that was kept outside the database: it shows a tail that was cut
    together with the head row, and an older copy put in place of the real log.
    """
    head = head_of(session) or Head(0, rules.GENESIS)
    with _all_entries(session) as entries:
        return _walk(entries, head, witness)


def head_of(session: Session) -> Head | None:
    row = session.exec(select(AuditHead)).first()
    return Head(row.seq, row.seal) if row else None


def _walk(entries: Iterable[RowMapping], head: Head, witness: Head | None) -> ChainCheck:
    key, seen = settings().chain_key(), Head(0, rules.GENESIS)
    for stored in entries:
        expected = seen.seq + 1
        if stored["seq"] != expected:
            return ChainCheck(seen.seq, head, min(expected, stored["seq"]), "entry missing")
        sealed = rules.seal(key, seen.seal, {name: stored[name] for name in SEALED})
        if not is_same(sealed, stored["seal"]):
            return ChainCheck(seen.seq, head, expected, "seal does not fit")
        seen = Head(expected, stored["seal"])
        if witness and witness.seq == seen.seq and not is_same(witness.seal, seen.seal):
            return ChainCheck(seen.seq, head, seen.seq, "not the entry that was witnessed")
    last_known = max(head.seq, witness.seq if witness else 0)
    if seen.seq < last_known:
        return ChainCheck(seen.seq, head, seen.seq + 1, "tail missing")
    if head != seen:
        return ChainCheck(seen.seq, head, seen.seq, "head does not fit the last entry")
    return ChainCheck(seen.seq, head)


@contextmanager
def _all_entries(session: Session) -> Iterator[Iterable[RowMapping]]:
    """Rows, not objects, and never all in memory: the log may hold a million."""
    table = inspect(AuditEntry).local_table
    statement = core_select(table).order_by(table.c.seq).execution_options(yield_per=AT_ONCE)
    with session.connection().execute(statement) as found:
        yield found.mappings()


def _matching(statement: S, query: ListQuery) -> S:
    for name, column in _FILTERED.items():
        if chosen := query.filters.get(name):
            statement = statement.where(column.in_(chosen))
    zone = settings().time_zone
    if since := _day(query, "from"):
        statement = statement.where(col(AuditEntry.at) >= day_bounds(since, zone)[0])
    if until := _day(query, "to"):
        statement = statement.where(col(AuditEntry.at) < day_bounds(until, zone)[1])
    if query.search:
        statement = statement.where(
            or_(*(column.icontains(query.search, autoescape=True) for column in _SEARCHED))
        )
    return statement


_FILTERED = {
    "actor": col(AuditEntry.actor_id),
    "action": col(AuditEntry.action),
    "kind": col(AuditEntry.object_kind),
    "object": col(AuditEntry.object_id),
    "seller": col(AuditEntry.seller_id),
}
_SEARCHED = (col(AuditEntry.actor_name), col(AuditEntry.action), col(AuditEntry.object_id))


def _day(query: ListQuery, name: str) -> date | None:
    """A day as the URL says it; nonsense filters nothing."""
    try:
        return date.fromisoformat(query.filters.get(name, ("",))[0])
    except ValueError:
        return None


def _row(staff: Staff, entry: AuditEntry) -> AuditRow:
    return AuditRow(
        seq=entry.seq,
        id=entry.id,
        at=iso(entry.at),
        actor_kind=entry.actor_kind,
        actor_id=entry.actor_id,
        actor_name=entry.actor_name,
        seller_id=entry.seller_id,
        action=entry.action,
        object_kind=entry.object_kind,
        object_id=entry.object_id,
        ip=entry.ip if staff.can(Permission.PII_READ) else mask_ip(entry.ip),
        request_id=entry.request_id,
        changes=rules.changes(entry.before, entry.after),
    )
