"""What the sandbox tells: events, the endpoints that hear of them, and the queue of deliveries."""

import json
import sqlite3
from collections.abc import Callable
from datetime import datetime

import stripe

from marketplace.integrations.stripe_sandbox import tricks
from marketplace.integrations.stripe_sandbox.call import Call, page
from marketplace.integrations.stripe_sandbox.store import Store
from marketplace.integrations.stripe_sandbox.wire import Body, Params, encoded, invalid, missing

Send = Callable[[str, dict[str, str], bytes], int]

BACKOFF = (
    60,
    300,
    1800,
    7200,
    18_000,
    36_000,
    36_000,
    36_000,
    36_000,
    36_000,
)  # seconds; ~2.5 days
LEASE = 60  # seconds until a delivery whose sender died is tried again
BEHIND = 25  # a reordered delivery goes behind the next two
AT_ONCE = 100


def emit(call: Call, kind: str, body: Body, previous: Body | None = None) -> None:
    """Write the event down, and a delivery for each endpoint that wants it, in this transaction."""
    trick = tricks.taken(call.db, "webhook", "", kind)
    _announce(call, kind, body, previous, trick)
    if trick and trick.kind == "second_event":
        _announce(call, kind, body, previous, None)


def _announce(
    call: Call, kind: str, body: Body, previous: Body | None, trick: tricks.Trick | None
) -> None:
    hearing = [hook["id"] for hook in _endpoints(call) if {"*", kind} & set(hook["enabled_events"])]
    event: Body = {
        "id": call.draw("evt_"),
        "object": "event",
        "api_version": stripe.api_version,
        "created": call.now,
        "data": {"object": body} | ({"previous_attributes": previous} if previous else {}),
        "livemode": False,
        "pending_webhooks": len(hearing),
        "request": {"id": call.request_id, "idempotency_key": call.key},
        "type": kind,
    }
    if call.account:
        event["account"] = call.account
    call.add(event)
    for hook in hearing:
        for _ in range(2 if trick and trick.kind == "duplicate" else 1):
            _queue(call, hook, event["id"], trick)


def _queue(call: Call, hook: str, event: str, trick: tricks.Trick | None) -> None:
    kind, seconds = (trick.kind, trick.seconds) if trick else ("", 0)
    state = {"drop": "dropped", "hold": "held"}.get(kind, "waiting")
    due = call.now + (seconds if kind == "delay" else 0)
    seq = call.db.execute(
        "INSERT INTO delivery(place, endpoint, event, due, state) VALUES (0,?,?,?,?)",
        (hook, event, due, state),
    ).lastrowid
    place = (seq or 0) * 10 + (BEHIND if kind == "reorder" else 0)
    call.db.execute("UPDATE delivery SET place = ? WHERE seq = ?", (place, seq))


def _endpoints(call: Call) -> list[Body]:
    """A connected account's events go to the platform's endpoints for connected accounts."""
    rows = call.db.execute(
        "SELECT body, hidden FROM object WHERE account = '' AND kind = 'webhook_endpoint' ORDER BY seq"
    )
    return [
        hook
        for body, hidden in rows
        if json.loads(hidden)["is_connect"] == bool(call.account)
        and (hook := json.loads(body))["status"] == "enabled"
    ]


def deliver(store: Store, send: Send, now: datetime) -> int:
    """Send what is due: `send(url, headers, body)` returns the status, or raises OSError.

    Signed freshly each time; tried again with growing pauses for two and a half days. Returns how many arrived.
    """
    at, arrived = int(now.timestamp()), 0
    with store.writing() as db:
        rows = db.execute(
            "SELECT seq, endpoint, event, attempt FROM delivery "
            "WHERE state = 'waiting' AND due <= ? ORDER BY place LIMIT ?",
            (at, AT_ONCE),
        ).fetchall()
        db.executemany(
            "UPDATE delivery SET due = ? WHERE seq = ?", [(at + LEASE, row[0]) for row in rows]
        )
    for seq, endpoint, event, attempt in rows:
        has_arrived = _sent(store, endpoint, event, send, at)
        arrived += has_arrived
        tried = attempt + 1
        pause = BACKOFF[attempt] if attempt < len(BACKOFF) else 0
        state = "arrived" if has_arrived else "waiting" if pause else "failed"
        with store.writing() as db:
            db.execute(
                "UPDATE delivery SET state = ?, attempt = ?, due = ? WHERE seq = ?",
                (state, tried, at + pause, seq),
            )
            if has_arrived:
                _one_fewer(db, event)
    return arrived


def _sent(store: Store, endpoint: str, event: str, send: Send, at: int) -> bool:
    with store.reading() as db:
        found = "SELECT body FROM object WHERE id = ?"
        hook = db.execute(found, (endpoint,)).fetchone()
        told = db.execute(found, (event,)).fetchone()
        secret = db.execute("SELECT hidden FROM object WHERE id = ?", (endpoint,)).fetchone()
    if hook is None:
        return True  # taken away meanwhile: nobody waits for it
    body = encoded(json.loads(told[0]))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Stripe-Signature": signature(body, json.loads(secret[0])["secret"], at),
        "User-Agent": "Jishi-Sandbox/1.0",
    }
    try:
        return 200 <= send(json.loads(hook[0])["url"], headers, body) < 300
    except OSError:
        return False


def signature(body: bytes, secret: str, at: int) -> str:
    header: str = stripe.WebhookSignature.generate_signature_header(body.decode(), secret, at)
    return header


def _one_fewer(db: sqlite3.Connection, event: str) -> None:
    db.execute(
        "UPDATE object SET body = json_set(body, '$.pending_webhooks', "
        "max(0, json_extract(body, '$.pending_webhooks') - 1)) WHERE id = ?",
        (event,),
    )


def list_events(call: Call, values: Body) -> Body:
    kinds = Params(values, *values).texts("types")
    wanted = values.get("delivery_success")

    def fits(event: Body) -> bool:
        if kinds and event["type"] not in kinds:
            return False
        return wanted is None or (event["pending_webhooks"] == 0) == (wanted == "true")

    extra = ("types", "delivery_success")
    return page(call, "event", "/v1/events", values, "type", extra=extra, also=fits)


def create_endpoint(call: Call, values: Body) -> Body:
    """The secret is in this answer only, as at Stripe."""
    params = Params(
        values,
        "url",
        "enabled_events",
        "description",
        "metadata",
        "api_version",
        "connect",
        "expand",
    )
    kinds = params.texts("enabled_events")
    if not kinds:
        raise invalid("Missing required param: enabled_events.", "enabled_events")
    if not (url := params.required("url")).startswith(("http://", "https://")):
        raise invalid("Invalid URL: it needs a scheme.", "url", "url_invalid")
    secret = call.draw("whsec_", 32)
    hook = {
        "id": call.draw("we_"),
        "object": "webhook_endpoint",
        "api_version": params.text("api_version"),
        "application": None,
        "created": call.now,
        "description": params.text("description"),
        "enabled_events": kinds,
        "livemode": False,
        "metadata": params.metadata(),
        "status": "enabled",
        "url": url,
    }
    call.add(hook, secret=secret, is_connect=params.flag("connect"))
    return hook | {"secret": secret}


def update_endpoint(call: Call, values: Body, name: str) -> Body:
    hook = call.find("webhook_endpoint", name)
    params = Params(
        values, "url", "enabled_events", "description", "metadata", "disabled", "expand"
    )
    hook["url"] = params.text("url") or hook["url"]
    hook["enabled_events"] = params.texts("enabled_events") or hook["enabled_events"]
    hook["metadata"] = params.metadata(hook["metadata"])
    if "description" in params:
        hook["description"] = params.text("description")
    if "disabled" in params:
        hook["status"] = "disabled" if params.flag("disabled") else "enabled"
    return call.keep(hook)


def delete_endpoint(call: Call, values: Body, name: str) -> Body:
    Params(values)
    if call.peek(name) is None:
        raise missing("webhook_endpoint", name)
    call.db.execute("DELETE FROM object WHERE account = ? AND id = ?", (call.account, name))
    return {"id": name, "object": "webhook_endpoint", "deleted": True}


def list_endpoints(call: Call, values: Body) -> Body:
    return page(call, "webhook_endpoint", "/v1/webhook_endpoints", values)
