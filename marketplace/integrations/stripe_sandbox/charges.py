"""Charges: one per try to pay, the failed ones included."""

from datetime import UTC, datetime

from marketplace.integrations.stripe_sandbox import balance
from marketplace.integrations.stripe_sandbox.call import Call, page
from marketplace.integrations.stripe_sandbox.cards import MESSAGES, Instrument, name_of
from marketplace.integrations.stripe_sandbox.events import emit
from marketplace.integrations.stripe_sandbox.wire import Body

FILTERS = ("payment_intent", "transfer_group")
ADDRESS = ("city", "country", "line1", "line2", "postal_code", "state")


def tried(
    call: Call, intent: Body, instrument: Instrument, *, reason: str = "", code: str = ""
) -> Body:
    """A charge for what the intent asks: paid, or failed where there is a `reason`."""
    is_paid = not reason
    charge: Body = {
        "id": call.draw("ch_" if instrument.kind == "card" else "py_"),
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": 0,
        "amount_refunded": 0,
        "application": None,
        "application_fee": None,
        "application_fee_amount": None,
        "balance_transaction": None,
        "billing_details": {
            "address": dict.fromkeys(ADDRESS),
            "email": intent["receipt_email"],
            "name": None,
            "phone": None,
            "tax_id": None,
        },
        "calculated_statement_descriptor": intent["statement_descriptor_suffix"],
        "captured": False,
        "created": call.now,
        "currency": intent["currency"],
        "customer": None,
        "description": intent["description"],
        "disputed": False,
        "failure_balance_transaction": None,
        "failure_code": code or None,
        "failure_message": MESSAGES[reason] if reason else None,
        "fraud_details": {},
        "livemode": False,
        "metadata": intent["metadata"],
        "on_behalf_of": None,
        "outcome": _outcome(reason),
        "paid": is_paid,
        "payment_intent": intent["id"],
        "payment_method": intent["payment_method"],
        "payment_method_details": instrument.shown(datetime.fromtimestamp(call.now, UTC).year),
        "receipt_email": intent["receipt_email"],
        "receipt_number": None,
        "receipt_url": None,
        "refunded": False,
        "review": None,
        "shipping": None,
        "source": None,
        "source_transfer": None,
        "statement_descriptor": None,
        "statement_descriptor_suffix": intent["statement_descriptor_suffix"],
        "status": "succeeded" if is_paid else "failed",
        "transfer_data": None,
        "transfer_group": intent["transfer_group"],
    }
    call.add(charge, instrument=name_of(instrument))
    if reason:
        emit(call, "charge.failed", charge)
    return charge


def _outcome(reason: str) -> Body:
    return {
        "network_status": "declined_by_network" if reason else "approved_by_network",
        "reason": reason or None,
        "risk_level": "normal",
        "seller_message": "The bank returned a decline." if reason else "Payment complete.",
        "type": "issuer_declined" if reason else "authorized",
    }


def captured(call: Call, charge: Body, amount: int, instrument: Instrument) -> Body:
    """Take `amount` of an authorised charge in: the money is on the balance from here."""
    is_card = instrument.kind == "card"
    movement = balance.move(
        call,
        "charge" if is_card else "payment",
        charge["id"],
        amount,
        instrument.fee(amount),
        charge["currency"],
        wait=0 if instrument.is_available_at_once else balance.PENDING_FOR,
    )
    charge |= {
        "amount_captured": amount,
        "balance_transaction": movement["id"],
        "captured": True,
    }
    return call.keep(charge)


def list_charges(call: Call, values: Body) -> Body:
    return page(call, "charge", "/v1/charges", values, *FILTERS)
