"""Applications in the back office, through the pages' own events: who decides, and on what."""

from typing import Any

import pytest
from sqlmodel import Session, select

from marketplace import db
from marketplace.domain.access.models import Permission
from marketplace.domain.catalog.models import Category
from marketplace.domain.sellers.models import (
    ApplicationStatus,
    Requirement,
    Seller,
    SellerApplication,
    Submission,
    Verdict,
)
from marketplace.domain.sellers.queries import applications as queries
from marketplace.domain.sellers.rules.applications import NothingToFix, SecondPersonNeeded
from marketplace.domain.sellers.rules.standing import NotYourOwn
from marketplace.domain.sellers.service import applications
from marketplace.flows.overview import admin_overview
from marketplace.kit import clock
from marketplace.kit.errors import Invalid, Stale
from marketplace.kit.paging import ListQuery
from marketplace.web.admin.sellers.application import ApplicationReviewState
from marketplace.web.admin.sellers.applications import ApplicationsState
from tests.make import shops as made
from tests.make.browsing import everything
from tests.make.people import staff
from tests.web.demo import id_of, refusal, signed_in
from tests.web.harness import Pipeline, Tab
from tests.web.test_staff import sent

OTHERS = ["wang.qi", "emma.clark", "qiu.shan", "xu.lei"]
"""A moderator and an auditor, who read applications; a shop's owner; a buyer."""
READER = staff(Permission.BACK_OFFICE, Permission.SELLERS_READ)
WRONG = sent(("note", "The stamp is missing."), ("fields", "phone"), ("comments", "No answer."))


@pytest.fixture
def waiting(demo: None) -> str:
    """The id of an application that waits."""

    def work(session: Session) -> str:
        made.market(session)
        business = made.another(made.POTTERY, "cups-of-clay")
        return made.submitted(session, made.applicant(session, "per_new"), business, at=clock.now())

    return db.call(work)


@pytest.fixture
def chen(pipeline: Pipeline, waiting: str) -> Tab:
    return tab_of(pipeline, "chen.hao", waiting)


def tab_of(pipeline: Pipeline, key: str, id_: str) -> Tab:
    return pipeline.tab(
        cookie=signed_in(key), token=f"tab-{key}-0123456789ab", path=f"/admin/applications/{id_}"
    )


def row(id_: str) -> SellerApplication:
    return db.call(lambda session: session.get_one(SellerApplication, id_))


def sellers() -> set[str]:
    return set(db.call(lambda session: session.exec(select(Seller.slug)).all()))


def contact_given(id_: str) -> Submission:
    wanted = (
        select(Submission)
        .join(Requirement, Requirement.id == Submission.requirement_id)  # type: ignore[arg-type]
        .where(Submission.application_id == id_, Requirement.kind == "contact")
    )
    return db.call(lambda session: session.exec(wanted).one())


def changes(id_: str) -> list[tuple[Any, dict[str, Any]]]:
    """Every event of the two pages that changes something, with good values."""
    given, requirement = contact_given(id_).id, contact_given(id_).requirement_id
    newest = {"application_id": id_, "version": row(id_).version}
    page, queue = ApplicationReviewState, ApplicationsState
    colleague = sent(("reviewer_id", id_of("chen.hao")))
    asked = sent(("requirement_id", requirement), ("note", "Please."))
    return [
        (page.take, {"application_id": id_}),
        (page.judge, {"submission_id": given, "version": row(id_).version, "verdict": "accepted"}),
        (
            page.find_wrong,
            {"submission_id": given, "version": row(id_).version, "form_data": WRONG},
        ),
        (
            page.ask_for,
            {"application_id": id_, "requirement_id": requirement, "form_data": WRONG},
        ),
        (page.approve, {**newest, "form_data": sent(("level", "new"))}),
        (page.request_changes, {**newest, "form_data": sent(("note", ""))}),
        (page.reject, {**newest, "form_data": sent(("reason", "goods"), ("note", ""))}),
        (
            page.decide_appeal,
            {"application_id": id_, "is_granted": True, "form_data": sent(("answer", "Yes"))},
        ),
        (queue.take, {"ids": [id_]}),
        (queue.assign, {"ids": [id_], "form_data": colleague}),
        (queue.request_document, {"ids": [id_], "form_data": asked}),
    ]


async def test_who_may_decide_does(chen: Tab, waiting: str) -> None:
    """The same events as below, so that their refusal there says something."""
    for handler, payload in changes(waiting)[-3:]:
        assert await refusal(chen, handler, **payload) is None

    assert row(waiting).status is ApplicationStatus.CHANGES_REQUESTED


@pytest.mark.parametrize("key", OTHERS)
async def test_who_may_not_decide_changes_nothing(
    pipeline: Pipeline, waiting: str, key: str
) -> None:
    tab, before = tab_of(pipeline, key, waiting), everything()
    for handler, payload in changes(waiting):
        await refusal(tab, handler, **payload)
        assert everything() == before, handler


async def test_who_may_not_see_people_sees_them_masked(pipeline: Pipeline, waiting: str) -> None:
    tab = tab_of(pipeline, "wang.qi", waiting)
    await tab.send(ApplicationReviewState.load)

    seen = tab.value(ApplicationReviewState, "review")
    assert seen.is_masked and not seen.can_decide
    assert {part.row.media_id for part in tab.value(ApplicationReviewState, "parts")} == {""}


async def test_approving_opens_the_shop_at_the_level_that_was_chosen(
    chen: Tab, waiting: str
) -> None:
    words = {"application_id": waiting, "version": row(waiting).version}
    await chen.send(ApplicationReviewState.approve, **words, form_data=sent(("level", "trusted")))

    decided = row(waiting)
    assert decided.status is ApplicationStatus.APPROVED
    opened = db.call(lambda session: session.get_one(Seller, decided.seller_id))
    assert (opened.slug, opened.level) == ("cups-of-clay", "trusted")


async def test_a_decision_on_what_changed_meanwhile_is_refused(chen: Tab, waiting: str) -> None:
    seen = row(waiting).version
    await chen.send(ApplicationReviewState.take, application_id=waiting)
    before = everything()

    for handler, form in (
        (ApplicationReviewState.approve, sent(("level", "new"))),
        (ApplicationReviewState.request_changes, sent(("note", "Hm"))),
        (ApplicationReviewState.reject, sent(("reason", "goods"), ("note", ""))),
    ):
        words = {"application_id": waiting, "version": seen, "form_data": form}
        assert await refusal(chen, handler, **words) is Stale
    assert everything() == before


async def test_an_item_is_refused_with_a_word_on_a_field_and_sent_back(
    chen: Tab, waiting: str
) -> None:
    given = contact_given(waiting)
    await chen.send(
        ApplicationReviewState.find_wrong, submission_id=given.id, version=row(waiting).version,
        form_data=WRONG,
    )  # fmt: skip
    words = {"application_id": waiting, "version": row(waiting).version}
    await chen.send(ApplicationReviewState.request_changes, **words, form_data=sent(("note", "")))

    judged = contact_given(waiting)
    assert (judged.verdict, judged.fields) == (Verdict.REJECTED, {"phone": "No answer."})
    assert row(waiting).status is ApplicationStatus.CHANGES_REQUESTED


async def test_the_slower_of_two_reviewers_is_told_and_overwrites_nothing(
    pipeline: Pipeline, chen: Tab, waiting: str
) -> None:
    given, seen = contact_given(waiting).id, row(waiting).version
    await chen.send(
        ApplicationReviewState.find_wrong, submission_id=given, version=seen, form_data=WRONG
    )
    other = tab_of(pipeline, "lin.na", waiting)
    await other.send(ApplicationReviewState.load)
    before = everything()
    late = {"submission_id": given, "version": seen, "verdict": "accepted"}
    assert await refusal(other, ApplicationReviewState.judge, **late) is Stale
    assert everything() == before


async def test_sending_back_without_saying_what_is_refused(chen: Tab, waiting: str) -> None:
    before, page = everything(), ApplicationReviewState
    words = {"application_id": waiting, "version": row(waiting).version}
    empty = sent(("note", ""))
    assert await refusal(chen, page.request_changes, **words, form_data=empty) is NothingToFix
    nothing = sent(("note", ""), ("fields", "phone"), ("comments", ""))
    item = contact_given(waiting).id
    item_words = {"submission_id": item, "version": row(waiting).version, "form_data": nothing}
    assert await refusal(chen, page.find_wrong, **item_words) is Invalid

    assert everything() == before


async def test_an_appeal_is_decided_by_another_person(
    pipeline: Pipeline, chen: Tab, waiting: str
) -> None:
    words = {"application_id": waiting, "version": row(waiting).version}
    no = sent(("reason", "goods"), ("note", "Not here."))
    await chen.send(ApplicationReviewState.reject, **words, form_data=no)
    person = made.Person(id="per_new", name="Qiu Shan")
    db.call(applications.appeal, person, waiting, "Please look again.", at=clock.now())
    before = everything()

    yes = {"application_id": waiting, "is_granted": True, "form_data": sent(("answer", "Right."))}
    assert await refusal(chen, ApplicationReviewState.decide_appeal, **yes) is NotYourOwn
    assert everything() == before

    await tab_of(pipeline, "lin.na", waiting).send(ApplicationReviewState.decide_appeal, **yes)
    assert row(waiting).status is ApplicationStatus.IN_REVIEW


async def test_the_queue_shows_what_the_counter_counts(chen: Tab, waiting: str) -> None:
    chen.path = "/admin/applications"
    await chen.send(ApplicationsState.load)

    shown = [each.id for each in chen.value(ApplicationsState, "rows")]
    counters = db.call(
        lambda session: {
            each.code: each.count for each in admin_overview(session, READER, at=clock.now()).queues
        }
    )
    assert shown == [waiting]
    assert (counters["applications"], counters["application_appeals"]) == (1, 0)
    other = ListQuery(filters={"status": ("appeal",)})
    assert db.call(lambda session: queries.queue(session, READER, other)).total == 0


async def test_a_restricted_category_asks_a_second_person(
    pipeline: Pipeline, chen: Tab, waiting: str
) -> None:
    def restrict(session: Session) -> None:
        for category in session.exec(select(Category)).all():
            category.is_restricted = True

    db.call(restrict)
    form = sent(("level", "new"))
    await chen.send(
        ApplicationReviewState.approve, application_id=waiting, version=row(waiting).version,
        form_data=form,
    )  # fmt: skip
    assert row(waiting).status is ApplicationStatus.IN_REVIEW
    again = {"application_id": waiting, "version": row(waiting).version, "form_data": form}
    assert await refusal(chen, ApplicationReviewState.approve, **again) is SecondPersonNeeded

    second = tab_of(pipeline, "lin.na", waiting)
    await second.send(ApplicationReviewState.load)
    assert [one.name for one in second.value(ApplicationReviewState, "restricted")] != []
    seen = second.value(ApplicationReviewState, "review").row
    assert (seen.first_yes, seen.is_my_yes) == ("Chen Hao", False)
    await second.send(ApplicationReviewState.approve, **again)
    assert row(waiting).status is ApplicationStatus.APPROVED


async def test_the_next_one_is_the_oldest_that_waits(chen: Tab, waiting: str) -> None:
    await chen.send(ApplicationsState.review_next)

    assert any(f"/admin/applications/{waiting}" in str(each) for each in chen.client_events)
