"""Webhooks: signed, repeated, lost, doubled, out of order; and what our side believes (SEC-31)."""

import json
from typing import Any

import pytest
import stripe

from marketplace.integrations.stripe_gateway import StripeGateway
from marketplace.integrations.stripe_sandbox import controls
from marketplace.integrations.stripe_sandbox.events import BACKOFF, signature
from marketplace.kit import clock
from marketplace.ports import WebhookRefused
from tests.make.moments import FrozenClock
from tests.make.till import HOOK, KEY, Letterbox, Till, giving_back, later

ANOTHER = "whsec_another0123456789abcdef0123456789"


def told(box: Letterbox) -> list[str]:
    return [json.loads(body)["type"] for _, _, body in box.letters]


def ids(box: Letterbox) -> list[str]:
    return [json.loads(body)["id"] for _, _, body in box.letters]


def arrived(till: Till, *answers: int) -> Letterbox:
    box = Letterbox(list(answers) or [200])
    till.sandbox.deliver(box.send, clock.now())
    return box


def test_a_payment_is_told_in_the_order_it_happened(till: Till) -> None:
    till.paid()
    box = arrived(till)

    assert told(box) == [
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.completed",
    ]
    assert {url for url, _, _ in box.letters} == {HOOK}
    assert arrived(till).letters == []


def test_a_refund_is_told(till: Till) -> None:
    payment = till.paid()
    arrived(till)
    till.gateway.refund(giving_back(payment, 100))

    assert told(arrived(till)) == ["refund.created", "charge.refunded"]


def test_every_letter_is_signed_as_stripe_signs(till: Till) -> None:
    till.paid()
    _, headers, body = arrived(till).letters[0]

    assert headers["Stripe-Signature"] == stripe.WebhookSignature.generate_signature_header(
        body.decode(), till.secret, later(clock.now(), 0)
    )
    assert till.gateway.parse_webhook(body, headers).type == "payment_intent.created"


def test_what_is_not_taken_comes_again_later_and_signed_anew(
    till: Till, clock_at: FrozenClock
) -> None:
    till.open()
    till.stripe.payment_intents.create({"amount": 100, "currency": "cny"})
    first = arrived(till, 500)
    assert arrived(till).letters == []
    clock_at.advance(seconds=BACKOFF[0])
    second = arrived(till)

    assert ids(first) == ids(second) and len(ids(first)) == 1
    assert first.letters[0][1] != second.letters[0][1]
    assert till.gateway.parse_webhook(second.letters[0][2], second.letters[0][1])


def test_it_is_tried_for_two_and_a_half_days_and_then_given_up(
    till: Till, clock_at: FrozenClock
) -> None:
    till.stripe.payment_intents.create({"amount": 100, "currency": "cny"})
    tries = 0
    begun = clock_at.moment
    for pause in (*BACKOFF, 0):
        tries += len(arrived(till, 503).letters)
        clock_at.advance(seconds=pause)

    assert tries == len(BACKOFF) + 1
    assert (clock_at.moment - begun).days == 2
    clock_at.advance(days=30)
    assert arrived(till).letters == []


def test_a_line_that_breaks_counts_as_not_taken(till: Till, clock_at: FrozenClock) -> None:
    def broken(_url: str, _headers: dict[str, str], _body: bytes) -> int:
        raise ConnectionResetError

    till.stripe.payment_intents.create({"amount": 100, "currency": "cny"})
    assert till.sandbox.deliver(broken, clock.now()) == 0
    clock_at.advance(seconds=BACKOFF[0])
    assert len(arrived(till).letters) == 1


def test_what_nobody_took_is_found_by_asking(till: Till) -> None:
    till.paid()
    arrived(till, 200, 500, 200)
    missed = till.stripe.events.list({"delivery_success": False})
    kinds = till.stripe.events.list({"types": ["charge.succeeded", "charge.refunded"]})

    assert [event.type for event in missed] == ["charge.succeeded"]
    assert [event.pending_webhooks for event in kinds] == [1]
    assert [event.type for event in till.stripe.events.list({"type": "refund.created"})] == []


@pytest.mark.parametrize(
    ("mishap", "expected"),
    [
        ("drop", []),
        ("duplicate", ["payment_intent.succeeded"] * 2),
        ("second_event", ["payment_intent.succeeded"] * 2),
        ("hold", []),
        ("delay", []),
    ],
)
def test_each_mishap_does_what_it_says(till: Till, mishap: Any, expected: list[str]) -> None:
    controls.mislead_webhooks(till.sandbox, mishap, event="payment_intent.succeeded", seconds=600)
    till.paid()
    box = arrived(till)

    assert [kind for kind in told(box) if kind == "payment_intent.succeeded"] == expected
    assert len(told(box)) == 3 + len(expected)


def test_a_duplicate_is_the_same_event_and_a_second_event_is_not(till: Till) -> None:
    mishaps: tuple[Any, ...] = ("duplicate", "second_event")
    for mishap in mishaps:
        controls.mislead_webhooks(till.sandbox, mishap, event="payment_intent.created")
    for _ in range(2):
        till.stripe.payment_intents.create({"amount": 100, "currency": "cny"})
    first, again, one, other = ids(arrived(till))

    assert first == again
    assert one != other


def test_what_is_held_comes_when_it_is_let_go(till: Till) -> None:
    controls.mislead_webhooks(till.sandbox, "hold", times=99)
    till.paid()
    assert arrived(till).letters == []

    assert controls.release_webhooks(till.sandbox) == 4
    assert len(arrived(till).letters) == 4


def test_what_is_delayed_comes_later(till: Till, clock_at: FrozenClock) -> None:
    controls.mislead_webhooks(till.sandbox, "delay", event="charge", seconds=600)
    till.paid()
    assert len(arrived(till).letters) == 3
    clock_at.advance(seconds=600)

    assert told(arrived(till)) == ["charge.succeeded"]


def test_reordered_means_behind_the_next_two(till: Till) -> None:
    controls.mislead_webhooks(till.sandbox, "reorder", event="payment_intent.created")
    till.paid()

    assert told(arrived(till)) == [
        "charge.succeeded",
        "payment_intent.succeeded",
        "payment_intent.created",
        "checkout.session.completed",
    ]


def test_an_endpoint_hears_only_what_it_asked_for(till: Till) -> None:
    made = till.stripe.webhook_endpoints.create(
        {"url": "https://other.example/hook", "enabled_events": ["charge.succeeded"]}
    )
    till.paid()
    heard = [url for url, _, _ in arrived(till).letters]

    assert heard.count("https://other.example/hook") == 1
    assert made.secret and made.secret.startswith("whsec_")
    assert "secret" not in till.stripe.webhook_endpoints.retrieve(made.id)


def test_an_endpoint_that_is_off_or_gone_hears_nothing(till: Till) -> None:
    hook = till.stripe.webhook_endpoints.list().data[0]
    till.stripe.webhook_endpoints.update(hook.id, {"disabled": True})
    till.paid()
    till.stripe.webhook_endpoints.update(hook.id, {"disabled": False})
    assert arrived(till).letters == []

    till.paid(command="cmd_2")
    till.stripe.webhook_endpoints.delete(hook.id)
    assert arrived(till).letters == []


def test_a_sellers_events_go_to_the_endpoint_for_sellers(till: Till) -> None:
    till.stripe.webhook_endpoints.create(
        {"url": "https://shop.example/connect", "enabled_events": ["*"], "connect": True}
    )
    till.stripe.payment_intents.create(
        {"amount": 100, "currency": "cny"}, {"stripe_account": "acct_seller"}
    )
    url, _, body = arrived(till).letters[0]

    assert (url, json.loads(body)["account"]) == ("https://shop.example/connect", "acct_seller")


def letter(till: Till, **changed: Any) -> bytes:
    till.paid()
    return json.dumps(json.loads(arrived(till).letters[0][2]) | changed).encode()


def signed(till: Till, body: bytes, seconds: int = 0, secret: str = "") -> dict[str, str]:
    at = later(clock.now(), seconds)
    return {"Stripe-Signature": signature(body, secret or till.secret, at)}


@pytest.mark.parametrize("seconds", [-300, -1, 0, 1, 300])
def test_a_fresh_letter_is_believed(till: Till, seconds: int) -> None:
    body = letter(till)

    assert till.gateway.parse_webhook(body, signed(till, body, seconds)).object_ref


@pytest.mark.parametrize("seconds", [-301, 301])
def test_a_letter_of_another_time_is_not(till: Till, seconds: int) -> None:
    body = letter(till)
    with pytest.raises(WebhookRefused, match="too old"):
        till.gateway.parse_webhook(body, signed(till, body, seconds))


def test_a_letter_under_another_secret_is_not(till: Till) -> None:
    body = letter(till)
    with pytest.raises(WebhookRefused, match="not signed"):
        till.gateway.parse_webhook(body, signed(till, body, secret=ANOTHER))


def test_two_secrets_are_good_while_one_replaces_the_other(till: Till) -> None:
    both = StripeGateway(KEY, webhook_secrets=(ANOTHER, till.secret), client=till.client)
    body = letter(till)

    for secret in (ANOTHER, till.secret):
        assert both.parse_webhook(body, signed(till, body, secret=secret)).id


def test_without_a_secret_nothing_is_believed(till: Till) -> None:
    body = letter(till)
    for secrets in ((), ("",)):
        gateway = StripeGateway(KEY, webhook_secrets=secrets, client=till.client)
        with pytest.raises(WebhookRefused):
            gateway.parse_webhook(body, signed(till, body))


def test_a_changed_body_is_not_believed(till: Till) -> None:
    body = letter(till)
    with pytest.raises(WebhookRefused):
        till.gateway.parse_webhook(body.replace(b"10000", b"10001"), signed(till, body))


@pytest.mark.parametrize(
    "header",
    [
        "",
        "t=1,v1=",
        "nonsense",
        "v1=abc",
        "t=abc,v1=abc",
        "t=1772438400,v0=abc",
    ],
)
def test_a_garbled_signature_is_refused(till: Till, header: str) -> None:
    body = letter(till)
    with pytest.raises(WebhookRefused):
        till.gateway.parse_webhook(body, {"Stripe-Signature": header})


def test_no_signature_or_two_of_them_are_refused(till: Till) -> None:
    body = letter(till)
    good = signed(till, body)["Stripe-Signature"]
    for headers in ({}, {"Stripe-Signature": good, "stripe-signature": good}):
        with pytest.raises(WebhookRefused, match="no signature"):
            till.gateway.parse_webhook(body, headers)


def test_real_money_is_not_believed_at_a_test_key(till: Till) -> None:
    body = letter(till, livemode=True)
    with pytest.raises(WebhookRefused, match="other mode"):
        till.gateway.parse_webhook(body, signed(till, body))


@pytest.mark.parametrize(
    "body",
    [
        b"not json",
        b"[]",
        b"{}",
        b'"x"',
        b"null",
        b'{"object":"event"}',
        b'{"object":"event","id":"e","type":"t","created":"x","livemode":false,"data":{}}',
        b'{"object":"event","id":"e","type":"t","created":1,"livemode":false,"data":{"object":5}}',
        b"\xff\xfe",
        b" " * 300_000,
    ],
)
def test_what_is_no_event_is_refused_even_if_signed(till: Till, body: bytes) -> None:
    text = body.decode(errors="replace").encode()
    with pytest.raises(WebhookRefused):
        till.gateway.parse_webhook(body, signed(till, text))
