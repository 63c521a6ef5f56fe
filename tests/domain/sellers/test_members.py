"""Members of a seller: only their own seller's, never their own rights, always an owner."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlmodel import Session, select

from marketplace import db
from marketplace.domain.access.models import Audience, Permission, SellerMember
from marketplace.domain.accounts.models import Invitation, Role
from marketplace.domain.accounts.queries import identity
from marketplace.domain.accounts.rules import LastOwner, NotToYourself
from marketplace.domain.accounts.service import invitations, roles
from marketplace.domain.sellers import queries, service
from marketplace.domain.sellers.models import Seller, SellerMembership, SellerStatus
from marketplace.kit.errors import DomainError, NotAllowed, NotFound, Stale, StepUpNeeded
from marketplace.kit.paging import ListQuery
from tests.conftest import MONDAY
from tests.make import people as made
from tests.make.people import JOB


def role_id(session: Session, code: str) -> str:
    found = select(Role.id).where(Role.audience == Audience.SELLER, Role.code == code)
    return session.exec(found).one()


def members(session: Session) -> set[tuple[str, str, str]]:
    session.expire_all()
    return {
        (row.seller_id, row.person_id, row.role_id)
        for row in session.exec(select(SellerMembership))
    }


def joined(session: Session, seller_id: str, name: str, code: str) -> SellerMember:
    """A new member, as the guard would recognise them just after signing in."""
    made.person_row(session, id=name)
    role = role_id(session, code)
    service.add_member(session, JOB, seller_id, name, role, at=MONDAY)
    return SellerMember(
        id=name,
        name=name,
        permissions=identity.role_rights(session, [role]),
        seller_id=seller_id,
        seller_name=seller_id,
        role=code,
        proved_at=MONDAY,
    )


def opened(session: Session, slug: str) -> str:
    return service.open_seller(session, JOB, name=slug, slug=slug, at=MONDAY)


@pytest.fixture
def shop(session: Session) -> str:
    roles.ensure_presets(session)
    return opened(session, "a")


@pytest.fixture
def owner(session: Session, shop: str) -> SellerMember:
    return joined(session, shop, "per_owner", "owner")


@pytest.fixture
def stranger(session: Session, owner: SellerMember) -> SellerMember:
    """The owner of another seller, with somebody working there."""
    other = opened(session, "b")
    joined(session, other, "per_their_clerk", "catalogue")
    return joined(session, other, "per_stranger", "owner")


def test_the_owner_changes_a_role_and_removes_a_member(
    session: Session, owner: SellerMember
) -> None:
    joined(session, owner.seller_id, "per_mia", "catalogue")
    finance = role_id(session, "finance")

    service.change_member_role(session, owner, "per_mia", finance, version=1, at=MONDAY)
    assert (owner.seller_id, "per_mia", finance) in members(session)

    service.remove_member(session, owner, "per_mia", at=MONDAY)
    assert {person for _, person, _ in members(session)} == {"per_owner"}


@pytest.mark.parametrize("action", ["remove", "change"])
def test_members_of_another_seller_do_not_exist(
    action: str, session: Session, owner: SellerMember, stranger: SellerMember
) -> None:
    before = members(session)

    def attempt() -> None:
        if action == "remove":
            service.remove_member(session, owner, "per_their_clerk", at=MONDAY)
        else:
            service.change_member_role(
                session, owner, "per_their_clerk", role_id(session, "owner"), version=1, at=MONDAY
            )

    with pytest.raises(NotFound):
        attempt()

    assert members(session) == before


def test_invitations_of_another_seller_do_not_exist(
    session: Session, owner: SellerMember, stranger: SellerMember
) -> None:
    theirs = invitations.invite_member(
        session, stranger, email="bo@example.com", role_id=role_id(session, "finance"), at=MONDAY
    )

    with pytest.raises(NotFound):
        invitations.revoke_member_invitation(session, owner, theirs, at=MONDAY)

    assert session.get_one(Invitation, theirs).revoked_at is None
    assert queries.list_member_invitations(session, owner, at=MONDAY) == []


def test_a_staff_invitation_is_not_a_sellers(session: Session, owner: SellerMember) -> None:
    made.person_row(session, id="per_staff")
    staff = made.staff(*Permission, proved_at=MONDAY)
    support = session.exec(select(Role.id).where(Role.code == "support")).one()
    theirs = invitations.invite_staff(
        session, staff, email="bo@example.com", role_id=support, at=MONDAY
    )

    with pytest.raises(NotFound):
        invitations.revoke_member_invitation(session, owner, theirs, at=MONDAY)


def test_a_list_shows_ones_own_seller_only(
    session: Session, owner: SellerMember, stranger: SellerMember
) -> None:
    page = queries.list_members(session, owner, ListQuery())

    assert [row.email for row in page.rows] == ["per_owner@example.com"]


def test_nobody_changes_or_removes_themselves(session: Session, owner: SellerMember) -> None:
    before = members(session)

    with pytest.raises(NotToYourself):
        service.remove_member(session, owner, owner.id, at=MONDAY)
    with pytest.raises(NotToYourself):
        service.change_member_role(
            session, owner, owner.id, role_id(session, "finance"), version=1, at=MONDAY
        )

    assert members(session) == before


@pytest.mark.parametrize("action", ["remove", "change"])
def test_a_manager_cannot_touch_the_owner(
    action: str, session: Session, owner: SellerMember
) -> None:
    manager = joined(session, owner.seller_id, "per_manager", "manager")
    before = members(session)

    def attempt() -> None:
        if action == "remove":
            service.remove_member(session, manager, owner.id, at=MONDAY)
        else:
            service.change_member_role(
                session, manager, owner.id, role_id(session, "finance"), version=1, at=MONDAY
            )

    with pytest.raises(NotAllowed):
        attempt()

    assert members(session) == before


def test_a_manager_cannot_make_owners(session: Session, owner: SellerMember) -> None:
    manager = joined(session, owner.seller_id, "per_manager", "manager")
    joined(session, owner.seller_id, "per_mia", "catalogue")
    before = members(session)
    highest = role_id(session, "owner")

    with pytest.raises(NotAllowed):
        service.change_member_role(session, manager, "per_mia", highest, version=1, at=MONDAY)
    with pytest.raises(NotAllowed):
        invitations.invite_member(
            session, manager, email="x@example.com", role_id=highest, at=MONDAY
        )

    assert members(session) == before
    assert session.exec(select(Invitation)).all() == []


def test_a_seller_gets_no_roles_of_the_staff(session: Session, owner: SellerMember) -> None:
    joined(session, owner.seller_id, "per_mia", "catalogue")
    highest = session.exec(select(Role.id).where(Role.code == "super")).one()

    with pytest.raises(NotFound):
        service.change_member_role(session, owner, "per_mia", highest, version=1, at=MONDAY)
    with pytest.raises(NotFound):
        invitations.invite_member(session, owner, email="x@example.com", role_id=highest, at=MONDAY)


def test_the_last_owner_stays(session: Session, owner: SellerMember) -> None:
    """Even for somebody who was an owner a moment ago."""
    gone = joined(session, owner.seller_id, "per_gone", "owner")
    service.remove_member(session, owner, gone.id, at=MONDAY)

    with session.begin_nested() as savepoint:
        with pytest.raises(LastOwner):
            service.remove_member(session, gone, owner.id, at=MONDAY)
        savepoint.rollback()

    assert {person for _, person, _ in members(session)} == {owner.id}


def test_two_owners_cannot_remove_each_other_at_once(database: str) -> None:
    with db.transaction() as session:
        roles.ensure_presets(session)
        seller_id = opened(session, "a")
        two = [joined(session, seller_id, name, "owner") for name in ("per_one", "per_two")]
    together = Barrier(2)

    def remove(number: int) -> bool:
        together.wait()
        try:
            db.call(service.remove_member, two[number], two[1 - number].id, at=MONDAY)
        except DomainError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(remove, range(2)))

    with db.transaction() as session:
        assert sum(done) == 1
        assert len(members(session)) == 1


def test_of_two_who_change_a_role_the_second_is_told(session: Session, owner: SellerMember) -> None:
    joined(session, owner.seller_id, "per_mia", "catalogue")
    finance = role_id(session, "finance")
    service.change_member_role(session, owner, "per_mia", finance, version=1, at=MONDAY)

    with pytest.raises(Stale):
        service.change_member_role(session, owner, "per_mia", finance, version=1, at=MONDAY)


@pytest.mark.parametrize("action", ["remove", "change", "invite"])
@pytest.mark.parametrize(
    ("minutes", "code", "refusal"), [(11, "owner", StepUpNeeded), (0, "finance", NotAllowed)]
)
def test_members_are_for_those_with_the_right_and_a_fresh_proof(
    action: str, minutes: int, code: str, refusal: type, session: Session, owner: SellerMember
) -> None:
    actor = joined(session, owner.seller_id, "per_actor", code)
    joined(session, owner.seller_id, "per_mia", "catalogue")
    finance = role_id(session, "finance")
    at = MONDAY + timedelta(minutes=minutes)
    before = members(session)

    def attempt() -> None:
        if action == "remove":
            service.remove_member(session, actor, "per_mia", at=at)
        elif action == "change":
            service.change_member_role(session, actor, "per_mia", finance, version=1, at=at)
        else:
            invitations.invite_member(session, actor, email="x@example.com", role_id=finance, at=at)

    with pytest.raises(refusal):
        attempt()

    assert members(session) == before


def test_somebody_who_works_there_already_keeps_their_role(
    session: Session, owner: SellerMember
) -> None:
    before = members(session)

    service.add_member(
        session, JOB, owner.seller_id, owner.id, role_id(session, "finance"), at=MONDAY
    )

    assert members(session) == before


def test_a_terminated_seller_has_no_portal(session: Session, owner: SellerMember) -> None:
    assert [shop.seller_id for shop in queries.shops_of(session, owner.id)] == [owner.seller_id]

    session.get_one(Seller, owner.seller_id).status = SellerStatus.TERMINATED
    session.flush()

    assert queries.shops_of(session, owner.id) == ()
