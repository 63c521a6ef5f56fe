"""What Stripe's objects say, in the words of the port."""

from dataclasses import replace
from datetime import UTC, datetime

import stripe

from marketplace.ports import Movement, PaymentState, PaymentStatus, RefundState, RefundStatus

STATUSES: dict[str, PaymentStatus] = {
    "requires_payment_method": "created",
    "requires_confirmation": "pending_action",
    "requires_action": "pending_action",
    "processing": "processing",
    "requires_capture": "processing",
    "succeeded": "succeeded",
    "canceled": "canceled",
}
REFUND_STATUSES: dict[str, RefundStatus] = {
    "pending": "pending",
    "requires_action": "pending",
    "succeeded": "succeeded",
    "failed": "failed",
    "canceled": "canceled",
}


def session_payment(session: stripe.checkout.Session) -> PaymentState:
    ours = ours_in(session.metadata)
    intent = session.payment_intent
    if isinstance(intent, stripe.PaymentIntent):
        state = payment(intent)
    else:
        state = PaymentState(
            ref=session.id,
            status="created",
            amount=session.amount_total or 0,
            received=0,
            refunded=0,
            currency=(session.currency or "").upper(),
            is_live=session.livemode,
        )
    return replace(
        state,
        ref=session.id,
        status=_session_status(session, state.status),
        payment_id=ours.get("payment", ""),
        command_id=ours.get("command", ""),
    )


def _session_status(session: stripe.checkout.Session, paid: PaymentStatus) -> PaymentStatus:
    """A page that is closed takes no further try: what looks unpaid is over then."""
    if paid != "created":
        return paid
    if session.status == "expired":
        return "canceled"
    return "failed" if session.status == "complete" else "created"


def payment(intent: stripe.PaymentIntent) -> PaymentState:
    charge = intent.latest_charge if isinstance(intent.latest_charge, stripe.Charge) else None
    fee = charge.balance_transaction if charge else None
    ways = charge.payment_method_details if charge else None
    error, ours = intent.last_payment_error, ours_in(intent.metadata)
    return PaymentState(
        ref=intent.id,
        status=STATUSES[intent.status],
        amount=intent.amount,
        received=intent.amount_received,
        refunded=charge.amount_refunded if charge else 0,
        currency=intent.currency.upper(),
        is_live=intent.livemode,
        payment_id=ours.get("payment", ""),
        command_id=ours.get("command", ""),
        payment_ref=intent.id,
        charge_ref=charge.id if charge else "",
        fee=fee.fee if isinstance(fee, stripe.BalanceTransaction) else 0,
        method=ways.type if ways else "",
        failure=_failure(error) if error else "",
    )


def _failure(error: stripe.PaymentIntent.LastPaymentError) -> str:
    """The bank's own reason where there is one. What an answer leaves out is no attribute."""
    for name in ("decline_code", "code"):
        if told := getattr(error, name, None):
            return str(told)
    return ""


def refunded(refund: stripe.Refund) -> RefundState:
    ours = ours_in(refund.metadata)
    return RefundState(
        ref=refund.id,
        status=REFUND_STATUSES[refund.status or "pending"],
        amount=refund.amount,
        currency=refund.currency.upper(),
        payment_ref=_name(refund.payment_intent),
        refund_id=ours.get("refund", ""),
        command_id=ours.get("command", ""),
        waits_for=str(refund["pending_reason"] or "") if "pending_reason" in refund else "",
        failure=str(refund["failure_reason"] or "") if "failure_reason" in refund else "",
    )


def movement(entry: stripe.BalanceTransaction) -> Movement:
    return Movement(
        ref=entry.id,
        kind=entry.reporting_category,
        source=_name(entry.source),
        amount=entry.amount,
        fee=entry.fee,
        net=entry.net,
        currency=entry.currency.upper(),
        at=moment(entry.created),
        available_at=moment(entry.available_on),
    )


def _name(thing: object) -> str:
    """An id, whether the object came expanded or not."""
    if thing is None or isinstance(thing, str):
        return thing or ""
    return str(getattr(thing, "id", ""))


def ours_in(metadata: stripe.StripeObject | None) -> dict[str, str]:
    """A plain dict: the SDK's objects are none since 16."""
    return {} if metadata is None else dict(metadata.to_dict())


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
