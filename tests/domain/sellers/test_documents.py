"""Documents of open shops: reminded of in time, ended with grace, renewed without a gap."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.media.models import MediaUse
from marketplace.domain.notifications.models import Mail
from marketplace.domain.sellers.models import (
    Requirement,
    Seller,
    SellerDeadline,
    SellerStatus,
    Submission,
    Switch,
    Verdict,
)
from marketplace.domain.sellers.queries import agreements, directory, shop
from marketplace.domain.sellers.queries.requirements import list_requirements
from marketplace.domain.sellers.queries.standing import switches_off
from marketplace.domain.sellers.rules.requirements import Facts
from marketplace.domain.sellers.service import documents, requirements, standing
from marketplace.flows.seed.shops import Office
from marketplace.kit.errors import Invalid, NotAllowed, NotFound, Stale
from marketplace.kit.paging import ListQuery
from tests.conftest import MONDAY, FrozenClock
from tests.make import shops as made

DAY = timedelta(days=1)
ENDS = MONDAY + 100 * DAY


@pytest.fixture
def office(session: Session, clock_at: FrozenClock) -> Office:
    return made.market(session)


@pytest.fixture
def owner(session: Session, office: Office) -> SellerMember:
    """Of a shop whose licence is good until 100 days from now."""
    member = made.opened(session, office)
    licence = the_licence(session, member)
    licence.expires_on = ENDS.date()
    session.flush()
    return member


def the_licence(session: Session, member: SellerMember) -> Submission:
    rows = {row.code: row.submission_id for row in shop.documents(session, member)}
    return session.get_one(Submission, rows["licence"])


def asked(session: Session, code: str) -> Requirement:
    return session.exec(select(Requirement).where(Requirement.code == code)).one()


def letters(session: Session, template: str) -> int:
    return len(session.exec(select(Mail).where(Mail.template == template)).all())


def on_days(session: Session, clock_at: FrozenClock, *days: int) -> None:
    """Run the job on these days counted from the end of the licence, twice each."""
    for day in days:
        clock_at.moment = ENDS + day * DAY
        made.keep_documents(session, at=clock_at.moment)
        made.keep_documents(session, at=clock_at.moment)


def renewed(session: Session, member: SellerMember, until: datetime, at: datetime) -> str:
    paper = made.paper(session, member.id, member.seller_id)
    requirement = asked(session, "licence").id
    return documents.renew(session, member, requirement, paper, until.date(), at=at)


def test_reminders_go_out_once_each_60_30_and_7_days_before(
    session: Session, owner: SellerMember, clock_at: FrozenClock
) -> None:
    """features.md 4.13: mercurjs/vendor-panel#195, sellers must be asked for papers in time."""
    sent = []
    for day in (-61, -60, -59, -31, -30, -29, -8, -7, -6, 0):
        on_days(session, clock_at, day)
        sent.append(letters(session, "document_expiring"))

    assert sent == [0, 1, 1, 1, 2, 2, 2, 3, 3, 3]


def test_an_ended_document_costs_payouts_after_grace_and_sales_a_week_later(
    session: Session, owner: SellerMember, clock_at: FrozenClock
) -> None:
    seen = []
    for day in (0, 1, 7, 8, 14, 15):
        on_days(session, clock_at, day)
        seen.append(sorted(switches_off(session, owner.seller_id)))

    assert seen == [[], [], [], ["payouts"], ["payouts"], ["buyable", "payouts"]]
    assert the_licence(session, owner).verdict is Verdict.EXPIRED
    assert session.get_one(Seller, owner.seller_id).status is SellerStatus.RESTRICTED
    assert letters(session, "document_expired") == 1


def test_an_accepted_renewal_switches_everything_on_again(
    session: Session, office: Office, owner: SellerMember, clock_at: FrozenClock
) -> None:
    on_days(session, clock_at, 1, 20)
    new = renewed(session, owner, ENDS + 400 * DAY, clock_at.moment)
    assert sorted(switches_off(session, owner.seller_id)) == ["buyable", "payouts"]

    documents.judge(session, office.first, new, Verdict.ACCEPTED, at=clock_at.moment)

    assert switches_off(session, owner.seller_id) == set()
    assert session.get_one(Seller, owner.seller_id).status is SellerStatus.OPEN
    assert the_licence(session, owner).id == new


def test_the_old_document_counts_until_the_new_one_is_accepted(
    session: Session, office: Office, owner: SellerMember, clock_at: FrozenClock
) -> None:
    old = the_licence(session, owner).id
    new = renewed(session, owner, ENDS + 400 * DAY, MONDAY)

    assert the_licence(session, owner).id == old
    documents.judge(session, office.first, new, Verdict.REJECTED, note="Blurred", at=MONDAY)

    row = {row.code: row for row in shop.documents(session, owner)}["licence"]
    assert (row.submission_id, row.state) == (old, "complete")
    assert (row.renewal_id, row.renewal_verdict, row.renewal_note) == (new, "rejected", "Blurred")
    assert letters(session, "document_rejected") == 1


def test_who_handed_in_a_renewal_is_not_reminded(
    session: Session, owner: SellerMember, clock_at: FrozenClock
) -> None:
    renewed(session, owner, ENDS + 400 * DAY, MONDAY)
    on_days(session, clock_at, -30)

    assert letters(session, "document_expiring") == 0


def test_a_document_that_has_ended_is_refused_at_the_door(
    session: Session, owner: SellerMember
) -> None:
    with pytest.raises(Invalid) as refused:
        renewed(session, owner, MONDAY - DAY, MONDAY)

    assert set(refused.value.fields) == {"expires_on"}


def test_papers_of_another_shop_are_not_found(
    session: Session, office: Office, owner: SellerMember
) -> None:
    """security.md SEC-38."""
    other = made.opened(session, office, made.another(made.POTTERY, "second-kiln"))
    theirs = the_licence(session, other).media_id
    before = session.exec(select(MediaUse)).all()

    with pytest.raises(NotFound):
        documents.renew(
            session, owner, asked(session, "licence").id, theirs, ENDS.date(), at=MONDAY
        )

    assert session.exec(select(MediaUse)).all() == before
    assert theirs not in {row.media_id for row in shop.documents(session, owner)}


def test_a_document_is_judged_once_and_by_reviewers(
    session: Session, office: Office, owner: SellerMember
) -> None:
    new = renewed(session, owner, ENDS + DAY, MONDAY)
    reader = made.reviewer(session, "per_reader", frozenset({Permission.SELLERS_READ}))
    with pytest.raises(NotAllowed):
        documents.judge(session, reader, new, Verdict.ACCEPTED, at=MONDAY)
    documents.judge(session, office.first, new, Verdict.ACCEPTED, at=MONDAY)
    with pytest.raises(Stale):
        documents.judge(session, office.second, new, Verdict.REJECTED, note="x", at=MONDAY)

    assert session.get_one(Submission, new).verdict is Verdict.ACCEPTED


def permit(**fields: object) -> requirements.RequirementForm:
    return requirements.RequirementForm(
        **{
            "code": "food_permit",
            "kind": "document",
            "name": "Food permit",
            "name_zh": "食品经营许可证",
            "days_to_comply": 30,
            **fields,
        }
    )


def test_a_new_requirement_gives_open_shops_a_deadline_and_switches_nothing_at_once(
    session: Session, office: Office, owner: SellerMember, clock_at: FrozenClock
) -> None:
    """features.md 4.13: mercurjs/vendor-panel#11, a new rule must not shut a live shop."""
    requirements.save(session, office.first, permit(), at=MONDAY)
    made.keep_documents(session, at=MONDAY)

    deadline = session.exec(select(SellerDeadline)).one()
    assert deadline.due_at == MONDAY + 30 * DAY
    assert switches_off(session, owner.seller_id) == set()
    assert letters(session, "requirement_new") == 1
    seen = []
    for day in (30, 31, 37, 38):
        clock_at.moment = MONDAY + day * DAY
        made.keep_documents(session, at=clock_at.moment)
        seen.append(sorted(switches_off(session, owner.seller_id)))
    assert seen == [[], ["payouts"], ["payouts"], ["buyable", "payouts"]]


def test_what_is_no_longer_required_switches_nothing_off(
    session: Session, office: Office, owner: SellerMember, clock_at: FrozenClock
) -> None:
    id_ = requirements.save(session, office.first, permit(), at=MONDAY)
    made.keep_documents(session, at=MONDAY)
    version = session.get_one(Requirement, id_).version
    requirements.save(
        session, office.first, permit(is_required=False), requirement_id=id_, version=version,
        at=MONDAY + DAY,
    )  # fmt: skip
    clock_at.moment = MONDAY + 100 * DAY
    made.keep_documents(session, at=clock_at.moment)
    assert switches_off(session, owner.seller_id) == set()
    assert session.exec(select(SellerDeadline)).one().met_at is not None


@pytest.mark.parametrize("how", ["off and on", "narrowed and widened"])
def test_what_is_asked_again_has_a_deadline_again(
    session: Session, office: Office, owner: SellerMember, clock_at: FrozenClock, how: str
) -> None:
    id_ = requirements.save(session, office.first, permit(), at=MONDAY)

    def version() -> int:
        return session.get_one(Requirement, id_).version

    def save(at: datetime, **fields: object) -> None:
        requirements.save(
            session, office.first, permit(**fields), requirement_id=id_, version=version(), at=at
        )

    if how == "off and on":
        for is_active, day in ((False, 1), (True, 2)):
            clock_at.moment = MONDAY + day * DAY
            requirements.set_active(
                session, office.first, id_, is_active=is_active, version=version(),
                at=clock_at.moment,
            )  # fmt: skip
            made.keep_documents(session, at=clock_at.moment)
    else:
        clock_at.moment = MONDAY + DAY
        save(clock_at.moment, business_types=["individual"])
        made.keep_documents(session, at=clock_at.moment)
        clock_at.moment = MONDAY + 2 * DAY
        save(clock_at.moment)
    deadline = session.exec(select(SellerDeadline)).one()
    assert (deadline.met_at, deadline.due_at) == (None, MONDAY + 32 * DAY)
    assert letters(session, "requirement_new") == 2
    clock_at.moment = MONDAY + 100 * DAY
    made.keep_documents(session, at=clock_at.moment)
    assert switches_off(session, owner.seller_id) == {"buyable", "payouts"}


def test_meeting_a_new_requirement_closes_its_deadline(
    session: Session, office: Office, owner: SellerMember
) -> None:
    id_ = requirements.save(session, office.first, permit(), at=MONDAY)
    paper = made.paper(session, owner.id, owner.seller_id)
    given = documents.renew(session, owner, id_, paper, None, at=MONDAY)

    documents.judge(session, office.first, given, Verdict.ACCEPTED, at=MONDAY + 40 * DAY)

    assert session.exec(select(SellerDeadline)).one().met_at == MONDAY + 40 * DAY
    assert switches_off(session, owner.seller_id) == set()


def test_a_requirement_for_others_concerns_nobody_here(
    session: Session, office: Office, owner: SellerMember
) -> None:
    requirements.save(session, office.first, permit(business_types=["individual"]), at=MONDAY)

    assert session.exec(select(SellerDeadline)).all() == []


def test_turnover_makes_a_dynamic_requirement_begin_once(
    session: Session, office: Office, owner: SellerMember
) -> None:
    def sold(orders: int, turnover: int) -> int:
        facts = Facts(orders, turnover)
        counts = made.keep_documents(session, at=MONDAY, facts=lambda _session, _seller: facts)
        return counts["begun"]

    assert [sold(199, 10**9), sold(200, 500_000), sold(300, 900_000)] == [0, 1, 0]
    deadline = session.exec(select(SellerDeadline)).one()
    assert deadline.requirement_id == asked(session, "yearly").id
    assert deadline.due_at == MONDAY + 10 * DAY
    assert "yearly" in {row.code for row in shop.documents(session, owner)}


def test_a_yearly_statement_is_given_by_a_word_and_is_good_for_a_year(
    session: Session, office: Office, owner: SellerMember
) -> None:
    made.keep_documents(session, at=MONDAY, facts=lambda _, __: Facts(200, 500_000))
    given = documents.renew(session, owner, asked(session, "yearly").id, "", None, at=MONDAY)

    row = session.get_one(Submission, given)
    assert row.expires_on == MONDAY.date() + timedelta(days=365)
    assert row.media_id == ""


def test_the_list_of_what_ends_shows_soon_ended_and_waiting(
    session: Session, office: Office, owner: SellerMember, clock_at: FrozenClock
) -> None:
    def states() -> list[str]:
        found = directory.expiring(session, office.first, ListQuery()).rows
        return sorted(row.state for row in found if row.code == "licence")

    assert states() == []
    on_days(session, clock_at, -10)
    assert states() == ["soon"]
    on_days(session, clock_at, 9)
    assert states() == ["expired"]
    renewed(session, owner, ENDS + 400 * DAY, clock_at.moment)
    assert states() == ["expired", "pending"]


def test_defaults_are_installed_once_and_keep_what_staff_changed(
    session: Session, office: Office
) -> None:
    rows = list_requirements(session, office.first)
    licence = next(row for row in rows if row.code == "licence")
    form = permit(code="licence", name="Trade licence", grace_days=3)
    requirements.save(
        session, office.first, form, requirement_id=licence.id, version=licence.version, at=MONDAY
    )
    requirements.ensure_defaults(session, at=MONDAY)

    again = list_requirements(session, office.first)
    assert len(again) == len(rows)
    assert asked(session, "licence").name == "Trade licence"
    assert {row.code for row in directory.levels(session)} == {"new", "standard", "trusted"}


def test_configuring_needs_the_permission(session: Session, office: Office) -> None:
    reader = made.reviewer(session, "per_reader", frozenset({Permission.SELLERS_READ}))
    level = requirements.LevelForm(
        code="gold", name="Gold", name_zh="金", position=9, price_band_bps=0, sample_bps=0,
        most_listings=1,
    )  # fmt: skip
    for refused in (
        lambda: requirements.save(session, reader, permit(), at=MONDAY),
        lambda: requirements.save_level(session, reader, level, version=0, at=MONDAY),
        lambda: requirements.publish_agreement(
            session,
            reader,
            requirements.AgreementForm(text="a", text_zh="b"),
            version=1,
            at=MONDAY,
        ),
    ):
        with pytest.raises(NotAllowed):
            refused()

    assert len(directory.levels(session)) == 3
    assert len(agreements.versions(session, office.first)) == 1


def test_a_suspended_shop_keeps_its_own_ending(
    session: Session, office: Office, owner: SellerMember, clock_at: FrozenClock
) -> None:
    standing.suspend(session, office.first, owner.seller_id, reason="fraud", note="x", at=MONDAY)
    on_days(session, clock_at, 30)

    assert {row.reason for row in shop.standing(session, owner).switches} == {"suspended"}
    assert switches_off(session, owner.seller_id) == set(Switch)


def test_the_list_says_until_when_the_first_thing_is_owed(
    session: Session, office: Office, owner: SellerMember
) -> None:
    assert directory.list_sellers(session, office.first, ListQuery()).rows[0].deadline == ""
    for code, days in (("licence", 9), ("identity", 4)):
        session.add(
            SellerDeadline(
                id=f"dea_{code}",
                seller_id=owner.seller_id,
                requirement_id=asked(session, code).id,
                began_at=MONDAY,
                due_at=MONDAY + days * DAY,
            )
        )
    session.flush()

    row = directory.list_sellers(session, office.first, ListQuery()).rows[0]
    assert row.deadline == (MONDAY + 4 * DAY).isoformat()
