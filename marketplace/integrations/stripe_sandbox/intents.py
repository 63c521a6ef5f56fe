"""PaymentIntents: the endpoints, and who may do what in which state."""

from marketplace.integrations.stripe_sandbox import attempts
from marketplace.integrations.stripe_sandbox.call import Call, page
from marketplace.integrations.stripe_sandbox.cards import WALLETS, Instrument, by_token
from marketplace.integrations.stripe_sandbox.events import emit
from marketplace.integrations.stripe_sandbox.wire import ApiError, Body, Params, invalid

METHODS = ("card", "alipay", "wechat_pay")
DETAILS = (
    "description",
    "metadata",
    "receipt_email",
    "statement_descriptor_suffix",
    "transfer_group",
)
PAYING = ("payment_method", "payment_method_data", "payment_method_options", "return_url")
CREATE = (
    *("amount", "currency", "automatic_payment_methods", "allowed_payment_method_types"),
    *("capture_method", "confirm", "expand", *DETAILS, *PAYING),
)
CONFIRM = ("expand", *PAYING)
UPDATE = ("amount", "expand", *DETAILS, *PAYING[:3])
CAPTURE = ("amount_to_capture", "metadata", "expand")
UNPAID = ("requires_payment_method", "requires_confirmation", "requires_action")
REASONS = ("abandoned", "duplicate", "fraudulent", "requested_by_customer")


def create(call: Call, values: Body) -> Body:
    params = Params(values, *CREATE)
    params.required("amount")
    automatic = params.below("automatic_payment_methods", "enabled", "allow_redirects")
    instrument = _instrument(params)
    intent = made(call, params, _methods(params, is_automatic=automatic.flag("enabled")))
    if automatic.flag("enabled"):
        intent["automatic_payment_methods"] = {"allow_redirects": "always", "enabled": True}
    call.keep(intent)
    if instrument is not None:
        _take(call, intent, instrument)
    emit(call, "payment_intent.created", intent)
    if params.flag("confirm"):
        return _confirmed(call, intent, params.text("return_url"))
    return intent


def made(
    call: Call, params: Params, methods: list[str], amount: int = 0, currency: str = ""
) -> Body:
    """A new intent from these parameters; Checkout gives the amount and the currency itself."""
    name = call.draw("pi_")
    intent: Body = {
        "id": name,
        "object": "payment_intent",
        "amount": amount or params.amount("amount"),
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": 0,
        "application": None,
        "application_fee_amount": None,
        "automatic_payment_methods": None,
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": _capture_method(params),
        "client_secret": f"{name}_secret_{call.draw('', 25)}",
        "confirmation_method": "automatic",
        "created": call.now,
        "currency": currency or currency_of(params),
        "customer": None,
        "description": params.text("description"),
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "metadata": params.metadata(),
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": None,
        "payment_method_options": {},
        "allowed_payment_method_types": methods,
        "payment_method_types": methods,
        "processing": None,
        "receipt_email": params.text("receipt_email"),
        "review": None,
        "setup_future_usage": None,
        "shipping": None,
        "source": None,
        "statement_descriptor": None,
        "statement_descriptor_suffix": params.text("statement_descriptor_suffix", 22),
        "status": "requires_payment_method",
        "transfer_data": None,
        "transfer_group": params.text("transfer_group"),
    }
    return call.add(intent)


def currency_of(params: Params) -> str:
    currency = params.required("currency").lower()
    if len(currency) != 3 or not currency.isascii() or not currency.isalpha():
        raise invalid(f"Invalid currency: {currency[:10]}", params.named("currency"))
    return currency


def _capture_method(params: Params) -> str:
    chosen = params.choice("capture_method", "automatic", "automatic_async", "manual")
    return chosen or "automatic"


def _methods(params: Params, *, is_automatic: bool) -> list[str]:
    methods = params.texts("allowed_payment_method_types")
    if methods and is_automatic:
        raise invalid(
            "Give allowed_payment_method_types or automatic methods.",
            "allowed_payment_method_types",
        )
    return allowed(methods) or list(METHODS if is_automatic or _captures(params) else ["card"])


def _captures(params: Params) -> bool:
    """Without a word about methods Stripe offers all that fit; a hold is for cards alone."""
    return _capture_method(params) != "manual"


def allowed(methods: list[str]) -> list[str]:
    for method in methods:
        if method not in METHODS:
            raise invalid(
                f"Unknown payment method type: {method[:40]}", "allowed_payment_method_types"
            )
    return methods


def update(call: Call, values: Body, name: str) -> Body:
    intent = call.find("payment_intent", name)
    params = Params(values, *UPDATE)
    if intent["status"] in ("succeeded", "canceled", "processing") and set(values) - {
        "expand",
        *DETAILS,
    }:
        raise unexpected(intent, "updated")
    instrument = _instrument(params)
    intent["amount"] = params.amount("amount") or intent["amount"]
    intent["metadata"] = params.metadata(intent["metadata"])
    for field in DETAILS:
        if field in params and field != "metadata":
            intent[field] = params.text(field)
    call.keep(intent)
    if instrument is not None:
        _take(call, intent, instrument)
    return intent


def confirm(call: Call, values: Body, name: str) -> Body:
    intent = call.find("payment_intent", name)
    params = Params(values, *CONFIRM)
    instrument = _instrument(params)
    if intent["status"] not in UNPAID:
        raise unexpected(intent, "confirmed")
    if instrument is not None:
        _take(call, intent, instrument)
    return _confirmed(call, intent, params.text("return_url"))


def _instrument(params: Params) -> Instrument | None:
    """From `payment_method`, a token of Stripe's test mode, or from the type of a wallet."""
    if token := params.text("payment_method"):
        return by_token(token)
    given = params.below("payment_method_data", "type", *WALLETS)
    kind = given.choice("type", *WALLETS)
    return WALLETS[kind] if kind else None


def _take(call: Call, intent: Body, instrument: Instrument) -> None:
    if instrument.kind not in intent["payment_method_types"]:
        raise ApiError(400, f"This intent does not take {instrument.kind}.", param="payment_method")
    attempts.chosen(call, intent, instrument)


def _confirmed(call: Call, intent: Body, return_url: str | None) -> Body:
    if intent["payment_method"] is None:
        raise ApiError(
            400,
            "You cannot confirm this PaymentIntent because it's missing a payment method.",
            "payment_intent_unexpected_state",
            payment_intent=intent,
        )
    attempts.confirm(call, intent, return_url)
    if intent["last_payment_error"]:
        raise attempts.refusal(intent)
    return intent


def capture(call: Call, values: Body, name: str) -> Body:
    intent = call.find("payment_intent", name)
    params = Params(values, *CAPTURE)
    asked = params.amount("amount_to_capture")
    if intent["status"] != "requires_capture":
        raise unexpected(intent, "captured")
    if asked and asked > intent["amount_capturable"]:
        raise ApiError(
            400,
            f"The amount could not be captured: at most {intent['amount_capturable']}.",
            "amount_too_large",
            "amount_to_capture",
        )
    intent["metadata"] = params.metadata(intent["metadata"])
    return attempts.capture(call, intent, asked or intent["amount_capturable"])


def cancel(call: Call, values: Body, name: str) -> Body:
    intent = call.find("payment_intent", name)
    params = Params(values, "cancellation_reason", "expand")
    reason = params.choice("cancellation_reason", *REASONS)
    if intent["status"] not in (*UNPAID, "requires_capture"):
        raise unexpected(intent, "canceled")
    if attempts.is_of_open_session(call, intent):
        raise ApiError(
            400,
            "You cannot cancel a PaymentIntent of a Checkout Session: expire the session.",
            "payment_intent_unexpected_state",
            payment_intent=intent,
        )
    return attempts.cancel(call, intent, reason)


def unexpected(intent: Body, done: str) -> ApiError:
    return ApiError(
        400,
        f"This PaymentIntent could not be {done} because it has a status of {intent['status']}.",
        "payment_intent_unexpected_state",
        payment_intent=intent,
    )


def list_intents(call: Call, values: Body) -> Body:
    return page(call, "payment_intent", "/v1/payment_intents", values)
