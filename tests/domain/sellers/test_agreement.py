"""Versions of the seller agreement: when each counts, who agreed to which, who must anew."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from marketplace.domain.access.models import Permission, Person
from marketplace.domain.audit.models import AuditEntry
from marketplace.domain.sellers.models import Agreement
from marketplace.domain.sellers.queries import agreements
from marketplace.domain.sellers.service import applications, requirements
from marketplace.domain.sellers.service.requirements import AgreementForm
from marketplace.flows.seed.shops import Office
from marketplace.kit.errors import Invalid, NotAllowed, Stale
from tests.conftest import MONDAY, FrozenClock
from tests.make import shops as made

DAY = timedelta(days=1)
NEXT_WEEK = (MONDAY + 7 * DAY).date()
TEXTS = {"text": "New", "text_zh": "新"}


@pytest.fixture
def office(session: Session, clock_at: FrozenClock) -> Office:
    return made.market(session)


@pytest.fixture
def qiu(session: Session, office: Office) -> Person:
    return made.applicant(session)


def test_a_version_to_come_counts_from_its_day_on(
    session: Session, office: Office, clock_at: FrozenClock
) -> None:
    form = AgreementForm(**TEXTS, begins_on=NEXT_WEEK)
    requirements.publish_agreement(session, office.first, form, version=1, at=MONDAY)

    seen = [(row.version, row.state) for row in agreements.versions(session, office.first)]
    assert seen == [(2, "to_come"), (1, "current")]
    assert agreements.agreement(session).version == 1

    clock_at.moment = MONDAY + 8 * DAY
    assert agreements.agreement(session).text == "New"
    seen = [(row.version, row.state) for row in agreements.versions(session, office.first)]
    assert seen == [(2, "current"), (1, "past")]


def test_a_version_to_come_is_replaced_by_one_more_for_its_day(
    session: Session, office: Office, clock_at: FrozenClock
) -> None:
    form = AgreementForm(**TEXTS, begins_on=NEXT_WEEK)
    requirements.publish_agreement(session, office.first, form, version=1, at=MONDAY)
    mended = AgreementForm(text="Mended", text_zh="改", begins_on=NEXT_WEEK)
    requirements.publish_agreement(session, office.first, mended, version=2, at=MONDAY)

    clock_at.moment = MONDAY + 8 * DAY
    assert agreements.agreement(session).version == 3


def test_a_draft_that_agreed_before_must_agree_anew_once_the_next_counts(
    session: Session, office: Office, qiu: Person, clock_at: FrozenClock
) -> None:
    made.opened(session, office)
    id_ = made.written(session, qiu, made.another(made.POTTERY, "lucky-cups"))
    effect = agreements.effect_of(session, office.first, MONDAY, at=MONDAY)
    assert (effect.drafts, effect.waiting, effect.shops, effect.is_at_once) == (1, 0, 1, True)
    row = agreements.versions(session, office.first)[0]
    assert (row.accepted, row.shops) == (2, 1)

    form = AgreementForm(**TEXTS, begins_on=NEXT_WEEK)
    requirements.publish_agreement(session, office.first, form, version=1, at=MONDAY)
    clock_at.moment = MONDAY + 8 * DAY
    with pytest.raises(Invalid) as refused:
        applications.submit(
            session, qiu, id_, version=made.version(session, id_), at=clock_at.moment
        )
    assert set(refused.value.fields) == {"agreement"}


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (AgreementForm(text="New", text_zh=" "), "text_zh"),
        (AgreementForm(**TEXTS, begins_on=(MONDAY - 2 * DAY).date()), "begins_on"),
        (AgreementForm(**TEXTS, begins_on=(MONDAY + 400 * DAY).date()), "begins_on"),
    ],
)
def test_a_wrong_version_is_told_at_its_field(
    session: Session, office: Office, form: AgreementForm, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        requirements.publish_agreement(session, office.first, form, version=1, at=MONDAY)

    assert set(refused.value.fields) == {field}
    assert len(session.exec(select(Agreement)).all()) == 1


def test_a_version_never_begins_before_the_one_it_follows(session: Session, office: Office) -> None:
    form = AgreementForm(**TEXTS, begins_on=NEXT_WEEK)
    requirements.publish_agreement(session, office.first, form, version=1, at=MONDAY)
    with pytest.raises(Invalid) as refused:
        requirements.publish_agreement(
            session, office.first, AgreementForm(text="a", text_zh="b"), version=2, at=MONDAY
        )

    assert set(refused.value.fields) == {"begins_on"}


def test_the_same_texts_again_are_no_version(session: Session, office: Office) -> None:
    now = agreements.agreement(session)
    with pytest.raises(Invalid):
        requirements.publish_agreement(
            session,
            office.first,
            AgreementForm(text=now.text, text_zh=now.text_zh),
            version=1,
            at=MONDAY,
        )


def test_two_at_once_publish_one_and_leave_one_trace(session: Session, office: Office) -> None:
    form = AgreementForm(**TEXTS)
    requirements.publish_agreement(session, office.first, form, version=1, at=MONDAY)
    with pytest.raises(Stale):
        requirements.publish_agreement(
            session, office.first, AgreementForm(text="a", text_zh="b"), version=1, at=MONDAY
        )

    traced = session.exec(
        select(AuditEntry).where(AuditEntry.action == "sellers.agreement_published")
    ).all()
    assert [one.object_id for one in traced] == ["2"]


def test_versions_are_shown_to_readers_of_sellers_alone(session: Session, office: Office) -> None:
    nobody = made.reviewer(session, "per_nobody", frozenset({Permission.BACK_OFFICE}))
    for refused in (
        lambda: agreements.versions(session, nobody),
        lambda: agreements.version(session, nobody, 1),
        lambda: agreements.effect_of(session, nobody, MONDAY, at=MONDAY),
    ):
        with pytest.raises(NotAllowed):
            refused()
