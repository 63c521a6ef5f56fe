"""The shop's own settings: its members change its face and pause it, and no other shop's."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from marketplace import db
from marketplace.domain.accounts.service import sessions
from marketplace.domain.sellers.models import Seller, SellerStatus
from marketplace.kit import clock
from marketplace.kit.errors import NotFound, Stale, StepUpNeeded
from marketplace.web.guard import visitors
from marketplace.web.seller.store.documents import DocumentsState
from marketplace.web.seller.store.profile import ProfileState
from marketplace.web.seller.store.standing import StandingState
from tests.make import shops
from tests.make.browsing import everything
from tests.web.demo import refusal
from tests.web.harness import Pipeline, Tab
from tests.web.test_staff import sent

OWN, OTHER = shops.POTTERY, shops.another(shops.POTTERY, "other-pots")
FACE = sent(
    ("name", "Blue Kiln"), ("name_zh", "蓝窑"), ("about", ""), ("about_zh", ""), ("logo_id", "")
)


@pytest.fixture
def mine(database: str, pipeline: Pipeline) -> Tab:
    """A tab of the owner of one of two shops."""
    visitors.forget_everybody()

    def work(session: Session) -> str:
        office = shops.market(session)
        owner = shops.opened(session, office, OWN)
        shops.opened(session, office, OTHER)
        return sessions.sign_in(
            session, owner.id, replaces="", user_agent="test", ip="192.0.2.7", at=clock.now()
        )

    return pipeline.tab(cookie=db.call(work), path="/seller/store")


def shop(slug: str) -> Seller:
    return db.call(lambda s: s.exec(select(Seller).where(Seller.slug == slug)).one())


async def test_the_face_of_the_shop_is_saved_for_this_shop_alone(mine: Tab) -> None:
    other = shop(OTHER.slug)
    await mine.send(ProfileState.save, version=shop(OWN.slug).version, form_data=FACE)

    assert (shop(OWN.slug).name, shop(OWN.slug).name_zh) == ("Blue Kiln", "蓝窑")
    assert shop(OTHER.slug).name == other.name
    await mine.send(ProfileState.load)
    assert mine.value(ProfileState, "profile").name == "Blue Kiln"


async def test_who_saves_second_is_told_and_changes_nothing(mine: Tab) -> None:
    version = shop(OWN.slug).version
    await mine.send(ProfileState.save, version=version, form_data=FACE)
    before = everything()

    problem = await refusal(mine, ProfileState.save, version=version, form_data=FACE)
    assert problem in (None, Stale)
    assert everything() == before


async def test_a_pause_begins_at_once_and_ends_by_hand(mine: Tab) -> None:
    await mine.send(ProfileState.pause, form_data=sent(("begins", ""), ("until", "")))
    assert shop(OWN.slug).status is SellerStatus.PAUSED
    assert shop(OTHER.slug).status is SellerStatus.OPEN

    await mine.send(StandingState.resume)
    assert shop(OWN.slug).status is SellerStatus.OPEN


async def test_a_shop_closes_after_a_proof_and_stays_open_when_it_takes_that_back(
    mine: Tab,
) -> None:
    await mine.send(StandingState.close)
    assert shop(OWN.slug).status is SellerStatus.CLOSING
    assert shop(OTHER.slug).status is SellerStatus.OPEN
    assert mine.value(StandingState, "standing").may_stay

    await mine.send(StandingState.stay_open)
    assert shop(OWN.slug).status is SellerStatus.OPEN

    later, before = clock.now() + timedelta(minutes=11), everything()
    with clock.running_on(lambda: later):
        refused = await refusal(mine, StandingState.close)
    assert refused is StepUpNeeded
    assert everything() == before


async def test_a_day_that_does_not_exist_pauses_nothing(mine: Tab, pipeline: Pipeline) -> None:
    before = everything()
    await refusal(mine, ProfileState.pause, form_data=sent(("begins", "2031-02-30"), ("until", "")))

    assert list(pipeline.failures[-1].fields) == ["begins"]  # type: ignore[attr-defined]
    assert everything() == before


async def test_documents_are_ones_own_and_a_foreign_file_renews_none(mine: Tab) -> None:
    await mine.send(DocumentsState.load)
    rows = mine.value(DocumentsState, "rows")
    assert rows
    theirs = db.call(lambda s: shops.paper(s, f"per_{OTHER.slug}", shop(OTHER.slug).id))
    before = everything()

    problem = await refusal(
        mine,
        DocumentsState.renew,
        requirement_id=rows[0].requirement_id,
        form_data=sent(("media_id", theirs), ("expires_on", "2036-05-01")),
    )
    assert problem in (None, NotFound)
    assert everything() == before
