"""People and actors for tests."""

from datetime import UTC, datetime

from sqlmodel import Session

from marketplace.domain.access.models import Permission, Person, SellerMember, Staff, System
from marketplace.domain.accounts.models import PersonAccount
from marketplace.kit.ids import new_id

LONG_AGO = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
JOB = System(id="test", name="A test")


def person_row(session: Session, **fields: object) -> PersonAccount:
    """A saved person; every field can be chosen."""
    id_ = str(fields.get("id", new_id("per")))
    row = PersonAccount(
        **{
            "id": id_,
            "email": f"{id_}@example.com",
            "email_key": f"{id_}@example.com",
            "name": "Ada",
            "password_hash": "$argon2id$none",
            "created_at": LONG_AGO,
            **fields,
        }
    )
    session.add(row)
    session.flush()
    return row


def person(id_: str = "per_ada", **fields: object) -> Person:
    return Person(**{"id": id_, "name": "Ada", **fields})  # type: ignore[arg-type]


def staff(*permissions: Permission, id_: str = "per_staff", **fields: object) -> Staff:
    return Staff(**{"id": id_, "name": "Sam", "permissions": frozenset(permissions), **fields})  # type: ignore[arg-type]


def member(
    *permissions: Permission, id_: str = "per_member", seller_id: str = "sel_a"
) -> SellerMember:
    return SellerMember(
        id=id_,
        name="Mia",
        permissions=frozenset(permissions),
        seller_id=seller_id,
        seller_name="A",
        role="Owner",
    )
