"""What happens to a payment: an instrument is tried, the buyer acts, money comes in or does not."""

from marketplace.integrations.stripe_sandbox import charges, qr
from marketplace.integrations.stripe_sandbox.call import Call
from marketplace.integrations.stripe_sandbox.cards import MESSAGES, Instrument, by_name, name_of
from marketplace.integrations.stripe_sandbox.events import emit
from marketplace.integrations.stripe_sandbox.refunds import retry_waiting
from marketplace.integrations.stripe_sandbox.wire import Body, Declined

NOT_CONFIRMED = "payment_intent_authentication_failure"
NOT_PAID = "payment_intent_payment_attempt_failed"


def chosen(call: Call, intent: Body, instrument: Instrument) -> None:
    """Put the instrument on the intent, without trying it yet."""
    intent |= {
        "payment_method": call.draw("pm_1"),
        "status": "requires_confirmation",
        "last_payment_error": None,
        "next_action": None,
    }
    call.hide(intent["id"], instrument=name_of(instrument))
    call.keep(intent)


def confirm(call: Call, intent: Body, return_url: str | None) -> Body:
    instrument = by_name(call.hidden(intent["id"])["instrument"])
    if not instrument.needs_action:
        return _tried(call, intent, instrument)
    intent |= {
        "status": "requires_action",
        "last_payment_error": None,
        "next_action": _next_action(call, intent, instrument, return_url),
    }
    call.keep(intent)
    emit(call, "payment_intent.requires_action", intent)
    return intent


def _next_action(call: Call, intent: Body, instrument: Instrument, return_url: str | None) -> Body:
    session = call.hidden(intent["id"]).get("session", intent["id"])
    url = f"{call.world.pay_url}/{session}"
    if instrument.kind == "wechat_pay":
        picture = qr.picture(url)
        shown = {
            "data": url,
            "hosted_instructions_url": url,
            "image_data_url": picture,
            "image_url_png": url,
            "image_url_svg": url,
        }
        return {"type": "wechat_pay_display_qr_code", "wechat_pay_display_qr_code": shown}
    if instrument.kind == "alipay":
        way: Body = {"native_data": None, "native_url": None, "return_url": return_url, "url": url}
        return {"type": "alipay_handle_redirect", "alipay_handle_redirect": way}
    return {"type": "redirect_to_url", "redirect_to_url": {"return_url": return_url, "url": url}}


def act(call: Call, intent: Body, outcome: str) -> Body:
    """The buyer, or the bank, has answered: `succeed`, `decline`, or `process` (an answer later)."""
    instrument = by_name(call.hidden(intent["id"])["instrument"])
    was_processing = intent["status"] == "processing"
    if outcome == "process":
        return _processing(call, intent)
    if outcome == "succeed":
        return _tried(call, intent, instrument)
    reason = NOT_PAID if was_processing or instrument.kind != "card" else NOT_CONFIRMED
    if was_processing:
        return _failed(call, intent, instrument, reason, reason)
    return _refused(call, intent, reason, reason, None)


def _processing(call: Call, intent: Body) -> Body:
    intent |= {"status": "processing", "next_action": None}
    call.keep(intent)
    emit(call, "payment_intent.processing", intent)
    return intent


def _tried(call: Call, intent: Body, instrument: Instrument) -> Body:
    if instrument.reason:
        return _failed(call, intent, instrument, instrument.reason, instrument.code)
    charge = charges.tried(call, intent, instrument)
    intent |= {"latest_charge": charge["id"], "last_payment_error": None, "next_action": None}
    if intent["capture_method"] == "manual":
        intent |= {"status": "requires_capture", "amount_capturable": intent["amount"]}
        call.keep(intent)
        emit(call, "charge.succeeded", charge)
        emit(call, "payment_intent.amount_capturable_updated", intent)
        return intent
    return _received(call, intent, charge, instrument, intent["amount"])


def _received(call: Call, intent: Body, charge: Body, instrument: Instrument, amount: int) -> Body:
    was_held = intent["status"] == "requires_capture"
    charge = charges.captured(call, charge, amount, instrument)
    intent |= {"status": "succeeded", "amount_received": amount, "amount_capturable": 0}
    call.keep(intent)
    emit(call, "charge.captured" if was_held else "charge.succeeded", charge)
    emit(call, "payment_intent.succeeded", intent)
    retry_waiting(call, intent["currency"])
    return intent


def capture(call: Call, intent: Body, amount: int) -> Body:
    charge = call.find("charge", intent["latest_charge"])
    instrument = by_name(call.hidden(charge["id"])["instrument"])
    return _received(call, intent, charge, instrument, amount)


def _failed(call: Call, intent: Body, instrument: Instrument, reason: str, code: str) -> Body:
    charge = charges.tried(call, intent, instrument, reason=reason, code=code)
    return _refused(call, intent, reason, code, charge["id"])


def _refused(call: Call, intent: Body, reason: str, code: str, charge: str | None) -> Body:
    """Back to choosing: an intent may be tried again with another instrument."""
    error = {
        "type": "invalid_request_error" if code in (NOT_CONFIRMED, NOT_PAID) else "card_error",
        "code": code,
        "message": MESSAGES[reason],
    }
    if code not in (NOT_CONFIRMED, NOT_PAID):
        error["decline_code"] = reason
    if charge:
        error["charge"] = charge
        intent["latest_charge"] = charge
    intent |= {
        "status": "requires_payment_method",
        "payment_method": None,
        "next_action": None,
        "last_payment_error": error,
    }
    call.keep(intent)
    emit(call, "payment_intent.payment_failed", intent)
    return intent


def refusal(intent: Body) -> Declined:
    """The 402 that a confirmation answers with; the failed charge stays."""
    error = intent["last_payment_error"]
    return Declined(
        402,
        error["message"],
        error["code"],
        kind=error["type"],
        decline_code=error.get("decline_code"),
        charge=error.get("charge"),
        payment_intent=intent,
    )


def cancel(call: Call, intent: Body, reason: str | None) -> Body:
    intent |= {
        "status": "canceled",
        "canceled_at": call.now,
        "cancellation_reason": reason,
        "amount_capturable": 0,
        "next_action": None,
    }
    call.keep(intent)
    emit(call, "payment_intent.canceled", intent)
    return intent


def is_of_open_session(call: Call, intent: Body) -> bool:
    name = call.hidden(intent["id"]).get("session")
    session = call.peek(name) if name else None
    return session is not None and session["status"] == "open"
