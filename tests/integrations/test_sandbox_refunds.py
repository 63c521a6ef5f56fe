"""Giving back at the sandbox: never more than came in, sometimes late, sometimes not at all."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import stripe
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kit import clock
from tests.make.moments import MONDAY, FrozenClock
from tests.make.till import Till, giving_back

SLOW = "4000000000007726"
FAILING = "4000000000005126"


def test_parts_add_up_to_the_whole_and_no_further(till: Till) -> None:
    payment = till.paid(1_000)
    for step, amount in enumerate((300, 600, 100)):
        till.gateway.refund(giving_back(payment, amount, f"r{step}"))
    charge = till.stripe.charges.retrieve(payment.charge_ref)

    assert (charge.amount_refunded, charge.refunded) == (1_000, True)
    with pytest.raises(stripe.InvalidRequestError) as done:
        till.stripe.refunds.create({"payment_intent": payment.payment_ref})
    assert done.value.code == "charge_already_refunded"
    assert till.total() == till.nets() == 1_000 - 59 - 1_000


def test_without_an_amount_all_that_is_left_goes_back(till: Till) -> None:
    payment = till.paid(1_000)
    till.gateway.refund(giving_back(payment, 1))

    assert till.stripe.refunds.create({"charge": payment.charge_ref}).amount == 999


def test_one_too_many_is_refused_with_the_name_of_the_amount(till: Till) -> None:
    payment = till.paid(1_000)
    with pytest.raises(stripe.InvalidRequestError) as much:
        till.stripe.refunds.create({"charge": payment.charge_ref, "amount": 1_001})

    assert (much.value.param, much.value.code) == ("amount", "amount_too_large")
    assert till.stripe.refunds.list().data == []


def test_only_what_was_captured_can_go_back(till: Till) -> None:
    intent = till.stripe.payment_intents.create(
        {
            "amount": 1_000,
            "currency": "cny",
            "capture_method": "manual",
            "confirm": True,
            "payment_method": "pm_card_visa",
        }
    )
    with pytest.raises(stripe.InvalidRequestError, match="not been captured"):
        till.stripe.refunds.create({"payment_intent": intent.id})
    till.stripe.payment_intents.capture(intent.id, {"amount_to_capture": 400})
    with pytest.raises(stripe.InvalidRequestError):
        till.stripe.refunds.create({"payment_intent": intent.id, "amount": 401})

    assert till.stripe.refunds.create({"payment_intent": intent.id}).amount == 400


def test_nothing_goes_back_that_never_came(till: Till) -> None:
    ref = till.open()
    till.pay(ref, "4000000000000002")
    session = till.stripe.checkout.sessions.retrieve(ref)
    with pytest.raises(stripe.InvalidRequestError) as unpaid:
        till.stripe.refunds.create({"payment_intent": str(session.payment_intent)})

    assert unpaid.value.code == "payment_intent_unexpected_state"


def test_a_slow_bank_answers_later(till: Till, clock_at: FrozenClock) -> None:
    payment = till.paid(number=SLOW)
    refund = till.gateway.refund(giving_back(payment, 500))
    assert (refund.status, refund.waits_for) == ("pending", "processing")
    clock_at.advance(minutes=5)

    done = till.gateway.fetch_refund(refund.ref)
    assert (done.status, done.waits_for) == ("succeeded", "")
    assert till.kinds()[-1] == "refund.updated"


def test_what_succeeded_may_still_fail_and_the_money_is_back(
    till: Till, clock_at: FrozenClock
) -> None:
    payment = till.paid(10_000, number=FAILING)
    before = till.total()
    refund = till.gateway.refund(giving_back(payment, 500))
    assert refund.status == "succeeded"
    assert till.total() == before - 500
    clock_at.advance(minutes=5)

    failed = till.gateway.fetch_refund(refund.ref)
    assert (failed.status, failed.failure) == ("failed", "expired_or_canceled_card")
    assert till.total() == till.nets() == before
    assert till.gateway.fetch_payment(payment.ref).refunded == 0
    assert "refund.failed" in till.kinds()
    assert [line.kind for line in till.gateway.movements("", MONDAY)] == [
        "charge",
        "refund",
        "refund_failure",
    ]


def test_without_money_a_refund_waits_until_some_comes(tmp_path: Path, clock_at: Any) -> None:
    till = Till(tmp_path / "poor.sqlite3", overdraft=0)
    payment = till.paid(10_000)
    refund = till.gateway.refund(giving_back(payment, 10_000))

    assert (refund.status, refund.waits_for) == ("pending", "insufficient_funds")
    assert till.total() == 9_680
    till.paid(1_000, command="cmd_2")
    assert till.gateway.fetch_refund(refund.ref).status == "succeeded"
    assert till.total() == till.nets() == 9_680 + 941 - 10_000


def test_what_waits_for_money_may_be_taken_back(tmp_path: Path, clock_at: Any) -> None:
    till = Till(tmp_path / "poor.sqlite3", overdraft=0)
    payment = till.paid(10_000)
    refund = till.gateway.refund(giving_back(payment, 10_000))

    assert till.stripe.refunds.cancel(refund.ref).status == "canceled"
    assert till.gateway.fetch_payment(payment.ref).refunded == 0
    with pytest.raises(stripe.InvalidRequestError):
        till.stripe.refunds.cancel(refund.ref)


def test_a_done_refund_cannot_be_taken_back(till: Till) -> None:
    refund = till.gateway.refund(giving_back(till.paid(), 100))
    with pytest.raises(stripe.InvalidRequestError):
        till.stripe.refunds.cancel(refund.ref)

    assert till.gateway.fetch_refund(refund.ref).status == "succeeded"


def test_a_wallets_refund_is_booked_as_such(till: Till) -> None:
    ref = till.open()
    till.scan(ref, "alipay")
    till.act(ref, "succeed")
    till.gateway.refund(giving_back(till.gateway.fetch_payment(ref), 100))
    kinds = [entry.type for entry in till.stripe.balance_transactions.list()]

    assert kinds == ["payment_refund", "payment"]


def test_refunds_are_listed_by_payment(till: Till) -> None:
    one, two = till.paid(command="a"), till.paid(command="b")
    mine = till.gateway.refund(giving_back(one, 100, "ra"))
    till.gateway.refund(giving_back(two, 100, "rb"))

    listed = till.stripe.refunds.list({"payment_intent": one.payment_ref})
    assert [refund.id for refund in listed] == [mine.ref]


def test_money_comes_in_pending_and_is_available_after_two_days(
    till: Till, clock_at: FrozenClock
) -> None:
    till.paid(10_000)
    before = till.stripe.balance.retrieve()
    clock_at.advance(days=2)
    after = till.stripe.balance.retrieve()

    assert (before.available[0].amount, before.pending[0].amount) == (0, 9_680)
    assert (after.available[0].amount, after.pending[0].amount) == (9_680, 0)
    assert [entry.status for entry in till.stripe.balance_transactions.list()] == ["available"]


def test_one_card_is_available_at_once(till: Till) -> None:
    till.paid(10_000, number="4000000000000077")
    balance = till.stripe.balance.retrieve()

    assert (balance.available[0].amount, balance.pending[0].amount) == (9_680, 0)


NUMBERS = st.sampled_from(["4242424242424242", "4000000000000077", SLOW, FAILING])
DEEDS = st.one_of(
    st.tuples(st.just("pay"), st.integers(1, 3_000), NUMBERS),
    st.tuples(st.just("hold"), st.integers(1, 3_000), st.integers(1, 3_500)),
    st.tuples(st.just("refund"), st.integers(0, 9), st.integers(1, 3_500)),
    st.tuples(st.just("cancel"), st.integers(0, 9), st.just(0)),
    st.tuples(st.just("wait"), st.integers(1, 600), st.just(0)),
)


@given(st.lists(DEEDS, max_size=14), st.sampled_from([0, 500, 1_000_000]))
def test_whatever_happens_the_books_agree_and_nobody_gets_more_than_was_paid(
    deeds: list[tuple[str, int, Any]], overdraft: int
) -> None:
    frozen = FrozenClock()
    with TemporaryDirectory() as folder, clock.running_on(lambda: frozen.moment):
        till = Till(Path(folder) / "sandbox.sqlite3", overdraft=overdraft)
        for step, deed in enumerate(deeds):
            do(till, frozen, step, deed)
            require_sound(till)


def do(till: Till, frozen: FrozenClock, step: int, deed: tuple[str, int, Any]) -> None:
    kind, first, second = deed
    charges = [charge for charge in till.stripe.charges.list({"limit": 100}) if charge.captured]
    refunds = till.stripe.refunds.list({"limit": 100}).data
    try:
        if kind == "pay":
            till.paid(first, second, f"cmd_{step}")
        elif kind == "hold":
            held: Any = {"currency": "cny", "capture_method": "manual", "confirm": True}
            held |= {"amount": first, "payment_method": "pm_card_visa"}
            intent = till.stripe.payment_intents.create(held)
            till.stripe.payment_intents.capture(intent.id, {"amount_to_capture": second})
        elif kind == "refund" and charges:
            charge = charges[first % len(charges)].id
            till.stripe.refunds.create({"charge": charge, "amount": second})
        elif kind == "cancel" and refunds:
            till.stripe.refunds.cancel(refunds[first % len(refunds)].id)
        elif kind == "wait":
            frozen.advance(minutes=first)
    except stripe.InvalidRequestError:
        pass  # refusing is right; what counts is that the books agree after it


def require_sound(till: Till) -> None:
    assert till.total() == till.nets()
    refunds = till.stripe.refunds.list({"limit": 100}).data
    for charge in till.stripe.charges.list({"limit": 100}):
        live = [
            refund.amount
            for refund in refunds
            if refund.charge == charge.id and refund.status in ("pending", "succeeded")
        ]
        assert sum(live) == charge.amount_refunded <= charge.amount_captured <= charge.amount
