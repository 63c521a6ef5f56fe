"""A shop's team: its owner decides who works there, and no other shop is within reach."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from marketplace import db
from marketplace.domain.access.models import SELLER_PERMISSIONS, SellerMember
from marketplace.domain.accounts.models import Invitation
from marketplace.domain.accounts.rules import LastOwner, NotToYourself
from marketplace.domain.accounts.service import invitations
from marketplace.kit import clock
from marketplace.kit.errors import NotFound, Stale, StepUpNeeded
from marketplace.web.seller.team import TeamInvitationsState, TeamState
from tests.make.browsing import everything
from tests.web.demo import id_of, refusal, role_id, seller_id, shop_role, signed_in
from tests.web.harness import Pipeline, Tab
from tests.web.test_staff import sent

pytestmark = pytest.mark.usefixtures("demo")
CERAMICS, SHOES = "qingshan-ceramics", "strider-lab"
EVERY_LESSER = ["tao.yun", "mia.torres", "xu.lei", "lin.na"]
"""The shop's catalogue, another shop's fulfilment, a buyer, and the staff (no member of it)."""


@pytest.fixture
def owner(pipeline: Pipeline) -> Tab:
    """Qiu Shan of the ceramics shop, where Tao Yun and Daniel Reed work too."""
    return pipeline.tab(cookie=signed_in("qiu.shan"))


async def shown(tab: Tab, query: str = "") -> list[str]:
    tab.path = f"/seller/team?{query}"
    await tab.send(TeamState.load)
    return [row.name for row in tab.value(TeamState, "rows") or []]


def changes(key: str = "tao.yun", invitation: str = "") -> list[tuple[Any, dict[str, Any]]]:
    """Every event of the page that changes something, with good values."""
    role = role_id("fulfilment")
    open_one = invitation or an_invitation()
    new_role = {"version": 1, "form_data": sent(("role_id", role))}
    invite = sent(("email", "new@example.com"), ("role_id", role))
    return [
        (TeamState.set_role, {"person_id": id_of(key), **new_role}),
        (TeamState.remove, {"person_id": id_of(key)}),
        (TeamInvitationsState.send, {"form_data": invite}),
        (TeamInvitationsState.again, {"invitation_id": open_one}),
        (TeamInvitationsState.revoke, {"invitation_id": open_one}),
    ]


async def test_the_list_is_of_ones_own_shop_and_follows_the_url(
    pipeline: Pipeline, owner: Tab
) -> None:
    assert await shown(owner) == ["Daniel Reed", "Qiu Shan", "Tao Yun"]
    assert await shown(owner, "sort=-name") == ["Tao Yun", "Qiu Shan", "Daniel Reed"]
    assert await shown(owner, "q=reed") == ["Daniel Reed"]
    assert await shown(owner, f"role={role_id('owner')}") == ["Qiu Shan"]
    assert await shown(owner, f"store={seller_id(SHOES)}&seller={seller_id(SHOES)}&sort=x'") == [
        "Daniel Reed", "Qiu Shan", "Tao Yun",
    ]  # fmt: skip
    assert pipeline.failures == []


async def test_somebody_of_two_shops_sees_the_one_they_run(pipeline: Pipeline) -> None:
    tab = pipeline.tab(cookie=signed_in("daniel.reed", seller=seller_id(SHOES)))
    assert await shown(tab) == ["Daniel Reed", "Mia Torres"]


@pytest.mark.parametrize("key", EVERY_LESSER)
async def test_without_the_right_nothing_can_be_changed(pipeline: Pipeline, key: str) -> None:
    tab = pipeline.tab(cookie=signed_in(key))
    events = changes()
    before = everything()
    for handler, payload in events:
        await refusal(tab, handler, **payload)

    assert everything() == before


async def test_customer_service_here_is_no_owner_though_they_own_another_shop(
    pipeline: Pipeline,
) -> None:
    tab = pipeline.tab(cookie=signed_in("daniel.reed", seller=seller_id(CERAMICS)))
    events = changes()
    before = everything()
    for handler, payload in events:
        await refusal(tab, handler, **payload)

    assert everything() == before


async def test_people_and_invitations_of_another_shop_do_not_exist(pipeline: Pipeline) -> None:
    tab = pipeline.tab(cookie=signed_in("daniel.reed", seller=seller_id(SHOES)))
    events = [each for each in changes() if each[0] is not TeamInvitationsState.send]
    before = everything()
    refused = [await refusal(tab, handler, **payload) for handler, payload in events]

    assert everything() == before
    assert refused == [NotFound] * len(events)
    asked = await refusal(tab, TeamState.ask, kind="role", person_id=id_of("tao.yun"))
    assert asked is NotFound
    assert not tab.value(TeamState, "chosen")


async def test_an_old_proof_of_identity_is_not_enough(owner: Tab) -> None:
    needs = [each for each in changes() if each[0] is not TeamInvitationsState.revoke]
    later = clock.now() + timedelta(minutes=11)
    with clock.running_on(lambda: later):
        before = everything()
        refused = [await refusal(owner, handler, **payload) for handler, payload in needs]

        assert everything() == before
    assert refused == [StepUpNeeded] * len(needs)


async def test_a_role_is_changed_once_per_version(owner: Tab) -> None:
    person, shop = id_of("tao.yun"), seller_id(CERAMICS)
    to = {"person_id": person, "version": 1}
    await owner.send(TeamState.set_role, **to, form_data=sent(("role_id", role_id("finance"))))
    assert shop_role("tao.yun", shop) == "finance"

    late = sent(("role_id", role_id("manager")))
    assert await refusal(owner, TeamState.set_role, **to, form_data=late) is Stale
    assert shop_role("tao.yun", shop) == "finance"


async def test_a_staff_role_is_none_for_a_shop(owner: Tab) -> None:
    before = everything()
    form = sent(("role_id", role_id("super")))
    refused = await refusal(
        owner, TeamState.set_role, person_id=id_of("tao.yun"), version=1, form_data=form
    )
    assert refused is NotFound
    assert everything() == before


async def test_somebody_removed_is_gone_from_the_shop(owner: Tab) -> None:
    await owner.send(TeamState.remove, person_id=id_of("tao.yun"))
    assert shop_role("tao.yun", seller_id(CERAMICS)) is None
    assert await shown(owner) == ["Daniel Reed", "Qiu Shan"]


async def test_nobody_removes_themselves(owner: Tab) -> None:
    before = everything()
    refused = await refusal(owner, TeamState.remove, person_id=id_of("qiu.shan"))
    assert refused in (NotToYourself, LastOwner)
    assert everything() == before


async def test_an_invitation_is_sent_sent_again_and_revoked(owner: Tab) -> None:
    form = sent(("email", "new@example.com"), ("role_id", role_id("finance")))
    await owner.send(TeamInvitationsState.send, form_data=form)
    (first,) = open_invitations()
    assert first.seller_id == seller_id(CERAMICS)
    await owner.send(TeamInvitationsState.again, invitation_id=first.id)
    (second,) = open_invitations()
    assert second.token_hash != first.token_hash

    await owner.send(TeamInvitationsState.revoke, invitation_id=second.id)
    assert open_invitations() == []


@pytest.mark.parametrize(
    "form",
    [
        {}, sent(("role_id", "x")), sent(("seller_id", "sel_x"), ("role_id", "rol_" + "0" * 26)),
        {"role_id": 1}, {"role_id": None}, [], "x", None,
    ],
)  # fmt: skip
async def test_an_odd_form_changes_nothing(owner: Tab, form: object) -> None:
    before = everything()
    await refusal(owner, TeamState.set_role, person_id=id_of("tao.yun"), version=1, form_data=form)
    assert everything() == before


def an_invitation() -> str:
    """An open one to the ceramics shop."""
    at, role = clock.now(), role_id("catalogue")
    member = SellerMember(
        id=id_of("qiu.shan"), name="Qiu Shan", permissions=SELLER_PERMISSIONS, proved_at=at,
        seller_id=seller_id(CERAMICS), seller_name="Qingshan Ceramics", role="Owner",
    )  # fmt: skip
    email = "somebody@example.com"
    return db.call(invitations.invite_member, member, email=email, role_id=role, at=at)


def open_invitations() -> list[Invitation]:
    def work(session: Session) -> list[Invitation]:
        still = select(Invitation).where(col(Invitation.revoked_at).is_(None))
        return list(session.exec(still))

    return db.call(work)
