"""Checkout Sessions: one hosted page, open until it is paid, expired or given up."""

from marketplace.integrations.stripe_sandbox import attempts, intents
from marketplace.integrations.stripe_sandbox.call import Call, page
from marketplace.integrations.stripe_sandbox.cards import Instrument
from marketplace.integrations.stripe_sandbox.events import emit
from marketplace.integrations.stripe_sandbox.wire import (
    MOST_AMOUNT,
    ApiError,
    Body,
    Params,
    invalid,
)

SHORTEST = 30 * 60  # seconds
LONGEST = 24 * 60 * 60
MOST_LINES = 100
KNOWN = (
    *("mode", "ui_mode", "success_url", "cancel_url", "client_reference_id", "customer_email"),
    *(
        "line_items",
        "payment_intent_data",
        "allowed_payment_method_types",
        "payment_method_options",
    ),
    *("metadata", "expires_at", "locale", "expand"),
)
FOR_INTENT = (*intents.DETAILS, "capture_method")


def create(call: Call, values: Body) -> Body:
    params = Params(values, *KNOWN)
    if params.choice("mode", "payment") is None:
        raise invalid("Missing required param: mode.", "mode", "parameter_missing")
    params.choice("ui_mode", "hosted_page")
    lines = _lines(call, params)
    total = sum(line["amount_total"] for line in lines)
    if total > MOST_AMOUNT:
        raise invalid("The total is too large.", "line_items", "amount_too_large")
    given = params.below("payment_intent_data", *FOR_INTENT)
    given.metadata()
    is_hold = given.choice("capture_method", "automatic", "automatic_async", "manual") == "manual"
    methods = intents.allowed(params.texts("allowed_payment_method_types"))
    _require_wechat_client(params, methods)
    name = call.draw("cs_test_", 58)
    session: Body = {
        "id": name,
        "object": "checkout.session",
        "amount_subtotal": total,
        "amount_total": total,
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "cancel_url": params.text("cancel_url"),
        "client_reference_id": params.text("client_reference_id", 200),
        "client_secret": None,
        "created": call.now,
        "currency": lines[0]["currency"],
        "custom_fields": [],
        "custom_text": {},
        "customer": None,
        "customer_details": None,
        "customer_email": params.text("customer_email"),
        "expires_at": _expires_at(call, params),
        "livemode": False,
        "locale": params.text("locale"),
        "metadata": params.metadata(),
        "mode": "payment",
        "payment_intent": None,
        "payment_link": None,
        "payment_method_options": {},
        "allowed_payment_method_types": methods or None,
        "payment_method_types": methods or list(["card"] if is_hold else intents.METHODS),
        "payment_status": "unpaid",
        "shipping_options": [],
        "status": "open",
        "success_url": params.required("success_url"),
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        "ui_mode": "hosted_page",
        "url": f"{call.world.pay_url}/{name}",
    }
    call.add(session, lines=lines, intent=values.get("payment_intent_data", {}))
    call.later(session["expires_at"], "session_expires", name)
    return session


def _lines(call: Call, params: Params) -> list[Body]:
    given = params.each("line_items", "price_data", "quantity")
    if not 1 <= len(given) <= MOST_LINES:
        raise invalid(f"line_items has 1 to {MOST_LINES} entries.", "line_items")
    lines = [_line(call, line) for line in given]
    if len({line["currency"] for line in lines}) > 1:
        raise invalid("All line items have one currency.", "line_items")
    return lines


def _line(call: Call, line: Params) -> Body:
    price = line.below("price_data", "currency", "unit_amount", "product_data")
    product = price.below("product_data", "name", "description", "images", "metadata")
    price.required("unit_amount")
    unit = price.amount("unit_amount") or 0
    quantity = line.number("quantity") or 1
    if not 1 <= quantity <= 999_999:
        raise invalid("Invalid quantity.", line.named("quantity"), "parameter_invalid_integer")
    return {
        "id": call.draw("li_1"),
        "object": "item",
        "amount_discount": 0,
        "amount_subtotal": unit * quantity,
        "amount_tax": 0,
        "amount_total": unit * quantity,
        "currency": intents.currency_of(price),
        "description": product.required("name"),
        "price": None,
        "quantity": quantity,
    }


def _require_wechat_client(params: Params, methods: list[str]) -> None:
    options = params.below("payment_method_options", "wechat_pay", "card", "alipay")
    client = options.below("wechat_pay", "client", "app_id").choice("client", "web")
    if "wechat_pay" in methods and client is None:
        name = "payment_method_options[wechat_pay][client]"
        raise invalid(f"Missing required param: {name}.", name, "parameter_missing")


def _expires_at(call: Call, params: Params) -> int:
    at = params.number("expires_at")
    if at is None:
        return call.now + LONGEST
    if not call.now + SHORTEST <= at <= call.now + LONGEST:
        raise invalid("`expires_at` must be 30 minutes to 24 hours from now.", "expires_at")
    return at


def expire(call: Call, values: Body, name: str) -> Body:
    Params(values, "expand")
    session = call.find("checkout.session", name)
    if session["status"] != "open":
        message = (
            f"Only Checkout Sessions with a status of open can be expired: {session['status']}"
        )
        raise ApiError(400, message, param="session")
    return close(call, session)


def close(call: Call, session: Body) -> Body:
    """From here nobody can pay any more: the intent is cancelled with the session."""
    session |= {"status": "expired", "url": None}
    call.keep(session)
    if session["payment_intent"]:
        intent = call.find("payment_intent", session["payment_intent"])
        if intent["status"] not in ("canceled", "succeeded"):
            attempts.cancel(call, intent, "automatic")
    emit(call, "checkout.session.expired", session)
    return session


def expire_late(call: Call, name: str) -> None:
    session = call.find("checkout.session", name)
    if session["status"] == "open":
        close(call, session)


def pay(call: Call, session: Body, instrument: Instrument) -> Body:
    """Try an instrument on an open session. Returns the intent, in whatever state it is then."""
    intent = _intent(call, session)
    attempts.chosen(call, intent, instrument)
    attempts.confirm(call, intent, session["success_url"])
    follow(call, intent)
    return intent


def _intent(call: Call, session: Body) -> Body:
    """One per session, made when the buyer first pays and used again after a decline."""
    if session["payment_intent"]:
        return call.find("payment_intent", session["payment_intent"])
    params = Params(call.hidden(session["id"])["intent"], *FOR_INTENT)
    total, currency = session["amount_total"], session["currency"]
    intent = intents.made(call, params, session["payment_method_types"], total, currency)
    call.hide(intent["id"], session=session["id"])
    call.keep(session | {"payment_intent": intent["id"]})
    emit(call, "payment_intent.created", intent)
    return intent


def follow(call: Call, intent: Body) -> None:
    """Bring the session of this intent, if there is one, to where the intent is."""
    name = call.hidden(intent["id"]).get("session")
    if name is None:
        return
    session = call.find("checkout.session", name)
    is_paid = intent["status"] in ("succeeded", "requires_capture")
    if session["status"] == "open" and (is_paid or intent["status"] == "processing"):
        session |= {"status": "complete", "url": None, "customer_details": _who(session)}
        session["payment_status"] = "paid" if intent["status"] == "succeeded" else "unpaid"
        call.keep(session)
        emit(call, "checkout.session.completed", session)
    elif session["status"] == "complete" and session["payment_status"] == "unpaid":
        _follow_late(call, session, intent)


def _follow_late(call: Call, session: Body, intent: Body) -> None:
    if intent["status"] == "succeeded":
        session["payment_status"] = "paid"
        call.keep(session)
        emit(call, "checkout.session.async_payment_succeeded", session)
    elif intent["status"] == "requires_payment_method":
        emit(call, "checkout.session.async_payment_failed", session)


def _who(session: Body) -> Body:
    fields = ("address", "email", "name", "phone", "tax_exempt", "tax_ids")
    return dict.fromkeys(fields) | {"email": session["customer_email"]}


def list_lines(call: Call, values: Body, name: str) -> Body:
    Params(values, "limit", "expand")
    call.find("checkout.session", name)
    url = f"/v1/checkout/sessions/{name}/line_items"
    return {"object": "list", "url": url, "has_more": False, "data": call.hidden(name)["lines"]}


def list_sessions(call: Call, values: Body) -> Body:
    return page(
        call, "checkout.session", "/v1/checkout/sessions", values, "payment_intent", "status"
    )
