"""Staff who look at a shop as its members see it change nothing, by any event there is (AD-03).

The handlers come from the running app: one that is added later is tried without a word here.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, delete, select

from marketplace import db
from marketplace.domain.access.models import Audience, Onlooker, Permission, SellerMember, Staff
from marketplace.domain.accounts.models import PersonAccount, RolePermission
from marketplace.domain.accounts.service import sessions
from marketplace.domain.audit import service as audit
from marketplace.domain.audit.models import AuditEntry
from marketplace.domain.sellers.models import Seller, SellerMembership, SellerStatus, ShopViewing
from marketplace.domain.sellers.queries.members import list_members
from marketplace.domain.sellers.rules.viewing import NoPortal, OwnPortal
from marketplace.domain.sellers.service import shop, viewing
from marketplace.flows.overview import shop_overview
from marketplace.flows.recognise import Visitor, recognise
from marketplace.kit import clock
from marketplace.kit.errors import Invalid, NotAllowed, NotFound, OnlyLooking, StepUpNeeded
from marketplace.kit.paging import ListQuery
from marketplace.kit.tokens import hash_token
from marketplace.web.admin.sellers.seller import SellerState
from marketplace.web.guard import events, visitors
from marketplace.web.guard.policy import Policy, policies
from marketplace.web.leave import LeaveState
from marketplace.web.messages import say
from marketplace.web.seller.home import SellerHomeState
from marketplace.web.seller.listings.listing import ListingsState
from marketplace.web.seller.store.addresses import AddressesState
from marketplace.web.seller.team import TeamState
from marketplace.web.shell import ShellState
from marketplace.web.sitemap import PAGES
from tests.make import canary
from tests.make.browsing import everything
from tests.make.people import JOB
from tests.web.crawling import attempt, payloads, told, within_reach
from tests.web.demo import id_of, refusal, role_id, seller_id, signed_in
from tests.web.harness import Pipeline

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.timeout(600)]
SHOP, OWNER, CHIEF = "qingshan-ceramics", "qiu.shan", "lin.na"
TRIED = ("seller", "listing", "variant", "change_set", "media", "import_run", "task")
Sent = Callable[[str], dict[str, Any]]


def sent(reason: str) -> dict[str, Any]:
    """The form as Reflex's client sends it."""
    return {"__reflex_form_data__": [["reason", reason]]}


def visitor(cookie: str, at: datetime | None = None) -> Visitor:
    return db.call_reading(recognise, cookie, at=at or clock.now())


def staff_of(cookie: str) -> Staff:
    staff = visitor(cookie).staff
    assert staff is not None
    return staff


def looking(key: str = CHIEF, slug: str = SHOP) -> str:
    """The cookie of a member of staff who looks at a shop."""
    cookie = signed_in(key)
    db.call(viewing.begin, staff_of(cookie), seller_id(slug), reason="Ticket 12", at=clock.now())
    visitors.forget_everybody()
    return cookie


@pytest.fixture
def theirs() -> list[str]:
    """Ids of the shop's own things, with a marked row of theirs in every table there is."""

    def plant(session: Session) -> list[str]:
        made = canary.plant(session, seller_id(SHOP), id_of(OWNER))
        return [made[table] for table in TRIED]

    return db.call(plant)


def changing() -> Iterator[tuple[str, Policy]]:
    """Every handler that changes something, in whatever hat."""
    for name, policy in policies().items():
        if policy.is_change and "ProbeState" not in name:
            yield name, policy


async def send_all(
    pipeline: Pipeline, cookie: str, handlers: Iterator[tuple[str, Policy]], ids: list[str]
) -> None:
    for name, policy in handlers:
        tab = pipeline.tab(cookie=cookie, path="/seller")
        for payload in payloads(policy, ids):
            visitors.forget_everybody()
            await attempt(tab, name, payload)


# --- nothing is changed ---


async def test_no_handler_that_changes_anything_is_reached_in_any_hat(
    pipeline: Pipeline, theirs: list[str]
) -> None:
    cookie = looking()
    before = everything()
    handlers = list(changing())
    await send_all(pipeline, cookie, iter(handlers), theirs)

    assert len(handlers) > 100
    assert pipeline.failures == [], "no handler ran, so none could fail"
    assert everything() == before


def test_each_of_them_is_refused_with_the_reason() -> None:
    """What the guard answers, for all of them: the crawl above is soon told too often."""
    who = visitor(looking())
    answers = {str(events._refusal(policy, who, "/seller")) for _, policy in changing()}
    assert answers == {str(say(OnlyLooking.message, "error"))}


async def test_no_handler_changes_anything_whether_it_says_so_or_not(
    pipeline: Pipeline, theirs: list[str]
) -> None:
    cookie = looking()
    before = everything()
    every = [each for each in policies().items() if "ProbeState" not in each[0]]
    await send_all(pipeline, cookie, iter(every), theirs)
    assert everything() == before


async def test_even_without_the_guard_the_actor_changes_nothing(
    pipeline: Pipeline, theirs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cookie = looking()
    monkeypatch.setattr(events, "_refusal", lambda *_: None)
    of_the_shop = [each for each in within_reach() if each[1].audience is Audience.SELLER]
    before = everything()
    await send_all(pipeline, cookie, iter(of_the_shop), theirs)

    assert OnlyLooking in {type(each) for each in pipeline.failures}, "some did get that far"
    assert everything() == before


async def test_the_same_events_do_change_things_for_a_member(
    pipeline: Pipeline, theirs: list[str]
) -> None:
    """Else the tests above would pass on a crawler that reaches nothing."""
    cookie = signed_in(OWNER, seller=seller_id(SHOP))
    before = everything()
    await send_all(pipeline, cookie, within_reach(), theirs)
    after = everything()
    assert len([table for table in before if before[table] != after[table]]) >= 3


def test_the_actor_holds_no_permission_but_to_read() -> None:
    member = visitor(looking()).member
    assert isinstance(member, Onlooker)
    assert {one for one in Permission if member.can(one)} == {
        Permission.SHOP_READ,
        Permission.SHOP_LISTINGS_READ,
        Permission.SHOP_ORDERS_READ,
        Permission.SHOP_FINANCE_READ,
        Permission.SHOP_INSIGHTS_READ,
        Permission.PII_READ,
    }
    given_all = replace(member, permissions=frozenset(Permission))
    for permission in Permission:
        if not permission.is_read:
            with pytest.raises(NotAllowed):
                given_all.require(permission)


def test_the_actor_gets_no_transaction_that_writes() -> None:
    member = visitor(looking()).member
    assert member is not None

    def rename(session: Session, given: object) -> None:
        session.get_one(Seller, seller_id(SHOP)).name = "Taken"

    before = everything()
    for given in (member, [member], (JOB, member)):
        with pytest.raises(OnlyLooking):
            db.call(rename, given)
    db.call_reading(rename, member)  # a transaction that reads throws away what is written
    assert everything() == before


def test_the_actor_leaves_nothing_in_the_audit_log_so_no_recorded_change_is_made() -> None:
    member = visitor(looking()).member
    assert member is not None
    before = everything()

    def change(session: Session) -> None:
        session.get_one(Seller, seller_id(SHOP)).name = "Taken"
        audit.record(session, member, "sellers.profile_saved", "seller", "x", at=clock.now())

    with pytest.raises(OnlyLooking):
        db.call(change)
    assert everything() == before


def test_a_service_of_the_shop_refuses_the_actor_by_itself(session: Session) -> None:
    member = Onlooker(
        id="per_x", name="X", seller_id="sel_x", seller_name="X", role="",
        permissions=frozenset(Permission),
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        shop.save_profile(session, member, object(), version=1, at=clock.now())  # type: ignore[arg-type]


# --- what is seen ---


async def test_the_pages_show_the_shop_as_its_members_see_it(
    pipeline: Pipeline, theirs: list[str]
) -> None:
    cookie, own = looking(), signed_in(OWNER, seller=seller_id(SHOP))
    seen = []
    for key in (cookie, own):
        tab = pipeline.tab(cookie=key, token=f"tab-{key[:30]}", path="/seller")
        for handler in (SellerHomeState.load, ListingsState.load, TeamState.load):
            await tab.send(handler)
        seen.append(
            (
                tab.value(SellerHomeState, "name"),
                [row.id for row in tab.value(ListingsState, "rows")],
                [row.email for row in tab.value(TeamState, "rows")],
            )
        )
    assert seen[0] == seen[1]
    assert seen[0][0] == "Qingshan Ceramics" and seen[0][1] and seen[0][2]


async def test_every_page_tells_whose_shop_it_is_and_until_when(pipeline: Pipeline) -> None:
    at = clock.now()
    with clock.running_on(lambda: at):
        tab = pipeline.tab(cookie=looking(), path="/seller")
        await tab.send(ShellState.load)
        shown = tab.value(ShellState, "viewing")
    assert shown.name == "Qingshan Ceramics"
    assert shown.until == clock.iso(at + timedelta(minutes=30))
    assert "shop.listings.edit" not in tab.value(ShellState, "permissions")
    assert tab.value(ShellState, "hats") == []


async def test_people_of_the_shop_are_masked_for_who_may_not_read_personal_data(
    pipeline: Pipeline,
) -> None:
    forget_right(Permission.PII_READ)
    db.call(give_address)
    tab = pipeline.tab(cookie=looking("sun.mei"), path="/seller/team")
    await tab.send(TeamState.load)
    await tab.send(AddressesState.load)

    emails = {row.email for row in tab.value(TeamState, "rows")}
    assert emails and all("…@" in email for email in emails)
    place = tab.value(AddressesState, "shown").ship
    assert (place.street, place.phone, place.city) == ("•••• Road", "•••• 5566", "Jingdezhen")
    everyone = db.call(lambda s: s.exec(select(PersonAccount.email)).all())
    assert [one for one in everyone if one in told(tab) and "sun.mei" not in one] == []


async def test_no_page_of_the_portal_tells_a_persons_address_without_the_right(
    pipeline: Pipeline,
) -> None:
    forget_right(Permission.PII_READ)
    cookie = looking("sun.mei")
    heard = ""
    for page in PAGES:
        if page.audience is Audience.SELLER:
            tab = pipeline.tab(cookie=cookie, path=page.route)
            for handler in page.load:
                visitors.forget_everybody()
                await attempt(tab, handler, {})
            heard += told(tab)
    members = db.call(
        lambda s: s.exec(
            select(PersonAccount.email)
            .join(SellerMembership, col(SellerMembership.person_id) == col(PersonAccount.id))
            .where(SellerMembership.seller_id == seller_id(SHOP))
        ).all()
    )
    assert "Qingshan Ceramics" in heard
    assert [one for one in members if one in heard] == []


def test_members_read_their_colleagues_addresses_as_ever(session: Session) -> None:
    member = db.call_reading(recognise, signed_in(OWNER), at=clock.now()).member
    assert isinstance(member, SellerMember)
    rows = list_members(session, member, ListQuery(sort="name")).rows
    assert all("…" not in row.email for row in rows) and rows


# --- beginning ---


async def test_it_begins_with_a_reason_and_leads_to_the_portal(pipeline: Pipeline) -> None:
    tab = pipeline.tab(cookie=signed_in(CHIEF), path=f"/admin/sellers/{seller_id(SHOP)}")
    await tab.send(SellerState.load)
    assert tab.value(SellerState, "detail").can_view is True
    await tab.send(SellerState.view_as, seller_id=seller_id(SHOP), form_data=sent("Ticket 12"))

    assert tab.value(LeaveState, "order")["address"] == "/seller"
    await tab.send(SellerHomeState.load)
    assert tab.value(SellerHomeState, "name") == "Qingshan Ceramics"
    [entry] = entries()
    assert (entry.action, entry.actor_id, entry.seller_id, entry.after["reason"]) == (
        "sellers.viewing_begun", id_of(CHIEF), seller_id(SHOP), "Ticket 12",
    )  # fmt: skip


@pytest.mark.parametrize("key", ["emma.clark", "wang.qi", "huang.jing", OWNER, "xu.lei"])
async def test_without_the_right_nobody_looks(pipeline: Pipeline, key: str) -> None:
    """An auditor, a moderator and finance read sellers; an owner and a buyer do not even that."""
    cookie = signed_in(key)
    tab = pipeline.tab(cookie=cookie)
    before = everything()
    await refusal(tab, SellerState.view_as, seller_id=seller_id(SHOP), form_data=sent("Why not"))
    assert everything() == before
    assert visitor(cookie).viewing is None


async def test_a_blank_reason_an_old_proof_and_an_unknown_shop_begin_nothing(
    pipeline: Pipeline,
) -> None:
    tab = pipeline.tab(cookie=signed_in(CHIEF))
    before = everything()
    shop_id, later = seller_id(SHOP), clock.now() + timedelta(minutes=11)
    blank = await refusal(tab, SellerState.view_as, seller_id=shop_id, form_data=sent(" "))
    nobody = await refusal(
        tab, SellerState.view_as, seller_id="sel_" + "0" * 26, form_data=sent("Why")
    )
    with clock.running_on(lambda: later):
        old = await refusal(tab, SellerState.view_as, seller_id=shop_id, form_data=sent("Why"))
    assert (blank, nobody, old) == (Invalid, NotFound, StepUpNeeded)
    assert everything() == before


async def test_nobody_looks_at_a_shop_they_belong_to(pipeline: Pipeline) -> None:
    db.call(join_shop)
    tab = pipeline.tab(cookie=signed_in(CHIEF))
    before = everything()
    refused = await refusal(
        tab, SellerState.view_as, seller_id=seller_id(SHOP), form_data=sent("Why")
    )
    assert refused is OwnPortal
    assert everything() == before


async def test_a_shop_whose_members_lost_their_portal_is_not_looked_at(pipeline: Pipeline) -> None:
    db.call(set_status, SellerStatus.TERMINATED)
    tab = pipeline.tab(cookie=signed_in(CHIEF))
    refused = await refusal(
        tab, SellerState.view_as, seller_id=seller_id(SHOP), form_data=sent("Why")
    )
    assert refused is NoPortal
    assert db.call(lambda s: s.exec(select(ShopViewing)).all()) == []


def test_the_session_of_somebody_else_does_not_look_along() -> None:
    looking(CHIEF)
    assert visitor(signed_in(CHIEF)).viewing is None, "another browser of the same person"
    assert visitor(signed_in("sun.mei")).viewing is None


# --- the end ---


async def test_after_half_an_hour_it_is_over(pipeline: Pipeline) -> None:
    at = clock.now()
    with clock.running_on(lambda: at):
        cookie = looking()
    session_id = visitor(cookie, at).session_id
    db.call(sessions.mark_seen, session_id, at=at + timedelta(minutes=29))
    last, over = at + timedelta(minutes=30, microseconds=-1), at + timedelta(minutes=30)
    assert visitor(cookie, last).viewing is not None
    after = visitor(cookie, over)
    assert (after.viewing, after.member, after.viewed) == (None, None, seller_id(SHOP))

    visitors.forget_everybody()
    with clock.running_on(lambda: over):
        tab = pipeline.tab(cookie=cookie, path="/seller/listings")
        await tab.send(ListingsState.load)
    assert tab.value(ListingsState, "rows") in (None, [])
    assert tab.value(LeaveState, "order")["address"] == f"/admin/sellers/{seller_id(SHOP)}"
    assert [entry.action for entry in entries()] == ["sellers.viewing_begun"]


async def test_the_guard_believes_nobody_beyond_the_end(pipeline: Pipeline) -> None:
    """It keeps who somebody is for five seconds, but not past the half hour."""
    at = clock.now()
    with clock.running_on(lambda: at):
        cookie = looking()
        session_id = staff_of(cookie).session_id
    db.call(sessions.mark_seen, session_id, at=at + timedelta(minutes=29))
    nearly = at + timedelta(minutes=30, microseconds=-1)
    with clock.running_on(lambda: nearly):
        assert (await visitors.visitor_for(cookie)).viewing is not None
    with clock.running_on(lambda: at + timedelta(minutes=30)):
        assert (await visitors.visitor_for(cookie)).viewing is None


def test_it_ends_at_once_with_the_right_the_distance_or_the_portal() -> None:
    cookie = looking("sun.mei")
    assert visitor(cookie).viewing is not None
    db.call(set_status, SellerStatus.TERMINATED)
    assert visitor(cookie).viewing is None
    db.call(set_status, SellerStatus.OPEN)
    assert visitor(cookie).viewing is not None
    db.call(lambda session: join_shop(session, "sun.mei"))
    now = visitor(cookie)
    assert now.viewing is None
    assert type(now.member) is SellerMember, "they have their own place there now"

    other = looking("chen.hao")
    forget_right(Permission.SELLERS_VIEW_AS)
    assert (visitor(other).viewing, visitor(other).member) == (None, None)


def test_a_session_that_ended_looks_at_nothing() -> None:
    cookie = looking()
    db.call(sessions.end_by_cookie, cookie, at=clock.now())
    assert visitor(cookie) == Visitor(browser=hash_token(cookie))


def test_to_stop_leaves_an_entry_and_to_begin_again_ends_the_one_before() -> None:
    cookie = looking()
    other = seller_id("strider-lab")
    db.call(viewing.begin, staff_of(cookie), other, reason="Ticket 13", at=clock.now())
    db.call(viewing.end, staff_of(cookie), at=clock.now())
    db.call(viewing.end, staff_of(cookie), at=clock.now())

    assert [(e.action.removeprefix("sellers.viewing_"), e.seller_id) for e in entries()] == [
        ("begun", seller_id(SHOP)),
        ("ended", seller_id(SHOP)),
        ("begun", other),
        ("ended", other),
    ]
    assert visitor(cookie).viewing is None


def test_the_shop_sees_in_its_activity_that_staff_looked() -> None:
    cookie = looking()
    db.call(viewing.end, staff_of(cookie), at=clock.now())
    owner = visitor(signed_in(OWNER, seller=seller_id(SHOP))).member
    assert owner is not None
    activity = db.call_reading(shop_overview, owner, at=clock.now()).activity
    assert [(row.actor, row.action) for row in activity][:2] == [
        ("Lin Na", "sellers.viewing_ended"),
        ("Lin Na", "sellers.viewing_begun"),
    ]


def entries() -> list[AuditEntry]:
    found = select(AuditEntry).where(col(AuditEntry.action).startswith("sellers.viewing"))
    return list(db.call(lambda s: s.exec(found.order_by(col(AuditEntry.seq))).all()))


def set_status(session: Session, status: SellerStatus) -> None:
    session.get_one(Seller, seller_id(SHOP)).status = status


def give_address(session: Session) -> None:
    session.get_one(Seller, seller_id(SHOP)).ship_from = {
        "country": "CN", "region": "", "city": "Jingdezhen", "street": "88 Kiln Road",
        "postcode": "333000", "phone": "+86 798 1122 5566",
    }  # fmt: skip


def join_shop(session: Session, key: str = CHIEF) -> None:
    session.add(
        SellerMembership(
            seller_id=seller_id(SHOP),
            person_id=id_of(key),
            role_id=role_id("manager"),
            joined_at=clock.now(),
        )
    )


def forget_right(permission: Permission) -> None:
    """Nobody has it any more."""
    db.call(
        lambda s: s.exec(
            delete(RolePermission).where(col(RolePermission.permission) == permission.value)
        )
    )
    visitors.forget_everybody()
