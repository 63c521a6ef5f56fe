"""A list page: its URL decides what it shows, whatever somebody writes there; its saved views."""

from typing import Any

import pytest

from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.accounts.queries import staff as queries
from marketplace.kit.errors import NotFound, StepUpNeeded
from marketplace.web.admin.staff.people import STAFF, StaffState
from marketplace.web.messages import MessageState
from marketplace.web.ui.index_page import Choice, Column, Index
from marketplace.web.ui.index_page.bulk import Outcome, each
from marketplace.web.views import ViewsState
from tests.make.browsing import everything
from tests.make.people import staff
from tests.web.demo import refusal, role_id, signed_in
from tests.web.harness import Pipeline, Tab

pytestmark = pytest.mark.usefixtures("demo")
BY_NAME = ["Chen Hao", "Emma Clark", "Huang Jing", "Lin Na", "Sun Mei", "Wang Qi", "Zhao Yi"]


async def shown(tab: Tab, query: str) -> list[str]:
    """The names that the staff list shows for a query string."""
    tab.path = f"/admin/staff?{query}"
    await tab.send(StaffState.load)
    return [row.name for row in tab.value(StaffState, "rows")]


@pytest.fixture
def tab(pipeline: Pipeline) -> Tab:
    return pipeline.tab(cookie=signed_in("lin.na"))


async def test_the_url_searches_filters_and_sorts(tab: Tab) -> None:
    assert await shown(tab, "") == BY_NAME
    assert await shown(tab, "sort=-name") == BY_NAME[::-1]
    assert await shown(tab, "q=CLARK") == ["Emma Clark"]
    assert await shown(tab, f"role={role_id('auditor')},{role_id('support')}") == [
        "Emma Clark",
        "Sun Mei",
    ]
    assert await shown(tab, "state=disabled") == []


async def test_the_answer_says_which_question_it_answers(tab: Tab) -> None:
    await shown(tab, "q=clark&size=50")
    listing = tab.value(StaffState, "listing")

    assert (listing.total, listing.page, listing.size) == (1, 1, 50)
    assert listing.asked == "q=clark&size=50"
    assert listing.reference == ""


@pytest.mark.parametrize(
    "query",
    [
        "sort=password_hash", "sort=--name", "sort=", "page=0", "page=-1", "page=1e9", "page=²",
        "page=99999999999999999999", "size=1000000", "size=-1", "state=gone", "state=%00",
        "unknown=1&__proto__=2&self=3", "view=viw_nobody", "q=%20%20", "state=,,,,",
    ],
)  # fmt: skip
async def test_what_means_nothing_is_dropped(pipeline: Pipeline, tab: Tab, query: str) -> None:
    assert await shown(tab, query) == BY_NAME
    assert pipeline.failures == []


@pytest.mark.parametrize(
    "query",
    [
        "q=%25", "q=_", "q=%27%20OR%201%3D1--", "q=" + "x" * 5000, "q=%5C", "role=rol_nobody",
        "role=%27%3B%20DROP%20TABLE%20role", "q=%E2%80%AE",
    ],
)  # fmt: skip
async def test_odd_words_find_nobody_and_break_nothing(
    pipeline: Pipeline, tab: Tab, query: str
) -> None:
    assert await shown(tab, query) in ([], BY_NAME if query == "q=%E2%80%AE" else [])
    assert pipeline.failures == []


async def test_a_page_past_the_end_shows_the_last(tab: Tab) -> None:
    assert await shown(tab, "page=40") == BY_NAME


async def test_a_bug_shows_a_number_instead_of_an_empty_list(
    pipeline: Pipeline, tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(queries, "list_staff", broken)
    assert await shown(tab, "q=clark") == []
    told = str(tab.value(StaffState, "listing"))
    assert "ERR-" in told
    assert "secret detail" not in str(tab.vars)


async def test_who_may_not_see_the_list_gets_no_row(pipeline: Pipeline) -> None:
    tab = pipeline.tab(cookie=signed_in("wang.qi"), path="/admin/staff")
    await tab.send(StaffState.load)

    assert not tab.value(StaffState, "rows")
    assert tab.value(MessageState, "toast")["level"] == "error"


def test_every_column_that_sorts_names_an_order_of_the_index() -> None:
    known = {sort.lstrip("-") for sort in STAFF.sorts}
    assert {column.sort for column in STAFF.columns if column.sort} <= known


def test_only_listed_values_of_a_choice_pass() -> None:
    index = Index(
        page="/admin/probe",
        audience=Audience.STAFF,
        permission=Permission.STAFF_READ,
        title="Probe",
        columns=(Column("name", "Name", lambda row: row.name),),
        sorts=("name",),
        filters=(Choice("state", "State", {"on": "On"}),),
    )

    class Somewhere:
        class router:  # noqa: N801  as Reflex names it
            class url:  # noqa: N801
                query_parameters = {"state": "on,off,on'--", "q": "a\0b", "sort": "-name"}  # noqa: RUF012

    asked = index.asked(Somewhere())  # type: ignore[arg-type]
    assert dict(asked.filters) == {"state": ("on",)}
    assert asked.search == "ab"
    assert asked.is_descending


class TestViews:
    PAGE = "/admin/staff"

    async def save(self, tab: Tab, **fields: Any) -> None:
        view = {"name": "Mine", "query": "state=active", "columns": ["seen"], "shared": False}
        await refusal(tab, ViewsState.save, page=self.PAGE, **{**view, **fields})

    def names(self, tab: Tab) -> list[str]:
        return [view.name for view in tab.value(ViewsState, "views") or []]

    async def test_a_saved_view_is_there_for_its_owner_only(
        self, pipeline: Pipeline, tab: Tab
    ) -> None:
        await self.save(tab)
        assert self.names(tab) == ["Mine"]

        colleague = pipeline.tab(cookie=signed_in("emma.clark"), token="tab-of-a-colleague-01")
        await colleague.send(ViewsState.show, page=self.PAGE)
        assert self.names(colleague) == []

    async def test_another_persons_view_cannot_be_changed(
        self, pipeline: Pipeline, tab: Tab
    ) -> None:
        await self.save(tab, shared=True)
        id_ = tab.value(ViewsState, "views")[0].id
        colleague = pipeline.tab(cookie=signed_in("emma.clark"), token="tab-of-a-colleague-01")
        before = everything()
        for handler, more in (
            (ViewsState.rename, {"name": "Theirs"}),
            (ViewsState.update_query, {"query": "", "columns": []}),
            (ViewsState.share, {"shared": False}),
            (ViewsState.make_default, {"default": True}),
            (ViewsState.delete, {}),
        ):
            refused = await refusal(colleague, handler, page=self.PAGE, view_id=id_, **more)
            assert refused is NotFound

        assert everything() == before

    @pytest.mark.parametrize(
        "odd",
        [
            {"page": "/admin/nowhere"}, {"page": "https://evil.example"}, {"name": ""},
            {"name": "x" * 81}, {"query": "x" * 2001}, {"columns": ["x"] * 41}, {"columns": ["A;"]},
            {"shared": "yes"}, {"columns": "seen"}, {"name": "\u202e"}, {"person_id": "per_x"},
        ],
    )  # fmt: skip
    async def test_odd_values_save_nothing(self, tab: Tab, odd: dict[str, Any]) -> None:
        before = everything()
        fields = {"page": self.PAGE, "name": "Mine", "query": "", "columns": [], "shared": False}
        await refusal(tab, ViewsState.save, **{**fields, **odd})

        assert everything() == before

    @pytest.mark.parametrize("key", ["wang.qi", "qiu.shan", "xu.lei"])
    async def test_who_may_not_open_the_page_saves_no_view_of_it(
        self, pipeline: Pipeline, key: str
    ) -> None:
        tab = pipeline.tab(cookie=signed_in(key))
        before = everything()
        await self.save(tab)

        assert everything() == before


class TestBulk:
    async def test_one_refused_stops_no_other(self) -> None:
        done: list[str] = []

        def work(_session: object, _actor: object, id_: str) -> None:
            if id_ == "b":
                raise NotFound
            done.append(id_)

        outcome = await each(work, staff(), ["a", "b", "c", "a"])
        assert done == ["a", "c"]
        assert outcome == Outcome(2, 1, "This does not exist, or you may not see it.")

    async def test_a_missing_proof_stops_all(self) -> None:
        asked: list[str] = []

        def work(_session: object, _actor: object, id_: str) -> None:
            asked.append(id_)
            raise StepUpNeeded

        with pytest.raises(StepUpNeeded):
            await each(work, staff(), ["a", "b"])
        assert asked == ["a"]
