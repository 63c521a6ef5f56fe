"""The sandbox's money: one balance per account and currency, and the movements that make it."""

from marketplace.integrations.stripe_sandbox.call import Call, page
from marketplace.integrations.stripe_sandbox.wire import Body, Params

PENDING_FOR = 2 * 86_400  # seconds until money in may be used
CATEGORIES = {
    "charge": "charge",
    "payment": "charge",
    "refund": "refund",
    "payment_refund": "refund",
    "refund_failure": "refund_failure",
    "payment_failure_refund": "refund_failure",
}


def move(
    call: Call, kind: str, source: str, amount: int, fee: int, currency: str, *, wait: int = 0
) -> Body:
    """Book a movement; `amount` is signed minor units, `fee` what Stripe keeps of it."""
    net = amount - fee
    available_on = call.now + wait
    movement: Body = {
        "id": call.draw("txn_"),
        "object": "balance_transaction",
        "amount": amount,
        "available_on": available_on,
        "balance_type": "payments",
        "created": call.now,
        "currency": currency,
        "description": None,
        "exchange_rate": None,
        "fee": fee,
        "fee_details": [_processing_fee(fee, currency)] if fee else [],
        "net": net,
        "reporting_category": CATEGORIES[kind],
        "source": source,
        "status": "pending" if wait else "available",
        "type": kind,
    }
    call.add(movement)
    call.db.execute(
        "INSERT INTO holding VALUES (?,?,?) "
        "ON CONFLICT(account, currency) DO UPDATE SET total = total + excluded.total",
        (call.account, currency, net),
    )
    if wait:
        call.db.execute(
            "INSERT INTO coming VALUES (?,?,?,?)", (call.account, currency, available_on, net)
        )
        call.later(available_on, "available", movement["id"])
    return movement


def _processing_fee(fee: int, currency: str) -> Body:
    return {
        "amount": fee,
        "application": None,
        "currency": currency,
        "description": "Sandbox processing fee",
        "type": "stripe_fee",
    }


def become_available(call: Call, name: str) -> None:
    movement = call.peek(name)
    if movement is not None:
        call.keep(movement | {"status": "available"})


def total(call: Call, currency: str) -> int:
    """Pending and available together, in minor units."""
    row = call.db.execute(
        "SELECT total FROM holding WHERE account = ? AND currency = ?", (call.account, currency)
    ).fetchone()
    return row[0] if row else 0


def retrieve(call: Call, values: Body) -> Body:
    Params(values, "expand")
    held = call.db.execute(
        "SELECT currency, total FROM holding WHERE account = ? ORDER BY currency", (call.account,)
    ).fetchall()
    available, pending = [], []
    for currency, whole in held:
        coming = call.db.execute(
            "SELECT coalesce(sum(net), 0) FROM coming "
            "WHERE account = ? AND currency = ? AND available_on > ?",
            (call.account, currency, call.now),
        ).fetchone()[0]
        available.append(_part(currency, whole - coming))
        pending.append(_part(currency, coming))
    return {"object": "balance", "available": available, "livemode": False, "pending": pending}


def _part(currency: str, amount: int) -> Body:
    return {"amount": amount, "currency": currency, "source_types": {"card": amount}}


def list_movements(call: Call, values: Body) -> Body:
    return page(
        call,
        "balance_transaction",
        "/v1/balance_transactions",
        values,
        "type",
        "source",
        "currency",
    )
