"""Applying to sell, through the pages' own events: six steps of one's own, nobody else's."""

from typing import Any

import pytest
from sqlmodel import Session, col, select

from marketplace import db
from marketplace.domain.access.models import Person
from marketplace.domain.accounts.service import people
from marketplace.domain.media.models import Media, MediaStatus, Purpose
from marketplace.domain.sellers.models import (
    Requirement,
    RequirementKind,
    SellerApplication,
    Submission,
)
from marketplace.domain.sellers.service import applications, requirements
from marketplace.flows.seed import DOMAIN
from marketplace.kit import clock
from marketplace.kit.errors import Invalid, NotFound
from marketplace.kit.ids import new_id
from marketplace.web.guard import visitors
from marketplace.web.leave import LeaveState
from marketplace.web.seller.apply.state import ApplyState
from tests.make.browsing import everything
from tests.web.demo import id_of, refusal, signed_in
from tests.web.harness import Pipeline, Tab
from tests.web.test_staff import sent

pytestmark = pytest.mark.usefixtures("people_alone")
ME, OTHER = "xu.lei", "grace.ho"
CONTACT = sent(
    ("contact_name", "Xu Lei"),
    ("email", "xu.lei@jishi.example"),
    ("phone", "+86 138 0013 8000"),
    ("job_title", ""),
)
BUSINESS = sent(("business_type", "individual"), ("country", "CN"))


@pytest.fixture
def people_alone(database: str) -> None:
    """Two people without a shop, and what an application asks for; the whole demo takes longer."""

    def work(session: Session) -> None:
        requirements.ensure_defaults(session, at=clock.now())
        for key, name in ((ME, "Xu Lei"), (OTHER, "Grace Ho")):
            people.create(
                session, email=f"{key}@{DOMAIN}", name=name, password_hash="none", locale="en",
                at=clock.now(), is_verified=True,
            )  # fmt: skip

    visitors.forget_everybody()
    db.call(work)


def begun(key: str) -> tuple[str, int]:
    """The id and version of a draft of this person."""
    actor = Person(id=id_of(key), name=key)
    application_id = db.call(applications.start, actor, at=clock.now())
    row = db.call(lambda s: s.get_one(SellerApplication, application_id))
    return row.id, row.version


def paper(key: str) -> str:
    """A checked document of this person."""

    def work(session: Session) -> str:
        row = Media(
            id=new_id("med"), purpose=Purpose.DOCUMENT, status=MediaStatus.READY,
            person_id=id_of(key), name="id.jpg", content_type="image/jpeg", size=1000,
            token=new_id("tok"), created_at=clock.now(), idle_since=clock.now(),
            ready_at=clock.now(),
        )  # fmt: skip
        session.add(row)
        return row.id

    return db.call(work)


def dated_document() -> str:
    """A document everybody is asked for, which ends on some day."""
    wanted = select(Requirement.id).where(
        Requirement.kind == RequirementKind.DOCUMENT, col(Requirement.expires).is_(True)
    )
    rows = db.call(lambda s: s.exec(wanted).all())
    asked = db.call(lambda s: [s.get_one(Requirement, id_) for id_ in rows])
    return next(
        one.id
        for one in asked
        if not one.category_ids and (not one.business_types or "individual" in one.business_types)
    )


def submissions() -> list[Submission]:
    return list(db.call(lambda s: s.exec(select(Submission)).all()))


def wrong_fields(pipeline: Pipeline) -> list[str]:
    """What the last refusal was about."""
    problem = pipeline.failures[-1]
    assert isinstance(problem, Invalid)
    return list(problem.fields)


@pytest.fixture
def mine(pipeline: Pipeline) -> Tab:
    return pipeline.tab(cookie=signed_in(ME), path="/seller/apply/contact")


async def test_what_the_account_knows_is_not_asked_again(mine: Tab) -> None:
    begun(ME)
    await mine.send(ApplyState.load_step)

    contact = mine.value(ApplyState, "said")["contact"]
    assert (contact["contact_name"], contact["email"]) == ("Xu Lei", "xu.lei@jishi.example")


async def test_a_step_is_saved_and_stays(pipeline: Pipeline, mine: Tab) -> None:
    application_id, version = begun(ME)
    await mine.send(
        ApplyState.save_contact, application_id=application_id, version=version, form_data=CONTACT
    )
    elsewhere = pipeline.tab(cookie=signed_in(ME), token="another-tab-0123456789")
    await elsewhere.send(ApplyState.load)

    assert elsewhere.value(ApplyState, "said")["contact"]["phone"] == "+86 138 0013 8000"
    assert elsewhere.value(ApplyState, "done") == [1]
    assert elsewhere.value(ApplyState, "go_to") == "/seller/apply/business"


async def test_a_wrong_field_is_named_and_nothing_is_saved(pipeline: Pipeline, mine: Tab) -> None:
    application_id, version = begun(ME)
    before = everything()
    wrong = sent(("contact_name", "Xu Lei"), ("email", "nowhere"), ("phone", "+86 138 0013 8000"))
    await refusal(
        mine, ApplyState.save_contact, application_id=application_id, version=version,
        form_data=wrong,
    )  # fmt: skip

    assert wrong_fields(pipeline) == ["email"]
    assert everything() == before


async def test_a_step_cannot_be_opened_before_there_is_an_application(mine: Tab) -> None:
    await mine.send(ApplyState.load_step)
    assert mine.value(ApplyState, "is_open") in (None, False)
    assert "/seller/apply" in str(mine.client_events)


async def test_the_account_is_not_kept_without_the_agreement(pipeline: Pipeline, mine: Tab) -> None:
    application_id, version = begun(ME)
    await mine.send(
        ApplyState.save_business, application_id=application_id, version=version, form_data=BUSINESS
    )
    before = everything()
    form = sent(
        ("bank_holder", "Xu Lei"),
        ("bank_name", "ICBC"),
        ("bank_country", "CN"),
        ("bank_number", "4539578763621486"),
    )
    row = db.call(lambda s: s.get_one(SellerApplication, application_id))
    await refusal(
        mine, ApplyState.save_bank, application_id=application_id, version=row.version,
        agreement=1, form_data=form,
    )  # fmt: skip

    assert wrong_fields(pipeline) == ["accepts"]
    assert everything() == before


async def test_a_file_is_handed_in_once_its_last_day_is_known(mine: Tab) -> None:
    application_id, version = begun(ME)
    await mine.send(
        ApplyState.save_business, application_id=application_id, version=version, form_data=BUSINESS
    )
    await mine.send(ApplyState.load_step)
    which = {"application_id": application_id, "requirement_id": dated_document()}
    media_id = paper(ME)

    await mine.send(ApplyState.place_file, **which, media_id=media_id)
    assert submissions() == []
    await mine.send(ApplyState.set_expiry, **which, day="2031-05-01")

    (given,) = submissions()
    assert (given.media_id, str(given.expires_on)) == (media_id, "2031-05-01")
    assert mine.value(ApplyState, "waiting") == {}


async def test_somebody_elses_file_cannot_be_handed_in(mine: Tab) -> None:
    application_id, version = begun(ME)
    await mine.send(
        ApplyState.save_business, application_id=application_id, version=version, form_data=BUSINESS
    )
    await mine.send(ApplyState.load_step)
    which = {"application_id": application_id, "requirement_id": dated_document()}
    await mine.send(ApplyState.set_expiry, **which, day="2031-05-01")
    problem = await refusal(mine, ApplyState.place_file, **which, media_id=paper(OTHER))

    assert problem in (None, NotFound)
    assert submissions() == []


async def test_nobody_changes_or_sends_another_persons_application(
    pipeline: Pipeline, mine: Tab
) -> None:
    application_id, version = begun(OTHER)
    one = {"application_id": application_id}
    document, media_id = dated_document(), paper(ME)
    events: list[tuple[Any, dict[str, Any]]] = [
        (ApplyState.save_contact, {**one, "version": version, "form_data": CONTACT}),
        (ApplyState.save_business, {**one, "version": version, "form_data": BUSINESS}),
        (ApplyState.place_file, {**one, "requirement_id": document, "media_id": media_id}),
        (ApplyState.set_expiry, {**one, "requirement_id": document, "day": "2031-05-01"}),
        (ApplyState.take_back, {**one, "requirement_id": document}),
        (ApplyState.confirm, {**one, "requirement_id": document}),
        (ApplyState.submit, {**one, "version": version}),
        (ApplyState.appeal, {**one, "form_data": sent(("text", "Please look at it again."))}),
        (ApplyState.discard, {**one, "version": version}),
    ]
    before = everything()
    for handler, payload in events:
        await refusal(mine, handler, **payload)
        assert everything() == before, handler
    assert {type(problem) for problem in pipeline.failures} == {NotFound}


async def test_what_is_shown_is_ones_own(mine: Tab) -> None:
    begun(OTHER)
    await mine.send(ApplyState.load)
    assert (mine.value(ApplyState, "is_loaded"), mine.value(ApplyState, "app")) == (True, None)


async def test_a_guest_is_sent_to_sign_in_and_comes_back(pipeline: Pipeline) -> None:
    tab = pipeline.tab(path="/seller/apply/legal")
    await tab.send(ApplyState.load_step)
    assert tab.value(LeaveState, "order")["address"] == "/sign-in?next=/seller/apply/legal"
