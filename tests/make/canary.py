"""A shop full of canaries: one row of every table that can belong to a seller, its words marked.

Whatever shows the mark to somebody else has shown what is not theirs (reference/security.md 4.2).
Rows are made from the tables themselves, so a table added later is planted without a word here.
"""

from datetime import date
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Enum, Integer, String, Table, select
from sqlmodel import Session
from sqlmodel.sql.sqltypes import AutoString

from marketplace.kit import clock, ids
from marketplace.kit.columns import UtcDateTime
from marketplace.models import metadata

MARK = "canary-b7"
WORDS = 9
"""A text column this long holds words; a shorter one a code."""

PUBLIC = {
    ("seller", "name"), ("seller", "name_zh"), ("seller", "slug"), ("seller", "about"),
    ("seller", "about_zh"),
}  # fmt: skip
"""What everybody may see of a shop."""

NOT_PLANTED = {
    "ledger_account",
    "seller",
    "seller_membership",
    "audit_entry",
    "audit_head",
    "outbox_message",
}
CONTENT = {
    "title": f"{MARK} cup",
    "title_zh": "",
    "variants": [{"id": "var_b", "sku": MARK, "price": 100, "cost": 5}],
}
GIVEN: dict[tuple[str, str], Any] = {
    ("listing", "draft"): CONTENT,
    ("listing", "status"): "draft",
    ("listing", "currency"): "CNY",
    ("listing_version", "content"): CONTENT,
    ("change_set", "content"): CONTENT,
    ("change_set", "status"): "open",
    ("seller_application", "status"): "submitted",
    ("seller_application", "business_type"): "company",
    ("seller_application", "bank_sealed"): "",
    ("media", "status"): "ready",
    ("media", "purpose"): "document",
    ("media", "token"): f"{MARK}-token",
    ("media", "content_type"): "image/png",
    ("task", "kind"): "export.listings",
    ("task", "audience"): "member",
    ("ledger_account", "currency"): "CNY",
    ("stock_level", "on_hand"): 7,
    ("back_in_stock", "locale"): "en",
    ("mail", "locale"): "en",
    ("notification", "locale"): "en",
}


def plant(session: Session, seller_id: str, person_id: str) -> dict[str, str]:
    """One row of the seller's in every table that names a seller, or names such a row.

    Returns the new ids by table.
    """
    known = {"seller": seller_id, "person": person_id}
    for table in metadata.sorted_tables:
        if table.name in NOT_PLANTED or not _belongs(table, known):
            continue
        row = {
            column.name: _value(session, table, column, known, seller_id, person_id)
            for column in table.columns
            if not (column.primary_key and isinstance(column.type, Integer))
        }
        session.execute(table.insert().values(row))
        if "id" in row:
            known[table.name] = row["id"]
    return {name: value for name, value in known.items() if name != "person"}


def _belongs(table: Table, known: dict[str, str]) -> bool:
    """It names a seller, or a row already planted that does."""
    if "seller_id" in table.columns:
        return True
    parents = {key.column.table.name for key in table.foreign_keys} - {"person", "role"}
    return bool(parents) and parents <= set(known)


def _value(
    session: Session,
    table: Table,
    column: Column[Any],
    known: dict[str, str],
    seller_id: str,
    person_id: str,
) -> Any:
    if (table.name, column.name) in GIVEN:
        return GIVEN[table.name, column.name]
    for key in column.foreign_keys:
        if column.nullable and key.column.table.name not in known:
            return None
        return known.get(key.column.table.name) or _any(session, key.column)
    if column.name == "seller_id":
        return seller_id
    if column.name in ("person_id", "owner_id", "by", "made_by", "submitted_by", "against"):
        return person_id
    if column.name.endswith("_id") and column.name.removesuffix("_id") in known:
        return known[column.name.removesuffix("_id")]
    return _of_type(table, column)


def _any(session: Session, column: Column[Any]) -> Any:
    """A row of a table that all share, such as a role; planted if there is none."""
    found = session.execute(select(column).limit(1)).scalar()
    if found is None:
        row = {one.name: _of_type(column.table, one) for one in column.table.columns}
        session.execute(column.table.insert().values(row))
        found = row[column.name]
    return found


def _of_type(table: Table, column: Column[Any]) -> Any:
    if column.primary_key and column.name == "id":
        return ids.new_id(table.name.replace("_", "")[:3])
    if column.nullable:
        return None
    if isinstance(column.type, Enum):
        return column.type.enums[0]
    if isinstance(column.type, JSON):
        return [] if column.name.endswith("s") else {}
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, Integer):
        return 1
    if isinstance(column.type, Date):
        return date(2030, 1, 1)
    if isinstance(column.type, UtcDateTime):
        return clock.now()
    if isinstance(column.type, AutoString | String):
        return _text(column)
    raise AssertionError(f"{table.name}.{column.name}: no value for {column.type}")


def _text(column: Column[Any]) -> str:
    if column.name.endswith("_id") or column.name == "reason":
        return ""
    if column.name in ("email", "email_key"):
        return f"{MARK}@elsewhere.example"
    longest = column.type.length or 200  # type: ignore[attr-defined]
    return f"{MARK} {column.name}"[:longest] if longest >= WORDS else ""
