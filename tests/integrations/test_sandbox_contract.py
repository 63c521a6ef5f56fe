"""The sandbox gives what the SDK's own types promise, and takes what they allow (money.md 1.5).

Read from the generated annotations, raw: `get_type_hints` cannot resolve them. Without a field
list of our own, an upgrade of the SDK shows here what has changed.
"""

import inspect
import json
import types
import typing
from collections.abc import Callable, Iterator
from typing import Any, ForwardRef, Literal, Union, get_args, get_origin

import pytest
import stripe
import stripe.params.checkout
from stripe._object_classes import get_object_class

from marketplace.integrations.stripe_sandbox import charges, intents, refunds, sessions
from marketplace.kit import clock
from tests.make.moments import FrozenClock
from tests.make.till import Till, giving_back

Body = dict[str, Any]
NOT_FIELDS = {"OBJECT_NAME"}
CLASS_VAR: object = typing.ClassVar


def faults(body: Body, kind: type, where: str = "") -> Iterator[str]:
    """Everything in which an object differs from what the SDK's class says."""
    fields = {name: hint for name, hint in all_fields(kind).items() if name not in NOT_FIELDS}
    for name in body.keys() - fields.keys():
        yield f"{where}{name}: unknown"
    for name, hint in fields.items():
        if name in body:
            yield from wrong_value(body[name], hint, f"{where}{name}")
        elif not is_optional(hint):
            yield f"{where}{name}: missing"


def all_fields(kind: type) -> dict[str, Any]:
    return {
        name: hint
        for above in reversed(kind.__mro__)
        if above.__module__.startswith("stripe") and above is not stripe.StripeObject
        for name, hint in inspect.get_annotations(above).items()
        if get_origin(hint) is not CLASS_VAR
    }


def is_optional(hint: Any) -> bool:
    return type(None) in get_args(hint)


def wrong_value(value: Any, hint: Any, where: str) -> Iterator[str]:
    options = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    if value is None:
        if type(None) not in options:
            yield f"{where}: null"
        return
    words = [
        word for option in options if get_origin(option) is Literal for word in get_args(option)
    ]
    if words and isinstance(value, str | bool):
        if value not in words:  # of an open list, too: we only say what Stripe itself says
            yield f"{where}: {value!r} is none of the words"
        return
    if any(fits(value, option) for option in options):
        yield from below(value, options, where)
        return
    yield f"{where}: {type(value).__name__} is none of {hint}"


def fits(value: Any, option: Any) -> bool:
    origin = get_origin(option) or option
    if isinstance(option, ForwardRef):
        return isinstance(value, dict) and "object" in value
    if origin is list:
        return isinstance(value, list)
    if origin is Any:
        return True
    if isinstance(value, dict):
        return origin is dict or (
            isinstance(origin, type) and issubclass(origin, stripe.StripeObject)
        )
    return type(value) is origin


def below(value: Any, options: tuple[Any, ...], where: str) -> Iterator[str]:
    if isinstance(value, dict) and "object" in value and "id" in value:
        yield from faults(value, get_object_class("V1", value["object"]), f"{where}.")
    elif isinstance(value, dict):
        for option in options:
            if isinstance(option, type) and issubclass(option, stripe.StripeObject):
                yield from faults(value, option, f"{where}.")
    elif isinstance(value, list):
        inner = next(get_args(option)[0] for option in options if get_origin(option) is list)
        for place, entry in enumerate(value):
            yield from wrong_value(entry, inner, f"{where}[{place}]")


def found_in(body: Body) -> list[str]:
    return list(faults(body, get_object_class("V1", body["object"])))


def emitted(till: Till) -> list[Body]:
    """Every object the sandbox holds after a day in which everything happened."""
    with till.sandbox.opened("", clock.now()) as call:
        rows = call.db.execute("SELECT body FROM object").fetchall()
    return [json.loads(row[0]) for row in rows]


@pytest.fixture
def busy(till: Till, clock_at: FrozenClock) -> Till:
    """A sandbox in which each thing that can happen has happened."""
    paid = till.paid()
    till.gateway.refund(giving_back(paid, 100))
    for number in ("4000000000007726", "4000000000005126"):
        slow = till.paid(number=number, command=number)
        till.gateway.refund(giving_back(slow, 100, f"r{number}"))
    declined = till.open(command="declined")
    till.pay(declined, "4000000000000127")
    for wallet in ("alipay", "wechat_pay"):
        ref = till.open(command=wallet)
        till.scan(ref, wallet)
        if wallet == "alipay":
            till.act(ref, "process")
            till.act(ref, "succeed")
            till.gateway.refund(giving_back(till.gateway.fetch_payment(ref), 100, "r_alipay"))
    secured = till.open(command="3ds")
    till.pay(secured, "4000002760003184")
    till.act(secured, "decline")
    till.gateway.close_session(secured)
    till.open(command="abandoned", locale="zh-CN", email="lin@example.com", group="grp")
    held = till.stripe.payment_intents.create(
        {
            "amount": 500,
            "currency": "cny",
            "capture_method": "manual",
            "confirm": True,
            "payment_method": "pm_card_visa",
            "metadata": {"a": "b"},
        }
    )
    till.stripe.payment_intents.capture(held.id, {"amount_to_capture": 300})
    clock_at.advance(days=2)
    till.stripe.balance.retrieve()
    return till


def test_every_object_is_what_the_sdk_expects(busy: Till) -> None:
    bodies = emitted(busy)

    assert {body["object"] for body in bodies} == {
        "balance_transaction",
        "charge",
        "checkout.session",
        "event",
        "payment_intent",
        "refund",
        "webhook_endpoint",
    }
    assert {f"{body['object']}.{fault}" for body in bodies for fault in found_in(body)} == set()


def test_every_snapshot_in_an_event_is_too(busy: Till) -> None:
    snapshots = [body["data"]["object"] for body in emitted(busy) if body["object"] == "event"]

    assert {f"{body['object']}.{fault}" for body in snapshots for fault in found_in(body)} == set()


def test_the_balance_is_too(busy: Till) -> None:
    assert found_in(busy.stripe.balance.retrieve().to_dict()) == []


def test_lines_and_expanded_objects_are_too(busy: Till) -> None:
    session = busy.stripe.checkout.sessions.list(
        {"expand": ["data.line_items", "data.payment_intent.latest_charge.balance_transaction"]}
    )
    bodies = [entry.to_dict() for entry in session]
    lines = [line for body in bodies for line in body["line_items"]["data"]]
    for body in bodies:
        body.pop("line_items")

    assert [fault for line in lines for fault in found_in(line)] == []
    assert [fault for body in bodies for fault in found_in(body)] == []
    assert any(isinstance(body["payment_intent"], dict) for body in bodies)


@pytest.mark.parametrize(
    ("kind", "spoil", "fault"),
    [
        ("charge", lambda body: body.pop("amount"), "amount: missing"),
        ("charge", lambda body: body.update(bogus=1), "bogus: unknown"),
        ("refund", lambda body: body.update(created="soon"), "created: str is none of"),
        ("payment_intent", lambda body: body.update(currency=None), "currency: null"),
        ("payment_intent", lambda body: body.update(status="odd"), "status: 'odd' is none of"),
        ("event", lambda body: body.update(type="no.such"), "type: 'no.such' is none of"),
        (
            "checkout.session",
            lambda body: body["automatic_tax"].pop("enabled"),
            "automatic_tax.enabled: missing",
        ),
    ],
)
def test_the_contract_sees_a_breach(
    busy: Till, kind: str, spoil: Callable[[Body], object], fault: str
) -> None:
    body = next(body for body in emitted(busy) if body["object"] == kind)
    assert found_in(body) == []
    spoil(body)

    assert [seen for seen in found_in(body) if not seen.startswith(fault)] == []
    assert len(found_in(body)) == 1


P, C = stripe.params, stripe.params.checkout


@pytest.mark.parametrize(
    ("known", "allowed"),
    [
        (sessions.KNOWN, C.SessionCreateParams),
        (sessions.FOR_INTENT, C.SessionCreateParamsPaymentIntentData),
        (intents.CREATE, P.PaymentIntentCreateParams),
        (intents.CONFIRM, P.PaymentIntentConfirmParams),
        (intents.UPDATE, P.PaymentIntentUpdateParams),
        (intents.CAPTURE, P.PaymentIntentCaptureParams),
        (refunds.CREATE, P.RefundCreateParams),
        (charges.FILTERS, P.ChargeListParams),
        (refunds.FILTERS, P.RefundListParams),
    ],
)
def test_no_parameter_is_taken_that_stripe_does_not_know(
    known: tuple[str, ...], allowed: type
) -> None:
    assert set(known) - set(allowed.__annotations__) == set()


def test_what_stripe_requires_is_required(till: Till) -> None:
    for required in P.PaymentIntentCreateParams.__required_keys__:
        given: Any = {"amount": 100, "currency": "cny"}
        given.pop(required)
        with pytest.raises(stripe.InvalidRequestError) as missing:
            till.stripe.payment_intents.create(given)
        assert (missing.value.code, missing.value.param) == ("parameter_missing", required)


def test_an_unknown_parameter_is_refused_by_name(till: Till) -> None:
    asked: Any = {"amount": 100, "currency": "cny", "payment_method_types": ["card"]}
    with pytest.raises(stripe.InvalidRequestError) as unknown:
        till.stripe.payment_intents.create(asked)

    assert unknown.value.code == "parameter_unknown"
    assert unknown.value.param == "payment_method_types"  # gone since this version of the API
