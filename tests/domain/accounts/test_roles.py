"""Who may hand out which rights, and that somebody always can."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlmodel import Session, col, select

from marketplace import db
from marketplace.domain.access.models import PRESETS, Audience, Permission, Staff
from marketplace.domain.accounts.models import Role, RolePermission, StaffRole
from marketplace.domain.accounts.queries import identity
from marketplace.domain.accounts.rules import LastOwner, NotToYourself
from marketplace.domain.accounts.service import people, roles
from marketplace.domain.accounts.service.roles import PresetIsFixed, RoleInUse
from marketplace.kit.errors import DomainError, Invalid, NotAllowed, NotFound, Stale, StepUpNeeded
from tests.conftest import MONDAY
from tests.make import people as made
from tests.make.people import JOB

P = Permission


def rights(session: Session) -> set[tuple[str, str]]:
    """Every (person, role) pair."""
    return set(session.exec(select(StaffRole.person_id, StaffRole.role_id)))


def role_id(session: Session, code: str, audience: Audience = Audience.STAFF) -> str:
    return session.exec(select(Role.id).where(Role.audience == audience, Role.code == code)).one()


def appointed(session: Session, name: str, code: str) -> Staff:
    """Somebody on the staff, as the guard would recognise them just after signing in."""
    made.person_row(session, id=name)
    roles.grant(session, JOB, name, role_id(session, code), at=MONDAY)
    _, permissions = identity.staff_rights(session, name)
    return made.staff(*permissions, id_=name, proved_at=MONDAY)


@pytest.fixture
def presets(session: Session) -> None:
    roles.ensure_presets(session)


@pytest.fixture
def chief(session: Session, presets: None) -> Staff:
    return appointed(session, "per_chief", "super")


def own_role(session: Session, chief: Staff, *permissions: Permission) -> str:
    return roles.create_role(
        session, chief, name="Own", purpose="", permissions=frozenset(permissions), at=MONDAY
    )


def test_every_preset_is_there_once_however_often_it_is_asked_for(
    session: Session, presets: None
) -> None:
    roles.ensure_presets(session)

    found = session.exec(select(Role.audience, Role.code)).all()
    assert sorted(found) == sorted((preset.audience, preset.code) for preset in PRESETS)


def test_a_right_the_code_took_from_a_preset_is_gone_after_the_next_start(
    session: Session, presets: None
) -> None:
    analyst = role_id(session, "analyst")
    session.add(RolePermission(role_id=analyst, permission=P.ROLES_MANAGE))
    session.flush()

    roles.ensure_presets(session)

    assert P.ROLES_MANAGE not in roles.permissions_of(session, [analyst])


def test_nobody_changes_their_own_roles(session: Session, chief: Staff) -> None:
    before = rights(session)

    with pytest.raises(NotToYourself):
        roles.set_staff_roles(session, chief, chief.id, [role_id(session, "analyst")], at=MONDAY)

    assert rights(session) == before


def test_nobody_grants_what_they_lack(session: Session, chief: Staff) -> None:
    hr = own_role(session, chief, P.STAFF_MANAGE, P.BACK_OFFICE)
    clerk = appointed(session, "per_clerk", "support")
    made.person_row(session, id="per_hr")
    roles.grant(session, JOB, "per_hr", hr, at=MONDAY)
    actor = made.staff(P.STAFF_MANAGE, P.BACK_OFFICE, id_="per_hr", proved_at=MONDAY)
    before = rights(session)

    with pytest.raises(NotAllowed):
        roles.set_staff_roles(session, actor, clerk.id, [role_id(session, "super")], at=MONDAY)

    assert rights(session) == before


def test_nobody_takes_from_others_what_they_lack_themselves(session: Session, chief: Staff) -> None:
    actor = made.staff(P.STAFF_MANAGE, P.BACK_OFFICE, id_="per_hr", proved_at=MONDAY)
    before = rights(session)

    with pytest.raises(NotAllowed):
        roles.set_staff_roles(session, actor, chief.id, [], at=MONDAY)

    assert rights(session) == before


def test_nobody_makes_a_role_stronger_than_themselves(session: Session, presets: None) -> None:
    actor = made.staff(P.ROLES_MANAGE, P.BACK_OFFICE, proved_at=MONDAY)

    with pytest.raises(NotAllowed):
        own_role(session, actor, P.SETTLEMENT_CHECK)

    assert session.exec(select(Role).where(col(Role.is_preset).is_(False))).all() == []


def test_nobody_edits_a_role_they_hold(session: Session, chief: Staff) -> None:
    own = own_role(session, chief, P.ROLES_MANAGE, P.BACK_OFFICE)
    made.person_row(session, id="per_editor")
    roles.grant(session, JOB, "per_editor", own, at=MONDAY)
    editor = made.staff(*Permission, id_="per_editor", proved_at=MONDAY)

    with pytest.raises(NotToYourself):
        roles.edit_role(
            session, editor, own, name="Own", purpose="",
            permissions=frozenset({P.AUDIT_READ}), version=1, at=MONDAY,
        )  # fmt: skip

    assert roles.permissions_of(session, [own]) == {P.ROLES_MANAGE, P.BACK_OFFICE}


def test_presets_are_fixed(session: Session, chief: Staff) -> None:
    support = role_id(session, "support")
    before = roles.permissions_of(session, [support])

    with pytest.raises(PresetIsFixed):
        roles.edit_role(
            session, chief, support, name="X", purpose="",
            permissions=frozenset({P.AUDIT_READ}), version=1, at=MONDAY,
        )  # fmt: skip
    with pytest.raises(PresetIsFixed):
        roles.archive_role(session, chief, support, at=MONDAY)

    assert roles.permissions_of(session, [support]) == before


def test_a_role_of_ones_own_can_be_edited_and_put_away(session: Session, chief: Staff) -> None:
    own = own_role(session, chief, P.AUDIT_READ)
    roles.edit_role(
        session, chief, own, name="Newer", purpose="Reads.",
        permissions=frozenset({P.JOBS_READ}), version=1, at=MONDAY,
    )  # fmt: skip

    roles.archive_role(session, chief, own, at=MONDAY)

    row = session.get_one(Role, own)
    assert (row.name, row.version, row.archived_at) == ("Newer", 2, MONDAY)
    assert roles.permissions_of(session, [own]) == {P.JOBS_READ}


def test_of_two_editors_the_second_is_told(session: Session, chief: Staff) -> None:
    own = own_role(session, chief, P.AUDIT_READ)
    wanted = {"name": "N", "purpose": "", "permissions": frozenset({P.JOBS_READ})}
    roles.edit_role(session, chief, own, **wanted, version=1, at=MONDAY)  # type: ignore[arg-type]

    with pytest.raises(Stale):
        roles.edit_role(session, chief, own, **wanted, version=1, at=MONDAY)  # type: ignore[arg-type]


def test_a_role_somebody_has_is_not_put_away(session: Session, chief: Staff) -> None:
    own = own_role(session, chief, P.AUDIT_READ)
    made.person_row(session, id="per_kim")
    roles.grant(session, JOB, "per_kim", own, at=MONDAY)

    with pytest.raises(RoleInUse):
        roles.archive_role(session, chief, own, at=MONDAY)

    assert session.get_one(Role, own).archived_at is None


@pytest.mark.parametrize("permissions", [frozenset(), frozenset({P.SHOP_READ})])
def test_a_staff_role_has_rights_of_the_staff(
    permissions: frozenset[Permission], session: Session, presets: None
) -> None:
    actor = made.staff(*Permission, proved_at=MONDAY)

    with pytest.raises(Invalid):
        roles.create_role(session, actor, name="N", purpose="", permissions=permissions, at=MONDAY)


def test_roles_of_sellers_are_no_roles_for_the_staff(session: Session, chief: Staff) -> None:
    clerk = appointed(session, "per_clerk", "support")
    owner = role_id(session, "owner", Audience.SELLER)

    with pytest.raises(NotFound):
        roles.set_staff_roles(session, chief, clerk.id, [owner], at=MONDAY)


def test_the_last_who_can_manage_roles_stays(session: Session, chief: Staff) -> None:
    """Somebody with every right but no such role of their own, such as one removed meanwhile."""
    other = made.staff(*Permission, id_="per_gone", proved_at=MONDAY)

    for attempt in (
        lambda: roles.set_staff_roles(session, other, chief.id, [], at=MONDAY),
        lambda: people.disable(session, other, chief.id, at=MONDAY),
    ):
        with session.begin_nested() as savepoint:
            with pytest.raises(LastOwner):
                attempt()
            savepoint.rollback()

    assert rights(session) == {(chief.id, role_id(session, "super"))}


def test_somebody_shut_out_does_not_count_as_the_one_who_stays(
    session: Session, chief: Staff
) -> None:
    second = appointed(session, "per_second", "super")
    people.disable(session, chief, second.id, at=MONDAY)
    other = made.staff(*Permission, id_="per_gone", proved_at=MONDAY)

    with pytest.raises(LastOwner):
        roles.set_staff_roles(session, other, chief.id, [], at=MONDAY)


def test_two_managers_cannot_remove_each_other_at_once(database: str) -> None:
    with db.transaction() as session:
        roles.ensure_presets(session)
        two = [appointed(session, name, "super") for name in ("per_one", "per_two")]
    together = Barrier(2)

    def remove(number: int) -> bool:
        together.wait()
        try:
            db.call(roles.set_staff_roles, two[number], two[1 - number].id, [], at=MONDAY)
        except DomainError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(remove, range(2)))

    with db.transaction(read_only=True) as session:
        assert sum(done) == 1
        assert len(rights(session)) == 1


def test_nobody_shuts_out_somebody_with_more_rights(session: Session, chief: Staff) -> None:
    appointed(session, "per_second", "super")
    actor = made.staff(P.STAFF_MANAGE, id_="per_hr", proved_at=MONDAY)

    with pytest.raises(NotAllowed):
        people.disable(session, actor, chief.id, at=MONDAY)


def test_nobody_shuts_themselves_out(session: Session, chief: Staff) -> None:
    with pytest.raises(NotToYourself):
        people.disable(session, chief, chief.id, at=MONDAY)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda s, a, p: own_role(s, a, P.AUDIT_READ),
        lambda s, a, p: roles.set_staff_roles(s, a, p, [], at=MONDAY),
        lambda s, a, p: people.disable(s, a, p, at=MONDAY),
        lambda s, a, p: people.enable(s, a, p, at=MONDAY),
    ],
)
@pytest.mark.parametrize(
    ("minutes", "permissions", "refusal"),
    [(11, list(Permission), StepUpNeeded), (0, [P.STAFF_READ], NotAllowed)],
)
def test_rights_need_the_permission_and_a_fresh_proof(  # type: ignore[no-untyped-def]
    attempt,
    minutes: int,
    permissions: list[Permission],
    refusal: type,
    session: Session,
    chief: Staff,
) -> None:
    clerk = appointed(session, "per_clerk", "support")
    before = rights(session)
    actor = made.staff(*permissions, id_="per_other", proved_at=MONDAY - timedelta(minutes=minutes))

    with pytest.raises(refusal):
        attempt(session, actor, clerk.id)

    assert rights(session) == before


def test_a_right_the_code_no_longer_knows_counts_for_nothing(
    session: Session, chief: Staff
) -> None:
    own = own_role(session, chief, P.AUDIT_READ)
    session.add(RolePermission(role_id=own, permission="launch.rockets"))
    session.flush()

    assert identity.role_rights(session, [own]) == {P.AUDIT_READ}
