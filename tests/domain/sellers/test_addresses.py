"""Where parcels leave and come back to: changed by those who manage the shop, and written down."""

import pytest
from sqlmodel import Session, select

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.audit.models import AuditEntry
from marketplace.domain.sellers.models import Seller
from marketplace.domain.sellers.queries import shop as queries
from marketplace.domain.sellers.rules.forms import AddressesForm
from marketplace.domain.sellers.service import shop as service
from marketplace.kit.errors import Invalid, NotAllowed, Stale
from tests.conftest import MONDAY, FrozenClock
from tests.make import shops

KILN = {
    "ship_city": "Longquan", "ship_street": "4 Kiln Road", "ship_phone": "+86 578 7123456",
    "ship_region": "Zhejiang",
}  # fmt: skip
DEPOT = {
    "return_same": False, "return_city": "Lishui", "return_street": "9 Depot Street",
    "return_phone": "+86 578 7654321",
}  # fmt: skip


@pytest.fixture
def owner(session: Session, clock_at: FrozenClock) -> SellerMember:
    return shops.opened(session, shops.market(session))


def row(session: Session, member: SellerMember) -> Seller:
    return session.get_one(Seller, member.seller_id)


def save(session: Session, member: SellerMember, **fields: object) -> int:
    form = AddressesForm.model_validate({**KILN, **fields})
    version = row(session, member).version
    return service.save_addresses(session, member, form, version=version, at=MONDAY)


def entries(session: Session) -> list[AuditEntry]:
    chosen = select(AuditEntry).where(AuditEntry.action == "sellers.addresses_saved")
    return list(session.exec(chosen))


def test_the_shop_moves_and_the_audit_log_says_from_where(
    session: Session, owner: SellerMember
) -> None:
    before = queries.addresses(session, owner)
    version = save(session, owner)
    shown = queries.addresses(session, owner)
    assert (shown.ship.street, shown.returns, shown.is_same) == ("4 Kiln Road", shown.ship, True)
    assert version == shown.version == before.version + 1
    (entry,) = entries(session)
    assert entry.before["ship_from"]["street"] == before.ship.street
    assert entry.after["ship_from"]["street"] == "4 Kiln Road"


def test_parcels_may_come_back_to_another_place(session: Session, owner: SellerMember) -> None:
    save(session, owner, **DEPOT)
    shown = queries.addresses(session, owner)
    assert (shown.returns.city, shown.is_same) == ("Lishui", False)
    assert shown.ship.city == "Longquan"


@pytest.mark.parametrize(
    ("fields", "marked"),
    [
        ({"return_city": "", "return_street": "", "return_phone": ""},
         {"return_city", "return_street", "return_phone"}),
        ({"return_phone": "call us"}, {"return_phone"}),
    ],
)  # fmt: skip
def test_half_an_address_is_refused_field_by_field(
    session: Session, owner: SellerMember, fields: dict[str, str], marked: set[str]
) -> None:
    before = queries.addresses(session, owner)
    with pytest.raises(Invalid) as refused:
        save(session, owner, **{**DEPOT, **fields})
    assert set(refused.value.fields) == marked
    assert queries.addresses(session, owner) == before
    assert entries(session) == []


def test_saving_the_same_again_changes_nothing(session: Session, owner: SellerMember) -> None:
    version = save(session, owner)
    assert save(session, owner) == version
    assert len(entries(session)) == 1


def test_who_saves_second_is_told(session: Session, owner: SellerMember) -> None:
    version = row(session, owner).version
    save(session, owner)
    with pytest.raises(Stale):
        service.save_addresses(
            session, owner, AddressesForm.model_validate({**KILN, "ship_city": "Lishui"}),
            version=version, at=MONDAY,
        )  # fmt: skip
    assert queries.addresses(session, owner).ship.city == "Longquan"


def test_only_who_manages_the_shop_moves_it(session: Session, owner: SellerMember) -> None:
    clerk = SellerMember(
        id=owner.id, name="Clerk", permissions=frozenset({Permission.SHOP_READ}),
        seller_id=owner.seller_id, seller_name="A", role="Clerk",
    )  # fmt: skip
    before = queries.addresses(session, clerk)
    with pytest.raises(NotAllowed):
        save(session, clerk)
    assert queries.addresses(session, clerk) == before
