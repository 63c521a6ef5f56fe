"""Staff and roles: who may change whose rights, through the events a browser sends."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from marketplace import db
from marketplace.domain.access.models import Audience
from marketplace.domain.accounts.models import Invitation, Role, RolePermission, TwoStepReset
from marketplace.domain.accounts.rules import NotToYourself
from marketplace.domain.accounts.service.roles import PresetIsFixed
from marketplace.kit import clock
from marketplace.kit.errors import NotFound, Stale, StepUpNeeded
from marketplace.kit.ids import new_id
from marketplace.web.admin.staff.invitations import StaffInvitationsState
from marketplace.web.admin.staff.people import StaffState
from marketplace.web.admin.staff.roles import RolesState
from tests.make.browsing import everything
from tests.web.demo import id_of, is_disabled, refusal, role_id, signed_in, staff_roles
from tests.web.harness import Pipeline, Tab

pytestmark = pytest.mark.usefixtures("demo")
EVERY_LESSER = ["chen.hao", "emma.clark", "wang.qi", "qiu.shan", "xu.lei"]
"""Operations, an auditor (who reads all of it), a moderator, a shop's owner, a buyer."""


@pytest.fixture
def chief(pipeline: Pipeline) -> Tab:
    return pipeline.tab(cookie=signed_in("lin.na"))


def sent(*pairs: tuple[str, str]) -> dict[str, Any]:
    """A form as Reflex's client sends it."""
    return {"__reflex_form_data__": [list(pair) for pair in pairs]}


def changes() -> list[tuple[Any, dict[str, Any]]]:
    """Every event of the three pages that changes something, with good values."""
    support, mei = role_id("support"), id_of("sun.mei")
    invite = sent(("email", "new@example.com"), ("role_id", support))
    role = sent(("name", "Night shift"), ("purpose", ""), ("permissions", "orders.read"))
    return [
        (StaffState.set_roles, {"person_id": mei, "form_data": sent(("roles", support))}),
        (StaffState.disable, {"person_id": id_of("sun.mei")}),
        (StaffState.enable, {"person_id": id_of("sun.mei")}),
        (StaffState.disable_many, {"ids": [id_of("sun.mei")]}),
        (StaffState.enable_many, {"ids": [id_of("sun.mei")]}),
        (StaffState.ask_reset, {"person_id": id_of("sun.mei")}),
        (StaffState.approve_reset, {"reset_id": a_reset()}),
        (StaffState.cancel_reset, {"reset_id": a_reset()}),
        (StaffInvitationsState.send, {"form_data": invite}),
        (StaffInvitationsState.again, {"invitation_id": an_invitation()}),
        (StaffInvitationsState.revoke, {"invitation_id": an_invitation()}),
        (RolesState.create, {"form_data": role}),
        (RolesState.save, {"role_id": an_own_role(), "version": 1, "form_data": role}),
        (RolesState.archive, {"role_id": an_own_role()}),
    ]  # fmt: skip


@pytest.mark.parametrize("key", EVERY_LESSER)
async def test_without_the_right_nothing_can_be_changed(pipeline: Pipeline, key: str) -> None:
    tab = pipeline.tab(cookie=signed_in(key))
    events = changes()
    before = everything()
    for handler, payload in events:
        await refusal(tab, handler, **payload)

    assert everything() == before


async def test_a_guest_changes_nothing(pipeline: Pipeline) -> None:
    events = changes()
    before = everything()
    for handler, payload in events:
        await refusal(pipeline.tab(), handler, **payload)

    assert everything() == before


async def test_an_old_proof_of_identity_is_not_enough(chief: Tab) -> None:
    needs = [each for each in changes() if each[0] not in (
        StaffInvitationsState.revoke, StaffState.cancel_reset)]  # fmt: skip
    later = clock.now() + timedelta(minutes=11)
    with clock.running_on(lambda: later):
        before = everything()
        refused = [await refusal(chief, handler, **payload) for handler, payload in needs]

        assert everything() == before
    assert refused == [StepUpNeeded] * len(needs)


async def test_roles_are_set_exactly_as_ticked(chief: Tab) -> None:
    ticked = sent(("roles", role_id("support")), ("roles", role_id("moderator")))
    await chief.send(StaffState.set_roles, person_id=id_of("chen.hao"), form_data=ticked)
    assert staff_roles("chen.hao") == {"support", "moderator"}

    await chief.send(StaffState.set_roles, person_id=id_of("chen.hao"), form_data=sent())
    assert staff_roles("chen.hao") == set()


async def test_nobody_changes_themselves(chief: Tab) -> None:
    own = id_of("lin.na")
    before = everything()
    ticked = sent(("roles", role_id("support")))
    assert (
        await refusal(chief, StaffState.set_roles, person_id=own, form_data=ticked) is NotToYourself
    )
    assert await refusal(chief, StaffState.disable, person_id=own) is NotToYourself
    assert await refusal(chief, StaffState.ask_reset, person_id=own) is NotToYourself
    await chief.send(StaffState.disable_many, ids=[own])

    assert everything() == before


async def test_a_buyer_is_not_made_staff_here(chief: Tab) -> None:
    before = everything()
    ticked = sent(("roles", role_id("super")))
    buyer = id_of("xu.lei")
    assert await refusal(chief, StaffState.set_roles, person_id=buyer, form_data=ticked) is NotFound
    assert await refusal(chief, StaffState.ask, kind="roles", person_id=buyer) is NotFound

    assert everything() == before


async def test_a_sellers_role_is_none_for_the_staff(chief: Tab) -> None:
    before = everything()
    ticked = sent(("roles", role_id("owner")))
    refused = await refusal(
        chief, StaffState.set_roles, person_id=id_of("sun.mei"), form_data=ticked
    )
    assert refused is NotFound
    assert everything() == before


@pytest.mark.parametrize(
    "form",
    [
        {}, {"roles": "x"}, {"roles": [1]}, {"roles": ["x"]}, {"roles": [], "is_admin": True},
        sent(("roles", "x")), sent(("is_admin", "1")), {"__reflex_form_data__": "x"},
        {"__reflex_form_data__": [["roles"]]}, {"__reflex_form_data__": [["roles", 1]]},
        {"__reflex_form_data__": [["roles", "rol_" + "0" * 26]] * 600}, None, [], "x",
    ],
)  # fmt: skip
async def test_an_odd_form_changes_nothing(pipeline: Pipeline, chief: Tab, form: object) -> None:
    before = everything()
    await refusal(chief, StaffState.set_roles, person_id=id_of("sun.mei"), form_data=form)

    assert everything() == before


async def test_an_account_is_shut_and_opened(chief: Tab) -> None:
    await chief.send(StaffState.disable, person_id=id_of("sun.mei"))
    assert is_disabled("sun.mei")

    await chief.send(StaffState.enable, person_id=id_of("sun.mei"))
    assert not is_disabled("sun.mei")


async def test_many_are_shut_at_once_and_the_own_account_is_not(chief: Tab) -> None:
    keys = ("sun.mei", "wang.qi", "lin.na")
    await chief.send(StaffState.disable_many, ids=[id_of(key) for key in keys])

    assert [is_disabled(key) for key in keys] == [True, True, False]


@pytest.mark.parametrize("ids", [[], ["x"], "x", [None], ["per_" + "0" * 26] * 51])
async def test_odd_lists_of_ids_change_nothing(chief: Tab, ids: object) -> None:
    before = everything()
    await refusal(chief, StaffState.disable_many, ids=ids)

    assert everything() == before


async def test_the_one_who_asked_for_a_reset_does_not_approve_it(chief: Tab) -> None:
    await chief.send(StaffState.ask_reset, person_id=id_of("sun.mei"))
    reset = db.call(lambda s: s.exec(select(TwoStepReset.id)).one())
    before = everything()
    assert await refusal(chief, StaffState.approve_reset, reset_id=reset) is NotToYourself
    assert everything() == before

    await chief.send(StaffState.cancel_reset, reset_id=reset)
    row = db.call(lambda s: s.get_one(TwoStepReset, reset))
    assert row.cancelled_at is not None


async def test_an_invitation_is_sent_sent_again_and_revoked(chief: Tab) -> None:
    form = sent(("email", "new@example.com"), ("role_id", role_id("support")))
    await chief.send(StaffInvitationsState.send, form_data=form)
    (first,) = open_invitations()
    await chief.send(StaffInvitationsState.again, invitation_id=first.id)
    (second,) = open_invitations()
    assert second.token_hash != first.token_hash
    assert (second.email, second.role_id) == (first.email, first.role_id)

    await chief.send(StaffInvitationsState.revoke, invitation_id=second.id)
    assert open_invitations() == []
    assert await refusal(chief, StaffInvitationsState.again, invitation_id=second.id) is NotFound
    assert open_invitations() == []


async def test_a_copy_of_a_role_is_made_edited_and_put_away(chief: Tab) -> None:
    form = [("name", "Night shift"), ("purpose", "Nights."), ("field_name", "sent again by its id")]
    await chief.send(
        RolesState.create,
        form_data=sent(*form, ("permissions", "orders.read"), ("permissions", "support.answer")),
    )
    role = own_role()
    assert (role.name, role.purpose, role.version) == ("Night shift", "Nights.", 1)
    assert permissions(role.id) == {"orders.read", "support.answer"}

    edit = sent(*form, ("permissions", "orders.read"))
    await chief.send(RolesState.save, role_id=role.id, version=1, form_data=edit)
    assert permissions(role.id) == {"orders.read"}
    stale = await refusal(chief, RolesState.save, role_id=role.id, version=1, form_data=edit)
    assert stale is Stale
    assert own_role().version == 2

    await chief.send(RolesState.archive, role_id=role.id)
    assert own_role().archived_at is not None


async def test_built_in_roles_stay_as_they_are(chief: Tab) -> None:
    before = everything()
    role = role_id("support")
    form = sent(("name", "X"), ("purpose", ""), ("permissions", "orders.read"))
    refused = await refusal(chief, RolesState.save, role_id=role, version=1, form_data=form)
    assert refused is PresetIsFixed
    assert await refusal(chief, RolesState.archive, role_id=role) is PresetIsFixed
    assert everything() == before


@pytest.mark.parametrize(
    "permission", ["everything", "shop.read", "", "ORDERS.READ", "orders.read "]
)
async def test_a_permission_that_is_none_of_the_staffs_makes_no_role(
    chief: Tab, permission: str
) -> None:
    before = everything()
    form = sent(("name", "X"), ("purpose", ""), ("permissions", permission))
    await refusal(chief, RolesState.create, form_data=form)

    assert everything() == before


def a_reset() -> str:
    """Asked for by the auditor, for Sun Mei; one is open at most."""
    person, asked_by = id_of("sun.mei"), id_of("emma.clark")

    def work(session: Session) -> str:
        known = session.exec(select(TwoStepReset.id)).first()
        return known or _added(
            session,
            TwoStepReset(
                id=new_id("tsr"), person_id=person, requested_by=asked_by, requested_at=clock.now()
            ),
        )

    return db.call(work)


def an_invitation() -> str:
    inviter, role, at = id_of("lin.na"), role_id("support"), clock.now()

    def work(session: Session) -> str:
        return _added(
            session,
            Invitation(
                id=new_id("inv"), email=f"{new_id('x')}@example.com", email_key=new_id("x"),
                role_id=role, token_hash=new_id("x"), invited_by=inviter, invited_at=at,
                expires_at=at + timedelta(days=7),
            ),
        )  # fmt: skip

    return db.call(work)


def an_own_role() -> str:
    def work(session: Session) -> str:
        code = new_id("own")
        return _added(
            session, Role(id=new_id("rol"), audience=Audience.STAFF, code=code, name="Own")
        )

    return db.call(work)


def _added(session: Session, row: Any) -> str:
    session.add(row)
    return str(row.id)


def open_invitations() -> list[Invitation]:
    still = select(Invitation).where(col(Invitation.revoked_at).is_(None))
    return list(db.call(lambda s: s.exec(still).all()))


def own_role() -> Role:
    return db.call(lambda s: s.exec(select(Role).where(~col(Role.is_preset))).one())


def permissions(role: str) -> set[str]:
    held = select(RolePermission.permission).where(RolePermission.role_id == role)
    return set(db.call(lambda s: s.exec(held).all()))
