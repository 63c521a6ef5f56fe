"""Idempotency keys as Stripe has them, and answers that go wrong on purpose (money.md 1.4)."""

import threading
from pathlib import Path
from typing import Any

import pytest
import stripe

from marketplace.integrations.stripe_sandbox import Sandbox, controls
from marketplace.kit import clock
from tests.make.moments import MONDAY, FrozenClock
from tests.make.till import KEY, PAGE, Till

HEADERS = {"Authorization": f"Bearer {KEY}"}
INTENT: Any = {"amount": 1_000, "currency": "cny"}


def post(
    till: Till, key: str, body: str = "amount=1000&currency=cny", path: str = "payment_intents"
) -> tuple[int, dict[str, str], bytes]:
    headers = HEADERS | {"Idempotency-Key": key}
    return till.sandbox.handle("POST", f"/v1/{path}", headers, body.encode(), clock.now())


def made(till: Till) -> int:
    return len(till.stripe.payment_intents.list({"limit": 100}).data)


def test_the_same_key_gives_the_same_answer_once_more(till: Till) -> None:
    first, again = post(till, "k"), post(till, "k")

    assert first[0] == again[0] == 200
    assert first[2] == again[2]
    assert "Idempotent-Replayed" not in first[1]
    assert again[1]["Idempotent-Replayed"] == "true"
    assert made(till) == 1


def test_without_a_key_everything_happens_again(till: Till) -> None:
    for _ in range(2):
        till.sandbox.handle(
            "POST", "/v1/payment_intents", HEADERS, b"amount=1000&currency=cny", clock.now()
        )

    assert made(till) == 2


def test_the_order_of_parameters_does_not_matter(till: Till) -> None:
    assert post(till, "k", "currency=cny&amount=1000")[2] == post(till, "k")[2]


@pytest.mark.parametrize(
    ("body", "path"),
    [("amount=1001&currency=cny", "payment_intents"), ("amount=1000&currency=cny", "refunds")],
)
def test_a_key_means_one_thing_only(till: Till, body: str, path: str) -> None:
    post(till, "k")
    status, _, told = post(till, "k", body, path)

    assert status == 400 and b'"idempotency_error"' in told
    assert made(till) == 1


def test_the_sdk_knows_that_error_by_its_class(till: Till) -> None:
    till.stripe.payment_intents.create(INTENT, {"idempotency_key": "k"})
    with pytest.raises(stripe.IdempotencyError):
        till.stripe.payment_intents.create(INTENT | {"amount": 5}, {"idempotency_key": "k"})


def test_a_decline_is_kept_and_not_tried_again(till: Till) -> None:
    declined: Any = INTENT | {"confirm": True, "payment_method": "pm_card_visa_chargeDeclined"}
    told = []
    for _ in range(2):
        with pytest.raises(stripe.CardError) as error:
            till.stripe.payment_intents.create(declined, {"idempotency_key": "k"})
        told.append(error.value.json_body)

    assert told[0] == told[1]
    assert len(till.stripe.charges.list().data) == 1


def test_a_wrong_state_is_kept_too(till: Till) -> None:
    payment = till.paid(1_000)
    body = f"payment_intent={payment.payment_ref}&amount=2000"
    first, again = post(till, "k", body, "refunds"), post(till, "k", body, "refunds")

    assert first[0] == 400 and first[2] == again[2]
    assert again[1]["Idempotent-Replayed"] == "true"


def test_a_faulty_request_uses_up_no_key(till: Till) -> None:
    assert post(till, "k", "amount=x&currency=cny")[0] == 400
    assert post(till, "k")[0] == 200


def test_a_key_belongs_to_its_account(till: Till) -> None:
    mine = till.stripe.payment_intents.create(INTENT, {"idempotency_key": "k"})
    theirs = till.stripe.payment_intents.create(
        INTENT, {"idempotency_key": "k", "stripe_account": "acct_seller"}
    )

    assert mine.id != theirs.id


def test_a_key_is_forgotten_after_a_day(till: Till, clock_at: FrozenClock) -> None:
    post(till, "k")
    clock_at.advance(hours=24)

    assert "Idempotent-Replayed" not in post(till, "k")[1]
    assert made(till) == 2


def test_a_key_has_at_most_255_signs(till: Till) -> None:
    assert post(till, "k" * 255)[0] == 200
    assert post(till, "k" * 256)[0] == 400


def test_a_key_counts_for_changes_only(till: Till) -> None:
    name = till.stripe.payment_intents.create(INTENT).id
    headers = HEADERS | {"Idempotency-Key": "k"}
    for path in (f"/v1/payment_intents/{name}", "/v1/balance"):
        assert till.sandbox.handle("GET", path, headers, b"", clock.now())[0] == 200


def test_its_twin_is_told_that_a_key_is_in_use(tmp_path: Path) -> None:
    """While the first answer is slow, the second asks."""
    told: list[tuple[int, dict[str, str], bytes]] = []
    body = b"amount=1000&currency=cny"
    headers = HEADERS | {"Idempotency-Key": "k"}

    def ask(_seconds: int = 0) -> None:
        told.append(slow.handle("POST", "/v1/payment_intents", headers, body, MONDAY))

    slow = Sandbox(tmp_path / "slow.sqlite3", PAGE, pause=ask)
    controls.fail_answers(slow, "slow", seconds=3)
    ask()
    ask()

    assert [answer[0] for answer in told] == [409, 200, 200]
    assert b"idempotency_key_in_use" in told[0][2]
    assert told[1][2] == told[2][2]


def test_a_request_that_died_does_not_hold_its_key_for_ever(
    tmp_path: Path, clock_at: FrozenClock
) -> None:
    def die(_seconds: int) -> None:
        raise KeyboardInterrupt

    till = Till(tmp_path / "dying.sqlite3")
    till.sandbox._pause = die
    controls.fail_answers(till.sandbox, "slow", method="POST")
    with pytest.raises(KeyboardInterrupt):
        post(till, "k")

    assert post(till, "k")[0] == 409
    clock_at.advance(minutes=2)
    assert post(till, "k")[0] == 200
    assert made(till) == 1


def test_ten_at_once_with_one_key_do_it_once(till: Till) -> None:
    told: list[int] = []
    threads = [threading.Thread(target=lambda: told.append(post(till, "k")[0])) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(told) <= {200, 409} and 200 in told
    assert made(till) == 1


def test_ten_refunds_at_once_give_back_no_more_than_was_paid(till: Till) -> None:
    payment = till.paid(1_000)
    body = f"payment_intent={payment.payment_ref}&amount=300"
    told: list[int] = []
    moment = clock.now()

    def refund(number: int) -> None:
        headers = HEADERS | {"Idempotency-Key": f"r{number}"}
        answer = till.sandbox.handle("POST", "/v1/refunds", headers, body.encode(), moment)
        told.append(answer[0])

    threads = [threading.Thread(target=refund, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told) == [200] * 3 + [400] * 7
    assert till.gateway.fetch_payment(payment.ref).refunded == 900


def test_before_means_nothing_was_done_and_the_key_is_free(till: Till) -> None:
    controls.fail_answers(till.sandbox, "before")

    assert post(till, "k")[0] == 500
    assert made(till) == 0
    assert post(till, "k")[0] == 200


def test_after_means_done_and_the_key_tells(till: Till) -> None:
    controls.fail_answers(till.sandbox, "after")
    with pytest.raises(stripe.APIConnectionError):
        till.stripe.payment_intents.create(INTENT, {"idempotency_key": "k"})

    assert made(till) == 1
    told = till.stripe.payment_intents.create(INTENT, {"idempotency_key": "k"})
    assert told.id == till.stripe.payment_intents.list().data[0].id
    assert made(till) == 1


@pytest.mark.parametrize(("fault", "count"), [("saved500", 0), ("after500", 1)])
def test_a_kept_500_is_answered_for_ever(till: Till, fault: Any, count: int) -> None:
    controls.fail_answers(till.sandbox, fault)
    first, again = post(till, "k"), post(till, "k")

    assert first[0] == again[0] == 500
    assert again[1]["Idempotent-Replayed"] == "true"
    assert again[1]["Stripe-Should-Retry"] == "false"
    assert made(till) == count
    assert post(till, "another")[0] == 200


@pytest.mark.parametrize(("fault", "status"), [("409", 409), ("429", 429)])
def test_busy_answers_do_nothing_and_keep_nothing(till: Till, fault: Any, status: int) -> None:
    controls.fail_answers(till.sandbox, fault, times=2)

    assert [post(till, "k")[0] for _ in range(3)] == [status, status, 200]
    assert made(till) == 1


def test_a_slow_answer_waits_as_told(till: Till) -> None:
    controls.fail_answers(till.sandbox, "slow", seconds=7)

    assert post(till, "k")[0] == 200
    assert till.pauses == [7]


def test_a_fault_strikes_only_where_it_is_planned(till: Till) -> None:
    controls.fail_answers(till.sandbox, "before", method="POST", path="/v1/refunds")

    assert post(till, "k")[0] == 200
    assert till.sandbox.handle("GET", "/v1/refunds", HEADERS, b"", clock.now())[0] == 200
    assert post(till, "r", "charge=ch_x", "refunds")[0] == 500
    controls.fail_answers(till.sandbox, "before", times=9)
    controls.forget_plans(till.sandbox)
    assert post(till, "l")[0] == 200


def test_the_sdk_repeats_what_may_be_repeated(till: Till) -> None:
    patient = stripe.StripeClient(KEY, http_client=till.client, max_network_retries=2).v1
    controls.fail_answers(till.sandbox, "409")
    controls.fail_answers(till.sandbox, "before")

    assert patient.payment_intents.create(INTENT).amount == 1_000
    assert made(till) == 1
