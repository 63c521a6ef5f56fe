"""What is promised, what is asked of whom, and what an ended document costs when."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.domain.sellers.models import (
    ApplicationStatus,
    Requirement,
    RequirementKind,
    SellerStatus,
    Submission,
    Switch,
    Verdict,
)
from marketplace.domain.sellers.rules import applications, requirements, standing
from marketplace.domain.sellers.rules.requirements import Facts, RequirementState
from tests.conftest import MONDAY

ZONE = "Asia/Shanghai"
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("submitted", "due"),
    [
        ("2026-03-02T08:00", "2026-03-04T16:00"),  # Monday: to the end of Wednesday in Shanghai
        ("2026-03-05T15:59", "2026-03-09T16:00"),  # Thursday night there: Monday
        ("2026-03-05T16:00", "2026-03-10T16:00"),  # a minute later it is Friday there: Tuesday
        ("2026-03-07T03:00", "2026-03-10T16:00"),  # Saturday: Tuesday
        ("2026-03-08T03:00", "2026-03-10T16:00"),  # Sunday: Tuesday
    ],
)
def test_an_answer_is_due_at_the_end_of_the_second_working_day(submitted: str, due: str) -> None:
    at = datetime.fromisoformat(submitted).replace(tzinfo=UTC)

    assert applications.promise(at, ZONE) == datetime.fromisoformat(due).replace(tzinfo=UTC)


@given(st.integers(0, 4 * 365 * 24))
def test_the_promise_holds_two_working_days_and_never_more_than_four_others(hours: int) -> None:
    at = MONDAY + timedelta(hours=hours)
    wait = applications.promise(at, "Europe/Berlin") - at

    assert timedelta(days=2) <= wait <= timedelta(days=5, hours=1)


@pytest.mark.parametrize(
    ("hours", "urgency"), [(-1, "late"), (0, "late"), (1, "soon"), (24, "soon"), (25, "fine")]
)
def test_how_urgent_an_application_is(hours: int, urgency: str) -> None:
    assert applications.urgency(MONDAY + timedelta(hours=hours), MONDAY) == urgency


def asked(**fields: object) -> Requirement:
    return Requirement(
        **{"id": "req", "code": "x", "kind": RequirementKind.DOCUMENT, "name": "", "name_zh": "",
           "is_active": True, "is_required": True, "business_types": [], "category_ids": [],
           **fields}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "is_concerned"),
    [
        ({}, True),
        ({"is_active": False}, False),
        ({"business_types": ["company"]}, True),
        ({"business_types": ["individual"]}, False),
        ({"category_ids": ["cat_food"]}, True),
        ({"category_ids": ["cat_toys"]}, False),
        ({"business_types": ["company"], "category_ids": ["cat_toys"]}, False),
    ],
)
def test_a_requirement_concerns_its_business_types_and_categories_and_those_below(
    fields: dict[str, object], is_concerned: bool
) -> None:
    lineage = ["cat_tea", "cat_food"]

    assert requirements.concerns(asked(**fields), "company", lineage) is is_concerned


@pytest.mark.parametrize(
    ("orders", "turnover", "is_met"),
    [(199, 10**9, False), (200, 499_999, False), (200, 500_000, True), (0, 0, False)],
)
def test_a_dynamic_requirement_begins_when_both_numbers_are_reached(
    orders: int, turnover: int, is_met: bool
) -> None:
    condition = {"window_days": 365, "orders": 200, "turnover": 500_000}

    assert requirements.is_met_by(condition, Facts(orders, turnover)) is is_met


@pytest.mark.parametrize(
    ("verdict", "ends", "state"),
    [
        (None, None, RequirementState.INCOMPLETE),
        (Verdict.PENDING, None, RequirementState.PENDING),
        (Verdict.ACCEPTED, None, RequirementState.COMPLETE),
        (Verdict.WAIVED, None, RequirementState.COMPLETE),
        (Verdict.REJECTED, None, RequirementState.REJECTED),
        (Verdict.ACCEPTED, date(2026, 3, 2), RequirementState.COMPLETE),
        (Verdict.ACCEPTED, date(2026, 3, 1), RequirementState.EXPIRED),
        (Verdict.EXPIRED, None, RequirementState.EXPIRED),
    ],
)
def test_how_a_requirement_stands_is_computed_on_reading(
    verdict: Verdict | None, ends: date | None, state: RequirementState
) -> None:
    given_ = (
        Submission(
            id="s", requirement_id="r", verdict=verdict, expires_on=ends, handed_in_at=MONDAY
        )
        if verdict
        else None
    )

    assert requirements.state_of(given_, date(2026, 3, 2)) is state


@given(DAYS, st.lists(st.integers(1, 40), max_size=30))
def test_whatever_days_the_job_runs_each_reminder_is_sent_once_and_in_time(
    ends: date, gaps: list[int]
) -> None:
    today, reminded, sent = ends - timedelta(days=90), 0, []
    for gap in [0, *gaps]:
        today += timedelta(days=gap)
        if due := requirements.reminder_due(ends, today, reminded):
            assert (ends - today).days <= due
            sent.append(due)
            reminded = due

    assert sent == sorted(set(sent), reverse=True)
    if (today - ends).days >= 0 and any(
        ends - timedelta(days=7)
        <= ends - timedelta(days=90) + timedelta(days=sum(gaps[:n]))
        <= ends
        for n in range(len(gaps) + 1)
    ):
        assert sent[-1:] == [7]


@given(DAYS, st.integers(0, 60), st.integers(-30, 120))
def test_grace_then_payouts_then_sales(ended: date, grace: int, later: int) -> None:
    cost = requirements.switches_due(ended, grace, ended + timedelta(days=later))

    assert cost == (0 if later <= grace else 1 if later <= grace + 7 else 2)


@given(st.sampled_from(SellerStatus), st.frozensets(st.sampled_from(Switch)))
def test_a_state_only_ever_takes_away(status: SellerStatus, rows: frozenset[Switch]) -> None:
    assert standing.off(status, rows) >= rows


@pytest.mark.parametrize(
    ("status", "off"),
    [
        (SellerStatus.OPEN, set()),
        (SellerStatus.RESTRICTED, set()),
        (SellerStatus.PAUSED, {Switch.BUYABLE}),
        (
            SellerStatus.CLOSING,
            set(Switch) - {Switch.EDIT_LISTINGS, Switch.PAYOUTS, Switch.SESSIONS},
        ),
        (SellerStatus.SUSPENDED, set(Switch)),
        (SellerStatus.CLOSED, set(Switch)),
        (SellerStatus.TERMINATED, set(Switch)),
    ],
)
def test_what_each_state_switches_off(status: SellerStatus, off: set[Switch]) -> None:
    assert standing.off(status, ()) == off


def test_only_an_approved_application_and_a_gone_seller_are_final() -> None:
    final = {state for state in ApplicationStatus if applications.MOVES.is_final(state)}
    gone = {state for state in SellerStatus if standing.MOVES.is_final(state)}

    assert final == {ApplicationStatus.APPROVED}
    assert gone == {SellerStatus.CLOSED, SellerStatus.TERMINATED}
