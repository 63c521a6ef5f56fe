"""Refunds: never more than was paid, and not always done at once."""

from marketplace.integrations.stripe_sandbox import balance
from marketplace.integrations.stripe_sandbox.call import Call, page
from marketplace.integrations.stripe_sandbox.cards import by_name
from marketplace.integrations.stripe_sandbox.events import emit
from marketplace.integrations.stripe_sandbox.wire import ApiError, Body, Params

LATE = 300  # seconds until a slow refund's answer is known
REASONS = ("duplicate", "fraudulent", "requested_by_customer")
CREATE = ("charge", "payment_intent", "amount", "reason", "metadata", "expand")
FILTERS = ("charge", "payment_intent")


def create(call: Call, values: Body) -> Body:
    params = Params(values, *CREATE)
    asked, reason = params.amount("amount"), params.choice("reason", *REASONS)
    metadata = params.metadata()
    charge = _charge(call, params)
    left = charge["amount_captured"] - charge["amount_refunded"]
    _require_refundable(charge, left, asked or left)
    is_card = charge["payment_method_details"]["type"] == "card"
    refund: Body = {
        "id": call.draw("re_" if is_card else "pyr_"),
        "object": "refund",
        "amount": asked or left,
        "balance_transaction": None,
        "charge": charge["id"],
        "created": call.now,
        "currency": charge["currency"],
        "destination_details": _destination(charge["payment_method_details"]["type"]),
        "metadata": metadata,
        "payment_intent": charge["payment_intent"],
        "reason": reason,
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "pending",
        "transfer_reversal": None,
    }
    call.add(refund)
    _count(call, charge, refund["amount"])
    if _can_afford(call, refund):
        _pay_back(call, refund, charge)
    else:
        refund["pending_reason"] = "insufficient_funds"
        call.keep(refund)
    emit(call, "refund.created", refund)
    emit(call, "charge.refunded", call.find("charge", charge["id"]))
    return refund


def _charge(call: Call, params: Params) -> Body:
    if name := params.text("charge"):
        return call.find("charge", name, "charge")
    intent = call.find("payment_intent", params.required("payment_intent"), "payment_intent")
    if intent["latest_charge"] is None or intent["status"] not in ("succeeded", "requires_capture"):
        message = (
            f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund."
        )
        raise ApiError(400, message, "payment_intent_unexpected_state", "payment_intent")
    return call.find("charge", intent["latest_charge"], "charge")


def _require_refundable(charge: Body, left: int, asked: int) -> None:
    if not charge["captured"]:
        raise ApiError(
            400, f"Charge {charge['id']} has not been captured.", "charge_not_refundable"
        )
    if charge["disputed"]:
        raise ApiError(400, f"Charge {charge['id']} has been charged back.", "charge_disputed")
    if left == 0:
        message = f"Charge {charge['id']} has already been refunded."
        raise ApiError(400, message, "charge_already_refunded")
    if asked > left:
        message = f"Refund amount ({asked}) is greater than unrefunded amount on charge ({left})"
        raise ApiError(400, message, "amount_too_large", "amount")


def _destination(kind: str) -> Body:
    if kind == "card":
        return {"type": "card", "card": {"reference_status": "pending", "type": "refund"}}
    return {"type": kind, kind: {}}


def _count(call: Call, charge: Body, amount: int) -> None:
    """Add to, or with a negative amount take from, what of the charge is given back."""
    refunded = charge["amount_refunded"] + amount
    charge |= {"amount_refunded": refunded, "refunded": refunded == charge["amount_captured"]}
    call.keep(charge)


def _can_afford(call: Call, refund: Body) -> bool:
    left: int = balance.total(call, refund["currency"]) - refund["amount"]
    return left >= -call.world.overdraft


def _pay_back(call: Call, refund: Body, charge: Body) -> None:
    """The money leaves the balance; some banks answer later whether they took it."""
    instrument = by_name(call.hidden(charge["id"])["instrument"])
    kind = "refund" if instrument.kind == "card" else "payment_refund"
    movement = balance.move(call, kind, refund["id"], -refund["amount"], 0, refund["currency"])
    refund["balance_transaction"] = movement["id"]
    refund.pop("pending_reason", None)
    refund["status"] = "succeeded"
    if instrument.refund == "late_success":
        refund |= {"status": "pending", "pending_reason": "processing"}
        call.later(call.now + LATE, "refund_succeeds", refund["id"])
    elif instrument.refund == "late_failure":
        call.later(call.now + LATE, "refund_fails", refund["id"])
    call.keep(refund)


def retry_waiting(call: Call, currency: str) -> None:
    """Pay the refunds that waited for money, the oldest first, now that some has come."""
    for refund in call.those("refund", "pending_reason", "insufficient_funds"):
        if refund["currency"] == currency and _can_afford(call, refund):
            _pay_back(call, refund, call.find("charge", refund["charge"]))
            emit(call, "refund.updated", refund, {"status": "pending"})


def succeed_late(call: Call, name: str) -> None:
    refund = call.find("refund", name)
    if refund["status"] == "pending":
        refund.pop("pending_reason", None)
        call.keep(refund | {"status": "succeeded"})
        emit(call, "refund.updated", call.find("refund", name), {"status": "pending"})


def fail_late(call: Call, name: str) -> None:
    """The bank sent the money back: it is on our balance again, and the buyer has none."""
    refund = call.find("refund", name)
    before = refund["status"]
    charge = call.find("charge", refund["charge"])
    is_card = charge["payment_method_details"]["type"] == "card"
    kind = "refund_failure" if is_card else "payment_failure_refund"
    movement = balance.move(call, kind, name, refund["amount"], 0, refund["currency"])
    refund.pop("pending_reason", None)
    refund |= {
        "status": "failed",
        "failure_reason": "expired_or_canceled_card",
        "failure_balance_transaction": movement["id"],
    }
    call.keep(refund)
    _count(call, charge, -refund["amount"])
    emit(call, "refund.failed", refund, {"status": before})
    emit(call, "refund.updated", refund, {"status": before})


def update(call: Call, values: Body, name: str) -> Body:
    refund = call.find("refund", name)
    refund["metadata"] = Params(values, "metadata", "expand").metadata(refund["metadata"])
    return call.keep(refund)


def cancel(call: Call, values: Body, name: str) -> Body:
    """Only what waits for money may be cancelled: nothing has left yet."""
    Params(values, "expand")
    refund = call.find("refund", name)
    if refund.get("pending_reason") != "insufficient_funds":
        message = f"Refund {name} cannot be canceled: it has a status of {refund['status']}."
        raise ApiError(400, message, param="id")
    refund.pop("pending_reason")
    refund["status"] = "canceled"
    call.keep(refund)
    _count(call, call.find("charge", refund["charge"]), -refund["amount"])
    emit(call, "refund.updated", refund, {"status": "pending"})
    return refund


def list_refunds(call: Call, values: Body) -> Body:
    return page(call, "refund", "/v1/refunds", values, *FILTERS)
