"""No event reaches a handler that its policy does not allow (SEC-01, 02, 03, 07, 08, 10)."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import reflex as rx
from reflex_base.registry import RegistrationContext
from sqlmodel import Session, select

from marketplace import db, models
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.accounts.models import StaffRole
from marketplace.domain.accounts.queries.identity import live_session
from marketplace.domain.accounts.service import people, sessions
from marketplace.flows.seed import DOMAIN, seed
from marketplace.integrations.throttle import Throttle
from marketplace.kit import clock
from marketplace.kit.text import Count
from marketplace.web.guard import events, visitors
from marketplace.web.guard.policy import MARK, allows, policies
from marketplace.web.leave import LeaveState
from marketplace.web.messages import MessageState
from marketplace.web.session import current_staff, current_visitor
from tests.web.harness import Pipeline, event_names, running

pytestmark = pytest.mark.usefixtures("database")

reached: list[Any] = []


class ProbeState(rx.State):
    """Handlers of each kind, to see which of them are reached."""

    seen: int = 0
    secret: str = ""
    kept: str = rx.LocalStorage("at first")

    @rx.event
    @allows(Audience.PUBLIC)
    async def look(self, count: Count):
        reached.append(count)
        self.seen = count

    @rx.event
    @allows(Audience.STAFF, Permission.STAFF_READ)
    async def read_staff(self):
        reached.append((await current_staff(self)).name)
        self.secret = "staff only"

    @rx.event
    @allows(Audience.SELLER, Permission.SHOP_MEMBERS, is_change=True)
    async def change_shop(self):
        reached.append((await current_visitor(self)).member)

    @rx.event
    @allows(Audience.PUBLIC)
    async def read_kept(self):
        reached.append(self.kept)

    @rx.event
    async def unguarded(self):
        reached.append("unguarded")

    async def undecorated(self):
        reached.append("undecorated")

    async def set_seen(self, value: int):
        reached.append("set_seen")


@pytest.fixture(autouse=True)
def nobody_reached() -> None:
    reached.clear()
    visitors.forget_everybody()


@pytest.fixture
def people_are_there(database: str) -> None:
    db.call(seed, password_hash="$argon2id$none", at=clock.now(), only_named=True)


@pytest.fixture
async def pipeline() -> AsyncIterator[Pipeline]:
    from marketplace.marketplace import app

    async with running(app) as pipeline:
        yield pipeline


def signed_in(key: str, *, with_code: bool = True) -> str:
    """The cookie of a demo person."""

    def work(session: Session) -> str:
        person = people.find(session, f"{key}@{DOMAIN}")
        assert person is not None
        at = clock.now()
        cookie = sessions.sign_in(
            session, person.id, replaces="", user_agent="test", ip="192.0.2.7", at=at
        )
        session.flush()
        if with_code and person.totp_enrolled_at:
            live = live_session(session, cookie, at=at)
            assert live is not None
            cookie = sessions.pass_second_factor(session, live.id, at=at)
        return cookie

    return db.call(work)


def test_every_handler_of_ours_has_a_policy() -> None:
    from marketplace.marketplace import app

    assert app is not None
    ours = {
        name
        for name, registered in RegistrationContext.get().event_handlers.items()
        if registered.handler.fn.__module__.startswith("marketplace.")
        and not name.endswith(".setvar")
    }
    assert ours - set(policies()) == set()


def test_no_handler_takes_an_unbounded_value() -> None:
    """A bare `str`, `int`, `dict` or `list` in a payload would let anything through."""
    loose = [
        f"{name}.{field}"
        for name, policy in policies().items()
        for field, info in policy.payload.model_fields.items()
        if info.annotation in (str, int, dict, list, float, object, Any) and not info.metadata
    ]
    assert loose == []


async def test_a_guest_reaches_public_handlers_only(pipeline: Pipeline) -> None:
    tab = pipeline.tab(path="/admin/staff")
    await tab.send(ProbeState.look, count=3)
    await tab.send(ProbeState.read_staff)
    await tab.send(ProbeState.change_shop)

    assert reached == [3]
    assert tab.value(LeaveState, "order")["address"] == "/sign-in?next=/admin/staff"
    assert tab.value(ProbeState, "secret") in (None, "")


async def test_what_tells_of_a_refusal_is_not_answered_when_it_is_refused_itself(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the two go round for a minute, as fast as the machine can."""
    asked: list[str] = []

    def too_often(_throttle: Throttle, _limit: str, handler: str, *_who: str) -> int:
        asked.append(handler.rpartition(".")[2])
        return 30 if len(asked) < 50 else 0

    monkeypatch.setattr(Throttle, "hit", too_often)
    await pipeline.tab().send(ProbeState.look, count=1)

    assert asked == ["look", "tell"]
    assert reached == []


@pytest.mark.parametrize("name", ["unguarded", "undecorated", "set_seen"])
async def test_a_handler_without_a_policy_is_never_called(pipeline: Pipeline, name: str) -> None:
    await pipeline.tab().send(f"{ProbeState.get_full_name()}.{name}")

    assert reached == []


async def test_setvar_is_refused_on_every_state(pipeline: Pipeline) -> None:
    tab = pipeline.tab()
    for name in event_names():
        if name.endswith(".setvar"):
            await tab.send(name, var_name="seen", value=9)

    assert reached == []
    assert tab.vars.get(ProbeState.get_full_name()) is None


async def test_client_storage_cannot_be_written_from_outside(pipeline: Pipeline) -> None:
    """Reflex lets anybody set any cookie or storage var of any state (SEC-04); we have none, and
    would not let them."""
    tab = pipeline.tab()
    name = next(name for name in event_names() if name.endswith(".update_vars_internal"))
    await tab.send(name, vars={f"{ProbeState.get_full_name()}.kept": "mine"})
    await tab.send(ProbeState.read_kept)

    assert reached == ["at first"]


TORTURE = [
    pytest.param(value, id=str(index))
    for index, value in enumerate(
        [
            -1, 2**31, 2**53 + 1, 2**63, 10**50, 1.5, True, None, "", "1", "1e3", "0x10", " 5",
            float("nan"), float("inf"), [], {}, [1], {"$gt": 0}, "\0", "\ud800", "\u202e", "x" * 1_000_000,
        ]
    )
]  # fmt: skip


@pytest.mark.parametrize("value", TORTURE)
async def test_a_value_of_the_wrong_kind_stops_before_the_handler(
    pipeline: Pipeline, value: object, capfd: pytest.CaptureFixture[str]
) -> None:
    tab = pipeline.tab()
    await tab.send(ProbeState.look, count=value)

    assert reached == []
    assert pipeline.failures == []
    told = set(tab.value(MessageState, "errors"))
    assert told in ({"count"}, {""}), "a lone surrogate is no JSON, so no field can be named"
    assert "x" * 100 not in "".join(capfd.readouterr())


async def test_a_field_too_many_is_refused(pipeline: Pipeline) -> None:
    await pipeline.tab().send(ProbeState.look, count=1, is_admin=True)

    assert reached == []


@pytest.mark.usefixtures("people_are_there")
class TestPeople:
    @pytest.mark.parametrize("key", ["", "xu.lei", "tao.yun", "wang.qi"])
    async def test_nobody_reaches_what_is_above_them(self, pipeline: Pipeline, key: str) -> None:
        """Every handler of the app, sent by a guest, a buyer, a junior member and a moderator."""
        cookie = signed_in(key) if key else ""
        visitor = await visitors.visitor_for(cookie)
        tab = pipeline.tab(cookie=cookie)
        before = _everything()
        for name, policy in policies().items():
            actor = events.actor_for(policy, visitor)
            if actor is not None and (policy.permission is None or actor.can(policy.permission)):
                continue
            allowed = _allowed()
            await tab.send(name)
            assert _allowed() - allowed <= 1, name  # the refusal itself is an event of ours

        assert _everything() == before
        assert pipeline.failures == []

    async def test_staff_with_the_right_are_let_in(self, pipeline: Pipeline) -> None:
        tab = pipeline.tab(cookie=signed_in("lin.na"))
        await tab.send(ProbeState.read_staff)

        assert reached == ["Lin Na"]
        assert tab.value(ProbeState, "secret") == "staff only"

    async def test_staff_without_their_code_are_nobody(self, pipeline: Pipeline) -> None:
        tab = pipeline.tab(cookie=signed_in("lin.na", with_code=False), path="/admin")
        await tab.send(ProbeState.read_staff)

        assert reached == []
        assert tab.value(LeaveState, "order")["address"] == "/sign-in/code?next=/admin"

    async def test_staff_without_the_permission_are_told_so(self, pipeline: Pipeline) -> None:
        tab = pipeline.tab(cookie=signed_in("wang.qi"))
        await tab.send(ProbeState.read_staff)

        assert reached == []
        assert tab.value(MessageState, "toast")["level"] == "error"

    async def test_a_buyer_is_neither_staff_nor_seller(self, pipeline: Pipeline) -> None:
        tab = pipeline.tab(cookie=signed_in("xu.lei"))
        await tab.send(ProbeState.read_staff)
        assert tab.value(LeaveState, "order")["address"] == "/forbidden"
        await tab.send(ProbeState.change_shop)
        assert tab.value(LeaveState, "order")["address"] == "/seller/apply"  # the way to a shop
        assert reached == []

    async def test_a_junior_member_may_not_do_what_the_owner_may(self, pipeline: Pipeline) -> None:
        await pipeline.tab(cookie=signed_in("tao.yun")).send(ProbeState.change_shop)
        assert reached == []

        owner = pipeline.tab(cookie=signed_in("qiu.shan"), token="tab-of-the-owner-0001")
        await owner.send(ProbeState.change_shop)
        assert [member.role for member in reached] == ["Owner"]

    async def test_a_lost_role_counts_within_five_seconds_on_an_open_tab(
        self, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tab = pipeline.tab(cookie=signed_in("emma.clark"))
        await tab.send(ProbeState.read_staff)
        db.call(_take_roles, "emma.clark")
        later = visitors.time.monotonic() + 5.01
        monkeypatch.setattr(visitors.time, "monotonic", lambda: later)
        await tab.send(ProbeState.read_staff)

        assert reached == ["Emma Clark"]

    async def test_a_disabled_account_is_out_within_five_seconds(
        self, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tab = pipeline.tab(cookie=signed_in("emma.clark"))
        await tab.send(ProbeState.read_staff)
        db.call(_disable, "emma.clark")
        later = visitors.time.monotonic() + 5.01
        monkeypatch.setattr(visitors.time, "monotonic", lambda: later)
        await tab.send(ProbeState.read_staff)

        assert reached == ["Emma Clark"]
        assert tab.value(LeaveState, "order")["address"].startswith("/sign-in?next=")

    async def test_an_idle_staff_session_ends_by_itself(self, pipeline: Pipeline) -> None:
        tab = pipeline.tab(cookie=signed_in("lin.na"))
        later = clock.now() + timedelta(minutes=31)
        with clock.running_on(lambda: later):
            await tab.send(ProbeState.read_staff)

        assert reached == []

    async def test_a_stolen_tab_token_opens_nothing(self, pipeline: Pipeline) -> None:
        """The thief has the tab's token but not the cookie: no delta at all comes back."""
        owner = pipeline.tab(cookie=signed_in("lin.na"))
        await owner.send(ProbeState.read_staff)
        thief = pipeline.tab(cookie="", token=owner.token)
        await thief.send("reflex___state____state.hydrate")
        await thief.send(ProbeState.look, count=1)

        assert reached == ["Lin Na"]
        assert thief.vars == {}

    async def test_the_next_person_in_the_same_tab_sees_nothing_of_the_last(
        self, pipeline: Pipeline
    ) -> None:
        first = pipeline.tab(cookie=signed_in("lin.na"))
        await first.send(ProbeState.read_staff)
        second = pipeline.tab(cookie=signed_in("xu.lei"), token=first.token)
        await second.send("reflex___state____state.hydrate")

        assert second.vars == {}


def _allowed() -> float:
    return events.decisions.labels("allowed")._value.get()


def _everything() -> dict[str, list[Any]]:
    """Every row of every table but the sessions', whose last use is written down."""

    def work(session: Session) -> dict[str, list[Any]]:
        return {
            name: sorted(map(str, session.execute(select(table)).all()))
            for name, table in models.metadata.tables.items()
            if name != "auth_session"
        }

    return db.call_reading(work)


def _take_roles(session: Session, key: str) -> None:
    person = people.find(session, f"{key}@{DOMAIN}")
    assert person is not None
    for row in session.exec(select(StaffRole).where(StaffRole.person_id == person.id)):
        session.delete(row)


def _disable(session: Session, key: str) -> None:
    person = people.find(session, f"{key}@{DOMAIN}")
    assert person is not None
    person.disabled_at = clock.now()
    session.add(person)


async def test_without_a_database_everything_is_refused_once(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refusal is not answered: an answer would be an event, and be refused in its turn."""

    async def gone(*_arguments: object, **_words: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(events, "visitor_for", gone)
    before = events.decisions.labels("no database")._value.get()
    await pipeline.tab().send(ProbeState.look, count=1)

    assert reached == []
    assert pipeline.failures == []
    assert events.decisions.labels("no database")._value.get() - before == 1


def test_the_guard_is_the_first_and_only_middleware() -> None:
    from marketplace.marketplace import app

    assert [type(middleware) for middleware in app._middlewares] == [events.EventGuard]


def test_a_change_may_not_hide_behind_a_right_to_read() -> None:
    with pytest.raises(TypeError):
        allows(Audience.STAFF, Permission.STAFF_READ, is_change=True)


def test_the_mark_is_on_the_function_itself() -> None:
    assert getattr(ProbeState.event_handlers["look"].fn, MARK).audience is Audience.PUBLIC
