"""Paying at the sandbox: every test card, 3-D Secure, wallets, holds, and every wrong state."""

from datetime import timedelta
from typing import Any

import pytest
import stripe

from marketplace.integrations.stripe_sandbox import cards, controls, hosted
from marketplace.integrations.stripe_sandbox.hosted import CardFields
from marketplace.kit import clock
from tests.make.moments import FrozenClock
from tests.make.till import GOOD, PAGE, Till, later

DECLINES = [
    ("4000000000000002", "card_declined", "generic_decline"),
    ("4000000000009995", "card_declined", "insufficient_funds"),
    ("4000000000009987", "card_declined", "lost_card"),
    ("4000000000009979", "card_declined", "stolen_card"),
    ("4000000000000069", "expired_card", "expired_card"),
    ("4000000000000127", "incorrect_cvc", "incorrect_cvc"),
    ("4000000000000119", "processing_error", "processing_error"),
    ("4000000000000341", "card_declined", "generic_decline"),
]
SECURED = ["4000002760003184", "4000002500003155"]
SILENT = ["4242424242424242", "5555555555554444", "6200000000000005", "4000000000000077"]


def confirmed(till: Till, token: str, **more: Any) -> stripe.PaymentIntent:
    given: Any = {"amount": 1_000, "currency": "cny", "confirm": True, "payment_method": token}
    return till.stripe.payment_intents.create(given | more)


def intent_of(till: Till, ref: str) -> stripe.PaymentIntent:
    session = till.stripe.checkout.sessions.retrieve(ref, {"expand": ["payment_intent"]})
    assert isinstance(session.payment_intent, stripe.PaymentIntent)
    return session.payment_intent


def test_no_card_of_the_table_is_without_a_test() -> None:
    tested = {row[0] for row in DECLINES} | {*SECURED, *SILENT}
    tested |= {"4000008400001629", "4000000000007726", "4000000000005126"}

    assert set(cards.CARDS) == tested


@pytest.mark.parametrize("number", SILENT)
def test_a_good_card_pays_at_once(till: Till, number: str) -> None:
    ref = till.open(10_000)

    assert till.pay(ref, number).state == "paid"
    charge = till.stripe.charges.list().data[0]
    assert (charge.paid, charge.amount_captured, charge.amount_refunded) == (True, 10_000, 0)
    assert charge.payment_method_details and charge.payment_method_details.card
    assert charge.payment_method_details.card.last4 == number[-4:]
    assert till.total() == till.nets() == 9_680


@pytest.mark.parametrize(("number", "code", "reason"), DECLINES)
def test_a_bad_card_is_declined_with_its_reason(
    till: Till, number: str, code: str, reason: str
) -> None:
    ref = till.open()
    shown = till.pay(ref, number)
    intent = intent_of(till, ref)
    failed = till.stripe.charges.list().data

    assert (shown.state, shown.error) == ("open", cards.MESSAGES[reason])
    assert intent.status == "requires_payment_method"
    assert intent.last_payment_error
    assert (intent.last_payment_error.code, intent.last_payment_error.decline_code) == (
        code,
        reason,
    )
    assert [(charge.status, charge.paid, charge.failure_code) for charge in failed] == [
        ("failed", False, code)
    ]
    assert intent.latest_charge == failed[0].id
    assert till.total() == till.nets() == 0


@pytest.mark.parametrize("number", SECURED)
def test_a_secured_card_pays_when_the_buyer_agrees(till: Till, number: str) -> None:
    ref = till.open()
    asked = till.pay(ref, number)
    action = intent_of(till, ref).next_action
    assert till.total() == 0

    assert (asked.state, asked.method) == ("needs_action", "card")
    assert action and action.redirect_to_url
    assert action.redirect_to_url.url == f"{PAGE}/{ref}"
    assert till.act(ref, "succeed").state == "paid"
    assert till.total() == 9_680


def test_a_secured_card_is_open_again_when_the_buyer_does_not_agree(till: Till) -> None:
    ref = till.open()
    till.pay(ref, SECURED[0])
    shown = till.act(ref, "decline")
    error = intent_of(till, ref).last_payment_error

    assert shown.state == "open"
    assert error and error.code == "payment_intent_authentication_failure"
    assert till.stripe.charges.list().data == []
    assert till.pay(ref, GOOD).state == "paid"


def test_a_secured_card_may_be_declined_after_all(till: Till) -> None:
    ref = till.open()
    till.pay(ref, "4000008400001629")

    assert till.act(ref, "succeed").error == cards.DECLINED
    assert till.total() == 0


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"number": "4242424242424241"}, "incorrect_number"),
        ({"number": "4242"}, "incorrect_number"),
        ({"number": "4\uff1242424242424242"}, "incorrect_number"),
        ({"number": ""}, "incorrect_number"),
        ({"number": "4111111111111111"}, "test_mode_live_card"),
        ({"month": "13"}, "invalid_expiry_month"),
        ({"month": "0"}, "invalid_expiry_month"),
        ({"month": "2", "year": "2026"}, "invalid_expiry_month"),
        ({"year": "2025"}, "invalid_expiry_year"),
        ({"year": "soon"}, "invalid_expiry_year"),
        ({"cvc": "12"}, "invalid_cvc"),
        ({"cvc": "abc"}, "invalid_cvc"),
    ],
)
def test_fields_that_are_wrong_are_told_and_nothing_is_tried(
    till: Till, fields: dict[str, str], fault: str
) -> None:
    ref = till.open()
    number = fields.pop("number", GOOD)

    assert till.pay(ref, number, **fields).error == cards.MESSAGES[fault]
    assert till.stripe.charges.list().data == []
    assert till.stripe.payment_intents.list().data == []


@pytest.mark.parametrize(
    "fields", [{"year": "26", "month": "3"}, {"number": "4242 4242 4242 4242"}, {"cvc": "1234"}]
)
def test_fields_as_people_write_them_are_read(till: Till, fields: dict[str, str]) -> None:
    assert till.pay(till.open(), fields.pop("number", GOOD), **fields).state == "paid"


def test_no_card_number_is_written_down(till: Till) -> None:
    till.pay(till.open(), "4111 1111 1111 1111")
    with till.sandbox.store.reading() as db:
        kept = "\n".join(db.iterdump())

    assert "4111" not in kept


@pytest.mark.parametrize(("wallet", "fee"), [("alipay", 250), ("wechat_pay", 250)])
def test_a_wallet_pays_after_the_buyer_has_agreed(till: Till, wallet: Any, fee: int) -> None:
    ref = till.open(10_000)
    asked = till.scan(ref, wallet)
    assert (asked.state, asked.method) == ("needs_action", wallet)
    assert till.act(ref, "succeed").state == "paid"

    charge = till.stripe.charges.list({"expand": ["data.balance_transaction"]}).data[0]
    assert isinstance(charge.balance_transaction, stripe.BalanceTransaction)
    assert (charge.balance_transaction.type, charge.balance_transaction.fee) == ("payment", fee)
    assert charge.payment_method_details and charge.payment_method_details.type == wallet
    assert charge.id.startswith("py_")


def test_wechat_shows_a_code_and_alipay_leads_away(till: Till) -> None:
    ref = till.open()
    shown = till.scan(ref, "wechat_pay")
    action = intent_of(till, ref).next_action
    assert action and action.wechat_pay_display_qr_code
    assert action.wechat_pay_display_qr_code.image_data_url == shown.qr
    assert shown.qr.startswith("data:image/svg+xml")

    till.scan(ref, "alipay")
    action = intent_of(till, ref).next_action
    assert action and action.alipay_handle_redirect
    assert action.alipay_handle_redirect.url == f"{PAGE}/{ref}"


def test_a_wallet_may_be_declined_and_another_used(till: Till) -> None:
    ref = till.open()
    till.scan(ref, "wechat_pay")

    assert till.act(ref, "decline").state == "open"
    assert till.pay(ref).state == "paid"
    assert len(till.stripe.payment_intents.list().data) == 1


def test_an_answer_may_take_long(till: Till) -> None:
    ref = till.open()
    till.scan(ref, "alipay")
    assert till.act(ref, "process").state == "processing"
    assert till.stripe.checkout.sessions.retrieve(ref).payment_status == "unpaid"
    assert till.act(ref, "process").state == "processing"
    assert till.act(ref, "succeed").state == "paid"

    assert till.stripe.checkout.sessions.retrieve(ref).payment_status == "paid"
    assert [kind for kind in till.kinds() if kind.startswith("checkout")] == [
        "checkout.session.completed",
        "checkout.session.async_payment_succeeded",
    ]


def test_nobody_pays_twice(till: Till) -> None:
    ref = till.open()
    till.pay(ref)
    again = [till.pay(ref), till.act(ref, "succeed"), till.scan(ref, "alipay")]

    assert {shown.state for shown in again} == {"paid"}
    assert len(till.stripe.charges.list().data) == 1
    assert till.total() == 9_680


def test_a_session_ends_with_its_time(till: Till, clock_at: FrozenClock) -> None:
    ref = till.open(expires_at=clock_at.moment + timedelta(minutes=30))
    till.scan(ref, "wechat_pay")
    clock_at.advance(minutes=30)

    assert till.pay(ref).state == "expired"
    assert till.act(ref, "succeed").state == "expired"
    assert till.stripe.checkout.sessions.retrieve(ref).url is None
    assert intent_of(till, ref).status == "canceled"
    assert till.kinds()[-2:] == ["payment_intent.canceled", "checkout.session.expired"]


@pytest.mark.parametrize("minutes", [29, 24 * 60 + 1])
def test_a_session_lives_half_an_hour_to_a_day(till: Till, minutes: int) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        till.stripe.checkout.sessions.create(
            {
                "mode": "payment",
                "success_url": "https://shop.example/",
                "expires_at": later(clock.now(), minutes * 60),
                "line_items": [
                    {
                        "price_data": {
                            "currency": "cny",
                            "unit_amount": 1,
                            "product_data": {"name": "Tea"},
                        }
                    }
                ],
            }
        )
    assert refused.value.param == "expires_at"


def test_the_page_reads_what_it_must_show(till: Till) -> None:
    ref = till.open(12_300, locale="zh-CN", email="lin@example.com")
    shown = hosted.read_session(till.sandbox, ref, clock.now())

    assert shown is not None
    assert (shown.amount, shown.currency, shown.locale) == (12_300, "cny", "zh")
    assert [(line.name, line.quantity, line.amount) for line in shown.lines] == [
        ("Order JS-1", 1, 12_300)
    ]
    assert shown.methods == ("card", "alipay", "wechat_pay")
    assert shown.return_url == f"https://shop.example/done?s={ref}"
    assert hosted.cancel(till.sandbox, ref, clock.now()) == "https://shop.example/checkout"


def test_an_unknown_session_is_none_for_every_errand(till: Till) -> None:
    card = CardFields(GOOD, "12", "2030", "123")
    errands = (
        hosted.read_session(till.sandbox, "cs_test_none", clock.now()),
        hosted.pay_with_card(till.sandbox, "cs_test_none", card, clock.now()),
        hosted.pay_with_wallet(till.sandbox, "cs_test_none", "alipay", clock.now()),
        hosted.act(till.sandbox, "cs_test_none", "succeed", clock.now()),
    )

    assert errands == (None, None, None, None)
    assert hosted.cancel(till.sandbox, "cs_test_none", clock.now()) == ""


def test_a_held_amount_is_captured_in_part_and_only_once(till: Till) -> None:
    intent = confirmed(till, "pm_card_visa", capture_method="manual")
    assert (intent.status, intent.amount_capturable) == ("requires_capture", 1_000)
    assert till.total() == 0
    with pytest.raises(stripe.InvalidRequestError, match="could not be captured"):
        till.stripe.payment_intents.capture(intent.id, {"amount_to_capture": 1_001})

    taken = till.stripe.payment_intents.capture(intent.id, {"amount_to_capture": 400})

    assert (taken.status, taken.amount_received, taken.amount_capturable) == ("succeeded", 400, 0)
    assert till.total() == till.nets() == 400 - 42
    with pytest.raises(stripe.InvalidRequestError) as wrong:
        till.stripe.payment_intents.capture(intent.id)
    assert wrong.value.code == "payment_intent_unexpected_state"


def test_a_hold_may_be_let_go(till: Till) -> None:
    intent = confirmed(till, "pm_card_visa", capture_method="manual")
    let_go = till.stripe.payment_intents.cancel(intent.id, {"cancellation_reason": "abandoned"})

    assert (let_go.status, let_go.cancellation_reason) == ("canceled", "abandoned")
    with pytest.raises(stripe.InvalidRequestError):
        till.stripe.payment_intents.capture(intent.id)
    assert till.total() == 0


def test_an_intent_walks_through_its_states(till: Till) -> None:
    intent = till.stripe.payment_intents.create({"amount": 1_000, "currency": "cny"})
    assert intent.status == "requires_payment_method"
    with pytest.raises(stripe.InvalidRequestError) as early:
        till.stripe.payment_intents.confirm(intent.id)
    assert early.value.code == "payment_intent_unexpected_state"
    chosen = till.stripe.payment_intents.update(intent.id, {"payment_method": "pm_card_visa"})
    assert chosen.status == "requires_confirmation"
    asked = till.stripe.payment_intents.confirm(
        intent.id, {"payment_method": "pm_card_authenticationRequired"}
    )
    assert asked.status == "requires_action"
    controls.complete(till.sandbox, intent.id, "succeed", clock.now())

    assert till.stripe.payment_intents.retrieve(intent.id).status == "succeeded"
    assert till.kinds() == [
        "payment_intent.created",
        "payment_intent.requires_action",
        "charge.succeeded",
        "payment_intent.succeeded",
    ]


def test_a_wrong_state_carries_the_intent(till: Till) -> None:
    intent = confirmed(till, "pm_card_visa")
    with pytest.raises(stripe.InvalidRequestError) as wrong:
        till.stripe.payment_intents.cancel(intent.id)

    assert wrong.value.http_status == 400
    assert wrong.value.error and wrong.value.error.payment_intent
    assert wrong.value.error.payment_intent.id == intent.id


def test_a_decline_is_a_402_whose_charge_stays(till: Till) -> None:
    with pytest.raises(stripe.CardError) as declined:
        confirmed(till, "pm_card_visa_chargeDeclined")

    error = declined.value.error
    assert declined.value.http_status == 402 and error is not None
    assert (error.type, error.code, error.decline_code) == (
        "card_error",
        "card_declined",
        "generic_decline",
    )
    assert error.payment_intent and error.payment_intent.status == "requires_payment_method"
    assert till.stripe.charges.retrieve(error.charge or "").status == "failed"


def test_the_intent_of_an_open_page_is_closed_by_closing_the_page(till: Till) -> None:
    ref = till.open()
    till.pay(ref, SECURED[0])
    with pytest.raises(stripe.InvalidRequestError, match="expire the session"):
        till.stripe.payment_intents.cancel(intent_of(till, ref).id)


def test_another_account_has_its_own_objects_and_balance(till: Till) -> None:
    mine = till.paid()
    other: stripe.RequestOptions = {"stripe_account": "acct_seller"}

    with pytest.raises(stripe.InvalidRequestError) as unseen:
        till.stripe.payment_intents.retrieve(mine.payment_ref, options=other)
    assert unseen.value.http_status == 404
    assert till.stripe.charges.list(options=other).data == []
    assert till.stripe.balance.retrieve(options=other).available == []
    with pytest.raises(stripe.PermissionError):
        till.stripe.charges.list(options={"stripe_account": "seller"})


def test_lists_page_both_ways(till: Till) -> None:
    made = [
        till.stripe.payment_intents.create({"amount": 100 + step, "currency": "cny"}).id
        for step in range(25)
    ]
    newest = made[::-1]
    first = till.stripe.payment_intents.list()
    second = till.stripe.payment_intents.list({"starting_after": newest[9], "limit": 20})
    back = till.stripe.payment_intents.list({"ending_before": newest[9], "limit": 3})

    assert [entry.id for entry in first.data] == newest[:10] and first.has_more
    assert [entry.id for entry in second.data] == newest[10:] and not second.has_more
    assert [entry.id for entry in back.data] == newest[6:9] and back.has_more
    assert [entry.id for entry in first.auto_paging_iter()] == newest


@pytest.mark.parametrize(
    ("asked", "param"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"starting_after": "pi_none"}, "starting_after"),
        ({"expand": ["data.customer_secrets"]}, "expand"),
    ],
)
def test_a_wrong_list_is_refused(till: Till, asked: Any, param: str) -> None:
    till.stripe.payment_intents.create({"amount": 100, "currency": "cny"})
    with pytest.raises(stripe.InvalidRequestError) as wrong:
        till.stripe.payment_intents.list(asked)

    assert wrong.value.param == param


@pytest.mark.parametrize(
    ("given", "param"),
    [
        ({"amount": 0}, "amount"),
        ({"amount": -1}, "amount"),
        ({"amount": "1.5"}, "amount"),
        ({"amount": 100_000_000}, "amount"),
        ({"currency": "yuan"}, "currency"),
        ({"capture_method": "later"}, "capture_method"),
        ({"payment_method": "pm_card_gold"}, "payment_method"),
        ({"metadata": {"k" * 41: "v"}}, "metadata"),
        ({"allowed_payment_method_types": ["cash"]}, "allowed_payment_method_types"),
    ],
)
def test_a_wrong_parameter_is_refused_by_name(till: Till, given: Any, param: str) -> None:
    with pytest.raises(stripe.InvalidRequestError) as wrong:
        till.stripe.payment_intents.create({"amount": 100, "currency": "cny"} | given)

    assert (wrong.value.http_status, wrong.value.param) == (400, param)
    assert till.stripe.payment_intents.list().data == []


def test_the_same_seed_makes_the_same_ids(till: Till, tmp_path: Any) -> None:
    twin = Till(tmp_path / "twin.sqlite3")

    assert till.open() == twin.open()


def test_what_happened_outlives_the_process(till: Till) -> None:
    ref = till.open()
    till.pay(ref)
    again = Till(till.path)

    assert again.gateway.fetch_payment(ref) == till.gateway.fetch_payment(ref)


@pytest.mark.parametrize("key", ["", "sk_live_x", "pk_test_x", "sk_test"])
def test_only_a_test_key_opens_the_sandbox(till: Till, key: str) -> None:
    headers = {"Authorization": f"Bearer {key}"}
    status, _, _ = till.sandbox.handle("GET", "/v1/balance", headers, b"", clock.now())

    assert status == 401


@pytest.mark.parametrize(
    "path", ["/", "/v1/nothing", "/v2/balance", "/v1/charges/../balance", "/v1/charges/x'y"]
)
def test_an_address_that_is_none_is_told_so(till: Till, path: str) -> None:
    headers = {"Authorization": "Bearer sk_test_x"}
    status, told, body = till.sandbox.handle("GET", path, headers, b"", clock.now())

    assert status == 404 and b"Unrecognized request URL" in body
    assert told["Request-Id"].startswith("req_")


def test_the_key_may_come_as_a_basic_name(till: Till) -> None:
    headers = {"Authorization": "Basic c2tfdGVzdF94Og=="}

    assert till.sandbox.handle("GET", "/v1/balance", headers, b"", clock.now())[0] == 200
