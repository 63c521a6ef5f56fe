"""What the hosted pay page asks of the sandbox: read a session, pay it, act on it, leave it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from marketplace.integrations.stripe_sandbox import attempts, cards, sessions
from marketplace.integrations.stripe_sandbox.call import Call
from marketplace.integrations.stripe_sandbox.cards import CardFields as CardFields
from marketplace.integrations.stripe_sandbox.sandbox import Sandbox
from marketplace.integrations.stripe_sandbox.wire import Body

State = Literal["open", "needs_action", "processing", "paid", "failed", "expired"]
Wallet = Literal["alipay", "wechat_pay"]
Outcome = Literal["succeed", "decline", "process"]
CARD = "card"


@dataclass(frozen=True, slots=True)
class HostedLine:
    name: str
    quantity: int
    amount: int  # minor units, of the whole line


@dataclass(frozen=True, slots=True)
class HostedSession:
    """A session as the page shows it. `method` and `qr` are set while an action is awaited."""

    id: str
    state: State
    amount: int  # minor units
    currency: str  # lower case, as Stripe writes it
    lines: tuple[HostedLine, ...]
    methods: tuple[str, ...]
    method: str
    qr: str  # a `data:` picture, for WeChat Pay
    error: str  # why the last try failed, a message id
    locale: str
    email: str
    return_url: str  # where the buyer goes when it is paid
    cancel_url: str  # where the buyer goes back to
    expires_at: datetime


def read_session(sandbox: Sandbox, session_id: str, now: datetime) -> HostedSession | None:
    """None if there is no such session."""
    with sandbox.opened("", now) as call:
        session = _session(call, session_id)
        return _shown(call, session) if session else None


def pay_with_card(
    sandbox: Sandbox, session_id: str, fields: CardFields, now: datetime
) -> HostedSession | None:
    """Try a card; what comes of it is in `state` and `error`."""
    with sandbox.opened("", now) as call:
        session = _session(call, session_id)
        if session is None or not _may_pay(call, session, CARD):
            return _shown(call, session) if session else None
        card, fault = cards.by_fields(fields, now.year, now.month)
        if card is None:
            return _shown(call, session, error=cards.MESSAGES[fault])
        sessions.pay(call, session, card)
        return _shown(call, call.find("checkout.session", session_id))


def pay_with_wallet(
    sandbox: Sandbox, session_id: str, wallet: Wallet, now: datetime
) -> HostedSession | None:
    """Begin with Alipay or WeChat Pay; the buyer then acts in the app (`act`)."""
    with sandbox.opened("", now) as call:
        session = _session(call, session_id)
        if session is None or not _may_pay(call, session, wallet):
            return _shown(call, session) if session else None
        sessions.pay(call, session, cards.WALLETS[wallet])
        return _shown(call, call.find("checkout.session", session_id))


def act(sandbox: Sandbox, session_id: str, outcome: Outcome, now: datetime) -> HostedSession | None:
    """Answer 3-D Secure or the app's question; also ends what is still processing."""
    with sandbox.opened("", now) as call:
        session = _session(call, session_id)
        if session is None:
            return None
        if session["payment_intent"]:
            intent = call.find("payment_intent", session["payment_intent"])
            act_on(call, intent, outcome)
        return _shown(call, call.find("checkout.session", session_id))


def act_on(call: Call, intent: Body, outcome: Outcome) -> None:
    """Does nothing where no answer is awaited: a second click changes nothing."""
    is_awaited = intent["status"] == "requires_action"
    if is_awaited or (intent["status"] == "processing" and outcome != "process"):
        attempts.act(call, intent, outcome)
        sessions.follow(call, intent)


def cancel(sandbox: Sandbox, session_id: str, now: datetime) -> str:
    """Where the buyer who gives up goes. The session stays open, as at Stripe; empty if unknown."""
    session = read_session(sandbox, session_id, now)
    return session.cancel_url if session else ""


def _session(call: Call, session_id: str) -> Body | None:
    found = call.peek(session_id)
    return found if found and found["object"] == "checkout.session" else None


def _may_pay(call: Call, session: Body, method: str) -> bool:
    return session["status"] == "open" and method in session["payment_method_types"]


def _shown(call: Call, session: Body, *, error: str = "") -> HostedSession:
    name = session["payment_intent"]
    intent = call.find("payment_intent", name) if name else None
    failure = intent["last_payment_error"] if intent else None
    state = _state(session, intent)
    is_acting = state == "needs_action"
    action = (intent or {}).get("next_action") or {}
    hidden = call.hidden(name) if name else {}
    instrument = cards.by_name(hidden["instrument"]) if is_acting else None
    return HostedSession(
        id=session["id"],
        state=state,
        amount=session["amount_total"],
        currency=session["currency"],
        lines=tuple(
            HostedLine(line["description"], line["quantity"], line["amount_total"])
            for line in call.hidden(session["id"])["lines"]
        ),
        methods=tuple(session["payment_method_types"]),
        method=instrument.kind if instrument else "",
        qr=action.get("wechat_pay_display_qr_code", {}).get("image_data_url", ""),
        error=error or (failure["message"] if failure else ""),
        locale=session["locale"] or "auto",
        email=session["customer_email"] or "",
        return_url=session["success_url"].replace("{CHECKOUT_SESSION_ID}", session["id"]),
        cancel_url=session["cancel_url"] or "",
        expires_at=datetime.fromtimestamp(session["expires_at"], UTC),
    )


def _state(session: Body, intent: Body | None) -> State:
    status = intent["status"] if intent else ""
    if session["status"] == "expired":
        return "expired"
    if session["status"] == "open":
        return "needs_action" if status == "requires_action" else "open"
    if status in ("succeeded", "requires_capture"):
        return "paid"
    return "processing" if status == "processing" else "failed"
