"""An application from the first step to the last word: whose it is, what may change when."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from marketplace.domain.access.models import Permission, Person
from marketplace.domain.media.models import MediaUse
from marketplace.domain.notifications.models import Mail
from marketplace.domain.sellers.models import (
    ApplicationStatus,
    BusinessType,
    SellerApplication,
    Verdict,
)
from marketplace.domain.sellers.queries import applications as queries
from marketplace.domain.sellers.rules import applications as rules
from marketplace.domain.sellers.rules import forms
from marketplace.domain.sellers.rules.standing import (
    AlreadyAppealed,
    NothingToDecide,
    NotYourOwn,
    TooLate,
)
from marketplace.domain.sellers.service import applications, requirements
from marketplace.flows.seed import shops
from marketplace.flows.seed.shops import Office
from marketplace.kit import clock
from marketplace.kit.days import day_bounds, day_of
from marketplace.kit.errors import DomainError, Invalid, NotAllowed, NotFound, Stale
from marketplace.kit.paging import ListQuery
from marketplace.kit.states import MoveNotAllowed
from marketplace.settings import settings
from tests.conftest import MONDAY, FrozenClock
from tests.make import shops as made
from tests.make.shops import POTTERY

CONTACT = forms.ContactForm(contact_name="Qiu", email="qiu@example.com", phone="+86 13800000000")
BANK = forms.BankForm(bank_holder="A", bank_name="B", bank_number="6222021234567890128")
LEGAL = shops._legal(POTTERY)  # the demo's, whose check digits fit


@pytest.fixture
def office(session: Session, clock_at: FrozenClock) -> Office:
    return made.market(session)


@pytest.fixture
def qiu(session: Session, office: Office) -> Person:
    return made.applicant(session)


def status(session: Session, id_: str) -> ApplicationStatus:
    session.flush()
    session.expire_all()
    return session.get_one(SellerApplication, id_).status


def mails(session: Session) -> list[str]:
    return sorted(session.exec(select(Mail.template)))


def judged(
    session: Session, office: Office, id_: str, code: str, note: str = "", **fields: str
) -> None:
    applications.judge(
        session,
        office.first,
        made.given(session, id_, code).id,
        Verdict.REJECTED if note or fields else Verdict.ACCEPTED,
        note=note,
        fields=fields,
        at=clock.now(),
    )


def sent_back(session: Session, office: Office, id_: str, note: str = "") -> None:
    version = made.version(session, id_)
    applications.request_changes(session, office.first, id_, note, version=version, at=clock.now())


def test_a_draft_is_kept_step_by_step_and_found_again(session: Session, qiu: Person) -> None:
    id_ = applications.start(session, qiu, at=MONDAY)
    applications.save_contact(session, qiu, id_, CONTACT, version=1, at=MONDAY)

    assert applications.start(session, qiu, at=MONDAY) == id_
    found = made.view(session, qiu)
    assert found.contact["email"] == "qiu@example.com"
    assert (found.step, found.version) == (2, 2)
    assert [one.code for one in found.steps if one.is_complete] == ["contact"]


def test_of_two_tabs_the_second_to_save_is_told_and_changes_nothing(
    session: Session, qiu: Person
) -> None:
    id_ = applications.start(session, qiu, at=MONDAY)
    applications.save_contact(session, qiu, id_, CONTACT, version=1, at=MONDAY)

    with pytest.raises(Stale):
        applications.save_contact(
            session,
            qiu,
            id_,
            CONTACT.model_copy(update={"contact_name": "Other"}),
            version=1,
            at=MONDAY,
        )

    assert made.view(session, qiu).contact["contact_name"] == "Qiu"


CHANGES: dict[str, Callable[[Session, Person, str], Any]] = {
    "contact": lambda s, p, i: applications.save_contact(s, p, i, CONTACT, version=1, at=MONDAY),
    "business": lambda s, p, i: applications.save_business_type(
        s, p, i, forms.BusinessTypeForm(business_type="company"), version=1, at=MONDAY
    ),
    "legal": lambda s, p, i: applications.save_legal(s, p, i, LEGAL, version=1, at=MONDAY),
    "bank": lambda s, p, i: applications.save_bank(s, p, i, BANK, version=1, at=MONDAY),
    "hand in": lambda s, p, i: applications.hand_in(s, p, i, "req_x", "", None, at=MONDAY),
    "take back": lambda s, p, i: applications.take_back(s, p, i, "req_x", at=MONDAY),
    "agree": lambda s, p, i: applications.accept_agreement(s, p, i, 1, version=1, at=MONDAY),
    "submit": lambda s, p, i: applications.submit(s, p, i, version=1, at=MONDAY),
    "appeal": lambda s, p, i: applications.appeal(s, p, i, "why", at=MONDAY),
    "delete": lambda s, p, i: applications.delete_draft(s, p, i, version=1, at=MONDAY),
}


@pytest.mark.parametrize("change", CHANGES)
def test_another_persons_application_does_not_exist(
    session: Session, qiu: Person, change: str
) -> None:
    id_ = applications.start(session, qiu, at=MONDAY)
    before = session.get_one(SellerApplication, id_).model_dump()
    stranger = made.applicant(session, "per_stranger")

    with pytest.raises(NotFound):
        CHANGES[change](session, stranger, id_)

    session.expire_all()
    assert session.get_one(SellerApplication, id_).model_dump() == before
    assert queries.my_application(session, stranger) is None


@pytest.mark.parametrize("change", [name for name in CHANGES if name not in {"appeal", "hand in"}])
def test_while_we_look_at_it_nothing_can_be_changed(
    session: Session, qiu: Person, change: str
) -> None:
    id_ = made.submitted(session, qiu)
    row = session.get_one(SellerApplication, id_)
    row.version = 1
    session.flush()

    with pytest.raises(DomainError) as refused:
        CHANGES[change](session, qiu, id_)

    assert isinstance(refused.value, rules.NotEditable | NotFound)
    assert status(session, id_) is ApplicationStatus.SUBMITTED


def test_nothing_is_submitted_before_everything_required_is_there(
    session: Session, qiu: Person
) -> None:
    id_ = made.written(session, qiu)
    applications.take_back(session, qiu, id_, made.asked(session, qiu, "licence"), at=MONDAY)

    with pytest.raises(rules.Incomplete) as refused:
        applications.submit(session, qiu, id_, version=made.version(session, id_), at=MONDAY)

    assert refused.value.codes == ("licence",)
    assert status(session, id_) is ApplicationStatus.DRAFT
    assert mails(session) == []


def test_submitting_promises_an_answer_and_writes_it_down(session: Session, qiu: Person) -> None:
    id_ = made.submitted(session, qiu)

    row = session.get_one(SellerApplication, id_)
    assert row.due_at == rules.promise(MONDAY, "Asia/Shanghai")
    assert (row.round, row.ip) == (1, qiu.ip)
    assert mails(session) == ["application_received"]
    assert {one.verdict for one in made.view(session, qiu).requirements} == {"pending", ""}


def test_a_company_outside_china_is_not_asked_for_a_credit_code(
    session: Session, qiu: Person
) -> None:
    id_ = applications.start(session, qiu, at=MONDAY)
    kind = forms.BusinessTypeForm(business_type="cross_border", country="DE")
    applications.save_business_type(session, qiu, id_, kind, version=1, at=MONDAY)
    form = LEGAL.model_copy(
        update={"registration_number": "HRB 12345", "tax_id": "DE123", "representative_id": ""}
    )

    assert applications.save_legal(session, qiu, id_, form, version=2, at=MONDAY) == 3
    assert made.view(session, qiu).legal["registration_number"] == "HRB12345"


def test_a_wrong_credit_code_is_told_beside_its_field(session: Session, qiu: Person) -> None:
    id_ = applications.start(session, qiu, at=MONDAY)
    kind = forms.BusinessTypeForm(business_type="company")
    applications.save_business_type(session, qiu, id_, kind, version=1, at=MONDAY)
    wrong = LEGAL.model_copy(update={"registration_number": "91350100M000100Y44"})

    with pytest.raises(Invalid) as refused:
        applications.save_legal(session, qiu, id_, wrong, version=2, at=MONDAY)

    assert refused.value.fields == {"registration_number": forms.CREDIT_CODE}
    assert "legal_name" not in made.view(session, qiu).legal


def test_of_an_account_and_an_identity_only_the_last_four_are_ever_shown(
    session: Session, qiu: Person, office: Office
) -> None:
    id_ = made.submitted(session, qiu)
    row = session.get_one(SellerApplication, id_)
    number, identity = shops._bank(POTTERY).bank_number, LEGAL.representative_id

    kept = repr(row.model_dump())
    seen = repr(made.view(session, qiu)) + repr(queries.review(session, office.first, id_))

    assert number not in kept and identity not in kept
    assert number not in seen and identity not in seen
    assert number[-4:] in seen and identity[-4:] in seen


def test_only_what_was_sent_back_can_be_changed_and_of_a_step_only_its_fields(
    session: Session, qiu: Person, office: Office, clock_at: FrozenClock
) -> None:
    """features.md 4.13: "KYC is missing": an applicant must see what is wrong, and fix only that."""
    id_ = made.submitted(session, qiu)
    clock_at.advance(hours=1)
    judged(session, office, id_, "licence", "Cut off")
    judged(session, office, id_, "legal", tax_id="Not yours")
    sent_back(session, office, id_, "Two items")
    clock_at.advance(hours=1)
    at = clock.now()

    found = made.view(session, qiu)
    assert set(found.to_fix) == {"licence", "legal"}
    assert found.open_fields == {"documents": (), "legal": ("tax_id",)}
    version = made.version(session, id_)
    with pytest.raises(rules.NotEditable):
        applications.save_contact(session, qiu, id_, CONTACT, version=version, at=at)
    with pytest.raises(rules.NotEditable):
        applications.hand_in(
            session, qiu, id_, made.asked(session, qiu, "identity"),
            made.paper(session, qiu.id), (at + timedelta(days=99)).date(), at=at,
        )  # fmt: skip
    with pytest.raises(Invalid) as refused:
        applications.save_legal(
            session,
            qiu,
            id_,
            LEGAL.model_copy(
                update={"tax_id": "TAX1", "city": "Elsewhere", "representative_id": ""}
            ),
            version=version,
            at=at,
        )
    assert set(refused.value.fields) == {"city"}

    fixed = LEGAL.model_copy(update={"tax_id": "TAX1", "representative_id": ""})
    version = applications.save_legal(session, qiu, id_, fixed, version=version, at=at)
    paper = made.paper(session, qiu.id)
    ends = (at + timedelta(days=99)).date()
    applications.hand_in(session, qiu, id_, made.asked(session, qiu, "licence"), paper, ends, at=at)
    applications.submit(session, qiu, id_, version=version, at=at)

    assert status(session, id_) is ApplicationStatus.SUBMITTED
    assert session.get_one(SellerApplication, id_).round == 2
    review = queries.review(session, office.first, id_)
    assert {row.code for row in review.earlier} == {"licence", "legal"}
    assert {row.state for row in review.requirements if row.code == "licence"} == {"pending"}
    assert review.before == {"contact": {}, "legal": {"tax_id": ""}, "shop": {}, "bank": {}}
    row = session.get_one(SellerApplication, id_)
    said = row.said_before or {}
    row.said_before = {**said, "legal": {**said["legal"], "tax_id": "913-SECRET-77"}}
    reader = made.reviewer(session, "per_reader", frozenset({Permission.SELLERS_READ}))
    masked = queries.review(session, reader, id_)
    assert set(masked.before["legal"]) == {"tax_id"}
    assert "913-SECRET" not in repr(masked)
    assert "913-SECRET-77" in repr(queries.review(session, office.first, id_))


def test_a_first_round_has_nothing_to_compare_with(
    session: Session, qiu: Person, office: Office
) -> None:
    id_ = made.submitted(session, qiu)
    assert queries.review(session, office.first, id_).before == {}


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [
        (None, {"legal": {"city": "A"}}, {}),
        ({"legal": {"city": "A"}}, {"legal": {"city": "A"}}, {"legal": {}}),
        ({"legal": {"city": "A"}}, {"legal": {"city": "B"}}, {"legal": {"city": "A"}}),
        ({"legal": {}}, {"legal": {"city": "B"}}, {"legal": {"city": ""}}),
        ({}, {"legal": {"city": "B"}}, {"legal": {"city": ""}}),
        ({"legal": {"city": "A"}}, {"legal": {}}, {"legal": {"city": "A"}}),
    ],
)
def test_the_earlier_value_of_each_changed_field_is_found(
    before: dict[str, dict[str, str]] | None,
    now: dict[str, dict[str, str]],
    found: dict[str, dict[str, str]],
) -> None:
    assert rules.changed_since(before, now) == found


def test_asking_for_changes_needs_something_to_change(
    session: Session, qiu: Person, office: Office
) -> None:
    id_ = made.submitted(session, qiu)

    with pytest.raises(rules.NothingToFix):
        sent_back(session, office, id_)

    assert status(session, id_) is ApplicationStatus.SUBMITTED


def test_a_rejection_gives_a_reason_a_way_back_and_an_appeal(
    session: Session, qiu: Person, office: Office, clock_at: FrozenClock
) -> None:
    id_ = made.submitted(session, qiu)
    applications.reject(
        session, office.first, id_, "goods", "No knives",
        version=made.version(session, id_), at=MONDAY,
    )  # fmt: skip

    found = made.view(session, qiu)
    assert (found.reason, found.note, found.may_appeal) == ("goods", "No knives", True)
    with pytest.raises(rules.TooSoon):
        applications.start(session, qiu, at=MONDAY + timedelta(days=29))
    again = applications.start(session, qiu, at=MONDAY + timedelta(days=30))
    assert again != id_
    assert session.get_one(SellerApplication, again).contact == found.contact
    assert mails(session) == ["application_received", "application_rejected"]


def test_the_appeal_is_decided_by_somebody_else(
    session: Session, qiu: Person, office: Office
) -> None:
    id_ = made.submitted(session, qiu)
    applications.reject(
        session, office.first, id_, "goods", "", version=made.version(session, id_), at=MONDAY
    )
    with pytest.raises(NothingToDecide):
        applications.decide_appeal(
            session, office.second, id_, is_granted=True, answer="Yes", at=MONDAY
        )
    applications.appeal(session, qiu, id_, "They are for the kitchen", at=MONDAY)
    with pytest.raises(AlreadyAppealed):
        applications.appeal(session, qiu, id_, "Please", at=MONDAY)
    with pytest.raises(NotYourOwn):
        applications.decide_appeal(
            session, office.first, id_, is_granted=True, answer="Yes", at=MONDAY
        )
    assert status(session, id_) is ApplicationStatus.REJECTED

    applications.decide_appeal(
        session, office.second, id_, is_granted=True, answer="You are right", at=MONDAY
    )

    assert status(session, id_) is ApplicationStatus.IN_REVIEW
    assert made.view(session, qiu).appeal_answer == "You are right"


def test_an_appeal_is_taken_until_the_end_of_the_day_that_the_letter_names(
    session: Session, qiu: Person, office: Office
) -> None:
    id_ = made.submitted(session, qiu)
    applications.reject(
        session, office.first, id_, "risk", "", version=made.version(session, id_), at=MONDAY
    )
    zone = settings().time_zone
    _, midnight = day_bounds(day_of(MONDAY + timedelta(days=14), zone), zone)

    with pytest.raises(TooLate):
        applications.appeal(session, qiu, id_, "Why?", at=midnight)
    assert made.view(session, qiu).appeal == ""
    applications.appeal(session, qiu, id_, "Why?", at=midnight - timedelta(seconds=1))
    assert made.view(session, qiu).appeal == "Why?"


def test_the_queue_is_oldest_first_and_tells_who_shares_an_account(
    session: Session, qiu: Person, office: Office, clock_at: FrozenClock
) -> None:
    first = made.submitted(session, qiu)
    other = made.applicant(session, "per_other")
    clock_at.advance(hours=1)
    twin = made.written(session, other, made.another(POTTERY, "other-kiln"))
    row = session.get_one(SellerApplication, twin)
    row.bank_key = session.get_one(SellerApplication, first).bank_key
    applications.submit(session, other, twin, version=row.version, at=clock.now())
    made.written(session, made.applicant(session, "per_third"), made.another(POTTERY, "third"))

    found = queries.queue(session, office.first, ListQuery())

    assert [one.id for one in found.rows] == [first, twin]
    assert found.total == 2
    assert "same_bank" in found.rows[0].risks and "same_bank" in found.rows[1].risks
    risks = {risk.code: risk for risk in queries.review(session, office.first, twin).risks}
    assert [match.id for match in risks["same_bank"].others] == [first]
    assert queries.next_open(session, office.first) == first
    assert queries.next_open(session, office.first, after=first) == twin


def test_a_draft_is_hidden_from_staff(session: Session, qiu: Person, office: Office) -> None:
    id_ = made.written(session, qiu)

    assert queries.queue(session, office.first, ListQuery()).rows == []
    with pytest.raises(NotFound):
        queries.review(session, office.first, id_)
    with pytest.raises(NotFound):
        applications.take(session, office.first, id_, at=MONDAY)


def test_staff_who_may_not_see_people_see_masks_and_no_documents(
    session: Session, qiu: Person
) -> None:
    """security.md SEC-38: private documents."""
    id_ = made.submitted(session, qiu)
    blind = made.reviewer(session, "per_blind", frozenset({Permission.SELLERS_READ}))
    legal = made.view(session, qiu).legal

    found = queries.review(session, blind, id_)

    assert found.is_masked
    assert legal["registration_number"] not in repr(found)
    assert legal["street"] not in repr(found)
    assert "qiu.shan@jishi.example" not in repr(found)
    assert {row.media_id for row in found.requirements} == {""}
    assert found.legal["registration_number"].endswith(legal["registration_number"][-4:])


@pytest.mark.parametrize(
    ("kind", "is_hidden"),
    [("individual", True), ("sole_trader", True), ("company", False), ("cross_border", False)],
)
def test_the_name_of_who_trades_alone_is_a_persons_name(
    session: Session, qiu: Person, kind: str, is_hidden: bool
) -> None:
    id_ = made.submitted(session, qiu)
    session.get_one(SellerApplication, id_).business_type = BusinessType(kind)
    session.flush()
    name = made.view(session, qiu).legal["legal_name"]
    blind = made.reviewer(session, "per_blind", frozenset({Permission.SELLERS_READ}))

    assert (name not in repr(queries.review(session, blind, id_).legal)) is is_hidden


@pytest.mark.parametrize(
    "name", ["take", "judge", "send back", "reject", "assign", "ask", "appeal"]
)
def test_nobody_decides_without_the_permission(
    session: Session, qiu: Person, office: Office, name: str
) -> None:
    id_ = made.submitted(session, qiu)
    given = made.given(session, id_, "licence").id
    reader = made.reviewer(session, "per_reader", frozenset({Permission.SELLERS_READ}))
    calls: dict[str, Callable[[], object]] = {
        "take": lambda: applications.take(session, reader, id_, at=MONDAY),
        "judge": lambda: applications.judge(session, reader, given, Verdict.ACCEPTED, at=MONDAY),
        "send back": lambda: applications.request_changes(
            session, reader, id_, "", version=1, at=MONDAY
        ),
        "reject": lambda: applications.reject(
            session, reader, id_, "risk", "", version=1, at=MONDAY
        ),
        "assign": lambda: applications.assign(session, reader, [id_], reader.id, at=MONDAY),
        "ask": lambda: applications.ask_for(session, reader, [id_], "req", "x", at=MONDAY),
        "appeal": lambda: applications.decide_appeal(
            session, reader, id_, is_granted=True, answer="x", at=MONDAY
        ),
    }

    with pytest.raises(NotAllowed):
        calls[name]()

    assert status(session, id_) is ApplicationStatus.SUBMITTED


def test_several_applicants_are_asked_for_the_same_document(
    session: Session, qiu: Person, office: Office
) -> None:
    id_ = made.submitted(session, qiu)
    licence = made.asked(session, qiu, "licence")

    assert applications.ask_for(session, office.first, [id_], licence, "Newer", at=MONDAY) == 1

    assert status(session, id_) is ApplicationStatus.CHANGES_REQUESTED
    assert made.view(session, qiu).to_fix == ("licence",)


def test_a_decided_application_is_not_decided_again(
    session: Session, qiu: Person, office: Office
) -> None:
    id_ = made.submitted(session, qiu)
    applications.reject(
        session, office.first, id_, "risk", "", version=made.version(session, id_), at=MONDAY
    )

    with pytest.raises((MoveNotAllowed, Stale, rules.NotEditable)):
        applications.reject(
            session, office.second, id_, "goods", "", version=made.version(session, id_), at=MONDAY
        )

    assert session.get_one(SellerApplication, id_).reason == "risk"


def test_a_deleted_draft_lets_its_files_go(session: Session, qiu: Person) -> None:
    id_ = made.written(session, qiu)
    applications.delete_draft(session, qiu, id_, version=made.version(session, id_), at=MONDAY)

    assert queries.my_application(session, qiu) is None
    assert session.exec(select(MediaUse)).all() == []


def test_names_and_addresses_of_shops_are_told_taken(
    session: Session, qiu: Person, office: Office
) -> None:
    made.opened(session, office)

    assert queries.shop_name_taken(session, qiu, "QINGSHAN ceramics")
    assert queries.suggest_slug(session, "Qingshan Ceramics") == "qingshan-ceramics-2"
    assert queries.suggest_slug(session, "青山") == "qing-shan"


def test_the_newest_agreement_is_the_one_to_accept(
    session: Session, qiu: Person, office: Office
) -> None:
    id_ = made.written(session, qiu)
    form = requirements.AgreementForm(text="New", text_zh="新")
    assert requirements.publish_agreement(session, office.first, form, version=1, at=MONDAY) == 2

    with pytest.raises(Invalid) as refused:
        applications.submit(session, qiu, id_, version=made.version(session, id_), at=MONDAY)

    assert set(refused.value.fields) == {"agreement"}
