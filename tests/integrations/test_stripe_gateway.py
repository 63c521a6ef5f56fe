"""Our one way to take payments, against the sandbox through the real SDK (DESIGN D12, money.md 2.7)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import stripe

from marketplace.integrations import stripe_errors
from marketplace.integrations.stripe_gateway import StripeGateway
from marketplace.integrations.stripe_sandbox import controls
from marketplace.kit import clock
from marketplace.ports import (
    GatewayBusy,
    GatewayDeclined,
    GatewayRefused,
    GatewayShort,
    GatewayUnknown,
    PaymentState,
)
from tests.make.moments import MONDAY, FrozenClock
from tests.make.till import GOOD, PAGE, Letterbox, Till, asked, giving_back, later

sdk: Any = stripe  # its errors are untyped
AN_HOUR_AGO = MONDAY - timedelta(hours=1)


def test_a_session_sends_the_buyer_to_our_page(till: Till) -> None:
    session = till.gateway.open_session(asked(expires_at=MONDAY + timedelta(minutes=45)))

    assert session.kind == "redirect"
    assert session.url == f"{PAGE}/{session.ref}"
    assert session.expires_at == MONDAY + timedelta(minutes=45)


def test_a_payment_nobody_has_tried_is_created(till: Till) -> None:
    ref = till.open(12_345)

    assert till.gateway.fetch_payment(ref) == PaymentState(
        ref=ref,
        status="created",
        amount=12_345,
        received=0,
        refunded=0,
        currency="CNY",
        is_live=False,
        payment_id="pay_1",
        command_id="cmd_1",
    )


def test_a_paid_session_tells_what_came_in_and_what_it_cost(till: Till) -> None:
    state = till.paid(10_000)

    assert (state.status, state.received, state.fee, state.method) == (
        "succeeded",
        10_000,
        320,  # 2.9 % and 30
        "card",
    )
    assert state.payment_ref.startswith("pi_") and state.charge_ref.startswith("ch_")
    assert (state.payment_id, state.command_id, state.is_final) == ("pay_1", "cmd_1", True)


@pytest.mark.parametrize("group", ["", "grp_1"])
def test_the_payment_itself_carries_our_ids_and_the_group(till: Till, group: str) -> None:
    ref = till.open(group=group)
    till.pay(ref)
    state = till.gateway.fetch_payment(ref)
    intent = till.stripe.payment_intents.retrieve(state.payment_ref)

    assert intent.metadata.to_dict() == {"payment": "pay_1", "command": "cmd_1"}
    assert intent.transfer_group == (group or None)
    assert till.gateway.fetch_payment(state.payment_ref).payment_id == "pay_1"


def test_after_a_decline_the_buyer_may_try_again(till: Till) -> None:
    ref = till.open()
    till.pay(ref, "4000000000009995")
    declined = till.gateway.fetch_payment(ref)
    till.pay(ref, GOOD)

    assert (declined.status, declined.failure) == ("created", "insufficient_funds")
    assert not declined.is_final
    assert till.gateway.fetch_payment(ref).status == "succeeded"


def test_closing_an_unpaid_session_cancels_it_for_good(till: Till) -> None:
    ref = till.open()

    assert till.gateway.close_session(ref).status == "canceled"
    assert till.pay(ref).state == "expired"
    assert till.gateway.fetch_payment(ref).received == 0


def test_closing_tells_the_truth_when_it_came_too_late(till: Till) -> None:
    ref = till.open()
    till.pay(ref)

    state = till.gateway.close_session(ref)

    assert (state.status, state.received) == ("succeeded", 10_000)


def test_closing_twice_says_the_same(till: Till) -> None:
    ref = till.open()

    assert till.gateway.close_session(ref) == till.gateway.close_session(ref)


def test_closing_during_3ds_lets_the_late_answer_do_nothing(till: Till) -> None:
    ref = till.open()
    till.pay(ref, "4000002760003184")
    state = till.gateway.close_session(ref)

    assert state.status == "canceled"
    assert till.act(ref, "succeed").state == "expired"
    assert till.total() == 0


def test_what_is_processing_cannot_be_closed(till: Till) -> None:
    ref = till.open()
    till.scan(ref, "alipay")
    till.act(ref, "process")

    assert till.gateway.close_session(ref).status == "processing"
    till.act(ref, "succeed")
    assert till.gateway.fetch_payment(ref).status == "succeeded"


def test_what_failed_while_processing_has_failed(till: Till) -> None:
    ref = till.open()
    till.scan(ref, "alipay")
    till.act(ref, "process")
    till.act(ref, "decline")

    assert till.gateway.fetch_payment(ref).status == "failed"


def test_a_refund_says_what_it_is_for(till: Till) -> None:
    payment = till.paid(10_000)
    refund = till.gateway.refund(giving_back(payment, 2_500))

    assert (refund.status, refund.amount, refund.currency) == ("succeeded", 2_500, "CNY")
    assert (refund.refund_id, refund.command_id) == ("ref_1", "cmd_r")
    assert refund.payment_ref == payment.payment_ref
    assert till.gateway.fetch_refund(refund.ref) == refund
    assert till.gateway.fetch_payment(payment.ref).refunded == 2_500


def test_more_than_is_left_is_refused_and_moves_nothing(till: Till) -> None:
    payment = till.paid(10_000)
    before = till.total()

    with pytest.raises(GatewayRefused, match="greater than unrefunded"):
        till.gateway.refund(giving_back(payment, 10_001))
    assert till.total() == before
    assert till.gateway.fetch_payment(payment.ref).refunded == 0


def test_a_declined_confirmation_is_told_with_the_banks_reason(till: Till) -> None:
    with pytest.raises(GatewayDeclined) as declined, stripe_errors.translated():
        till.stripe.payment_intents.create(
            {
                "amount": 100,
                "currency": "cny",
                "confirm": True,
                "payment_method": "pm_card_visa_chargeDeclinedInsufficientFunds",
            }
        )
    assert declined.value.code == "insufficient_funds"


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("409", GatewayBusy),
        ("429", GatewayBusy),
        ("before", GatewayUnknown),
        ("after", GatewayUnknown),
        ("saved500", GatewayUnknown),
    ],
)
def test_each_fault_says_what_may_be_done_next(
    till: Till, fault: Any, error: type[Exception]
) -> None:
    controls.fail_answers(till.sandbox, fault, method="POST")

    with pytest.raises(error):
        till.open()


@pytest.mark.parametrize(
    ("error", "meant"),
    [
        (
            sdk.InvalidRequestError("no", "amount", "balance_insufficient", http_status=400),
            GatewayShort,
        ),
        (
            sdk.InvalidRequestError("no", "amount", "amount_too_large", http_status=400),
            GatewayRefused,
        ),
        (sdk.IdempotencyError("no", http_status=400), GatewayRefused),
        (sdk.APIError("no", http_status=409, code="idempotency_key_in_use"), GatewayBusy),
        (sdk.RateLimitError("no", http_status=429), GatewayBusy),
        (sdk.AuthenticationError("no", http_status=401), GatewayRefused),
        (sdk.PermissionError("no", http_status=403), GatewayRefused),
        (sdk.APIError("no", http_status=502), GatewayUnknown),
        (sdk.APIError("no answer that can be read"), GatewayUnknown),
        (sdk.APIConnectionError("no"), GatewayUnknown),
        (sdk.CardError("no", "card", "card_declined", http_status=402), GatewayDeclined),
    ],
)
def test_every_error_of_the_sdk_has_one_meaning(
    error: stripe.StripeError, meant: type[Exception]
) -> None:
    assert type(stripe_errors.meaning_of(error)) is meant


def test_a_wrong_key_is_refused(till: Till) -> None:
    stranger = StripeGateway("pk_test_x", client=till.client, retries=0)

    with pytest.raises(GatewayRefused):
        stranger.fetch_payment("cs_test_x")


def test_a_lost_answer_is_found_again_with_the_same_key(till: Till) -> None:
    controls.fail_answers(till.sandbox, "after", method="POST")
    with pytest.raises(GatewayUnknown) as lost:
        till.open(command="cmd_1")

    again = till.open(command="cmd_1")

    assert not lost.value.is_kept
    assert [session.id for session in till.stripe.checkout.sessions.list()] == [again]


def test_the_sdk_itself_survives_one_lost_answer(till: Till) -> None:
    patient = StripeGateway("sk_test_till", client=till.client, retries=2)
    controls.fail_answers(till.sandbox, "after", method="POST")
    session = patient.open_session(asked())

    assert [found.id for found in till.stripe.checkout.sessions.list()] == [session.ref]


@pytest.mark.parametrize("kind", ["payment", "refund"])
def test_an_effect_whose_key_is_forgotten_is_found_by_its_command(till: Till, kind: Any) -> None:
    """The crash of money.md 4.2: done, never told, the key older than a day."""
    payment = till.paid(command="cmd_0")
    controls.fail_answers(till.sandbox, "after", method="POST")
    deeds: Any = {
        "payment": lambda: till.open(command="cmd_1"),
        "refund": lambda: till.gateway.refund(giving_back(payment, 100, "cmd_1")),
    }
    with pytest.raises(GatewayUnknown):
        deeds[kind]()
    controls.forget_keys(till.sandbox)

    found = till.gateway.find_by_command(kind, "cmd_1", since=AN_HOUR_AGO)

    assert found is not None
    fetch: Any = {"payment": till.gateway.fetch_payment, "refund": till.gateway.fetch_refund}[kind]
    assert fetch(found).command_id == "cmd_1"


def test_a_500_kept_under_the_key_is_recognised_and_the_effect_found(till: Till) -> None:
    payment = till.paid()
    controls.fail_answers(till.sandbox, "after500", method="POST")
    command = giving_back(payment, 700)
    with pytest.raises(GatewayUnknown):
        till.gateway.refund(command)
    with pytest.raises(GatewayUnknown) as kept:
        till.gateway.refund(command)

    found = till.gateway.find_by_command(
        "refund", "cmd_r", since=AN_HOUR_AGO, near=payment.payment_ref
    )

    assert kept.value.is_kept
    assert found is not None and till.gateway.fetch_refund(found).amount == 700
    assert till.gateway.fetch_payment(payment.ref).refunded == 700


def test_nothing_is_found_where_nothing_was_done(till: Till) -> None:
    controls.fail_answers(till.sandbox, "saved500", method="POST")
    with pytest.raises(GatewayUnknown):
        till.open(command="cmd_1")

    assert till.gateway.find_by_command("payment", "cmd_1", since=AN_HOUR_AGO) is None


def test_looking_back_ends_where_it_is_told(till: Till, clock_at: FrozenClock) -> None:
    till.open(command="cmd_1")
    clock_at.advance(hours=2)

    since = clock_at.moment - timedelta(hours=1)
    assert till.gateway.find_by_command("payment", "cmd_1", since=since) is None


def test_a_command_is_found_behind_many_others(till: Till) -> None:
    first = till.open(command="cmd_first")
    for number in range(120):
        till.open(command=f"cmd_{number}")

    assert till.gateway.find_by_command("payment", "cmd_first", since=AN_HOUR_AGO) == first


def test_movements_come_oldest_first_and_go_on_after_the_last(till: Till) -> None:
    payment = till.paid(10_000)
    till.gateway.refund(giving_back(payment, 1_000))
    first = list(till.gateway.movements("", AN_HOUR_AGO))
    till.paid(500, command="cmd_2")
    more = list(till.gateway.movements("", AN_HOUR_AGO, cursor=first[-1].ref))

    assert [(line.kind, line.amount, line.fee, line.net) for line in first] == [
        ("charge", 10_000, 320, 9_680),
        ("refund", -1_000, 0, -1_000),
    ]
    assert first[0].source == payment.charge_ref
    assert first[0].available_at == MONDAY + timedelta(days=2)
    assert [line.amount for line in more] == [500]
    assert sum(line.net for line in [*first, *more]) == till.total()


def test_movements_page_to_the_end_both_ways(till: Till) -> None:
    for number in range(130):
        till.paid(100 + number, command=f"cmd_{number}")
    whole = [line.amount for line in till.gateway.movements("", AN_HOUR_AGO)]
    first = next(till.gateway.movements("", AN_HOUR_AGO))

    assert whole == list(range(100, 230))
    assert [
        line.amount for line in till.gateway.movements("", AN_HOUR_AGO, cursor=first.ref)
    ] == list(range(101, 230))


def test_an_event_is_a_hint_at_an_object_of_ours(till: Till) -> None:
    payment, box = till.paid(), Letterbox()
    till.sandbox.deliver(box.send, clock.now())
    hints = {
        (event := till.gateway.parse_webhook(body, headers)).type: event
        for _, headers, body in box.letters
    }

    done = hints["checkout.session.completed"]
    assert (done.object_kind, done.object_ref) == ("checkout.session", payment.ref)
    assert (done.payment_id, done.command_id, done.account, done.is_live) == (
        "pay_1",
        "cmd_1",
        "",
        False,
    )
    assert done.at == datetime.fromtimestamp(later(MONDAY, 0), UTC)
    assert hints["payment_intent.succeeded"].object_ref == payment.payment_ref
