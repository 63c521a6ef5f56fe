"""Saved views belong to one person; colleagues see only what is shared, and touch nothing."""

import pytest
from sqlmodel import Session, select

from marketplace.domain.access.models import Permission, SellerMember, Staff
from marketplace.domain.accounts.models import SavedView
from marketplace.domain.accounts.queries.views import list_views
from marketplace.domain.accounts.service import views
from marketplace.kit.errors import Invalid, NotAllowed, NotFound
from tests.make.people import LONG_AGO, member, person_row, staff

PAGE = "/admin/staff"
NEEDS = Permission.STAFF_READ


@pytest.fixture
def ada(session: Session) -> Staff:
    person_row(session, id="per_ada", name="Ada")
    return staff(NEEDS, id_="per_ada")


@pytest.fixture
def bob(session: Session) -> Staff:
    person_row(session, id="per_bob", name="Bob")
    return staff(NEEDS, id_="per_bob")


def save(
    session: Session,
    actor: Staff | SellerMember,
    name: str = "Mine",
    *,
    query: str = "state=active",
    is_shared: bool = False,
    page: str = PAGE,
    needs: Permission = NEEDS,
) -> str:
    return views.save_view(
        session, actor, page, needs=needs, name=name, query=query, columns=["seen"],
        is_shared=is_shared, at=LONG_AGO,
    )  # fmt: skip


def rows(session: Session) -> list[dict[str, object]]:
    session.flush()
    found = session.exec(select(SavedView).order_by(SavedView.id))
    return [row.model_dump() for row in found]


def test_a_view_comes_back_as_it_was_saved(session: Session, ada: Staff) -> None:
    id_ = save(session, ada, "Active ones")

    (view,) = list_views(session, ada, PAGE, needs=NEEDS)
    assert (view.id, view.name, view.query, view.columns) == (
        id_, "Active ones", "state=active", ["seen"],
    )  # fmt: skip
    assert view.is_own
    assert not view.is_shared
    assert not view.is_default


def test_colleagues_see_a_view_only_once_it_is_shared(
    session: Session, ada: Staff, bob: Staff
) -> None:
    id_ = save(session, ada)
    assert list_views(session, bob, PAGE, needs=NEEDS) == []

    views.share_view(session, ada, id_, is_shared=True)
    (view,) = list_views(session, bob, PAGE, needs=NEEDS)
    assert (view.owner, view.is_own) == ("Ada", False)

    views.share_view(session, ada, id_, is_shared=False)
    assert list_views(session, bob, PAGE, needs=NEEDS) == []


@pytest.mark.parametrize("is_shared", [True, False])
@pytest.mark.parametrize(
    "touch",
    [
        lambda s, a, v: views.change_view(s, a, v, query="q=x", columns=[]),
        lambda s, a, v: views.rename_view(s, a, v, "Bob's"),
        lambda s, a, v: views.share_view(s, a, v, is_shared=False),
        lambda s, a, v: views.set_default_view(s, a, v, is_default=True),
        views.delete_view,
    ],
    ids=["change", "rename", "share", "default", "delete"],
)
def test_nobody_touches_another_persons_view(  # type: ignore[no-untyped-def]
    session: Session, ada: Staff, bob: Staff, touch, is_shared: bool
) -> None:
    id_ = save(session, ada, is_shared=is_shared)
    before = rows(session)

    with pytest.raises(NotFound):
        touch(session, bob, id_)
    assert rows(session) == before


def test_one_view_at_most_opens_the_page(session: Session, ada: Staff) -> None:
    first, second = save(session, ada, "First"), save(session, ada, "Second")
    views.set_default_view(session, ada, first, is_default=True)
    views.set_default_view(session, ada, second, is_default=True)

    shown = {view.name: view.is_default for view in list_views(session, ada, PAGE, needs=NEEDS)}
    assert shown == {"First": False, "Second": True}


def test_a_shared_default_is_nobody_elses_default(session: Session, ada: Staff, bob: Staff) -> None:
    id_ = save(session, ada, is_shared=True)
    views.set_default_view(session, ada, id_, is_default=True)

    assert [v.is_default for v in list_views(session, bob, PAGE, needs=NEEDS)] == [False]


def test_a_name_is_used_once_per_person_and_page(session: Session, ada: Staff, bob: Staff) -> None:
    save(session, ada, "Mine")
    other = save(session, ada, "Other")
    save(session, bob, "Mine")
    before = rows(session)

    with pytest.raises(Invalid):
        save(session, ada, "Mine")
    with pytest.raises(Invalid):
        views.rename_view(session, ada, other, "Mine")
    assert rows(session) == before


def test_thirty_views_are_enough_for_one_page(session: Session, ada: Staff) -> None:
    for number in range(views.MOST):
        save(session, ada, f"View {number}")

    with pytest.raises(views.TooManyViews):
        save(session, ada, "One more")
    assert len(rows(session)) == views.MOST


def test_who_may_not_open_the_page_neither_sees_nor_saves_its_views(
    session: Session, ada: Staff, bob: Staff
) -> None:
    save(session, ada, is_shared=True)
    outsider = staff(Permission.ORDERS_READ, id_="per_bob")

    with pytest.raises(NotAllowed):
        list_views(session, outsider, PAGE, needs=NEEDS)
    with pytest.raises(NotAllowed):
        save(session, outsider)
    assert len(rows(session)) == 1


class TestSellers:
    """A query may hold names of a shop's buyers, so sharing ends at the shop's door."""

    PAGE = "/seller/team"
    NEEDS = Permission.SHOP_READ

    @pytest.fixture
    def mia(self, session: Session) -> SellerMember:
        person_row(session, id="per_mia", name="Mia")
        return member(self.NEEDS, id_="per_mia", seller_id="sel_a")

    def save(self, session: Session, mia: SellerMember) -> str:
        return save(session, mia, page=self.PAGE, needs=self.NEEDS, is_shared=True)

    def test_a_shared_view_stays_in_its_shop(self, session: Session, mia: SellerMember) -> None:
        self.save(session, mia)
        person_row(session, id="per_kai")
        colleague = member(self.NEEDS, id_="per_kai", seller_id="sel_a")
        stranger = member(self.NEEDS, id_="per_kai", seller_id="sel_b")

        assert len(list_views(session, colleague, self.PAGE, needs=self.NEEDS)) == 1
        assert list_views(session, stranger, self.PAGE, needs=self.NEEDS) == []

    def test_in_another_shop_even_ones_own_view_is_out_of_reach(
        self, session: Session, mia: SellerMember
    ) -> None:
        id_ = self.save(session, mia)
        elsewhere = member(self.NEEDS, id_="per_mia", seller_id="sel_b")
        before = rows(session)

        with pytest.raises(NotFound):
            views.delete_view(session, elsewhere, id_)
        assert rows(session) == before
